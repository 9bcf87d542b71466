"""What a quarter was when it was closed, and the steps into the next one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Milestone(Base):
    """A closed quarter; `sha256` is over the hashes of all its parts. Never changed."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True, unique=True
    )
    closed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closed_by: Mapped[str]
    sha256: Mapped[str]


class FrozenPart(Base):
    """A part of a milestone (facts, answers, rules …) as canonical JSON, and its hash."""

    __tablename__ = "frozen_part"
    __table_args__ = (UniqueConstraint("milestone_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(
        ForeignKey("milestone.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]


class FrozenRules(Base):
    """The files of a rule pack as canonical JSON, kept once for all milestones that rest on it; the
    part "rules" of a milestone names its hash."""

    __tablename__ = "frozen_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]


class Addendum(Base):
    """A correction of what was closed: added with its date, never changed. `sha256` covers the one
    before it too."""

    __tablename__ = "addendum"

    id: Mapped[int] = mapped_column(primary_key=True)
    milestone_id: Mapped[int] = mapped_column(
        ForeignKey("milestone.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    who: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sha256: Mapped[str]


class QuarterStep(Base):
    """A step into a quarter that somebody took; `step`: carry_over, objectives or reassess. Taken
    again, the newest counts."""

    __tablename__ = "quarter_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str]
    said: Mapped[Any] = mapped_column(JSON)
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
