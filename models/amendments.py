"""An organisation's own changes to the rules."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Amendment(Base):
    """A changed parameter, a rule switched off or a confidence; dated, with source and reason.

    A row is written once and only ever taken back: who changes a change adds the next one. So it
    has no version; whoever comes second is told by the id of the one that stands by then.
    """

    __tablename__ = "amendment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    parameter: Mapped[str] = mapped_column(default="")
    value: Mapped[Any] = mapped_column(JSON)
    rule: Mapped[str] = mapped_column(default="")
    off: Mapped[bool] = mapped_column(default=False)
    confidence: Mapped[float | None]
    starts_on: Mapped[date]
    source: Mapped[str]
    reason: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
