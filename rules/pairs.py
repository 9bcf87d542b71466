"""What moving three levers does to sums, from what moving one and two of them does.

A score is a sum over rules, and so is the number of blocks. Let s(…) be what moves add to a sum. If
no term of it depends on all three of a, b and c, then

    s(a, b, c) = s(a, b) + s(a, c) + s(b, c) - s(a) - s(b) - s(c)

exactly, since every term is a whole number. Doubled and handed to the pairs, that is a sum of three
numbers of a table [moves, moves]; its greatest and least for each pair of levers bound what any
values of three levers can do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rules.grid_states import Whole
from rules.grid_tables import Index, Mask

Range = tuple[Whole, Whole]
Sums = Callable[[int], Range]
"""The least and the greatest of a row of sums, [ways]."""
SCORE, BLOCKS, RIVALS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Pairs:
    """All doubled. Rows: score and blocks of the target; then, for each rival, by how much the
    target is ahead of it, and its blocks. `begins[l]` is the first move of lever l."""

    base: Whole  # [rows]
    both: Whole  # [rows, moves, moves]
    begins: Index  # [levers]
    cut: int | None

    def could(self, levers: Index, inside: bool) -> Mask:
        """[ways]: where some values of three levers might bring the target in (or out); where not,
        none do."""
        return _could(self._bounds(levers), inside, len(self.base), self.cut)

    def does(self, moves: Index, inside: bool) -> Mask:
        """[ways]: where three moves bring the target in (or out)."""
        return _could(lambda row: self._exact(row, moves), inside, len(self.base), self.cut)

    def _exact(self, row: int, moves: Index) -> Range:
        one, two, three = moves.T
        both = self.both[row]
        found = self.base[row] + both[one, two] + both[one, three] + both[two, three]
        return found, found

    def _bounds(self, levers: Index) -> Sums:
        one, two, three = levers.T
        ends = [
            how.reduceat(how.reduceat(self.both, self.begins, axis=1), self.begins, axis=2)
            for how in (np.minimum, np.maximum)
        ]

        def between(row: int) -> Range:
            low, high = (
                self.base[row] + end[row][one, two] + end[row][one, three] + end[row][two, three]
                for end in ends
            )
            return low, high

        return between


def pairs(score: Whole, blocks: Whole, sizes: Index, cut: int | None) -> Pairs:
    """From [rivals + 1, scenarios], the target first; the scenarios are how things are, every
    move of one lever, then every two moves of two (as `two_of` lists them)."""
    rows = np.concatenate([np.stack([score[0], blocks[0]]), *_rivals(score, blocks)])
    count = int(sizes.sum())
    one, two = two_of(sizes).T
    base, alone = rows[:, 0], rows[:, 1 : 1 + count] - rows[:, :1]
    both = np.zeros((len(rows), count, count), dtype=np.int64)
    added = 2 * (rows[:, 1 + count :] - rows[:, :1]) - alone[:, one] - alone[:, two]
    both[:, one, two] = both[:, two, one] = added
    return Pairs(2 * base, both, np.r_[0, np.cumsum(sizes)[:-1]], cut)


def _rivals(score: Whole, blocks: Whole) -> list[Whole]:
    return [
        np.stack([score[0] - other, its]) for other, its in zip(score[1:], blocks[1:], strict=True)
    ]


def ways(levers: Index, sizes: Index, begin: int, end: int) -> Index:
    """[ways, some]: the moves of those with these numbers, among all ways in which the levers of a
    row [rows, some] can be moved together."""
    ends = np.cumsum(np.prod(sizes[levers], axis=1))
    number = np.arange(begin, end)
    which = np.searchsorted(ends, number, side="right")
    rest = number - np.r_[0, ends][which]
    begins = np.r_[0, np.cumsum(sizes)[:-1]]
    moves = np.zeros((len(number), levers.shape[1]), dtype=np.intp)
    for column in range(levers.shape[1]):
        lever = levers[which, column]
        rest, value = np.divmod(rest, sizes[lever])
        moves[:, column] = begins[lever] + value
    return moves


def two_of(sizes: Index) -> Index:
    """[ways, 2]: every two moves of two levers."""
    levers = np.stack(np.triu_indices(len(sizes), 1), axis=1)
    return ways(levers, sizes, 0, int(np.prod(sizes[levers], axis=1).sum()))


def _could(sums: Sums, inside: bool, rows: int, cut: int | None) -> Mask:
    """Where the ranges of the sums allow the target to be in, or out: with a score above 0, not
    blocked, and with fewer than `cut` rivals that are ahead and not blocked."""
    low, high = sums(SCORE)
    least, most = sums(BLOCKS)
    could: Mask = (high > 0) & (least <= 0) if inside else (low <= 0) | (most > 0)
    if cut is None:
        return could
    ahead = np.zeros(len(low), dtype=np.intp)
    for row in range(RIVALS, rows, 2):
        (behind, before), (least, most) = sums(row), sums(row + 1)
        ahead += (before < 0) & (most <= 0) if inside else (behind < 0) & (least <= 0)
    return could & (ahead < cut) if inside else could | (ahead >= cut)
