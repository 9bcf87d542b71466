"""What-ifs that somebody put on the shelf."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Scenario(Base):
    """Moves over the facts of a quarter. `begins`: today or next_quarter; `basis`: by kind of fact
    the SHA-256 of what it was made on; `told`: what it said then; `state`: kept, adopted or
    discarded, with a word `why`."""

    __tablename__ = "scenario"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    quarter_id: Mapped[int] = mapped_column(
        ForeignKey("quarter.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    author: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    moves: Mapped[Any] = mapped_column(JSON)
    begins: Mapped[str]
    basis: Mapped[Any] = mapped_column(JSON)
    fingerprint: Mapped[str]
    pack_version: Mapped[str]
    told: Mapped[Any] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="kept")
    why: Mapped[str] = mapped_column(default="")
    who: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    settled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
