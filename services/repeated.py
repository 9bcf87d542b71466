"""The same advice, taken in several quarters with the same expectation, as one: asked once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from services import scoring
from services.scoring import Expected

Same = tuple[tuple[str, str], str]
"""The advice, and the number that should move."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The newest of them, and the quarter in which it was taken first ("" if only once)."""

    newest: Expected
    since: str = ""


def due(every: Iterable[Expected], on: date) -> list[Repeated]:
    """What can be scored, what was taken last first. What was taken before stands behind the newest
    that is due, and is not asked again where a later one was scored."""
    every = list(every)
    waiting = {one.recommendation_id for one in scoring.due(every, on)}
    found: dict[Same, Repeated] = {}
    said: set[Same] = set()
    for one in _latest_first(every):
        if one.score:
            said.add(_same(one))
        elif one.recommendation_id in waiting and (_same(one) in found or _same(one) not in said):
            _behind(found, one)
    return list(found.values())


def merged(some: Iterable[Expected]) -> list[Repeated]:
    """Any of them as one each, what was taken last first."""
    found: dict[Same, Repeated] = {}
    for one in _latest_first(some):
        _behind(found, one)
    return list(found.values())


def _behind(found: dict[Same, Repeated], one: Expected) -> None:
    """One more of the same, taken earlier than those that were found."""
    newer = found.get(_same(one))
    found[_same(one)] = replace(newer, since=one.quarter) if newer else Repeated(one)


def _latest_first(some: Iterable[Expected]) -> list[Expected]:
    return sorted(some, key=lambda one: one.decided_at, reverse=True)


def _same(one: Expected) -> Same:
    return one.target, one.kpi
