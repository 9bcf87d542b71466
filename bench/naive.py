"""The same rules given to durable-rules as its manual shows it: a public `Host`, an action for each
rule, one `assert_fact` for each fact. It adds up points; it explains nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from typing import Any

from durable.engine import Host, MessageNotHandledException

from rules.condition import Compare, Constant, Expression, Operation, Reference, Same, Term
from rules.pack import Fact, Pack, Pattern, Recommend, Rule

COMPARE = {"at least": "$gte", "less than": "$lt"}
_sessions = count()


class Naive:
    """A pack on a host; scores come out of its actions."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.scores: Counter[str] = Counter()
        self.host = Host()
        rules = {rule.id.replace(".", "_"): self._rule(rule) for rule in pack.rules}
        self.host.set_rulesets({pack.name: rules})

    def recommend(self, facts: Iterable[Fact]) -> dict[str, int]:
        """target -> hundredths. Each evaluation is a session of its own, as the manual has it; it
        is not freed, which costs the host memory and us no time."""
        self.scores = Counter()
        session = f"session{next(_sessions)}"
        for at, fact in enumerate((*self.pack.fixed, *facts)):
            message = {"kind": fact.kind, **fact.values, "trust": fact.trust}
            with suppress(MessageNotHandledException):  # raised for every fact that no rule reads
                self.host.assert_fact(self.pack.name, {**message, "id": f"f{at}", "sid": session})
        return dict(self.scores)

    def _rule(self, rule: Rule) -> dict[str, Any]:
        end = rule.conclusion
        assert isinstance(end, Recommend)
        assert rule.points is not None
        points, target = _amount(rule.points), _term(end.targets[0])
        aliases = [pattern.alias for pattern in rule.when]

        def run(c: Any) -> None:
            trust = min(getattr(c, alias).trust for alias in aliases)
            self.scores[target(c)] += round(points(c) * trust * 100)

        return {"all": [{p.alias: _pattern(p)} for p in rule.when], "run": run}


def _pattern(pattern: Pattern) -> dict[str, Any]:
    tests: list[dict[str, Any]] = [{"kind": pattern.kind}]
    for name, test in pattern.tests:
        if isinstance(test, Same):
            tests.append({name: {test.reference.alias: test.reference.attribute}})
        elif isinstance(test, Compare) and isinstance(test.term, Constant):
            tests.append({COMPARE[test.order]: {name: test.term.value}})
    return {"$and": tests} if len(tests) > 1 else tests[0]


def _amount(points: Expression) -> Callable[[Any], float]:
    if isinstance(points, Operation):
        left, right = _amount(points.left), _amount(points.right)
        return lambda c: left(c) * right(c)
    assert isinstance(points, Constant | Reference)
    return _term(points)


def _term(term: Term) -> Callable[[Any], Any]:
    if isinstance(term, Reference):
        return lambda c: getattr(getattr(c, term.alias), term.attribute)
    assert isinstance(term, Constant)
    return lambda c: term.value
