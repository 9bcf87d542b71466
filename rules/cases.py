"""The cases of a pack, run: facts in, advice held against what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules.advice import Advice
from rules.engine import recommend
from rules.errors import RulesError
from rules.expectations import unmet
from rules.pack import Case, Pack


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case: its advice, None if its facts were refused, and what did not hold."""

    case: Case
    advice: Advice | None
    failures: tuple[str, ...]


def run(pack: Pack, case: Case) -> Outcome:
    """Evaluate a case's facts and hold the advice against what it expects."""
    try:
        advice = recommend(pack, case.facts)
    except RulesError as error:
        return Outcome(case, None, (f"its facts cannot be used: {error}",))
    failures = [
        f for name, wanted in case.expected.items() for f in unmet(pack, advice, name, wanted)
    ]
    if not case.expected:
        failures.append("it expects nothing, so it proves nothing; say what must come out")
    return Outcome(case, advice, tuple(failures))


def run_all(pack: Pack) -> list[Outcome]:
    """Every case of the pack, in its order."""
    return [run(pack, case) for case in pack.cases]


def rules_that_spoke(outcomes: Iterable[Outcome]) -> set[str]:
    """The ids of all rules that matched in any of these cases."""
    advices = (outcome.advice for outcome in outcomes)
    return {match.rule.id for advice in advices if advice for match in advice.matches}
