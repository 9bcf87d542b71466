"""Targets that no rule can reach, and objectives for which nothing comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.advice import Advice
from rules.checking.choices import Budget, choices
from rules.checking.constraints import System
from rules.checking.findings import Finding, example
from rules.checking.lifting import lifted
from rules.checking.witness import State, Witnesses
from rules.condition import Reference, Term
from rules.domains import constant, single
from rules.pack import Fact, Pack, Recommend, Rule
from rules.targets import catalogue_of

NEEDED = ("channel", "activity", "owner")
"""What every objective should lead to, where the pack decides it."""


def unreachable_entries(systems: Mapping[str, System], pack: Pack) -> Iterator[Finding]:
    """Catalogue entries of each decided kind that no rule can give points to, in any state;
    `systems` of the rules that can speak at all."""
    for kind in (kind for stage in pack.stages for kind in stage.decides):
        catalogue = catalogue_of(pack, kind)
        left = set(pack.catalogues.get(catalogue, ()))
        for joined in _speaking(systems, kind):
            left -= _reached(joined, left)
        for name in sorted(left):
            entry = pack.catalogues[catalogue][name]
            message = (
                f"no rule can ever recommend `{name}` ({entry.title}). "
                "Write a rule or a row that leads to it, or take it out of the catalogue."
            )
            yield Finding(f"catalogues/{catalogue}.yaml", entry.line, "", message)


def _speaking(systems: Mapping[str, System], kind: str) -> Iterator[System]:
    """The systems of rules that can give points to targets of a kind."""
    for joined in systems.values():
        points = joined.rule.points
        if _decides(joined.rule, kind) and points is not None and joined.bounds_of(points)[1] > 0:
            yield joined


def _decides(rule: Rule, kind: str) -> bool:
    return isinstance(rule.conclusion, Recommend) and rule.conclusion.kind == kind


def _reached(joined: System, wanted: set[str]) -> set[str]:
    conclusion = joined.rule.conclusion
    targets = conclusion.targets if isinstance(conclusion, Recommend) else ()
    return {name for name in wanted if any(_can_be(joined, term, name) for term in targets)}


def _can_be(joined: System, term: Term, name: str) -> bool:
    if not isinstance(term, Reference):
        return constant(term, joined.world.pack.parameters) == name
    if name not in joined.domain(term):
        return False
    pinned = joined.copy()
    pinned.narrow(term, single(name))
    budget = Budget(5_000)
    return not pinned.conflict and (
        next(choices(pinned, joined.world.fixed, budget), None) is not None or budget.spent
    )


def fruitless_objectives(witnesses: Witnesses) -> Iterator[Finding]:
    """Objectives for which the search finds no state with a channel, an activity, an owner."""
    pack = witnesses.world.pack
    decided = {kind for stage in pack.stages for kind in stage.decides}
    needed = [kind for kind in NEEDED if kind in decided]
    kind = pack.kinds.get("objective")
    catalogue = catalogue_of(pack, "objective")
    if kind is None or kind.catalogue or len(kind.key) != 1 or not catalogue:
        return
    for name, entry in pack.catalogues.get(catalogue, {}).items():
        lacking, state = _lacking(witnesses, Fact("objective", {kind.key[0]: name}), needed)
        if lacking:
            message = (
                f"for the objective `{name}` ({entry.title}) no state was found that gives "
                f"{_a(lacking)}. Write a rule or a row that leads there."
            )
            file = f"catalogues/{catalogue}.yaml"
            yield Finding(file, entry.line, "", message, example(state))


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _lacking(
    witnesses: Witnesses, objective: Fact, needed: list[str]
) -> tuple[str, tuple[Fact, ...]]:
    """The first kind of target that could not be reached, and the furthest state on the way."""
    ((key, name),) = objective.values.items()
    world = replace(witnesses.world, only={("objective", key): single(name)}, kept={})
    search = Witnesses(world)
    facts: tuple[Fact, ...] = (objective,)
    for kind in needed:
        state = _towards(search, kind, facts)
        if state is None:
            return kind, facts
        facts = state.facts
    return "", facts


def _towards(search: Witnesses, kind: str, base: tuple[Fact, ...]) -> State | None:
    """A state grown from `base` in which a target of the kind is recommended."""
    givers = [r for r in search.world.pack.rules if _decides(r, kind) and r.points is not None]
    for rule in sorted(givers, key=lambda r: not _about_objectives(r)):
        state = search.of(rule, base=base)
        reached = state and _cleared(search, state, kind, 3)
        if reached:
            return reached
    return None


def _cleared(search: Witnesses, state: State, kind: str, changes: int) -> State | None:
    """The state, or one a few changes away, in which a target of the kind is recommended."""
    if _recommends(state.advice, kind):
        return state
    for facts in lifted(search.world, state.facts, state.advice, kind) if changes else ():
        changed = search.state(facts)
        reached = changed and _cleared(search, changed, kind, changes - 1)
        if reached:
            return reached
    return None


def _about_objectives(rule: Rule) -> bool:
    return any(pattern.kind == "objective" for pattern in rule.when)


def _recommends(advice: Advice, kind: str) -> bool:
    return any(one.rank is not None and one.target[0] == kind for one in advice.scored)
