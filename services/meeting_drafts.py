"""What is typed in a review and not kept yet: it waits in the database, so that a page that is
loaded anew, or a server that was started anew, shows it again.

A draft belongs to one window and one form. It is nobody's word yet: it stands in no list, in no
minutes and in no milestone, and goes as soon as it is kept, is left, or the quarter is closed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.meetings import MeetingNote
from services.meeting_capture import DRAFT, there

LONGEST = 100_000
"""Letters of one draft; what is longer than that is no word in a meeting, and does not wait."""
_DAY = "day"


@dataclass(frozen=True, slots=True)
class Draft:
    """What was changed in a form, by field, and the version from which the form was filled."""

    version: int
    typed: Mapping[str, object]


def keep(session: Session, meeting_id: int, window: str, form: str, draft: Draft | None) -> None:
    """Keep what stands in a form of a window in place of what stood there; None: nothing does.
    Refused if the meeting is gone, or its quarter closed."""
    there(session, meeting_id)
    row = session.scalars(_of(meeting_id, window).where(MeetingNote.said == form)).first()
    text = _written(draft) if draft else ""
    if not draft or len(text) > LONGEST:
        if row is not None:
            session.delete(row)
    elif row is not None:
        row.text = text
    else:
        session.add(
            MeetingNote(
                meeting_id=meeting_id,
                step="",
                kind=DRAFT,
                about=window,
                said=form,
                text=text,
                made_at=datetime.now(UTC),
            )
        )
    session.flush()


def found(session: Session, meeting_id: int, window: str) -> dict[str, Draft]:
    """What waits for a window, by form."""
    return {row.said: _read(row.text) for row in session.scalars(_of(meeting_id, window))}


def _of(meeting_id: int, window: str) -> Select[MeetingNote]:
    return select(MeetingNote).where(
        MeetingNote.meeting_id == meeting_id,
        MeetingNote.kind == DRAFT,
        MeetingNote.about == window,
    )


def _written(draft: Draft) -> str:
    return json.dumps(
        {"version": draft.version, "typed": dict(draft.typed)},
        ensure_ascii=False,
        default=lambda value: {_DAY: value.isoformat()},
    )


def _read(text: str) -> Draft:
    said = json.loads(text)
    return Draft(int(said["version"]), {name: _value(one) for name, one in said["typed"].items()})


def _value(value: object) -> object:
    return date.fromisoformat(str(value[_DAY])) if isinstance(value, dict) else value
