"""Ways to flip something, and which of many to tell: the smallest, the cheapest, different ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rules.condition import Value
from rules.grid_tables import Index, Numbers, numbered
from rules.levers import Dial, Lever, Move

ALIKE = 1e-6


@dataclass(frozen=True, slots=True)
class Flip:
    """Moves that together bring a target in or out, and what they cost."""

    moves: tuple[Move, ...]
    effort: float


def costs(turned: Sequence[Dial], effort: Mapping[Lever, float]) -> Numbers:
    """[moves]: what each value of each dial but the first costs: its steps from how things are, or
    1 for another word, each times what a step of the lever costs."""
    return np.array(
        [
            effort.get(dial.lever, 1.0) * _steps(dial, value)
            for dial in turned
            for value in dial.values[1:]
        ]
    )


def _steps(dial: Dial, value: Value | None) -> float:
    now = dial.values[0]
    if isinstance(now, bool) or not isinstance(now, int | float):
        return 1.0
    return abs(value - now) / dial.step if isinstance(value, int | float) else 1.0


def cheapest(levers: Index, cost: Numbers) -> Index:
    """The ways that are the cheapest on their [ways, some] levers; several where they are alike."""
    if not len(levers):
        return np.zeros(0, dtype=np.intp)
    _, place = numbered(levers)
    least = np.full(int(place.max()) + 1, np.inf)
    np.minimum.at(least, place, cost)
    return np.flatnonzero(cost <= least[place] + ALIKE)


def diverse(found: Sequence[Flip], wanted: int) -> tuple[Flip, ...]:
    """Of those on the same levers the cheapest; then, among the smallest, those that share the
    fewest levers with the ones before."""
    by_levers: dict[frozenset[Lever], Flip] = {}
    for flip in sorted(found, key=_order):
        by_levers.setdefault(frozenset(move.lever for move in flip.moves), flip)
    left = list(by_levers.values())
    chosen: list[Flip] = []
    used: dict[Lever, int] = {}
    while left and len(chosen) < wanted:
        best = min(left, key=lambda flip: (len(flip.moves), _shared(flip, used)))
        left.remove(best)
        chosen.append(best)
        for move in best.moves:
            used[move.lever] = used.get(move.lever, 0) + 1
    return tuple(chosen)


def _shared(flip: Flip, used: Mapping[Lever, int]) -> int:
    return sum(used.get(move.lever, 0) for move in flip.moves)


def _order(flip: Flip) -> tuple[int, float, str]:
    return len(flip.moves), flip.effort, repr(flip.moves)
