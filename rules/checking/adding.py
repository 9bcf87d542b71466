"""Rules whose matches can be alike in target and points and so add up without anyone asking.

A rule with `once per` was asked. Otherwise two different matches for one target are built as a
state and counted by the engine: a finding is only made of what really happened there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rules.advice import Advice
from rules.checking.constraints import Slot, System, key_of
from rules.checking.findings import Finding, about
from rules.checking.witness import Witnesses
from rules.condition import Compare, Reference, Same, Test, references_in
from rules.domains import MISSING
from rules.pack import Pattern, Recommend, Rule


@dataclass(frozen=True, slots=True)
class Twin:
    """A rule whose `when` stands there twice, told apart by a fact of one pattern."""

    rule: Rule
    loose: Pattern


def added_up(joined: System, witnesses: Witnesses) -> Iterator[Finding]:
    """A finding if one target can get the same points twice from this rule."""
    rule = joined.rule
    if rule.points is None or rule.once_per is not None or joined.conflict:
        return
    for twin in (twin for pattern in undetermined(joined) for twin in _twins(joined, pattern)):
        state = witnesses.of(twin.rule, goal=lambda advice: _alike(advice, rule))
        if state:
            yield about(rule, _message(twin.loose), state.facts)
            return


def undetermined(joined: System) -> list[Pattern]:
    """The patterns of which several facts can go with one target."""
    conclusion = joined.rule.conclusion
    if not isinstance(conclusion, Recommend):
        return []
    targets = [t for t in (*conclusion.targets, conclusion.of) if isinstance(t, Reference)]
    settled = {joined.root(slot) for slot in targets}
    left = list(joined.rule.when)
    while True:
        sure = [p for p in left if _key_settled(joined, p, settled)]
        if not sure:
            return left
        left = [p for p in left if p not in sure]
        settled |= {joined.root(slot) for p in sure for slot in joined.slots(p.alias)}


def _key_settled(joined: System, pattern: Pattern, settled: set[Slot]) -> bool:
    for name in key_of(joined.world, pattern.kind):
        slot = Slot(pattern.alias, name)
        domain = joined.domain(slot)
        if joined.root(slot) not in settled and domain.only is None and domain != MISSING:
            return False
    return True


def _twins(joined: System, loose: Pattern) -> Iterator[Twin]:
    """For each key attribute that may differ, the rule and the rule again for one target."""
    rule, kind = joined.rule, joined.world.pack.kinds[loose.kind]
    conclusion = rule.conclusion
    if not isinstance(conclusion, Recommend) or rule.points is None:
        return
    targets = [t for t in (*conclusion.targets, conclusion.of) if isinstance(t, Reference)]
    for name in kind.key:
        differ = Slot(loose.alias, name)
        alike = [slot for slot in (*targets, *references_in(rule.points)) if slot != differ]
        again = tuple(_again(pattern, differ, alike) for pattern in rule.when)
        yield Twin(
            replace(rule, id=f"{rule.id} twice by {loose.alias}.{name}", when=(*rule.when, *again)),
            loose,
        )


def _again(pattern: Pattern, differ: Slot, alike: list[Slot]) -> Pattern:
    """A pattern for the second match: its own joins, the same target and points."""
    tests = [(name, _moved(test)) for name, test in pattern.tests]
    tests += [(slot.attribute, Same(slot)) for slot in alike if slot.alias == pattern.alias]
    if pattern.alias == differ.alias:
        tests.append((differ.attribute, Same(differ, negated=True)))
    return replace(pattern, alias=_second(pattern.alias), tests=tuple(tests))


def _moved(test: Test) -> Test:
    match test:
        case Same(reference, negated):
            return Same(_in_second(reference), negated)
        case Compare(order, Reference() as reference):
            return Compare(order, _in_second(reference))
        case _:
            return test


def _in_second(reference: Reference) -> Reference:
    return replace(reference, alias=_second(reference.alias))


def _second(alias: str) -> str:
    return f"{alias} again"


def _alike(advice: Advice, rule: Rule) -> bool:
    """Whether the rule gave one target the same points twice."""
    for scored in advice.scored:
        points = [part.points for part in scored.parts if part.rule.id == rule.id and part.points]
        if len(points) > len(set(points)):
            return True
    return False


def _message(pattern: Pattern) -> str:
    return (
        f"several facts of `{pattern.kind}` can go with one target, and each adds the same points "
        "again. Say with `once per:` what it may count for each, or write `once per: target`."
    )
