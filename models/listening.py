"""What we hear and whom we answer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Insight(Base):
    """Something that was heard, and what the person who should hear it said to it.

    `channel` is one of the catalogue or ""; `elsewhere` says where else. `objective` is one of the
    catalogue or "". `evidence`: shown (it can be looked at again), told (somebody told us), guess,
    or "" if that is not known. `answer`: done, not_done, or "" as long as it is open; `change` is
    what became different.
    """

    __tablename__ = "insight"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    heard_on: Mapped[date]
    channel: Mapped[str] = mapped_column(default="")
    elsewhere: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    objective: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")
    receiver_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    reached_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    change: Mapped[str] = mapped_column(default="")
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ResponseCase(Base):
    """A message that reached us, and how it was answered. What is not known is empty, never 0.

    Days and minutes of the day (0-1439) are those of the clock on the wall where the message is
    answered. `answered` is True with every first reply; None if nobody knows. `way`: typed or
    pasted.
    """

    __tablename__ = "response_case"
    __table_args__ = (Index(None, "organisation_id", "received_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    received_on: Mapped[date]
    received_minute: Mapped[int | None]
    channel: Mapped[str] = mapped_column(default="")
    elsewhere: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    needs_answer: Mapped[bool | None]
    answered: Mapped[bool | None]
    replied_on: Mapped[date | None]
    replied_minute: Mapped[int | None]
    closed_on: Mapped[date | None]
    solved: Mapped[bool | None]
    rating: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    way: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
