"""What is entered during the review meeting: notes, and both sides of a view.

Notes and sides are added beside each other; nobody's word takes another's place. What there is one
of (a judgement of a number, a failure to tell) is changed at the version that was read; `Changed`
is raised if it is another by now.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.meetings import Meeting, MeetingNote
from services import meetings
from services.refusals import Changed, Refused

LONGEST, LONGEST_NAME = 2_000, 80
ADDED = ("note", "side", "parked", "present")
ONE = ("signal", "checked", "scenario", "no_stop", "failure")
"""Kinds of which there are many, and those of which there is one for what they are about."""
DRAFT = "draft"
"""What is typed and not kept yet; see meeting_drafts."""
SIDES = {"one": "One side", "other": "The other side"}
CHECKED = {
    "met": "Came true", "partly": "In part", "not_met": "Did not", "cannot_tell": "Cannot tell",
}  # fmt: skip
SIGNALS = {"real": "A real change", "noise": "Noise"}
_WORDS = {"side": SIDES, "checked": CHECKED, "signal": SIGNALS}


@dataclass(frozen=True, slots=True)
class By:
    """Whose word it is; without sign-in, a name that nobody verified, or none."""

    name: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is noted in a step: see the table for `kind`, `about` and `said`."""

    step: str
    kind: str
    text: str = ""
    about: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something noted, as kept."""

    id: int
    version: int
    said: Said
    by: By
    made_at: datetime
    decision_id: int


def note(
    session: Session, meeting_id: int, said: Said, by: By, *, at: datetime | None = None
) -> int:
    """Add a note, a side, something parked, or who is there; its id. The same words by the same
    person twice are one."""
    said, by = _checked(session, meeting_id, said, ADDED), named(by)
    for row in session.scalars(_of(meeting_id, said.kind)):
        if (_said(row), row.who) == (said, by.name):
            return row.id
    return _added(session, meeting_id, said, by, at).id


def put(  # noqa: PLR0913
    session: Session,
    meeting_id: int,
    said: Said,
    by: By,
    *,
    seen: int = 0,
    decision_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Keep what there is one of for what it is about, read at version `seen` (0: there was none).
    Changed if it is another one by now. `decision_id`: the decision of an earlier meeting."""
    said, by = _checked(session, meeting_id, said, ONE), named(by)
    asked = _of(meeting_id, said.kind).where(MeetingNote.about == said.about)
    row = session.scalars(asked.where(MeetingNote.decision_id == decision_id)).first()
    if row is not None and _said(row) == said:
        return row.id
    if (row.version if row else 0) != seen:
        raise Changed(told(_note(row)) if row else None, row.version if row else 0)
    if row is None:
        row = _added(session, meeting_id, said, by, at, decision_id)
    else:
        row.said, row.text, row.who, row.verified = said.said, said.text, by.name, by.verified
        meetings.changed(session, meeting_id)
    return row.id


def restate(session: Session, note_id: int, text: str, *, version: int) -> None:
    """Put a note otherwise. Changed if somebody else did meanwhile, or took it away."""
    row = session.get(MeetingNote, note_id)
    if row is None:
        raise Changed(None)
    text = worded(text)
    if row.text == text:
        return
    if row.version != version:
        raise Changed(told(_note(row)), row.version)
    row.text = text
    meetings.changed(session, row.meeting_id)


def take_away(session: Session, note_id: int, *, version: int) -> None:
    """Take a note away; twice changes nothing. Changed if somebody has just put it otherwise."""
    row = session.get(MeetingNote, note_id)
    if row is None:
        return
    if row.version != version:
        raise Changed(told(_note(row)), row.version)
    session.delete(row)
    meetings.changed(session, row.meeting_id)


def notes(session: Session, meeting_id: int) -> list[Note]:
    """Everything noted, the oldest first."""
    rows = session.scalars(
        select(MeetingNote)
        .where(MeetingNote.meeting_id == meeting_id, MeetingNote.kind != DRAFT)
        .order_by(MeetingNote.id)
    )
    return [_note(row) for row in rows]


def find(session: Session, note_id: int) -> Note | None:
    """One note, None if it was taken away."""
    row = session.get(MeetingNote, note_id)
    return _note(row) if row else None


def one_of(session: Session, meeting_id: int, kind: str) -> Note | None:
    """The one note of a kind of which there is one (a failure, why nothing stops)."""
    row = session.scalars(_of(meeting_id, kind)).first()
    return _note(row) if row else None


def told(kept: Note) -> dict[str, object]:
    """A note as a form holds it."""
    return {"said": kept.said.said or None, "text": kept.said.text}


def _of(meeting_id: int, kind: str) -> Select[MeetingNote]:
    return (
        select(MeetingNote)
        .where(MeetingNote.meeting_id == meeting_id, MeetingNote.kind == kind)
        .order_by(MeetingNote.id)
    )


def _added(
    session: Session,
    meeting_id: int,
    said: Said,
    by: By,
    at: datetime | None,
    decision_id: int | None = None,
) -> MeetingNote:
    row = MeetingNote(
        meeting_id=meeting_id,
        decision_id=decision_id,
        who=by.name,
        verified=by.verified,
        made_at=at or datetime.now(UTC),
        **asdict(said),
    )
    session.add(row)
    meetings.changed(session, meeting_id)
    return row


def there(session: Session, meeting_id: int) -> Meeting:
    """The meeting. Refused if it is gone."""
    row = session.get(Meeting, meeting_id)
    if row is None:
        raise Refused(meetings.GONE)
    return row


def _checked(session: Session, meeting_id: int, said: Said, kinds: tuple[str, ...]) -> Said:
    there(session, meeting_id)
    if said.kind not in kinds:
        raise ValueError(said.kind)
    words = _WORDS.get(said.kind)
    if words is not None and said.said not in words:
        raise Refused(f"Choose one: {', '.join(words.values())}.")
    alone = words is not None and said.kind != "side"
    text = worded(said.text, empty=alone or said.kind in ("scenario", "no_stop", "failure"))
    return Said(said.step, said.kind, text, said.about, said.said)


def worded(text: str, *, empty: bool = False) -> str:
    """The words, refused if there are none (unless `empty`) or too many."""
    text = text.strip()
    if not text and not empty:
        raise Refused("Say it in a few words.")
    return fitting(text)


def fitting(text: str, most: int = LONGEST) -> str:
    """The words, refused if they are too many; the number tells how far to shorten them."""
    if len(text) > most:
        raise Refused(
            f"Please shorten your words: at most {most:,} letters; these are {len(text):,}."
        )
    return text


def named(by: By) -> By:
    """The same with a name of fitting length."""
    return By(" ".join(by.name.split())[:LONGEST_NAME], by.verified)


def _said(row: MeetingNote) -> Said:
    return Said(row.step, row.kind, row.text, row.about, row.said)


def _note(row: MeetingNote) -> Note:
    by = By(row.who, row.verified)
    return Note(row.id, row.version, _said(row), by, row.made_at, row.decision_id or 0)
