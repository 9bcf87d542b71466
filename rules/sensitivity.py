"""How much advice hangs on each lever, and how sure it is: one step of everything, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules.advice import Target
from rules.condition import Value
from rules.grid import Grid, columns
from rules.grid_tables import Index
from rules.levers import Dial, Lever, Settings, changes, scenarios
from rules.pack import Fact, Pack, Rule
from rules.reach import reach

Follow = Callable[[Settings], tuple[Sequence[Dial], Settings]]
"""Of settings of some dials: those dials and others that follow from them, and where they stand."""


@dataclass(frozen=True, slots=True)
class Step:
    """What moving one lever by one step, up or down, does to one target: `change` in hundredths of
    a point, and whether the target comes in or goes out."""

    lever: Lever
    value: Value | None
    up: bool
    target: Target
    change: int
    enters: bool
    leaves: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Of `tried` ways in which so many ratings are off by a step, in how many the target stays."""

    errors: int
    stays: int
    tried: int


def sensitivity(
    pack: Pack,
    facts: Sequence[Fact],
    turned: Sequence[Dial],
    targets: Sequence[Target],
    entering: Sequence[Fact] = (),
    cut: Sequence[Rule] | None = None,
) -> tuple[Step, ...]:
    """One step up and one step down of each lever × each target; steps that do not exist (there is
    nothing above the highest) are left out. In the order of levers, up first. `cut`: the rules that
    bear on the targets (see `reach.py`), where they are known."""
    steps = [
        (at, value, up)
        for at, dial in enumerate(turned)
        for up in (True, False)
        if (value := _beside(dial, up)) is not None
    ]
    settings = np.zeros((1 + len(steps), len(turned)), dtype=np.int32)
    for row, (at, value, _) in enumerate(steps, 1):
        settings[row, at] = value
    grid = columns(pack, scenarios(pack, facts, turned, settings, entering), cut)
    return tuple(
        _step(grid, row, turned[at], value, up, target)
        for row, (at, value, up) in enumerate(steps, 1)
        for target in targets
    )


def robustness(
    pack: Pack,
    facts: Sequence[Fact],
    ratings: Sequence[Dial],
    target: Target,
    most: int = 2,
    follow: Follow | None = None,
) -> tuple[Share, ...]:
    """The share of errors under which a target stays recommended: every way in which one rating is
    another of its dial's values, then two, and so on. What follows from ratings moves along and is
    no error of its own (`follow`)."""
    kind, name, of = target
    bearing = reach(pack, kind, frozenset((name,)), frozenset((of,)) if of else None).rules
    settings = changes(ratings, most)
    turned, moved = follow(settings) if follow else (ratings, settings)
    grid = columns(pack, scenarios(pack, facts, turned, moved), bearing)
    rank = _row(grid, grid.rank, target)
    stays = rank > 0
    errors = (settings > 0).sum(axis=1)
    return tuple(
        Share(some, int(stays[errors == some].sum()), int((errors == some).sum()))
        for some in range(1, most + 1)
    )


def one_step(dial: Dial) -> Dial:
    """The dial with nothing but how things are and the steps beside it."""
    beside = [at for up in (True, False) if (at := _beside(dial, up)) is not None]
    return replace(dial, values=(dial.values[0], *(dial.values[at] for at in beside)))


def _beside(dial: Dial, up: bool) -> int | None:
    """The place of the value one step up or down; None if there is none. A fact that is not there
    lies below all its numbers; words stand in the order in which they are listed."""
    order = _ordered(dial)
    now = order.index(0)
    beside = now + 1 if up else now - 1
    return order[beside] if 0 <= beside < len(order) else None


def _ordered(dial: Dial) -> list[int]:
    """The places of a dial's values from the lowest up."""
    numbers = [at for at, value in enumerate(dial.values) if isinstance(value, int | float)]
    absent = [at for at, value in enumerate(dial.values) if value is None]
    if numbers:
        return [*absent, *sorted(numbers, key=lambda at: float(dial.values[at] or 0))]
    words = [at for at, value in enumerate(dial.values) if value is not None]
    return [*absent, *words]


def _step(grid: Grid, row: int, dial: Dial, value: int, up: bool, target: Target) -> Step:
    score, rank = _row(grid, grid.score, target), _row(grid, grid.rank, target)
    return Step(
        lever=dial.lever,
        value=dial.values[value],
        up=up,
        target=target,
        change=int(score[row] - score[0]),
        enters=bool(rank[row] and not rank[0]),
        leaves=bool(rank[0] and not rank[row]),
    )


def _row(grid: Grid, of: Index, target: Target) -> Index:
    """[scenarios]: what holds for a target; 0 where no rule speaks about it."""
    if target not in grid.targets:
        return np.zeros(of.shape[1], dtype=np.intp)
    row: Index = of[grid.targets.index(target)]
    return row
