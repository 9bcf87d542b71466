"""What would flip it: the smallest sets of moves that bring a target in, or out. Exact.

The universe is fixed: the levers that bear on the target (`reach.py`), with one value for each
interval that the rules tell apart, and every step where a number itself counts. All ways to move
one lever are tried, then all ways to move two, then three; a set that holds a smaller one that
is enough is none. So what is found is the smallest there is, and where nothing is found there is
nothing to find.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import numpy as np

from rules.advice import Target
from rules.condition import Value
from rules.grid import Grid, columns
from rules.grid_tables import Index, Mask
from rules.levers import Dial, Lever, Move, Settings, scenarios
from rules.pack import Fact, Pack
from rules.reach import reach
from rules.universe import reaching

CHUNK = 131_072
LIMIT = 6_000_000
Possible = Callable[[Sequence[Dial], Settings], Mask]
"""Which settings of some dials can be at all."""


@dataclass(frozen=True, slots=True)
class Flip:
    """Moves that together bring a target in or out, and what they cost."""

    moves: tuple[Move, ...]
    effort: float


@dataclass(frozen=True, slots=True)
class Question:
    """Which target, and where it counts as in: recommended or, with `cut`, at most at that rank.
    `locked` levers stay; `effort` is what a step of a lever costs, 1 unless given. What is not
    `possible` is not tried; more than `limit` scenarios are not tried either."""

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
    """`inside`: whether the target is in as things are. `tried`: scenarios looked at; `most`: every
    way to move so many levers was tried. Without flips that is the proof that there are none."""

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
    inside = bool(search.inside(np.zeros((1, len(search.dials)), dtype=np.int32))[0])
    found: list[Flip] = []
    whole = 0
    for some in range(1, min(question.most, len(search.dials)) + 1):
        if search.size(some) > question.limit:
            break
        fresh = [f for f in search.moving(some, inside) if not _holds_smaller(f, found)]
        found += fresh
        whole = some
        if len(_diverse(found, question.wanted)) >= question.wanted:
            break
    else:
        whole = question.most
    return Flips(inside, _diverse(found, question.wanted), search.tried, len(search.dials), whole)


class _Search:
    """The cut rules, the dials that bear on the target, and what their moves cost."""

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
        self.sizes = np.array([len(dial.values) - 1 for dial in self.dials], dtype=np.int64)
        self.costs = [_costs(dial, question.effort.get(dial.lever, 1.0)) for dial in self.dials]

    def size(self, some: int) -> int:
        """In how many ways so many levers can be moved."""
        powers = np.array([1, *[0] * some], dtype=object)
        for size in self.sizes.tolist():
            powers[1:] = powers[1:] + powers[:-1] * size
        return int(powers[some])

    def inside(self, settings: Settings) -> Mask:
        """[scenarios]: whether the target is in."""
        made = scenarios(self.pack, self.facts, self.dials, settings, self.entering)
        rank = _rank(columns(self.pack, made, self.rules), self.question.target, len(settings))
        inside: Mask = (rank > 0) & (rank <= (self.question.cut or rank))
        return inside

    def moving(self, some: int, inside: bool) -> Iterator[Flip]:
        """Every set of so many moves that flips it."""
        for made in self._settings(some):
            settings = self._possible(made)
            self.tried += len(settings)
            if not len(settings):
                continue
            for row in np.flatnonzero(self.inside(settings) != inside).tolist():
                yield self._flip(settings[row])

    def _possible(self, settings: Settings) -> Settings:
        possible = self.question.possible
        return settings if possible is None else settings[possible(self.dials, settings)]

    def _settings(self, some: int) -> Iterator[Settings]:
        levers = np.array(list(combinations(range(len(self.dials)), some)), dtype=np.int64)
        levers = levers.reshape(comb(len(self.dials), some), some)
        ends = np.cumsum(np.prod(self.sizes[levers], axis=1))
        for at in range(0, int(ends[-1]) if len(ends) else 0, CHUNK):
            number = np.arange(at, min(at + CHUNK, int(ends[-1])))
            which = np.searchsorted(ends, number, side="right")
            rest = number - np.r_[0, ends][which]
            settings = np.zeros((len(number), len(self.dials)), dtype=np.int32, order="F")
            for column in range(some):
                lever = levers[which, column]
                rest, value = np.divmod(rest, self.sizes[lever])
                settings[np.arange(len(number)), lever] = value + 1
            yield settings

    def _flip(self, row: Index) -> Flip:
        moved = np.flatnonzero(row).tolist()
        moves = tuple(Move(self.dials[d].lever, self.dials[d].values[row[d]]) for d in moved)
        return Flip(moves, round(sum(self.costs[d][row[d]] for d in moved), 6))


def _costs(dial: Dial, each: float) -> list[float]:
    """What each value of a dial costs: its steps from how things are, or 1 for another word."""
    return [each * _steps(dial, value) for value in dial.values]


def _steps(dial: Dial, value: Value | None) -> float:
    now = dial.values[0]
    if isinstance(now, bool) or not isinstance(now, int | float):
        return 1.0
    return abs(value - now) / dial.step if isinstance(value, int | float) else 1.0


def _rank(grid: Grid, target: Target, count: int) -> Index:
    """[scenarios]: the rank of a target; 0 where it is not recommended."""
    if target not in grid.targets:
        return np.zeros(count, dtype=np.intp)
    rank: Index = grid.rank[grid.targets.index(target)].astype(np.intp)
    return rank


def _holds_smaller(flip: Flip, found: Sequence[Flip]) -> bool:
    moves = set(flip.moves)
    return any(moves > set(smaller.moves) for smaller in found)


def _diverse(found: Sequence[Flip], wanted: int) -> tuple[Flip, ...]:
    """Of those on the same levers the cheapest; then, among the smallest, those that share the
    fewest levers with the ones before."""
    cheapest: dict[frozenset[Lever], Flip] = {}
    for flip in sorted(found, key=_order):
        cheapest.setdefault(frozenset(move.lever for move in flip.moves), flip)
    left = list(cheapest.values())
    chosen: list[Flip] = []
    used: dict[Lever, int] = {}
    while left and len(chosen) < wanted:
        best = min(left, key=lambda f: (len(f.moves), _shared(f, used), _order(f)))
        left.remove(best)
        chosen.append(best)
        for move in best.moves:
            used[move.lever] = used.get(move.lever, 0) + 1
    return tuple(chosen)


def _shared(flip: Flip, used: Mapping[Lever, int]) -> int:
    return sum(used.get(move.lever, 0) for move in flip.moves)


def _order(flip: Flip) -> tuple[int, float, str]:
    return len(flip.moves), flip.effort, repr(flip.moves)
