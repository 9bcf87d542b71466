"""The parts of an organisation: teams, shops, departments."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.organisation import Person, Unit
from services import people
from services.refusals import Changed, Refused


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the organisation; `function` is a catalogue id."""

    name: str
    function: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A part as kept: where it lies, at which version, what it says, and how many belong to it."""

    id: int
    version: int
    said: Part
    people: int


def add(session: Session, organisation_id: int, said: Part) -> Unit:
    """One part more."""
    unit = Unit(organisation_id=organisation_id, **asdict(_checked(session, organisation_id, said)))
    session.add(unit)
    session.flush()
    return unit


def update(session: Session, unit_id: int, said: Part, *, version: int) -> Unit:
    """Change what was read at `version`. Raises Changed if it is newer by now, or gone."""
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise Changed(None)
    if unit.version != version:
        raise Changed(asdict(Part(unit.name, unit.function)), unit.version)
    for name, value in asdict(_checked(session, unit.organisation_id, said, unit_id)).items():
        setattr(unit, name, value)
    session.flush()
    return unit


def remove(session: Session, unit_id: int) -> None:
    """The part goes, its people stay; removing twice changes nothing."""
    unit = session.get(Unit, unit_id)
    if unit is not None:
        session.delete(unit)
        session.flush()


def listed(session: Session, organisation_id: int) -> list[Kept]:
    """The parts of an organisation by name."""
    counted = (
        select(Person.unit_id, func.count())
        .where(Person.organisation_id == organisation_id, Person.active)
        .group_by(Person.unit_id)
    )
    counts = dict(session.execute(counted).all())
    rows = session.scalars(select(Unit).where(Unit.organisation_id == organisation_id))
    return [
        Kept(row.id, row.version, Part(row.name, row.function), counts.get(row.id, 0))
        for row in sorted(rows, key=lambda unit: unit.name.casefold())
    ]


def _checked(session: Session, organisation_id: int, said: Part, own_id: int = 0) -> Part:
    name = " ".join(said.name.split())
    if not name or len(name) > 80:
        raise Refused("Give this part of you a name of at most 80 letters.")
    same = select(Unit.id).where(
        Unit.organisation_id == organisation_id, Unit.name == name, Unit.id != own_id
    )
    if session.scalars(same).first():
        raise Refused("There is a part with this name already. Please add a word to it.")
    return Part(name, people.function(said.function))
