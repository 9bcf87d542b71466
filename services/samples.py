"""Made-up organisations to look at and to try things with, each with two years behind it.

They are read from `samples/` and put in through the same services as everybody's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Organisation
from services import (
    organisations,
    quarters,
    sample_listening,
    sample_meetings,
    sample_numbers,
    sample_people,
    sample_quarters,
)
from services.organisations import Profile
from services.sample_people import yes

FOLDER = Path(__file__).resolve().parent.parent / "samples"
SHOWN = 2
"""So many are shown at once; the others stand behind "more"."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An example: the name of its file, what kind of organisation it is, and one sentence."""

    id: str
    title: str
    about: str


def listed() -> tuple[Sample, ...]:
    """All examples, in the order in which they are offered."""
    read = {file.stem: _read(file.stem) for file in FOLDER.glob("*.yaml")}
    ordered = sorted(read.items(), key=lambda item: int(item[1]["place"]))
    return tuple(Sample(name, said["title"], said["about"]) for name, said in ordered)


def open(session: Session, sample_id: str, *, on: date) -> Organisation:
    """The example, put in if it is not there yet: its eighth quarter is the one of `on`. Opening it
    twice changes nothing. Raises KeyError if there is no such example."""
    there = session.scalars(select(Organisation).where(Organisation.sample_id == sample_id)).first()
    return there or _put_in(session, sample_id, on)


def reset(session: Session, sample_id: str, *, on: date) -> Organisation:
    """The example as it was, whatever people did to it."""
    rows = session.scalars(select(Organisation).where(Organisation.sample_id == sample_id))
    for row in rows.all():
        organisations.remove(session, row.id)
    session.expire_all()
    return _put_in(session, sample_id, on)


def _put_in(session: Session, sample_id: str, on: date) -> Organisation:
    said = _read(sample_id)
    days = sample_quarters.first_days(on, len(said["quarters"]))
    who = dict(said["who"])
    profile = Profile(**{**who, "premises": yes(who.get("premises", "no"))})
    organisation = organisations.create(session, profile, on=days[0], sample_id=sample_id)
    people = sample_people.come(session, organisation.id, said)
    sample_people.are_reached(session, organisation.id, said)
    for number, (day, quarter) in enumerate(zip(days, said["quarters"], strict=True), start=1):
        at = sample_quarters.Setting(day, on, people)
        sample_listening.was_heard(session, organisation.id, said, number, at)
        sample_quarters.pass_by(session, organisation.id, quarter, at)
        sample_numbers.were_measured(session, organisation.id, said, days[0], day, on)
        place = (organisation.id, quarters.ensure(session, organisation.id, day).id)
        sample_meetings.met(session, place, quarter, at.day(12.5))
    sample_people.have_accounts(session, organisation.id, said, people, on)
    session.flush()
    for day in days[:-1]:  # last of all: nothing more is said about a closed quarter
        sample_quarters.close(session, organisation.id, next(iter(people)), day, on)
    return organisation


@cache
def _read(sample_id: str) -> Mapping[str, Any]:
    file = FOLDER / f"{sample_id}.yaml"
    if file.parent != FOLDER or not file.is_file():
        raise KeyError(sample_id)
    said: Mapping[str, Any] = YAML(typ="safe", pure=True).load(file.read_text("utf-8"))
    return said
