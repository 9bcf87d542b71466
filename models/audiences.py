"""Whom we want to reach, and where they are."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class TargetGroup(Base):
    """A group of people to reach."""

    __tablename__ = "target_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    business: Mapped[bool]
    age_from: Mapped[int | None]
    age_to: Mapped[int | None]
    region: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ChannelUse(Base):
    """The share (0-1) of a group that uses a channel; grade: measured, sourced, estimated."""

    __tablename__ = "channel_use"
    __table_args__ = (UniqueConstraint("group_id", "channel"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(
        ForeignKey("target_group.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[str]
    share: Mapped[float]
    grade: Mapped[str]
    source: Mapped[str]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
