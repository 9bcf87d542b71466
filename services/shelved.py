"""What-ifs as values: what is said about one, what is kept, and the row between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from models.scenarios import Scenario
from rules.levers import Move
from services import moves
from services.board import Begins


@dataclass(frozen=True, slots=True)
class Said:
    """A what-if as somebody puts it on the shelf."""

    name: str
    moves: tuple[Move, ...]
    author: str = ""
    note: str = ""
    begins: Begins = "next_quarter"


@dataclass(frozen=True, slots=True)
class Kept:
    """A what-if as kept: where it lies, at which version, the quarter it starts from, what it said
    when it was last calculated (`summary`, and its moves in words), and what became of it: `state`
    is kept, adopted or discarded."""

    id: int
    version: int
    organisation_id: int
    quarter_id: int
    said: Said
    summary: str
    lines: tuple[str, ...]
    state: str
    why: str
    who: str
    made_at: datetime
    settled_at: datetime | None
    basis: Mapping[str, str]
    fingerprint: str
    pack_version: str


def columns(said: Said) -> dict[str, object]:
    """What is said, as a row has it."""
    return {
        "name": said.name,
        "author": said.author,
        "note": said.note,
        "moves": moves.written(said.moves),
        "begins": said.begins,
    }


def told(row: Scenario) -> dict[str, object]:
    """What it says now, for whoever lost against it."""
    said = kept(row)
    return {
        "name": row.name,
        "author": row.author,
        "note": row.note,
        "begins": row.begins,
        "lines": said.lines,
        "state": row.state,
    }


def kept(row: Scenario) -> Kept:
    """A row as a value; whatever a file put back may hold."""
    begins: Begins = "today" if row.begins == "today" else "next_quarter"
    was = row.told if isinstance(row.told, dict) else {}
    return Kept(
        id=row.id,
        version=row.version,
        organisation_id=row.organisation_id,
        quarter_id=row.quarter_id,
        said=Said(row.name, moves.read(row.moves), row.author, row.note, begins),
        summary=str(was.get("summary", "")),
        lines=tuple(str(line) for line in was.get("lines", ())),
        state=row.state,
        why=row.why,
        who=row.who,
        made_at=_aware(row.made_at),
        settled_at=_aware(row.settled_at) if row.settled_at else None,
        basis=row.basis if isinstance(row.basis, dict) else {},
        fingerprint=row.fingerprint,
        pack_version=row.pack_version,
    )


def _aware(moment: datetime) -> datetime:
    """SQLite forgets that moments are in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
