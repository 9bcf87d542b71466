"""A short axis: one place for how things usually are, and one for each scenario in which any of a
few choices is not as usual. Facts that scenarios derive are told apart along it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rules.grid_states import Joint, States, Support
from rules.grid_tables import ALWAYS, Index, Mask, Numbers, numbered

SMALL = 1_000  # a range of whole numbers that stand for themselves
Forms = list[tuple[int, int, int]]  # row, choice, option


class Axis:
    """The places of some choices."""

    def __init__(self, joint: Joint, support: Support) -> None:
        self.joint = joint
        self.rows = joint.moved(support)
        self.size = len(self.rows) + 1

    def taken(self, choice: int) -> NDArray[np.int32]:
        """[axis]: the option that a choice takes."""
        choices = self.joint.choices
        usual = np.array([choices.usual[choice]], dtype=np.int32)
        return np.concatenate([usual, choices.taken[choice][self.rows]])

    def where(self, also: Sequence[tuple[int, int]]) -> Mask:
        """[axis]: where choices take these options."""
        mask = np.ones(self.size, dtype=np.bool_)
        for choice, option in also:
            mask &= self.taken(choice) == option
        return mask

    def of(self, states: States, cells: Numbers) -> Numbers:
        """[axis] from [states] of some of the choices."""
        at = np.full(self.size, states.usual)
        at[1 + np.searchsorted(self.rows, states.rows)] = states.of
        whole: Numbers = cells[at]
        return whole

    def spread(self, number: Index) -> NDArray[np.int32]:
        """[scenarios] from [axis]."""
        whole = np.full(self.joint.choices.count, number[0], dtype=np.int32)
        whole[self.rows] = number[1:]
        return whole


def forms(row: int, there: Numbers, seen: Sequence[Numbers], axis: Axis) -> tuple[Forms, list[int]]:
    """The forms of one derived fact, with the place where each is seen; `there` is 1 or 0, and
    `seen` is what tells the forms apart, all [axis]."""
    if axis.size == 1:
        return ([(row, ALWAYS, 0)], [0]) if there[0] else ([], [])
    ids = [_ids(np.where(there > 0, one, 0.0)) for one in (there, *seen)]
    first, number = numbered(np.column_stack(ids))
    kept = [(option, at) for option, at in enumerate(first.tolist()) if there[at]]
    if len(first) == 1:
        return ([(row, ALWAYS, 0)], [0]) if kept else ([], [])
    choice = axis.joint.choices.add(axis.spread(number), len(first))
    return [(row, choice, option) for option, _ in kept], [at for _, at in kept]


def _ids(numbers: Numbers) -> Index:
    """The same number, the same id."""
    low, high = numbers.min(), numbers.max()
    if low == high:
        return np.zeros(len(numbers), dtype=np.intp)
    if high - low < SMALL and (np.rint(numbers) == numbers).all():
        small: Index = (numbers - low).astype(np.intp)
        return small
    return np.unique(numbers, return_inverse=True)[1]
