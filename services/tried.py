"""A what-if as it stands on the page: how things are, how they would be, and what is different."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from rules.levers import Move
from rules.pack import Fact
from services import advice, flip_words, lever_words, moves, planning, starters, what_if
from services.advice import AdviceView
from services.board import Begins, Board
from services.differences import Difference
from services.kept_answers import kept
from services.moves import Moves


@dataclass(frozen=True, slots=True)
class Tried:
    """`moves` are those that can be made; `gone` are those of whom or what is not there any more.
    `coming` are the facts that levers may bring in."""

    before: AdviceView
    after: AdviceView
    coming: tuple[Fact, ...]
    moves: tuple[Move, ...]
    gone: tuple[Move, ...]
    difference: Difference

    def board(self, begins: Begins, on: date) -> Board:
        """What a board asks of it; `on` is today."""
        return what_if.board(self.before, self.after, self.difference, begins=begins, on=on)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is changed, in words, and the moves that are left without it."""

    words: str
    without: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """Hours a week that a plan takes, by what takes them, and that may be planned (None: nobody
    said)."""

    promised: float
    activities: float
    channels: float
    limit: float | None


def tried(session: Session, organisation_id: int, quarter_id: int, wished: Moves) -> Tried:
    """What the moves do to what is known now; nothing is written."""
    before = advice.current(session, organisation_id, quarter_id)
    coming = what_if.entering(session, before)
    able, gone = moves.possible(before, starters.still(before, wished), coming)

    def made() -> tuple[AdviceView, Difference]:
        after = what_if.under(before, able, coming)
        return after, what_if.difference(before, after, able)

    after, difference = kept(before, ("tried", able), made)
    return Tried(before, after, coming, able, gone, difference)


def changes(view: AdviceView, some: Moves) -> tuple[Change, ...]:
    """What the moves change, one line each; objectives are one change, starter values another."""
    found = []
    others = tuple(move for move in some if move.lever.name != "objective")
    wished = [move for move in some if move.lever.name == "objective"]
    found += [Change(line, others) for line in flip_words.lines(view, wished)]
    for move in others:
        if not lever_words.starting(move):
            rest = tuple(one for one in some if one != move)
            found.append(Change(lever_words.line(view, move, some), rest))
    if starters.brought(some):
        rest = tuple(move for move in some if not lever_words.starting(move))
        lines = lever_words.in_words(view, [m for m in some if lever_words.starting(m)])
        found.append(Change("; ".join(lines), rest))
    return tuple(found)


def also(trial: Tried, more: Moves) -> tuple[Move, ...]:
    """The moves of a what-if with more of them, which are told from how it would be. Refused if
    both together cannot be."""
    names = moves.wanted(trial.after, more)
    made = moves.want(trial.before, names, trial.moves)
    for move in more:
        if move.lever.name != "objective":
            made = moves.put(trial.before, made, move)
    return made


def taken(view: AdviceView) -> Taken:
    """What the plan for a view takes."""
    plan = planning.plan(view)
    work = round(sum(one.hours for one in plan.activities if not one.stands), 2)
    return Taken(plan.promised, work, plan.filling, plan.have)
