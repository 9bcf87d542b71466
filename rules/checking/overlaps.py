"""Rules that say what another says already, and rules that speak against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from rules.checking.constraints import System
from rules.checking.findings import Finding, about
from rules.checking.implication import equal, mappings, same_conclusion, same_target
from rules.checking.witness import Witnesses
from rules.pack import Find, Recommend, Rule


def overlaps(systems: Mapping[str, System], witnesses: Witnesses) -> Iterator[Finding]:
    """Pairs of one stage in which one rule matches wherever the other does; `systems` of the
    rules that can speak at all."""
    for narrow, wide in _pairs([joined.rule for joined in systems.values()]):
        message = _repeated(systems, narrow, wide) or _opposed(systems, narrow, wide)
        if message:
            state = witnesses.of(narrow)
            yield about(narrow, message, state.facts if state else ())


def _pairs(rules: list[Rule]) -> Iterator[tuple[Rule, Rule]]:
    for one, other in permutations(rules, 2):
        if one.stage == other.stage and _subject(one) == _subject(other):
            yield one, other


def _subject(rule: Rule) -> str:
    conclusion = rule.conclusion
    return f"find {conclusion.name}" if isinstance(conclusion, Find) else conclusion.kind


def _repeated(systems: Mapping[str, System], narrow: Rule, wide: Rule) -> str:
    if not _covers(systems[narrow.id], wide):
        return ""
    if _covers(systems[wide.id], narrow):
        if narrow.id < wide.id:
            return ""  # said once, at the other of the two
        return (
            f"it says the same as `{wide.id}` in the same cases, so its points count twice or its "
            "words appear twice. Keep one of them."
        )
    return (
        f"wherever it speaks, `{wide.id}` already speaks with the same conclusion. Take it out, "
        "or give it a conclusion or points of its own."
    )


def _covers(narrow: System, wide: Rule) -> bool:
    return any(same_conclusion(narrow, wide, names) for names in mappings(narrow, wide))


def _opposed(systems: Mapping[str, System], narrow: Rule, wide: Rule) -> str:
    joined = systems[narrow.id]
    for names in mappings(joined, wide):
        mine, other = narrow.conclusion, wide.conclusion
        if isinstance(mine, Find) and isinstance(other, Find):
            if mine.severity != other.severity and equal(joined, mine.about, other.about, names):
                return (
                    f"it calls `{mine.name}` {_weight(mine)}, but `{wide.id}` calls the same thing "
                    f"{_weight(other)} in the same state. Agree on one severity."
                )
        elif same_target(joined, wide, names) and _favours(joined):
            message = _against(systems, narrow, wide)
            if message:
                return message
    return ""


def _weight(find: Find) -> str:
    return find.severity or "no conflict"


def _favours(joined: System) -> bool:
    """Whether the rule always gives positive points."""
    points = joined.rule.points
    return points is not None and joined.bounds_of(points)[0] > 0


def _against(systems: Mapping[str, System], narrow: Rule, wide: Rule) -> str:
    conclusion = wide.conclusion
    if isinstance(conclusion, Recommend) and conclusion.blocks:
        return (
            f"it recommends what `{wide.id}` blocks whenever it speaks, so it can never have an "
            "effect. Narrow one of the two."
        )
    points = wide.points
    if points is None or systems[wide.id].bounds_of(points)[1] >= 0:
        return ""
    equal_terms = any(True for _ in mappings(systems[wide.id], narrow))
    least = systems[wide.id].bounds_of(points)[1]
    most = systems[narrow.id].bounds_of(narrow.points)[1] if narrow.points else 0.0
    if equal_terms or most + least <= 0:
        return (
            f"it recommends what `{wide.id}` advises against in the same state. "
            "Decide which of the two is meant, or tell the states apart."
        )
    return ""
