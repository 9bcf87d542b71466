"""What the numbers were."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Result(Base):
    """What a number was in one month or week (`period`), which begins on `starts_on`.

    `value` is in the unit of the catalogue, shares in per cent (0-100); what is not known has no
    row. `channel` is "" for all together; `sample_size` is out of how many, if that was said;
    `visibility`: owned, sampled, estimated or invisible; `definition`: how it is counted, where
    that changed; `way`: typed, pasted, file or tally; `kept_at`: when there first was one.
    """

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("organisation_id", "kpi", "channel", "period", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    kpi: Mapped[str]
    channel: Mapped[str] = mapped_column(default="")
    period: Mapped[str]
    starts_on: Mapped[date]
    value: Mapped[float]
    source: Mapped[str] = mapped_column(default="")
    sample_size: Mapped[int | None]
    visibility: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    way: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
