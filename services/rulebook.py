"""The rule pack that everything reads, and as one organisation has amended it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.amendments import Amendment as Row
from models.organisation import Quarter
from rules.amending import amended, misfit
from rules.pack import Amendment, Pack
from rules.reading import load

FOLDER = Path(__file__).resolve().parent.parent / "rules" / "packs" / "social_media"


def pack() -> Pack:
    """The pack as it was delivered, read once. Raises PackError with all its faults."""
    return _delivered()[0]


def words() -> Mapping[str, str]:
    """The files of the pack as they were when it was read, by their path; its examples, which
    change no advice, aside."""
    return _delivered()[1]


@cache
def _delivered() -> tuple[Pack, Mapping[str, str]]:
    while True:
        files = _files()
        found = load(FOLDER)
        if _files() == files:  # nobody wrote while it was read
            return found, files


def _files() -> dict[str, str]:
    found = {file.relative_to(FOLDER): file for file in sorted(FOLDER.rglob("*.yaml"))}
    return {
        name.as_posix(): file.read_text("utf-8")
        for name, file in found.items()
        if name.parts[0] != "cases"
    }


def for_organisation(session: Session, organisation_id: int, quarter_id: int) -> Pack:
    """The pack with the organisation's amendments in force on the quarter's first day.

    An amendment that no longer fits a newer pack is left out; nobody is locked out by it.
    """
    return with_own([value(row) for row in in_force(session, organisation_id, quarter_id)])


def with_own(own: Sequence[Amendment]) -> Pack:
    """The pack as delivered with those of these amendments that fit it; remembered, since every
    page asks for it and its fingerprint takes longer than the advice."""
    return _with_own(tuple(own)) if own else pack()


@lru_cache(maxsize=64)
def _with_own(own: tuple[Amendment, ...]) -> Pack:
    delivered = pack()
    fitting = [amendment for amendment in own if not misfit(delivered, amendment)]
    return amended(delivered, fitting) if fitting else delivered


def in_force(session: Session, organisation_id: int, quarter_id: int) -> list[Row]:
    """The amendments on the quarter's first day, oldest first; one taken back later still counts
    for quarters that had ended by then."""
    quarter = session.get_one(Quarter, quarter_id)
    ended = datetime.combine(quarter.ends_on, time.max, UTC)
    return list(
        session.scalars(
            select(Row)
            .where(
                Row.organisation_id == organisation_id,
                Row.starts_on <= quarter.starts_on,
                or_(Row.withdrawn_at.is_(None), Row.withdrawn_at > ended),
            )
            .order_by(Row.starts_on, Row.id)
        )
    )


def value(row: Row) -> Amendment:
    """A row as the rules understand it."""
    if row.parameter:
        return Amendment(parameter=row.parameter, value=row.value)
    return Amendment(rule=row.rule, off=row.off, confidence=row.confidence)


def title(catalogue: str, name: str) -> str:
    """A catalogue entry's title; the word itself if the pack no longer knows it."""
    entry = pack().catalogues[catalogue].get(name)
    return entry.title if entry else name.replace("_", " ")


def titles(catalogue: str) -> dict[str, str]:
    """All of a catalogue: id → title, in its order."""
    return {entry.id: entry.title for entry in pack().catalogues[catalogue].values()}
