"""What we learn: what came of what was expected, tests, lessons, and how much rules count."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Outcome(Base):
    """What came of the expectation that accepted advice carries, said in a quarter; `result`: met,
    partly, not_met or cannot_tell. `low`, `high` and `actual` are numbers where there were any."""

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), unique=True, index=True
    )
    result: Mapped[str]
    low: Mapped[float | None]
    high: Mapped[float | None]
    actual: Mapped[float | None]
    why: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Experiment(Base):
    """A test on a card: what is assumed, the expected range, and the day by which it is decided;
    `decision` is empty as long as it runs, then keep, change, stop or repeat."""

    __tablename__ = "experiment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    assumption: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    low: Mapped[float | None]
    high: Mapped[float | None]
    actual: Mapped[float | None]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    decision: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Lesson(Base):
    """Something learned; `verdict`: keep, change or stop; `loop`: single (do it better) or double
    (question the aim or the rule). `touches`: activity, channel, role, objective, rule or
    parameter, and `about` is which one. `amendment_id` is the change that came of it."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    experiment_id: Mapped[int | None] = mapped_column(
        ForeignKey("experiment.id", ondelete="SET NULL"), index=True
    )
    amendment_id: Mapped[int | None] = mapped_column(
        ForeignKey("amendment.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str]
    verdict: Mapped[str]
    loop: Mapped[str]
    touches: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Weighing(Base):
    """What people said to a proposal that a rule should count otherwise; added, never changed.
    `basis`: the outcomes on which it rested, so that the same is not proposed twice."""

    __tablename__ = "weighing"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    amendment_id: Mapped[int | None] = mapped_column(
        ForeignKey("amendment.id", ondelete="SET NULL"), index=True
    )
    rule: Mapped[str]
    before: Mapped[float]
    proposed: Mapped[float]
    accepted: Mapped[bool]
    basis: Mapped[Any] = mapped_column(JSON)
    evidence: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
