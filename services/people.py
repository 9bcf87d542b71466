"""The people who take part, and what they can do. Leaving is in `leaving`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.organisation import Person, PersonRole, PersonSkill, Unit
from services import rulebook
from services.refusals import Changed, Refused

HOURS_IN_A_WEEK = 80


@dataclass(frozen=True, slots=True)
class Someone:
    """A person: function, skills and roles are catalogue ids; `hours` a week for social media."""

    name: str
    function: str
    hours: float
    volunteer: bool = False
    unit_id: int | None = None
    skills: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A person as kept: where it lies, at which version, and what it says."""

    id: int
    version: int
    said: Someone


def add(session: Session, organisation_id: int, said: Someone) -> Person:
    """Somebody more takes part."""
    said = _checked(session, organisation_id, said, own_id=0)
    person = Person(organisation_id=organisation_id, **_columns(said))
    session.add(person)
    session.flush()
    _keep_lists(session, person.id, said)
    return person


def update(session: Session, person_id: int, said: Someone, *, version: int) -> Person:
    """Change what was read at `version`. Raises Changed if it is newer by now, or if the person
    takes part no longer."""
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise Changed(None)
    if person.version != version:
        raise Changed(asdict(_someone(person, *_lists(session, [person.id]))), person.version)
    said = _checked(session, person.organisation_id, said, own_id=person_id)
    for name, value in _columns(said).items():
        setattr(person, name, value)
    flag_modified(person, "name")  # a change of skills or roles alone is a new version too
    _keep_lists(session, person.id, said)
    return person


def listed(session: Session, organisation_id: int, *, active: bool = True) -> list[Kept]:
    """All who take part, in the order in which they were added; or all who left."""
    rows = list(
        session.scalars(
            select(Person)
            .where(Person.organisation_id == organisation_id, Person.active.is_(active))
            .order_by(Person.id)
        )
    )
    skills, roles = _lists(session, [row.id for row in rows])
    return [Kept(row.id, row.version, _someone(row, skills, roles)) for row in rows]


def name(session: Session, person_id: int) -> str:
    """What a person is called, whether they take part still or not; "" if there is none."""
    return session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def version(session: Session, person_id: int) -> int:
    """The version at which a person is kept now; 0 if there is none."""
    return session.scalar(select(Person.version).where(Person.id == person_id)) or 0


def _checked(session: Session, organisation_id: int, said: Someone, *, own_id: int) -> Someone:
    name = " ".join(said.name.split())
    if not name:
        raise Refused("Say who it is. A first name is enough.")
    if len(name) > 80:
        raise Refused("Please shorten the name to 80 letters.")
    if not 0 <= said.hours <= HOURS_IN_A_WEEK:
        raise Refused(f"Hours a week go from 0 to {HOURS_IN_A_WEEK}.")
    if _taken(session, organisation_id, name, own_id):
        raise Refused(f"There is somebody called {name} already. Please add a letter or a surname.")
    unit = session.get(Unit, said.unit_id) if said.unit_id is not None else None
    if said.unit_id is not None and (unit is None or unit.organisation_id != organisation_id):
        raise Refused("This part of you is gone by now. Choose another one, or none.")
    return replace(
        said,
        name=name,
        function=function(said.function),
        skills=_known("skills", said.skills),
        roles=_known("roles", said.roles),
    )


def _taken(session: Session, organisation_id: int, name: str, own_id: int) -> bool:
    same = select(Person.id).where(
        Person.organisation_id == organisation_id,
        Person.active,
        Person.name == name,
        Person.id != own_id,
    )
    return session.scalars(same).first() is not None


def function(name: str) -> str:
    """The id of a part of the work; Refused if there is none by this name."""
    if name not in rulebook.pack().catalogues["functions"]:
        raise Refused("Say which part of the work they belong to.")
    return name


def _known(catalogue: str, names: Iterable[str]) -> tuple[str, ...]:
    """Without doubles, in the catalogue's order; words that it does not have are dropped."""
    given = set(names)
    return tuple(name for name in rulebook.pack().catalogues[catalogue] if name in given)


def _columns(said: Someone) -> dict[str, object]:
    return {
        "name": said.name,
        "function": said.function,
        "hours": said.hours,
        "volunteer": said.volunteer,
        "unit_id": said.unit_id,
    }


def _keep_lists(session: Session, person_id: int, said: Someone) -> None:
    session.execute(delete(PersonSkill).where(PersonSkill.person_id == person_id))
    session.execute(delete(PersonRole).where(PersonRole.person_id == person_id))
    session.add_all(PersonSkill(person_id=person_id, skill=skill) for skill in said.skills)
    session.add_all(PersonRole(person_id=person_id, role=role) for role in said.roles)
    session.flush()


Lists = dict[int, list[str]]


def _lists(session: Session, person_ids: list[int]) -> tuple[Lists, Lists]:
    skills: Lists = defaultdict(list)
    roles: Lists = defaultdict(list)
    for skill in session.scalars(
        select(PersonSkill).where(PersonSkill.person_id.in_(person_ids)).order_by(PersonSkill.id)
    ):
        skills[skill.person_id].append(skill.skill)
    for role in session.scalars(
        select(PersonRole).where(PersonRole.person_id.in_(person_ids)).order_by(PersonRole.id)
    ):
        roles[role.person_id].append(role.role)
    return skills, roles


def _someone(person: Person, skills: Lists, roles: Lists) -> Someone:
    return Someone(
        name=person.name,
        function=person.function,
        hours=person.hours,
        volunteer=person.volunteer,
        unit_id=person.unit_id,
        skills=tuple(skills.get(person.id, ())),
        roles=tuple(roles.get(person.id, ())),
    )
