"""What the rules said, and what people decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Recommendation(Base):
    """Advice as it was given, with all that led to it. `score` is in hundredths."""

    __tablename__ = "recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    target: Mapped[str]
    of: Mapped[str] = mapped_column(default="")
    score: Mapped[int]
    rank: Mapped[int | None]
    reasons: Mapped[Any] = mapped_column(JSON)
    pack_version: Mapped[str]
    fingerprint: Mapped[str]
    amendments: Mapped[Any] = mapped_column(JSON)
    facts_hash: Mapped[str]
    expectation: Mapped[Any] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Decision(Base):
    """accepted, adapted or declined; an undone one is kept."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    undone_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undone_by: Mapped[str] = mapped_column(default="")
