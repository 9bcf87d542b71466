"""Scenarios for the grid: facts that stand as they are, and facts, parameters and rules that may
differ, each with its options and with the option that every scenario takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rules.condition import Value
from rules.facts import Key, key, typed
from rules.pack import Fact, Pack

Taken = NDArray[np.int32]  # [scenarios]: the option that each scenario takes


@dataclass(frozen=True, slots=True)
class FactOptions:
    """One fact as it may be; None where it is not there at all."""

    options: tuple[Fact | None, ...]
    taken: Taken


@dataclass(frozen=True, slots=True)
class ParameterOptions:
    """One parameter as it may be."""

    options: tuple[Value, ...]
    taken: Taken


@dataclass(frozen=True, slots=True)
class Scenarios:
    """`count` scenarios over one baseline. `facts` are typed and the same in all of them;
    `switched` says of a rule where it is on (1) or off (0)."""

    count: int
    facts: tuple[Fact, ...] = ()
    varied: tuple[FactOptions, ...] = ()
    parameters: Mapping[str, ParameterOptions] = field(default_factory=dict)
    switched: Mapping[str, Taken] = field(default_factory=dict)


def of_facts(pack: Pack, lists: Sequence[Sequence[Fact]]) -> Scenarios:
    """A scenario for each list of facts. Raises FactError."""
    if len(lists) == 1:
        return Scenarios(1, typed(pack, lists[0]))
    seen: dict[Key, tuple[list[Fact | None], Taken]] = {}
    for at, facts in enumerate(lists):
        for fact in typed(pack, facts):
            name = key(pack, fact)
            if name not in seen:
                seen[name] = [None], np.zeros(len(lists), dtype=np.int32)
            options, taken = seen[name]
            if fact not in options:
                options.append(fact)
            taken[at] = options.index(fact)
    return _settled(len(lists), [FactOptions(tuple(o), taken) for o, taken in seen.values()])


def _settled(count: int, said: Sequence[FactOptions]) -> Scenarios:
    """Those that take one option everywhere are no options."""
    alike = [one for one in said if (one.taken == one.taken[0]).all()]
    return Scenarios(
        count=count,
        facts=tuple(fact for one in alike if (fact := one.options[one.taken[0]]) is not None),
        varied=tuple(one for one in said if not (one.taken == one.taken[0]).all()),
    )
