"""What was decided or expected before, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from services import meeting_capture, meeting_decisions, meetings, repeated, scoring
from services.meeting_capture import CHECKED, Note
from services.scoring import Expected


@dataclass(frozen=True, slots=True)
class Old:
    """Something decided or expected: what, what should come of it, and by when that should be
    seen (None: not said); what came (a key of CHECKED, "" as long as nobody said) and why."""

    what: str
    expected: str
    by: date | None
    came: str = ""
    why: str = ""

    @property
    def words(self) -> str:
        """What came of it, in words."""
        return CHECKED.get(self.came, "Not said yet")


def old(session: Session, place: tuple[int, int], day: date) -> list[Old]:
    """The decisions of the meeting before this quarter, then the expectations of advice that were
    scored in it or are due by a day, the same advice once; what nobody has said anything about
    comes first of each."""
    decided = sorted(_decided(session, place), key=lambda one: bool(one.came))
    expected = sorted(_expected(session, place, day), key=lambda one: bool(one.came))
    return [*decided, *expected]


def _decided(session: Session, place: tuple[int, int]) -> Iterator[Old]:
    before, now = meetings.before(session, *place), meetings.find(session, place[1])
    if before is None:
        return
    checked: dict[int, Note] = {
        one.decision_id: one
        for one in (meeting_capture.notes(session, now.id) if now else ())
        if one.said.kind == "checked"
    }
    for kept in meeting_decisions.decisions(session, before.id):
        said, check = kept.said, checked.get(kept.id)
        what = f"Stop: {said.what}" if said.is_stop else said.what
        came, why = (check.said.said, check.said.text) if check else ("", "")
        yield Old(
            f"{what} ({said.who})" if said.who else what, said.effect, said.check_on, came, why
        )


def _expected(session: Session, place: tuple[int, int], day: date) -> Iterator[Old]:
    every = [
        one if one.scored_in == place[1] else _then(one, day)
        for one in scoring.expected(session, place[0])
        if one.decided_at.date() <= day
    ]
    scored = [one for one in every if one.score and one.scored_in == place[1]]
    for one in (*repeated.due(every, day), *repeated.merged(scored)):
        newest = one.newest
        what = f"{newest.title} (since {one.since})" if one.since else newest.title
        came = (newest.score.result, newest.score.why) if newest.score else ()
        yield Old(what, newest.words, newest.due_on, *came)


def _then(one: Expected, day: date) -> Expected:
    """An expectation as it stood on a day; what was scored later was open then."""
    later = one.scored_at is not None and one.scored_at.date() > day
    return scoring.unscored(one) if later else one
