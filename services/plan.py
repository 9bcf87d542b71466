"""Our plan: what was promised, by whom, until when, and how it went."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Person
from models.plan import Activity
from services.refusals import Changed, Refused
from services.taking_on import IN_HAND, MOST_HOURS

LONGEST_TITLE, LONGEST_NOTE = 200, 2000
MOST_SETUP = 200
STATES = (*IN_HAND, "done", "not_done")
OWN = ""
"""The catalogue id of a promise that no advice stands behind; rules do not read it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a promise says: its owner (None: nobody yet), hours a week, hours once, and the day on
    which it is in place."""

    title: str
    owner_id: int | None = None
    hours_week: float = 0.0
    hours_setup: float = 0.0
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands: open, doing, stuck, done or not_done; and what was said about that."""

    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise as kept: where it lies, at which version, the advice behind it ("": one's own), the
    owner's name, what it says, how it stands, and by what calendars know it."""

    id: int
    version: int
    activity: str
    channel: str
    owner: str
    said: Said
    standing: Standing
    uid: str

    @property
    def in_hand(self) -> bool:
        """Whether it is not settled yet."""
        return self.standing.state in IN_HAND


def listed(session: Session, quarter_id: int) -> list[Kept]:
    """All promises of a quarter: by date, those without one last."""
    rows = session.execute(
        select(Activity, Person.name)
        .outerjoin(Person, Person.id == Activity.owner_id)
        .where(Activity.quarter_id == quarter_id)
        .order_by(Activity.due_on.is_(None), Activity.due_on, Activity.id)
    )
    return [_kept(row, name) for row, name in rows]


def mark(session: Session, promise_id: int, now: Standing, *, version: int) -> Kept:
    """Say how a promise read at `version` stands. An empty note keeps the words that are there.
    Raises Changed if somebody said something else about it meanwhile, or if it is gone."""
    if now.state not in STATES:
        raise Refused("Say whether it is done, stuck or not done.")
    note = _checked_note(now.note)
    row = _unchanged(session, promise_id, version)
    row.state = now.state
    row.note = note or row.note
    session.flush()
    return _with_owner(session, row)


def put_back(session: Session, promise_id: int, before: Standing, *, version: int) -> Kept:
    """Take back what was said last, word for word. Raises Changed as `mark` does."""
    row = _unchanged(session, promise_id, version)
    row.state, row.note = before.state, before.note
    session.flush()
    return _with_owner(session, row)


def add(session: Session, organisation_id: int, quarter_id: int, said: Said, on: date) -> Kept:
    """A promise of one's own, that no advice stands behind. Refused for one nobody can keep."""
    said = _checked(session, organisation_id, said)
    row = Activity(
        organisation_id=organisation_id,
        quarter_id=quarter_id,
        catalogue_id=OWN,
        starts_on=on,
        **asdict(said),
    )
    session.add(row)
    session.flush()
    return _with_owner(session, row)


def change(session: Session, promise_id: int, said: Said, *, version: int) -> Kept:
    """Promise it otherwise: hours, date, and for one's own the title and the owner; who answers for
    advised ones is agreed under *Who does it*. Raises Changed and Refused."""
    row = _unchanged(session, promise_id, version)
    said = _checked(session, row.organisation_id, said, owner_before=row.owner_id)
    row.hours_week, row.hours_setup, row.due_on = said.hours_week, said.hours_setup, said.due_on
    if row.catalogue_id == OWN:
        row.title, row.owner_id = said.title, said.owner_id
    session.flush()
    return _with_owner(session, row)


def take_away(session: Session, promise_id: int, *, version: int) -> None:
    """Take a promise of one's own out of the plan; taking it away twice changes nothing. Raises
    Changed if somebody changed it meanwhile, Refused for advice that was taken."""
    row = session.get(Activity, promise_id)
    if row is None:
        return
    if row.catalogue_id != OWN:
        raise Refused("This comes from advice that you took. Take that back under “What to do”.")
    session.delete(_unchanged(session, promise_id, version))
    session.flush()


def _unchanged(session: Session, promise_id: int, version: int) -> Activity:
    row = session.get(Activity, promise_id)
    if row is None:
        raise Changed(None)
    if row.version != version:
        now = _with_owner(session, row)
        theirs = {**asdict(now.said), **asdict(now.standing), "owner": now.owner}
        raise Changed(theirs, row.version)
    return row


def _checked(
    session: Session, organisation_id: int, said: Said, owner_before: int | None = None
) -> Said:
    title = " ".join(said.title.split())
    if not title:
        raise Refused("Say in a few words what is promised.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"Please shorten what is promised to {LONGEST_TITLE} letters.")
    if not 0 <= said.hours_week <= MOST_HOURS:
        raise Refused(f"Say how many hours it takes: from none to {MOST_HOURS} a week.")
    if not 0 <= said.hours_setup <= MOST_SETUP:
        raise Refused(f"Say how many hours it takes once: from none to {MOST_SETUP}.")
    if said.owner_id not in (None, owner_before):
        person = session.get(Person, said.owner_id)
        if person is None or person.organisation_id != organisation_id or not person.active:
            raise Refused("This person no longer takes part. Choose somebody else.")
    return Said(title, said.owner_id, said.hours_week, said.hours_setup, said.due_on)


def _checked_note(note: str) -> str:
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Refused(f"Please shorten your words to {LONGEST_NOTE} letters.")
    return note


def _with_owner(session: Session, row: Activity) -> Kept:
    owner = session.get(Person, row.owner_id) if row.owner_id is not None else None
    return _kept(row, owner.name if owner else None)


def _kept(row: Activity, owner: str | None) -> Kept:
    said = Said(row.title, row.owner_id, row.hours_week, row.hours_setup, row.due_on)
    standing = Standing(row.state, row.note)
    return Kept(
        row.id, row.version, row.catalogue_id, row.channel, owner or "", said, standing, row.uid
    )
