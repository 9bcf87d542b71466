"""What a what-if moves: an attribute of a fact, a parameter or a rule, and the scenarios that
moving them makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rules.condition import Value
from rules.facts import Key, key, typed
from rules.grid_tables import numbered
from rules.pack import Attribute, Fact, Pack
from rules.pack import Lever as Range
from rules.scenarios import FactOptions, ParameterOptions, Scenarios

Settings = NDArray[np.int32]  # [scenarios, dials]: which of its values each dial takes; 0 as it is


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that can be moved: `name` is a kind of fact, a parameter or a rule; `key` and
    `attribute` belong to facts."""

    what: Literal["fact", "parameter", "rule"]
    name: str
    key: tuple[Value, ...] = ()
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A lever and where it is moved. None: the fact is not there. Rules: True on, False off."""

    lever: Lever
    value: Value | None


@dataclass(frozen=True, slots=True)
class Dial:
    """A lever with the values that it may take; the first is how things are. `step` between numbers
    counts as one move's worth of effort."""

    lever: Lever
    values: tuple[Value | None, ...]
    step: float = 1.0


def dials(pack: Pack, facts: Sequence[Fact], entering: Sequence[Fact] = ()) -> tuple[Dial, ...]:
    """Every lever of the vocabulary on these facts, and on those that it may bring in, with all of
    its steps. `entering` are the latter as they would come in."""
    there = {key(pack, fact) for fact in facts}
    coming = [fact for fact in entering if key(pack, fact) not in there]
    return tuple(_dials(pack, facts, True)) + tuple(_dials(pack, coming, False))


def _dials(pack: Pack, facts: Iterable[Fact], there: bool) -> Iterator[Dial]:
    for fact in facts:
        kind = pack.kinds[fact.kind]
        for attribute in kind.attributes.values():
            held = fact.values.get(attribute.name)
            if attribute.lever is not None and held is not None:
                lever = Lever("fact", kind.name, _named(pack, fact), attribute.name)
                now = held if there else None
                others = (one for one in steps(attribute, attribute.lever) if one != now)
                yield Dial(lever, (now, *others), attribute.lever.step or 1.0)


def _named(pack: Pack, fact: Fact) -> tuple[Value, ...]:
    return tuple(fact.values[name] for name in pack.kinds[fact.kind].key)


def steps(attribute: Attribute, lever: Range) -> tuple[Value | None, ...]:
    """Every value that a lever may give an attribute; None where it takes the fact away."""
    if attribute.type != "number":
        return lever.words or attribute.words or (True, False)
    low, high, step = lever.low or 0.0, lever.high or 0.0, lever.step or 1.0
    found: list[Value | None] = []
    for at in range(round((high - low) / step) + 1):
        number = round(low + at * step, 6)
        gone = attribute.low is not None and number < attribute.low
        value: Value | None = int(number) if number.is_integer() else number
        found.append(None if gone else value)
    return tuple(dict.fromkeys(found))


def moved(
    pack: Pack, facts: Sequence[Fact], moves: Sequence[Move], entering: Sequence[Fact] = ()
) -> tuple[Fact, ...]:
    """The facts after some moves; parameters and rules are not facts (see `amending`)."""
    made = {key(pack, fact): fact for fact in facts}
    coming = {key(pack, fact): fact for fact in entering}
    for move in moves:
        if move.lever.what == "fact":
            name = place(pack, move.lever)
            after = _set(pack, made.get(name) or coming[name], move.lever.attribute, move.value)
            made.pop(name, None)
            if after is not None:
                made[name] = after
    return tuple(made.values())


def place(pack: Pack, lever: Lever) -> Key:
    """The key of the fact on which a lever is."""
    names = pack.kinds[lever.name].key
    return key(pack, Fact(lever.name, dict(zip(names, lever.key, strict=True))))


def _set(pack: Pack, fact: Fact, name: str, value: Value | None) -> Fact | None:
    """The fact with one attribute moved, and what moves along with it; None if it is gone."""
    if value is None:
        return None
    values = {**fact.values, name: value}
    attributes = pack.kinds[fact.kind].attributes
    lever, before = attributes[name].lever, fact.values.get(name)
    if lever and isinstance(value, int | float) and isinstance(before, int | float):
        for other in lever.along:
            if isinstance(at := values.get(other), int | float):
                values[other] = _within(attributes[other], at + value - before)
    return Fact(fact.kind, values, fact.trust)


def _within(attribute: Attribute, number: float) -> Value:
    low = number if attribute.low is None else max(number, attribute.low)
    held = round(low if attribute.high is None else min(low, attribute.high), 6)
    return int(held) if float(held).is_integer() else held


# Scenarios from dials.


def changes(turned: Sequence[Dial], most: int) -> Settings:
    """As things are, then every way to move at most `most` dials, the fewest first."""
    found = [np.zeros((1, len(turned)), dtype=np.int32)]
    for some in range(1, most + 1):
        for chosen in combinations(range(len(turned)), some):
            sizes = [len(turned[dial].values) - 1 for dial in chosen]
            values = np.indices(sizes, dtype=np.int32).reshape(some, -1).T + 1
            rows = np.zeros((len(values), len(turned)), dtype=np.int32)
            rows[:, list(chosen)] = values
            found.append(rows)
    return np.concatenate(found)


def scenarios(
    pack: Pack,
    facts: Sequence[Fact],
    turned: Sequence[Dial],
    settings: Settings,
    entering: Sequence[Fact] = (),
) -> Scenarios:
    """A scenario for each row of settings. Raises FactError."""
    base = {key(pack, fact): fact for fact in typed(pack, facts)}
    coming = {key(pack, fact): fact for fact in typed(pack, entering)}
    on: dict[Key, list[int]] = {}
    for at, dial in enumerate(turned):
        if dial.lever.what == "fact":
            on.setdefault(place(pack, dial.lever), []).append(at)
    varied = [
        _options(
            pack, base.get(name), coming.get(name), [turned[d] for d in some], settings[:, some]
        )
        for name, some in on.items()
    ]
    parameters, switched = {}, {}
    for at, dial in enumerate(turned):
        taken = np.ascontiguousarray(settings[:, at])
        if dial.lever.what == "parameter":
            known = tuple(value for value in dial.values if value is not None)
            parameters[dial.lever.name] = ParameterOptions(known, taken)
        elif dial.lever.what == "rule":
            on_or_off = np.array([int(bool(value)) for value in dial.values], dtype=np.int32)
            switched[dial.lever.name] = on_or_off[taken]
    same = tuple(fact for name, fact in base.items() if name not in on)
    return Scenarios(len(settings), same, tuple(varied), parameters, switched)


def _options(
    pack: Pack, base: Fact | None, coming: Fact | None, some: Sequence[Dial], settings: Settings
) -> FactOptions:
    """One fact in those positions of its dials that occur. A fact that is not there comes in with
    the first of them that is moved."""
    if len(some) == 1:
        positions = [[at] for at in range(len(some[0].values))]
        taken = np.ascontiguousarray(settings[:, 0])
    else:
        first, number = numbered(settings)
        positions = settings[first].tolist()
        taken = number.astype(np.int32)
    options = tuple(_turned(pack, base, coming, zip(some, p, strict=True)) for p in positions)
    return FactOptions(options, taken)


def _turned(
    pack: Pack, base: Fact | None, coming: Fact | None, turned: Iterable[tuple[Dial, int]]
) -> Fact | None:
    fact = base
    for dial, value in turned:
        if value:
            start = fact or (coming if base is None else None)
            if start is not None:
                fact = _set(pack, start, dial.lever.attribute, dial.values[value])
    return fact
