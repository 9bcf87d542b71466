"""Who we are: organisations, real ones and examples."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.assessments import Assessment
from models.needs import Need
from models.organisation import Organisation, Person, Quarter
from models.plan import Activity
from services import quarters, rulebook
from services.refusals import Changed, Refused

SECTORS = {
    "business": "A business",
    "public": "A public body",
    "charity": "A charity or an association",
    "research": "A school, university or institute",
}
AUDIENCES = {
    "consumers": "Private people",
    "business": "Other organisations",
    "both": "Both",
}
LARGEST = 1_000_000

Counted = Quarter | Person | Need | Assessment | Activity


@dataclass(frozen=True, slots=True)
class Profile:
    """What an organisation says of itself; sector and audience are keys of SECTORS and AUDIENCES,
    region is an id of the catalogue `regions`, premises: is there a place that people visit?"""

    name: str
    staff: int
    sector: str
    audience: str
    region: str
    premises: bool = False


def create(
    session: Session, said: Profile, *, on: date, sample_id: str = "", so_far: bool = False
) -> Organisation:
    """A new organisation with the quarter of `on` begun; `sample_id` marks a fictional example.
    With `so_far`, a name is enough; what is not said yet is "" and unknown to the rules."""
    said = _checked(session, said, own_id=None, so_far=so_far)
    organisation = Organisation(
        **asdict(said),
        is_example=bool(sample_id),
        sample_id=sample_id,
        created_at=datetime.now(UTC),
    )
    session.add(organisation)
    session.flush()
    quarters.ensure(session, organisation.id, on)
    return organisation


def update(
    session: Session, organisation_id: int, said: Profile, *, version: int, so_far: bool = False
) -> Organisation:
    """Change what was read at `version`. Raises Changed if it is newer by now, or gone. With
    `so_far`, a name is enough."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise Changed(None)
    if organisation.version != version:
        raise Changed(asdict(profile(organisation)), organisation.version)
    said = _checked(session, said, own_id=organisation_id, so_far=so_far)
    for name, value in asdict(said).items():
        setattr(organisation, name, value)
    session.flush()
    return organisation


def remove(session: Session, organisation_id: int) -> None:
    """Take an organisation away with everything it said; removing twice changes nothing."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is not None:
        session.delete(organisation)
        session.flush()


def remove_named(session: Session, organisation_id: int, typed: str) -> None:
    """Take an organisation away, if its name was typed; else Refused."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is not None and " ".join(typed.split()) != organisation.name:
        raise Refused("Type the name exactly as it is written above. Nothing was removed.")
    remove(session, organisation_id)


def holds(session: Session, organisation_id: int) -> dict[str, int]:
    """How much would go with an organisation: rows of what people put in, in words for a user."""
    counts = {
        "quarters": _count(session, Quarter, organisation_id),
        "people": _count(session, Person, organisation_id),
        "expectations": _count(session, Need, organisation_id),
        "rounds of answers": _count(session, Assessment, organisation_id),
        "promises": _count(session, Activity, organisation_id),
    }
    return {word: count for word, count in counts.items() if count}


def get(session: Session, organisation_id: int) -> Organisation | None:
    """One organisation, None if there is none (any more)."""
    return session.get(Organisation, organisation_id)


def listed(session: Session) -> list[Organisation]:
    """Real ones first, then examples, each by name."""
    rows = session.scalars(select(Organisation))
    return sorted(rows, key=lambda row: (row.is_example, row.name.casefold()))


def said_all(said: Profile) -> bool:
    """Whether nothing of the profile is left to be said."""
    return bool(said.name and said.sector and said.audience and said.region)


def profile(organisation: Organisation) -> Profile:
    """What a row says, as a value."""
    return Profile(
        name=organisation.name,
        staff=organisation.staff,
        sector=organisation.sector,
        audience=organisation.audience,
        region=organisation.region,
        premises=organisation.premises,
    )


def _count(session: Session, table: type[Counted], organisation_id: int) -> int:
    counted = select(func.count()).where(table.organisation_id == organisation_id)
    return session.scalar(counted) or 0


def _checked(
    session: Session, said: Profile, own_id: int | None, *, so_far: bool = False
) -> Profile:
    name = " ".join(said.name.split())
    if not name:
        raise Refused("Give your organisation a name.")
    if len(name) > 80:
        raise Refused("Please shorten the name to 80 letters.")
    if not 1 <= said.staff <= LARGEST:
        raise Refused("Say how many people you are, yourself included: at least one.")
    unsaid = ("",) if so_far else ()
    if said.sector not in (*SECTORS, *unsaid) or said.audience not in (*AUDIENCES, *unsaid):
        raise Refused("Say what kind of organisation you are and whom you serve.")
    if said.region not in (*rulebook.pack().catalogues["regions"], *unsaid):
        raise Refused("Say where you are.")
    same = select(Organisation.id).where(
        Organisation.name == name, Organisation.id != (own_id or 0)
    )
    if session.scalars(same).first():
        raise Refused("There is already an organisation with this name. Please add a word to it.")
    return replace(said, name=name)
