"""What our own numbers suggest came of an expectation; people decide, and may see it otherwise.

An expectation compares with the four weeks (or the month) before it was taken. A number that moved
the right way, but not further than it usually goes up and down, is only a part of what was hoped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from sqlalchemy.orm import Session

from rules.confidence import Result
from services import kpis, reading_dates, series, signals
from services.kpis import Kpi
from services.measuring import Said
from services.scoring import Expected
from services.series import Series, Shelf

COMPARED = {"week": 4, "month": 1}
"""So many periods before and so many at the end are compared."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A result with the sentence it rests on: the mean before (as the end of a range that it had to
    leave: `low` if more is better, else `high`) and the mean in the end."""

    result: Result
    words: str
    low: float | None
    high: float | None
    actual: float


def suggestions(
    session: Session, organisation_id: int, waiting: Sequence[Expected], on: date
) -> dict[int, Suggestion]:
    """By recommendation, as far as there are values before it was taken and in its time, up to a
    day. Where a number is counted otherwise since, nothing is suggested."""
    names = {one.kpi for one in waiting if one.kpi}
    shelves = series.shelves(session, organisation_id, on, names) if names else []
    read: dict[Shelf, Series] = {}
    found: dict[int, Suggestion] = {}
    for one in waiting:
        shelf = _shelf(one, shelves)
        if shelf is not None:
            if shelf not in read:
                read[shelf] = series.read(session, organisation_id, shelf, on)
            said = suggestion(one, [kept.said for kept in read[shelf].kept], on)
            found |= {one.recommendation_id: said} if said else {}
    return found


def suggestion(one: Expected, values: Sequence[Said], on: date) -> Suggestion | None:
    """From one series, the oldest value first; None if it says too little."""
    of, decided, until = kpis.kpi(one.kpi), one.decided_at.date(), min(one.due_on, on)
    before = [v for v in values if reading_dates.ends(v.starts_on, v.period) < decided]
    after = [
        v
        for v in values
        if v.starts_on >= decided and reading_dates.ends(v.starts_on, v.period) <= until
    ]
    count = COMPARED[values[-1].period] if values else 0
    if not count or len(before) < count or len(after) < count:
        return None
    if len({v.definition for v in (*before[-count:], *after[-count:])}) > 1:
        return None
    was, now = (fmean(v.value for v in some[-count:]) for some in (before, after))
    same = [v for v in before if v.definition == before[-1].definition]
    result, why = _judged(one.direction, _moved(of, same, after, was), now - was)
    if not result:
        return None
    words = f"{_said(of, was, after[-1])} before, {_said(of, now, after[-1])} in the end{why}"
    up, down = one.direction == "up", one.direction == "down"
    return Suggestion(result, words, was if up else None, was if down else None, now)


def _shelf(one: Expected, shelves: Iterable[Shelf]) -> Shelf | None:
    """The series of the channel that the advice was about, else the one that tells most."""
    own = [shelf for shelf in shelves if shelf.kpi == one.kpi]
    of_channel = [shelf for shelf in own if one.target == ("channel", shelf.channel)]
    return next(iter([*of_channel, *own]), None)


def _moved(of: Kpi, before: Sequence[Said], after: Sequence[Said], was: float) -> int | None:
    """Whether values left the usual range of the time before: 1 above, -1 below, 0 not; None while
    there are too few to know a range. Eight in a row on one side are a change too."""
    usual = signals.limits([v.value for v in before], of.low, of.high)
    if usual is None:
        return None
    values = [v.value for v in after]
    sides = [side for side in signals.outside(values, usual) if side]
    if sides:
        return sides[-1]
    last = values[-signals.ENOUGH :]
    above, below = all(v > was for v in last), all(v < was for v in last)
    return (1 if above else -1 if below else 0) if len(last) == signals.ENOUGH else 0


def _judged(direction: str, moved: int | None, by: float) -> tuple[Result | None, str]:
    """The result, and how sure that is, in words."""
    if direction == "hold":
        if moved is None:
            return None, ""
        inside: Result = "not_met" if moved else "met"
        return inside, ", outside the usual range" if moved else ", within the usual range"
    better = 1 if direction == "up" else -1
    if by * better <= 0:
        return "not_met", ", and that is not better"
    if moved is None:
        return "met", "; too few values to know how far it usually goes up and down"
    if moved == better:
        return "met", ", more than it usually goes up and down"
    return "partly", ", no more than it usually goes up and down"


def _said(of: Kpi, value: float, like: Said) -> str:
    return kpis.said(of, value, like.period)
