"""Tests on cards: an assumption, what is expected of it, a day, and then a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.learning import Experiment
from models.organisation import Quarter
from services.refusals import Changed, Refused
from services.scoring import LONGEST, check_range

DECISIONS = {"keep": "Keep it", "change": "Change it", "stop": "Stop it", "repeat": "Test it again"}
LONGEST_TITLE = 120
OLD = timedelta(days=120)
"""A test that runs longer is a debt."""


@dataclass(frozen=True, slots=True)
class Card:
    """A test as somebody plans it: what is tried, why it should work, the range that is expected
    (in a unit, if there is a number), and the day by which it is decided."""

    title: str
    assumption: str
    due_on: date
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """How a test ended: one of DECISIONS, with a word why; the number, if there is one."""

    decision: str
    why: str
    who: str = ""
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A card as kept; without `decided` it still runs."""

    id: int
    version: int
    card: Card
    starts_on: date
    decided: Decided | None
    decided_on: date | None


def begin(session: Session, quarter_id: int, card: Card, *, on: date) -> Kept:
    """Put a card up. Refused without an assumption, or with a day that has passed."""
    card = _checked(card)
    if card.due_on < on:
        raise Refused("Choose a day that lies ahead: by then you decide.")
    quarter = session.get_one(Quarter, quarter_id)
    row = Experiment(
        organisation_id=quarter.organisation_id, quarter_id=quarter_id, starts_on=on, **asdict(card)
    )
    session.add(row)
    session.flush()
    return _kept(row)


def decide(session: Session, experiment_id: int, said: Decided, *, version: int, on: date) -> Kept:
    """End a test with a decision, or correct how it ended. Changed if somebody else decided
    meanwhile, Refused without a word why."""
    row = session.get(Experiment, experiment_id)
    if row is None:
        raise Refused("This test is not there any more.")
    said = _decision(said)
    before = _kept(row).decided
    if before == said:
        return _kept(row)
    if row.version != version:
        raise Changed(asdict(before) if before else None, row.version)
    row.decision, row.why, row.who, row.actual = said.decision, said.why, said.who, said.actual
    row.decided_on = row.decided_on or on
    session.flush()
    return _kept(row)


def listed(session: Session, organisation_id: int) -> list[Kept]:
    """All cards, those that are due first first; those that ended, the newest first."""
    rows = session.scalars(
        select(Experiment)
        .where(Experiment.organisation_id == organisation_id)
        .order_by(Experiment.due_on, Experiment.id)
    )
    return [_kept(row) for row in rows]


def running(cards: Iterable[Kept]) -> list[Kept]:
    """Those that nobody has decided, the one that is due first first."""
    return [one for one in cards if one.decided is None]


def decided_share(cards: Iterable[Kept], on: date) -> float | None:
    """The share of tests due by a day that ended with a decision; None if none was due."""
    due = [one for one in cards if one.decided or one.card.due_on < on]
    return sum(one.decided is not None for one in due) / len(due) if due else None


def old(cards: Iterable[Kept], on: date) -> list[Kept]:
    """Those that run for longer than a test should."""
    return [one for one in running(cards) if one.starts_on < on - OLD]


def _checked(card: Card) -> Card:
    title, assumption = card.title.strip(), card.assumption.strip()
    if not title:
        raise Refused("Say in a few words what you try.")
    if not assumption:
        raise Refused("Say what you assume; without it, a test can teach nothing.")
    if len(title) > LONGEST_TITLE or len(assumption) > LONGEST or len(card.unit) > LONGEST_TITLE:
        raise Refused("Please shorten your words a little.")
    check_range(card.low, card.high, None)
    return Card(title, assumption, card.due_on, card.low, card.high, card.unit.strip())


def _decision(said: Decided) -> Decided:
    why = said.why.strip()
    if said.decision not in DECISIONS:
        raise Refused("Say what you decide: keep, change, stop, or test it again.")
    if not why:
        raise Refused("Say in a word why; that is what the test was for.")
    if len(why) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    check_range(None, None, said.actual)
    return Decided(said.decision, why, said.who.strip(), said.actual)


def _kept(row: Experiment) -> Kept:
    decided = Decided(row.decision, row.why, row.who, row.actual) if row.decision else None
    card = Card(row.title, row.assumption, row.due_on, row.low, row.high, row.unit)
    return Kept(row.id, row.version, card, row.starts_on, decided, row.decided_on)
