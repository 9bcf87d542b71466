"""What people expect: who says it, how important it is, and how well it works today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.needs import Need
from models.organisation import Quarter
from services import quarters, rulebook
from services.refusals import Changed, Refused

SOURCES = {"leadership": "Leadership", "function": "One part of us", "customers": "Customers"}

LONGEST = 5000
"""Letters of what somebody said, at most."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What somebody expects: source (leadership, function, customers), the function if one speaks,
    a topic (catalogue id), own words, importance 1-5, and how well it works today, 0-4."""

    source: str
    topic: str
    importance: int
    current: int
    function: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic or one voice on it: medians of importance (1-5) and of today (0-4), and how many
    expectations these rest on. `voice` is empty for the whole topic."""

    topic: str
    voice: str
    importance: float
    current: float
    count: int


def add(session: Session, organisation_id: int, quarter_id: int, said: Expectation) -> Need:
    """Keep an expectation; a quarter that was begun ahead hears it too."""
    said, now = _checked(said), datetime.now(UTC)
    need, *copies = (
        Need(organisation_id=organisation_id, quarter_id=one, created_at=now, **asdict(said))
        for one in (quarter_id, *quarters.ahead(session, quarter_id))
    )
    session.add_all([need, *copies])
    session.flush()
    return need


def update(session: Session, need_id: int, said: Expectation, *, version: int) -> Need:
    """Change an expectation that was read at `version`; raises Changed if it is newer by now."""
    said = _checked(said)
    need = session.get(Need, need_id)
    if need is None or need.version != version:
        raise Changed(asdict(expectation(need)) if need else None, need.version if need else 0)
    for row in (need, *_ahead(session, need)):
        for name, value in asdict(said).items():
            setattr(row, name, value)
    session.flush()
    return need


def remove(session: Session, need_id: int) -> Expectation | None:
    """Take an expectation away; what it said comes back, so that it can be put in again."""
    need = session.get(Need, need_id)
    if need is None:
        return None
    for row in (*_ahead(session, need), need):
        session.delete(row)
    return expectation(need)


def listed(session: Session, organisation_id: int, quarter_id: int) -> list[Need]:
    """This quarter's expectations, the widest gap first."""
    rows = session.scalars(
        select(Need).where(Need.organisation_id == organisation_id, Need.quarter_id == quarter_id)
    )
    return sorted(rows, key=lambda need: (-need.importance * (4 - need.current), need.id))


def expectation(need: Need) -> Expectation:
    """What a row says, as a value."""
    return Expectation(
        source=need.source,
        topic=need.topic,
        importance=need.importance,
        current=need.current,
        function=need.function,
        text=need.text,
    )


def gap_map(session: Session, organisation_id: int, quarter_id: int) -> list[Gap]:
    """Topics and the voices on them, with titles as people read them."""
    groups: dict[tuple[str, str], list[Need]] = defaultdict(list)
    for need in listed(session, organisation_id, quarter_id):
        topic = rulebook.title("topics", need.topic)
        groups[topic, ""].append(need)
        groups[topic, voice(need.source, need.function)].append(need)
    return [_gap(topic, said_by, rows) for (topic, said_by), rows in groups.items()]


def map_before(session: Session, organisation_id: int, quarter_id: int) -> tuple[str, list[Gap]]:
    """The last map of an earlier quarter, and that quarter in words; ("", []) if there is none."""
    quarter = session.scalars(
        select(Quarter)
        .join(Need, Need.quarter_id == Quarter.id)
        .where(
            Quarter.organisation_id == organisation_id,
            Quarter.starts_on < session.get_one(Quarter, quarter_id).starts_on,
        )
        .order_by(Quarter.starts_on.desc())
    ).first()
    if quarter is None:
        return "", []
    return quarters.label(quarter), gap_map(session, organisation_id, quarter.id)


def voice(source: str, function: str) -> str:
    """Who speaks, in words: a function by its name."""
    return rulebook.title("functions", function) if source == "function" else SOURCES[source]


def _ahead(session: Session, need: Need) -> list[Need]:
    """The same expectation where a quarter was begun ahead with it."""
    rows = select(Need).where(
        Need.quarter_id.in_(quarters.ahead(session, need.quarter_id)),
        Need.created_at == need.created_at,
    )
    said = expectation(need)
    return [row for row in session.scalars(rows) if expectation(row) == said]


def _gap(topic: str, said_by: str, rows: Iterable[Need]) -> Gap:
    needs = list(rows)
    return Gap(
        topic=topic,
        voice=said_by,
        importance=float(median(need.importance for need in needs)),
        current=float(median(need.current for need in needs)),
        count=len(needs),
    )


def _checked(said: Expectation) -> Expectation:
    """The same, tidied; Refused says what is missing."""
    function = said.function if said.source == "function" else ""
    pack = rulebook.pack()
    if said.source not in SOURCES:
        raise Refused("Say who expects it: leadership, one part of you, or customers.")
    if said.source == "function" and function not in pack.catalogues["functions"]:
        raise Refused("Say which part of you expects it.")
    if said.topic not in pack.catalogues["topics"]:
        raise Refused("Choose what it is about.")
    if said.importance not in range(1, 6) or said.current not in range(5):
        raise Refused("Say how important it is, from 1 to 5, and how well it works, from 0 to 4.")
    if len(said.text) > LONGEST:
        raise Refused(f"Their words may have {LONGEST} letters. Shorten them, and they are kept.")
    return replace(said, function=function, text=said.text.strip())
