"""How the work is done, on 0-4, as lists: only groups that may be shown."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from services import over_quarters, results, rulebook
from services.listing import Listed, Row
from services.showing import Score

_HEADS = (
    "Factor", "Who", "Middle answer, 0 to 4", "A quarter answers at most, 0 to 4",
    "A quarter answers at least, 0 to 4", "Lowest answer, 0 to 4", "With evidence, %", "People",
)  # fmt: skip


def now(session: Session, place: tuple[int, int]) -> Listed:
    """The newest round: everyone, leaders, staff, and parts of the organisation."""
    found = results.results(session, *place)
    functions = rulebook.titles("functions")
    rows = _rows(found.factors)
    rows += [
        (_factor(factor), f"Staff: {functions.get(part, part)}", *_figures(score))
        for factor, parts in found.parts.items()
        for part, score in parts.items()
    ]
    about = "Groups of too few people are not in it."
    return Listed("How we work", about, _HEADS, tuple(rows))


def over_time(session: Session, place: tuple[int, int]) -> Listed:
    """The same, quarter by quarter, the newest first."""
    standings = over_quarters.standings(session, *place)
    rows: list[Row] = [
        (one.quarter, *row) for one in reversed(standings) for row in _rows(one.factors)
    ]
    about = "The last round of each quarter, as far as it may be shown."
    return Listed("How we worked", about, ("Quarter", *_HEADS), tuple(rows))


def _rows(factors: Mapping[str, Mapping[str, Score]]) -> list[Row]:
    return [
        (_factor(factor), group, *_figures(score))
        for factor, groups in factors.items()
        for group, score in groups.items()
    ]


def _factor(name: str) -> str:
    return rulebook.title("factors", name)


def _figures(one: Score) -> Row:
    evidence = round(one.evidence * 100, 1)
    return one.level, one.low, one.high, one.lowest, evidence, one.respondents
