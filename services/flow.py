"""Where the work flows and where it is held back: eight stations, and what they hand over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean

from sqlalchemy.orm import Session

from rules.pack import Pack
from services import results, rulebook
from services.hand_overs import HandOver, hand_overs
from services.showing import EVERYONE, Score

__all__ = ["FACTORS", "Flow", "HandOver", "Station", "flow", "hand_overs", "means", "stations"]

FACTORS = (
    "aims", "audiences", "activities", "ownership",
    "listening", "engaging", "measuring", "culture",
)  # fmt: skip
"""In their order along the flow: station 1 to 8. The enablers are asked too, but are no station."""

LOOPS = ("choosing", "doing", "learning")
"""The three parts as people read them: inner, outer and centre."""


@dataclass(frozen=True, slots=True)
class Station:
    """One factor on 0-4; everything but its name is None while it is not known."""

    number: int
    factor: str
    name: str
    score: float | None = None
    lowest: int | None = None
    spread: float | None = None
    evidence: float | None = None
    respondents: int = 0
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow on 0-4 (None until all eight are known), its three parts, and a sentence."""

    value: float | None
    inner: float | None
    outer: float | None
    centre: float | None
    sentence: str


def stations(session: Session, organisation_id: int, quarter_id: int) -> list[Station]:
    """The eight stations; the narrowest are marked as holding the flow back."""
    found = results.results(session, organisation_id, quarter_id)
    pack = rulebook.pack()
    rows = [
        _station(number, factor, pack, found.factors)
        for number, factor in enumerate(FACTORS, start=1)
    ]
    known = [row.score for row in rows if row.score is not None]
    lowest = min(known) if known and min(known) < 4 else None
    return [replace(row, held_back=lowest is not None and row.score == lowest) for row in rows]


def _station(
    number: int, factor: str, pack: Pack, scores: Mapping[str, Mapping[str, Score]]
) -> Station:
    entry = pack.catalogues["factors"][factor]
    station = Station(number, factor, str(entry.values.get("short") or entry.title))
    found = scores.get(factor, {}).get(EVERYONE)
    if found is None:
        return station
    return replace(
        station,
        score=found.level,
        lowest=found.lowest,
        spread=found.spread,
        evidence=found.evidence,
        respondents=found.respondents,
    )


def means(scores: Mapping[str, float]) -> tuple[float | None, float | None, float | None]:
    """Inner (mean of factors 1-4), outer (5-7) and centre (8); a part is None until all of its
    factors are known."""

    def part(factors: Sequence[str]) -> float | None:
        known = [scores[factor] for factor in factors if factor in scores]
        return mean(known) if len(known) == len(factors) else None

    return part(FACTORS[:4]), part(FACTORS[4:7]), part(FACTORS[7:])


def flow(rows: Sequence[Station]) -> Flow:
    """Flow = the least of inner, outer and centre, and where it is held back, in words."""
    inner, outer, centre = means({r.factor: r.score for r in rows if r.score is not None})
    parts = [part for part in (inner, outer, centre) if part is not None]
    value = min(parts) if len(parts) == 3 else None
    loops = zip(LOOPS, (inner, outer, centre), strict=True)
    weakest = [name for name, part in loops if value is not None and part == value]
    return Flow(value, inner, outer, centre, _sentence(rows, value, weakest))


def _sentence(rows: Sequence[Station], value: float | None, weakest: Sequence[str]) -> str:
    narrow = [row.name for row in rows if row.held_back]
    unknown = [row.name for row in rows if row.score is None]
    if len(unknown) == len(rows):
        return "Nothing is known yet. Eight questions are enough for a first picture."
    if not narrow:
        return "The work flows: nothing holds it back."
    place = _several(narrow) if len(narrow) < 4 else f"{len(narrow)} of the eight alike"
    if value is None:
        return f"So far, flow is held back at {place}. Not known yet: {_several(unknown)}."
    least = min(row.score for row in rows if row.score is not None)
    return (
        f"Flow is held back at {place}, {least:.2g} of 4. "
        f"The weakest part is {' and '.join(weakest)}, {value:.1f} on average."
    )


def _several(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
