"""What we do."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, new_uid


class Activity(Base):
    """A planned activity; state: open, doing, done, stuck, not_done. Calendars know it by `uid`."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id", ondelete="SET NULL"), index=True
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    catalogue_id: Mapped[str]
    title: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    hours_setup: Mapped[float]
    hours_week: Mapped[float]
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    note: Mapped[str] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(default=new_uid, unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
