"""What insights tell: decisions that listening changed, how fast it is heard, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from services import signals
from services.case_kpis import Counted
from services.heard import Heard

BACK = timedelta(days=182)
"""So far back one looks for what never got an answer: two quarters."""


def counted(heard: Sequence[Heard], first: date, last: date) -> tuple[Counted, ...]:
    """The two numbers of the catalogue between two days, both included."""
    return (_changed(heard, first, last), _lead_time(heard, first, last))


def changes(heard: Iterable[Heard], first: date, last: date) -> list[Heard]:
    """Those answered with done and a change that is named, between two days."""
    return [
        one
        for one in heard
        if one.answer == "done" and one.change and one.answered_on
        if first <= one.answered_on <= last
    ]


def unanswered(heard: Iterable[Heard], on: date, days: int) -> tuple[float, int]:
    """Of what reached somebody in the last two quarters, and was answered or is older than so many
    days: the share without an answer (0-1), and of how many; (0, 0) if there is nothing yet.
    `heard` as seen from the day."""
    told = [
        not one.answer
        for one in heard
        if one.reached_on and one.reached_on > on - BACK
        if one.answer or (on - one.reached_on).days > days
    ]
    return (round(sum(told) / len(told), 6) if told else 0.0), len(told)


def without_an_answer(heard: Iterable[Heard], on: date, days: int) -> Counted:
    """The same share in per cent, with its interval if it is of few; no number of the catalogue."""
    share, of = unanswered(heard, on, days)
    if not of:
        return Counted("", None, 0, "insight")
    low, high = signals.wilson(share, of) if of < signals.FEW else (None, None)
    return Counted("", round(100 * share, 1), of, "insight", _percent(low), _percent(high))


def _changed(heard: Sequence[Heard], first: date, last: date) -> Counted:
    within = [one for one in heard if one.answered_on and first <= one.answered_on <= last]
    done = [one for one in within if one.answer == "done"]
    found = changes(heard, first, last)
    notes = []
    if len(done) > len(found):
        notes.append(f"Done, but no change is named: {len(done) - len(found)}; not counted.")
    value = float(len(found)) if within else None
    return Counted("changed_decisions", value, len(within), "answer", notes=tuple(notes))


def _lead_time(heard: Sequence[Heard], first: date, last: date) -> Counted:
    days = [
        one.lead_days
        for one in heard
        if one.reached_on and first <= one.reached_on <= last and one.lead_days is not None
    ]
    waits = sum(one.reached_on is None and one.heard_on <= last for one in heard)
    notes = ["The middle of all that reached somebody in this time."]
    if waits:
        notes.append(f"Heard, and not known to have reached anybody: {waits}; they are left out.")
    value = float(median(days)) if days else None
    return Counted("insight_lead_time", value, len(days), "insight", notes=tuple(notes))


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)
