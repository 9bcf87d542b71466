"""What we want."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, new_uid


class Objective(Base):
    """A stated objective; position 1 comes first. Calendars know its check date by `uid`.

    Three numbers may have a range to be in: the one that shows it (lead), the one that must not get
    worse (guard), and one that shows whether the organisation learns."""

    __tablename__ = "objective"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    catalogue_id: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    lead_kpi: Mapped[str] = mapped_column(default="")
    guard_kpi: Mapped[str] = mapped_column(default="")
    target_low: Mapped[float | None]
    target_high: Mapped[float | None]
    target_unit: Mapped[str] = mapped_column(default="")
    guard_low: Mapped[float | None]
    guard_high: Mapped[float | None]
    learning_kpi: Mapped[str] = mapped_column(default="")
    learning_low: Mapped[float | None]
    learning_high: Mapped[float | None]
    check_on: Mapped[date | None]
    numbers_unknown: Mapped[bool] = mapped_column(default=False)
    uid: Mapped[str] = mapped_column(default=new_uid, unique=True)
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
