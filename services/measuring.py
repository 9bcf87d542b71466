"""Our numbers: what was measured in a month or week, kept with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.results import Result
from services import reading_dates
from services.kpis import VISIBILITIES, checked, kpi
from services.reading_dates import Period
from services.refusals import Changed, Refused

LONGEST = 200
"""Letters of a source, and of how something is counted."""

Way = Literal["typed", "pasted", "file", "tally"]
Key = tuple[str, str, str, date]
"""Number, channel, month or week, and its first day: there is one value for each."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value as it is said: `of` is out of how many; `visibility` "" as the catalogue has it;
    `definition` how it is counted, where that changed; `channel` "" for all together."""

    kpi: str
    period: Period
    starts_on: date
    value: float
    source: str = ""
    sample_size: int | None = None
    visibility: str = ""
    definition: str = ""
    channel: str = ""
    way: Way = "typed"

    @property
    def key(self) -> Key:
        """What there is one value for."""
        return self.kpi, self.channel, self.period, self.starts_on


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as kept, at which version."""

    id: int
    version: int
    said: Said


@dataclass(frozen=True, slots=True)
class Compared:
    """Many values beside what is kept: those that are new, that are the same, and that say
    something else (as kept, as said now)."""

    new: tuple[Said, ...]
    same: tuple[Said, ...]
    other: tuple[tuple[Kept, Said], ...]


def record(
    session: Session, organisation_id: int, said: Said, *, today: date, seen: int = 0
) -> Result:
    """Keep one value, read at version `seen` (0: there was none); raises Changed if there is
    another one by now, or Refused for what cannot be."""
    new = fitting(said, today)
    row = _at(session, organisation_id, new.key)
    if row is None and seen:
        raise Changed(None)
    if row is None:
        row = _added(session, organisation_id, new)
    elif row.version != seen:
        raise Changed(asdict(_said(row)), row.version)
    else:
        _put(row, new)
    session.flush()
    return row


def take_in(
    session: Session,
    organisation_id: int,
    said: Iterable[Said],
    *,
    today: date,
    instead: bool = False,
) -> Compared:
    """Keep many values in one act, all or none; those that say something else than what is kept
    take its place only if told so (`instead`). What was found comes back."""
    found = compare(session, organisation_id, [fitting(one, today) for one in said])
    for one in found.new:
        _added(session, organisation_id, one)
    for kept, one in found.other if instead else ():
        _put(session.get_one(Result, kept.id), one)
    session.flush()
    return found


def compare(session: Session, organisation_id: int, said: Sequence[Said]) -> Compared:
    """Values beside what is kept for the same month or week."""
    kept: dict[Key, Kept] = {}
    for name, channel, period in {(one.kpi, one.channel, one.period) for one in said}:
        for row in listed(session, organisation_id, name, channel, period):
            kept[row.said.key] = row
    new = tuple(one for one in said if one.key not in kept)
    pairs = [(kept[one.key], one) for one in said if one.key in kept]
    return Compared(
        new,
        tuple(one for old, one in pairs if _alike(old.said, one)),
        tuple((old, one) for old, one in pairs if not _alike(old.said, one)),
    )


def listed(
    session: Session, organisation_id: int, name: str, channel: str, period: str
) -> list[Kept]:
    """One series, oldest first."""
    rows = session.scalars(
        select(Result)
        .where(
            Result.organisation_id == organisation_id,
            Result.kpi == name,
            Result.channel == channel,
            Result.period == period,
        )
        .order_by(Result.starts_on)
    )
    return [Kept(row.id, row.version, _said(row)) for row in rows]


def remove(session: Session, result_id: int, *, version: int) -> None:
    """Take a value away: it is unknown again. Doing so twice changes nothing; Changed if somebody
    has just changed it."""
    row = session.get(Result, result_id)
    if row is None:
        return
    if row.version != version:
        raise Changed(asdict(_said(row)), row.version)
    session.delete(row)
    session.flush()


def worse(one: str, other: str) -> str:
    """The less honest of two kinds of data."""
    order: tuple[str, ...] = VISIBILITIES
    return max(one, other, key=order.index)


def fitting(said: Said, today: date) -> Said:
    """The value as it would be kept. Refused, with a sentence, for what cannot be."""
    of = kpi(said.kpi)
    checked(of, said.value)
    label = reading_dates.label(said.starts_on, said.period)
    if reading_dates.begins(said.starts_on.isoformat(), said.period) != said.starts_on:
        raise Refused("A month begins on its first day, a week on a Monday.")
    if reading_dates.ends(said.starts_on, said.period) >= today:
        raise Refused(
            f"The {label} is not over yet; a part of it would look like a fall."
            if said.period == "week"
            else f"{label} is not over yet; a part of it would look like a fall."
        )
    if said.sample_size is not None and said.sample_size < 1:
        raise Refused("Say out of how many, from 1 on, or leave it empty.")
    if max(len(said.source), len(said.definition)) > LONGEST:
        raise Refused("Please shorten what you wrote a little.")
    visibility = said.visibility or of.visibility
    if visibility not in VISIBILITIES:
        raise Refused("Choose from the list where the number comes from.")
    return replace(
        said,
        visibility=visibility,
        source=" ".join(said.source.split()),
        definition=" ".join(said.definition.split()),
    )


def at(session: Session, organisation_id: int, key: Key) -> Kept | None:
    """What is kept for a month or week; None if it is unknown."""
    row = _at(session, organisation_id, key)
    return Kept(row.id, row.version, _said(row)) if row else None


def _at(session: Session, organisation_id: int, key: Key) -> Result | None:
    name, channel, period, starts_on = key
    return session.scalars(
        select(Result).where(
            Result.organisation_id == organisation_id,
            Result.kpi == name,
            Result.channel == channel,
            Result.period == period,
            Result.starts_on == starts_on,
        )
    ).one_or_none()


def _added(session: Session, organisation_id: int, said: Said) -> Result:
    row = Result(
        organisation_id=organisation_id,
        kpi=said.kpi,
        channel=said.channel,
        period=said.period,
        starts_on=said.starts_on,
        kept_at=datetime.now(UTC),
    )
    _put(row, said)
    session.add(row)
    return row


def _put(row: Result, said: Said) -> None:
    for name in ("value", "source", "sample_size", "visibility", "definition", "way"):
        setattr(row, name, getattr(said, name))


def _said(row: Result) -> Said:
    return Said(**{one.name: getattr(row, one.name) for one in fields(Said)})


def _alike(kept: Said, said: Said) -> bool:
    return (
        kept.value == said.value
        and kept.sample_size == said.sample_size
        and kept.definition == said.definition
    )
