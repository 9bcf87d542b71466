"""The review meeting of a quarter: its clock, what was said, decided and thought of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Meeting(Base):
    """One review of a quarter. `plan`: a list of [step, minutes] as it stood when it began, so that
    everybody sees the same; `step`: where it is; `spent`: seconds by step, without what runs since
    `running_since` (None: it pauses). `changes` grows with everything that is entered."""

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True, unique=True
    )
    held_on: Mapped[date]
    first: Mapped[bool] = mapped_column(default=False)
    plan: Mapped[Any] = mapped_column(JSON)
    step: Mapped[str]
    spent: Mapped[Any] = mapped_column(JSON)
    running_since: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    changes: Mapped[int] = mapped_column(default=0)


class MeetingDecision(Base):
    """One of at most five things that were decided: what, who, by when, what should come of it, and
    when that is checked. `by_whom` entered it; `verified`: they had signed in."""

    __tablename__ = "meeting_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str]
    who: Mapped[str]
    due_on: Mapped[date | None]
    effect: Mapped[str]
    check_on: Mapped[date | None]
    is_stop: Mapped[bool] = mapped_column(default=False)
    by_whom: Mapped[str] = mapped_column(default="")
    verified: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MeetingNote(Base):
    """What was said in a step. `kind`: note, side (one of two views), parked, checked (of a
    decision of an earlier meeting), signal, scenario, no_stop, failure, present, or draft (what is
    typed in a window and not kept yet: `about` is the window, `said` the form); `about`: what it
    is about (a number, a question, a what-if); `said`: one word from a list, where there is one."""

    __tablename__ = "meeting_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    decision_id: Mapped[int | None] = mapped_column(
        ForeignKey("meeting_decision.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str]
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    verified: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MeetingScore(Base):
    """How useful somebody found the meeting, 1-5, and what to change in the next one."""

    __tablename__ = "meeting_score"
    __table_args__ = (UniqueConstraint("meeting_id", "who"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    who: Mapped[str]
    score: Mapped[int]
    change: Mapped[str] = mapped_column(default="")
    verified: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
