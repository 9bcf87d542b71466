"""What was heard and who was answered, as lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from services import cases, insights, rulebook
from services.cases import Case
from services.heard import ANSWERS, EVIDENCE
from services.listing import Listed, Row, yes

MOST = 20_000
"""Messages in one workbook, the newest."""
_EVER = date(1900, 1, 1)


def insights_of(session: Session, place: tuple[int, int], day: date) -> Listed:
    """What was heard by a day, the newest first."""
    rows: list[Row] = []
    for one in insights.listed(session, place[0]):
        said, came = one.said, one.answered
        if said.heard_on <= day:
            rows.append((
                said.heard_on, said.text, _where(said.channel, said.elsewhere), said.about,
                rulebook.title("objectives", said.objective) if said.objective else None,
                EVIDENCE.get(said.evidence), one.receiver or None, said.reached_on,
                ANSWERS.get(came.answer), came.why, came.answered_on, came.change,
            ))  # fmt: skip
    return Listed(
        "What we hear",
        "What somebody said, who should know it, and what they made of it.",
        ("Heard on", "What", "Where", "About whom", "For which objective", "How well we know it",
         "Who should hear it", "Reached them on", "Answer", "Why", "Answered on", "What changed"),
        tuple(rows),
    )  # fmt: skip


def messages(session: Session, place: tuple[int, int], day: date) -> Listed:
    """Messages received by a day, the newest first."""
    found = cases.listed(session, place[0], _EVER, day)
    return Listed(
        "Whom we answer",
        "Messages and how they were answered, by the clock on the wall.",
        ("Received on", "At", "Where", "About", "Needs an answer", "Got one", "First reply on",
         "Reply at", "Closed on", "Solved", "Rating, 1 to 5", "Whose care"),
        tuple(map(_message, found[:MOST])),
        max(0, len(found) - MOST),
    )  # fmt: skip


def _message(one: Case) -> Row:
    said = one.said
    return (
        said.received_on, _clock(said.received_minute), _where(said.channel, said.elsewhere),
        said.subject, yes(said.needs_answer), yes(said.answered), said.replied_on,
        _clock(said.replied_minute), said.closed_on, yes(said.solved), said.rating,
        one.person or None,
    )  # fmt: skip


def _where(channel: str, elsewhere: str) -> str | None:
    return rulebook.title("channels", channel) if channel else elsewhere or None


def _clock(minute: int | None) -> str | None:
    return None if minute is None else f"{minute // 60}:{minute % 60:02d}"
