"""The values that a search tries: of each lever that bears on a target, one for each interval that
the rules tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.condition import Constant, Parameter, Term, Test, Value, reference_of, terms_of
from rules.facts import key
from rules.grid_facts import parameters_in, parameters_of
from rules.holding import holds
from rules.levers import Dial, Move, moved, place
from rules.pack import Fact, Pack
from rules.reach import Reach, Read


def reaching(
    pack: Pack,
    facts: Sequence[Fact],
    turned: Sequence[Dial],
    reached: Reach,
    entering: Sequence[Fact] = (),
) -> tuple[Dial, ...]:
    """The dials that can change anything for the target, each with as few values as tell all of
    its effects apart; of values alike the nearest to how things are."""
    moving = {dial.lever.name for dial in turned if dial.lever.what == "parameter"}
    known = {key(pack, fact): fact for fact in (*entering, *facts)}
    there = {key(pack, fact) for fact in facts}
    found = []
    for dial in turned:
        if dial.lever.what == "fact":
            name = place(pack, dial.lever)
            fact = known[name] if name in there else None
            kept = _facts(pack, dial, fact, known[name], reached, moving)
        else:
            kept = dial.values if _named(dial, reached) else dial.values[:1]
        if len(kept) > 1:
            found.append(replace(dial, values=kept))
    return tuple(found)


def _named(dial: Dial, reached: Reach) -> bool:
    """Whether a parameter or a rule bears on the target."""
    if dial.lever.what == "rule":
        return any(rule.id == dial.lever.name for rule in reached.rules)
    named = [parameters_of(rule) for rule in reached.rules]
    counted = [parameters_in(read.tests) for read in reached.reads]
    return any(dial.lever.name in some for some in (*named, *counted))


def _facts(
    pack: Pack, dial: Dial, now: Fact | None, form: Fact, reached: Reach, moving: set[str]
) -> tuple[Value | None, ...]:
    """One value for each way in which the cut rules can see the fact."""
    reads = [r for r in reached.reads if r.kind == form.kind and r.meets(pack, form)]
    seen: set[tuple[object, ...]] = set()
    kept: list[Value | None] = []
    for value in _nearest_first(dial):
        if value == dial.values[0]:
            made = now
        else:
            start = [now] if now else []
            after = moved(pack, start, [Move(dial.lever, value)], [] if now else [form])
            made = after[0] if after else None
        sight = tuple(_sight(pack, read, made, moving) for read in reads)
        if sight not in seen:
            seen.add(sight)
            kept.append(value)
    return tuple(kept)


def _nearest_first(dial: Dial) -> list[Value | None]:
    now = dial.values[0]
    if not isinstance(now, int | float):
        return list(dial.values)
    return [now, *sorted(dial.values[1:], key=lambda value: _away(now, value))]


def _away(now: float, value: Value | None) -> float:
    return abs(float(value) - now) if isinstance(value, int | float) else float("inf")


def _sight(pack: Pack, read: Read, fact: Fact | None, moving: set[str]) -> tuple[object, ...]:
    """What a reader can tell of a fact: whether it is there, which of its tests hold, and the
    numbers that count themselves."""
    if fact is None:
        return ()

    def term(one: Term) -> Value | None:
        if isinstance(one, Constant):
            return one.value
        return pack.parameters[one.name].value if isinstance(one, Parameter) else None

    told: list[object] = []
    for name, test in read.tests:
        value = fact.values.get(name)
        plain = reference_of(test) is None and not _names(test, moving)
        told.append(holds(test, value, term) if plain else value)
    return (True, *told, *(fact.values.get(name) for name in sorted(read.counted)))


def _names(test: Test, moving: set[str]) -> bool:
    return any(isinstance(one, Parameter) and one.name in moving for one in terms_of(test))
