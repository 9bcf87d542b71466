"""A what-if made true: each move through the service that people use for it themselves, with a
decision and an expectation for every objective, or with the word why it cannot be adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from models.organisation import Quarter
from models.scenarios import Scenario
from rules.levers import Move
from rules.pack import Amendment
from services import (
    accounts,
    adopting_aims,
    advice,
    amendments,
    audiences,
    flip_words,
    lever_words,
    moves,
    people,
    quarters,
    scenarios,
    starters,
    what_if,
)
from services.accounts import Account
from services.adopting_aims import Aims
from services.advice import AdviceView
from services.amendments import Ground
from services.board import begins_on
from services.refusals import Refused
from services.scenarios import Kept

_OBSERVED = {
    "audience_use": "how many people use a channel is seen, not decided",
    "factor": "how you work shows when people are asked again",
    "answer": "how you work shows when people are asked again",
    "absence": "nobody's absence is decided by a what-if",
}


@dataclass(frozen=True, slots=True)
class Left:
    """A move that was not adopted, in words, and why."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was adopted, in words, from which quarter on, and what was not."""

    kept: Kept
    quarter_id: int
    done: tuple[str, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    """Who adopts what, why, in which quarter, and today."""

    view: AdviceView
    moves: tuple[Move, ...]
    ground: Ground
    quarter_id: int
    on: date


def left(view: AdviceView, some: Sequence[Move]) -> tuple[Left, ...]:
    """The moves that adopting would leave as they are, because they are observations."""
    return tuple(
        Left(lever_words.line(view, move, some), _OBSERVED[sort])
        for move in some
        if not lever_words.starting(move) and (sort := _observed(move))
    )


def at_once(view: AdviceView, some: Sequence[Move]) -> tuple[str, ...]:
    """The moves that count from today whenever the what-if begins: people, accounts and groups
    belong to no quarter."""
    kinds = ("person", "account", "group", "audience_use")
    now = [move for move in some if move.lever.name in kinds and not _observed(move)]
    return lever_words.in_words(view, now)


def first(session: Session, kept: Kept, on: date) -> str:
    """Why a what-if has to be recalculated before it can be adopted; '' if it need not."""
    if amendments.over(session.get_one(Quarter, kept.quarter_id), on):
        return "It starts from a quarter that is over. Recalculate it on the running one."
    old = scenarios.stale(session, kept)
    if old is not None:
        return old.sentence
    view = advice.current(session, kept.organisation_id, kept.quarter_id)
    if moves.possible(view, kept.said.moves, what_if.entering(session, view))[1]:
        return "Somebody or something that it moves is gone. Recalculate it first."
    return ""


def adopt(session: Session, kept: Kept, why: str, *, who: str = "", on: date) -> Adopted:
    """Make a what-if true from the day on which it begins; `on` is today.

    Raises Changed if it is newer than `kept`, or gone, or if what it moves was changed meanwhile;
    Refused if it is settled already, starts from older facts or from a quarter that is over, or if
    nothing of it can be adopted.
    """
    why = scenarios.word(why)
    row = scenarios.unsettled(session, kept.id, kept.version)
    if before := first(session, kept, on):
        raise Refused(before)
    view = advice.current(session, kept.organisation_id, kept.quarter_id)
    some = kept.said.moves
    stays = left(view, some)
    if len(stays) == len(some):
        raise Refused("Nothing of this can be adopted: " + "; ".join(one.why for one in stays))
    act = _Act(view, some, _ground(row, why, who), _quarter(session, kept, on), on)
    done = flip_words.lines(view, [move for move in some if not _observed(move)])
    adopting_aims.adopt(session, Aims(view, some, act.quarter_id, act.ground))
    _groups(session, act)
    for move in some:
        if move.lever.name == "account":
            _account(session, act, move)
        elif move.lever.name == "person" and not _observed(move):
            _hours(session, act, move)
        elif move.lever.what != "fact":
            _rules(session, act, move)
    scenarios.settle(row, "adopted", why, who)
    session.flush()
    settled = scenarios.find(session, row.organisation_id, row.id)
    return Adopted(settled, act.quarter_id, done, stays)


def _observed(move: Move) -> str:
    """What sort of observation a move is about; '' if it can be decided."""
    lever = move.lever
    if lever.what != "fact" or lever.name in ("objective", "account", "group"):
        return ""
    if lever_words.starting(move):
        return ""
    if lever.name == "person":
        return "" if move.value else "absence"
    return lever.name


def _ground(row: Scenario, why: str, who: str) -> Ground:
    return Ground(f"What if: {row.name}", why, who)


def _quarter(session: Session, kept: Kept, on: date) -> int:
    """The quarter in which it begins; the next one is begun with what this one knows."""
    if kept.said.begins == "today":
        return kept.quarter_id
    return quarters.ensure(session, kept.organisation_id, begins_on("next_quarter", on)).id


def _groups(session: Session, act: _Act) -> None:
    """Those who came in as starter values become a group, estimated as always."""
    for name in starters.brought(act.moves):
        group = starters.usual(act.view, name)
        if group is not None:
            audiences.describe(session, act.view.organisation_id, group)


def _account(session: Session, act: _Act, move: Move) -> None:
    """The channel's accounts come to this state; there is one from now on if there was none."""
    channel, status = str(move.lever.key[0]), str(move.value)
    order = list(accounts.STATUSES)
    rows = [
        one
        for one in accounts.listed(session, act.view.organisation_id)
        if one.said.channel == channel
    ]
    if not rows:
        new = Account(channel, "", status)
        accounts.add(session, act.view.organisation_id, new, on=act.on)
        return
    livelier = [one for one in rows if order.index(one.said.status) < order.index(status)]
    for one in livelier or rows[:1]:
        said = replace(one.said, status=status)
        accounts.update(session, one.id, said, version=one.version, on=act.on)


def _hours(session: Session, act: _Act, move: Move) -> None:
    number = int(str(move.lever.key[0]).removeprefix("p"))
    for one in people.listed(session, act.view.organisation_id):
        if one.id == number and isinstance(move.value, int | float):
            said = replace(one.said, hours=float(move.value))
            people.update(session, one.id, said, version=one.version)


def _rules(session: Session, act: _Act, move: Move) -> None:
    """A value, or a rule on or off, as on *Rules*: a dated change with its reason."""
    name, place = move.lever.name, (act.view.organisation_id, act.quarter_id)
    change = Amendment(rule=name, off=True)
    if move.lever.what == "parameter":
        change = Amendment(parameter=name, value=move.value)
    stands = amendments.standing(session, *place).get(amendments.subject(change))
    if move.lever.what == "rule" and move.value:
        if stands is not None:
            amendments.withdraw(session, act.quarter_id, stands.id, on=act.on)
        return
    seen = stands.id if stands else 0
    amendments.make(session, act.quarter_id, change, act.ground, seen=seen, on=act.on)
