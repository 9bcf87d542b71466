"""How we work today: rounds, respondents and their answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Assessment(Base):
    """A round of answers; depth is the number of questions."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    depth: Mapped[int]
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Respondent(Base):
    """Somebody who answers; seen by others only as the privacy rule allows."""

    __tablename__ = "respondent"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(
        ForeignKey("assessment.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str]
    function: Mapped[str]
    is_leader: Mapped[bool]
    consent: Mapped[bool]
    token: Mapped[str]
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Answer(Base):
    """An answer 0-4; `state` is answered, unknown or not_applicable."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("respondent_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(
        ForeignKey("respondent.id", ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    level: Mapped[int | None]
    state: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
