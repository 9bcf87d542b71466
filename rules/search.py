"""What would flip it: the smallest sets of moves that bring a target in, or out. Exact.

The universe is fixed: the levers that bear on the target (`reach.py`), with one value for each
interval that the rules tell apart, and every step where a number itself counts. All ways to move
one lever are tried, then all ways to move two, then three; a set that holds a smaller one that
is enough is none. So what is found is the smallest there is, and where nothing is found there is
nothing to find.

One lever and two are evaluated. Of three, only those are on which some rule depends together
(`jointly.py`); what the others do follows from the two (`pairs.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from rules.advice import Target
from rules.alternatives import Flip, cheapest, costs, diverse
from rules.grid import Grid, columns
from rules.grid_states import Whole
from rules.grid_tables import Index, Mask
from rules.jointly import supports
from rules.levers import Dial, Lever, Move, Settings, scenarios
from rules.pack import Fact, Pack
from rules.pairs import Pairs, pairs, ways
from rules.reach import reach
from rules.universe import reaching

CHUNK = 131_072
LIMIT = 6_000_000
MOST = 3
WAYS = 60_000_000
CELLS = 20_000_000
"""So many ways of three levers at most, and so many cells of what two of them do."""
Possible = Callable[[Sequence[Dial], Settings], Mask]
"""Which settings of some dials can be at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which target, and where it counts as in: recommended or, with `cut`, at most at that rank.
    `locked` levers stay; `effort` is what a step of a lever costs, 1 unless given. What is not
    `possible` is no way; more than `limit` scenarios are not evaluated for so many levers."""

    target: Target
    cut: int | None = None
    locked: Collection[Lever] = ()
    effort: Mapping[Lever, float] = field(default_factory=dict)
    most: int = 3
    wanted: int = 5
    possible: Possible | None = None
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class Flips:
    """`inside`: whether the target is in as things are. `tried`: ways to move that were decided,
    possible or not; `most`: every way to move so many levers was. Without flips that is the proof
    that there are none."""

    inside: bool
    flips: tuple[Flip, ...]
    tried: int
    levers: int
    most: int


def flips(
    pack: Pack,
    facts: Sequence[Fact],
    turned: Sequence[Dial],
    question: Question,
    entering: Sequence[Fact] = (),
) -> Flips:
    """Up to `wanted` alternatives on different levers, the smallest first, then the cheapest."""
    search = _Search(pack, facts, turned, question, entering)
    levers, found, whole = len(search.dials), list[Flip](), 0
    for some in range(1, min(question.most, MOST, levers) + 1):
        if not search.affordable(some):
            break
        found += search.moving(some)
        whole = some
        if len(diverse(found, question.wanted)) >= question.wanted:
            break
    else:
        whole = question.most
    return Flips(search.inside, diverse(found, question.wanted), search.tried, levers, whole)


class _Search:
    """The cut rules, the dials that bear on the target, and what their moves cost. A move is a
    number: the values of the dials, but for how things are, one dial after the other."""

    def __init__(
        self,
        pack: Pack,
        facts: Sequence[Fact],
        turned: Sequence[Dial],
        question: Question,
        entering: Sequence[Fact],
    ) -> None:
        kind, target, of = question.target
        named = None if question.cut else frozenset((target,))
        reached = reach(pack, kind, named, frozenset((of,)) if of else None)
        free = [dial for dial in turned if dial.lever not in question.locked]
        self.pack, self.facts, self.entering = pack, facts, entering
        self.rules, self.question, self.tried = reached.rules, question, 1
        self.dials = reaching(pack, facts, free, reached, entering)
        self.sizes = np.array([len(dial.values) - 1 for dial in self.dials], dtype=np.intp)
        self.lever = np.repeat(np.arange(len(self.dials)), self.sizes)
        self.value = np.arange(len(self.lever)) - np.r_[0, np.cumsum(self.sizes)][self.lever] + 1
        self.cost = costs(self.dials, question.effort)
        self.enough = np.zeros((len(self.lever), len(self.lever)), dtype=np.bool_)
        self.told: list[Grid] = []
        self.inside = bool(self._inside(np.zeros((1, 0), dtype=np.intp), keep=True)[0])

    def affordable(self, some: int) -> bool:
        """Whether no more has to be evaluated, for so many levers, than was asked for."""
        levers = self._levers(some)
        if some == MOST:
            if self._many(levers) > WAYS:
                return False
            levers = levers[self._together(levers)]
        return self._many(levers) <= self.question.limit

    def moving(self, some: int) -> list[Flip]:
        """Of every set of so many levers the cheapest moves that flip it and hold no smaller ones
        that do."""
        levers = self._levers(some)
        self.tried += self._many(levers)
        if some < MOST:
            made = self._evaluated(levers, keep=True)
        else:
            together = self._together(levers)
            made = np.concatenate(
                [self._evaluated(levers[together]), self._summed(levers[~together])]
            )
        for moves in made if some == 1 else ():
            self.enough[moves, :] = self.enough[:, moves] = True
        if some == 2:
            self.enough[made, made[:, ::-1]] = True
        at = cheapest(self.lever[made], self.cost[made].sum(axis=1))
        return [self._flip(moves) for moves in made[at].tolist()]

    def _levers(self, some: int) -> Index:
        """[sets, some]: every set of so many levers."""
        every = list(combinations(range(len(self.dials)), some))
        return np.array(every, dtype=np.intp).reshape(len(every), some)

    def _many(self, levers: Index) -> int:
        return int(np.prod(self.sizes[levers], axis=1).sum())

    def _chunks(self, levers: Index) -> Iterator[Index]:
        for at in range(0, many := self._many(levers), CHUNK):
            yield ways(levers, self.sizes, at, min(at + CHUNK, many))

    def _evaluated(self, levers: Index, *, keep: bool = False) -> Index:
        """[ways, some]: the moves of these levers that flip it, by trying them. `keep`: all of
        them are tried, possible or not, and what they do is kept."""
        found = [np.zeros((0, levers.shape[1]), dtype=np.intp)]
        for chunk in self._chunks(levers):
            moves = chunk if keep else self._new(chunk)
            if len(moves):
                flipped = moves[self._inside(moves, keep=keep) != self.inside]
                found.append(self._new(flipped) if keep else flipped)
        return np.concatenate(found)

    def _summed(self, levers: Index) -> Index:
        """[ways, 3]: the same of levers on which no rule depends together, from pairs."""
        found = [np.zeros((0, MOST), dtype=np.intp)]
        if len(levers):
            known, want = self._pairs(), not self.inside
            for moves in self._chunks(levers[known.could(levers, want)]):
                found.append(self._new(moves[known.does(moves, want)]))
        return np.concatenate(found)

    def _new(self, moves: Index) -> Index:
        """Those that are possible and hold no smaller ones that are enough."""
        for one, two in combinations(range(moves.shape[1]), 2):
            moves = moves[~self.enough[moves[:, one], moves[:, two]]]
        possible = self.question.possible
        if possible is None or not len(moves):
            return moves
        return moves[possible(self.dials, self._settings(moves))]

    def _inside(self, moves: Index, *, keep: bool) -> Mask:
        """[ways]: whether the target is in."""
        settings = self._settings(moves)
        made = scenarios(self.pack, self.facts, self.dials, settings, self.entering)
        grid = columns(self.pack, made, self.rules)
        if keep:
            self.told.append(grid)
        rank = _row(grid, grid.rank, self.question.target)
        inside: Mask = (rank > 0) & (rank <= (self.question.cut or rank))
        return inside

    def _settings(self, moves: Index) -> Settings:
        settings = np.zeros((len(moves), len(self.dials)), dtype=np.int32, order="F")
        for move in moves.T:
            settings[np.arange(len(moves)), self.lever[move]] = self.value[move]
        return settings

    def _together(self, levers: Index) -> Mask:
        """[sets]: where some rule depends on all of these levers, or they are on one fact."""
        known = (*self.entering, *self.facts)
        kind = self.question.target[0]
        together = np.zeros(len(levers), dtype=np.bool_)
        for support in supports(self.pack, self.rules, self.dials, known, kind):
            together |= np.isin(levers, list(support)).all(axis=1)
        return together

    def _pairs(self) -> Pairs:
        kind, _, of = self.question.target
        others = {
            target
            for grid in self.told
            for target in grid.targets
            if (target[0], target[2]) == (kind, of) and self.question.cut
        } - {self.question.target}
        family = [self.question.target, *sorted(others)]
        score = np.stack([self._through(lambda grid: grid.score, one) for one in family])
        blocks = np.stack([self._through(lambda grid: grid.blocks, one) for one in family])
        return pairs(score, blocks, self.sizes, self.question.cut)

    def _through(self, of: Callable[[Grid], Whole], target: Target) -> Whole:
        """[scenarios]: as things are, then every way to move one lever, then two."""
        return np.concatenate([_row(grid, of(grid), target) for grid in self.told])

    def _flip(self, moves: Sequence[int]) -> Flip:
        made = [(self.dials[self.lever[one]], self.value[one]) for one in moves]
        return Flip(
            tuple(Move(dial.lever, dial.values[value]) for dial, value in made),
            round(float(self.cost[moves].sum()), 6),
        )


def _row(grid: Grid, of: Whole, target: Target) -> Whole:
    """[scenarios]: what holds for a target; 0 where no rule speaks about it."""
    if target not in grid.targets:
        return np.zeros(of.shape[1], dtype=np.int64)
    row: Whole = of[grid.targets.index(target)].astype(np.int64)
    return row
