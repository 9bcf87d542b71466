"""Turns of the loop: the day of the first sign, of the insight, the decision, the change and the
check, as far as rows tell them.

A sign or an insight belongs to a decision if it came in the quarter of a year before and speaks of
the same number, or of an objective with that number. Nobody has to join them by hand; that it was
the reason is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.learning import Lesson
from models.listening import Insight
from models.plan import Activity
from services import reading_dates, rulebook, series
from services.experiments import Kept as Card
from services.scoring import Expected
from services.series import Series

BEFORE = timedelta(days=92)
"""How long before a decision a sign still belongs to it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the loop; days on which each step was taken, as far as known."""

    what: str
    signal: date | None = None
    insight: date | None = None
    decision: date | None = None
    change: date | None = None
    check: date | None = None

    @property
    def known(self) -> list[date]:
        """The days that are known."""
        steps = (self.signal, self.insight, self.decision, self.change, self.check)
        return [day for day in steps if day]


def turns(
    session: Session, organisation_id: int, all_expected: Sequence[Expected], cards: Iterable[Card]
) -> list[Turn]:
    """Every loop that came to an end, the newest first: what was taken and scored, tests that were
    decided, what was heard and answered, and lessons that changed a rule."""
    found = [
        *_advised(session, organisation_id, [one for one in all_expected if one.scored_at]),
        *_tested(cards),
        *_heard(session, organisation_id),
        *_learned(session, organisation_id),
    ]
    return sorted(found, key=lambda one: max(one.known, default=date.min), reverse=True)


def days(turn: Turn) -> int:
    """From the first step known to the last."""
    return (max(turn.known) - min(turn.known)).days if turn.known else 0


def _advised(session: Session, organisation_id: int, scored: Sequence[Expected]) -> Iterable[Turn]:
    """What accepted advice brought, with the sign and the insight before it."""
    rows = session.execute(
        select(Activity.recommendation_id, Activity.starts_on).where(
            Activity.recommendation_id.in_([one.recommendation_id for one in scored])
        )
    )
    begun = {row[0]: row[1] for row in rows}
    numbers = {one.kpi for one in scored if one.kpi}
    signs = _signs(session, organisation_id, numbers)
    heard = _of_numbers(session, organisation_id)
    for one in scored:
        decided = one.decided_at.date()
        yield Turn(
            what=one.title,
            signal=_last(signs.get(one.kpi, ()), decided),
            insight=_last(heard.get(one.kpi, ()), decided),
            decision=decided,
            change=_later(begun.get(one.recommendation_id), decided),
            check=one.scored_at.date() if one.scored_at else None,
        )


def _tested(cards: Iterable[Card]) -> Iterable[Turn]:
    """Tests on cards that ended with a decision; the card itself was the insight."""
    for card in cards:
        if card.decided_on:
            on = card.decided_on
            yield Turn(card.card.title, insight=card.starts_on, decision=on, check=on)


def _heard(session: Session, organisation_id: int) -> Iterable[Turn]:
    """What was heard, reached somebody, and was answered."""
    rows = session.execute(
        select(Insight.text, Insight.heard_on, Insight.reached_on, Insight.answered_on).where(
            Insight.organisation_id == organisation_id, Insight.answered_on.is_not(None)
        )
    )
    for text, heard_on, reached_on, answered_on in rows:
        yield Turn(text, signal=heard_on, insight=reached_on, decision=answered_on)


def _learned(session: Session, organisation_id: int) -> Iterable[Turn]:
    """Lessons that changed a rule or a value; it counts from the first day of its quarter."""
    rows = session.execute(
        select(Lesson.text, Lesson.made_at, Amendment.made_at, Amendment.starts_on)
        .join(Amendment, Amendment.id == Lesson.amendment_id)
        .where(Lesson.organisation_id == organisation_id)
    )
    for text, learned, changed, starts_on in rows:
        decided = changed.date()
        yield Turn(
            text, insight=learned.date(), decision=decided, change=_later(starts_on, decided)
        )


def _signs(
    session: Session, organisation_id: int, numbers: set[str]
) -> Mapping[str, Sequence[date]]:
    """By number, the days on which a value outside the usual range, or the beginning of a change,
    could be seen: the last of its month or week."""
    if not numbers:
        return {}
    found = series.main(series.shelves(session, organisation_id, names=numbers))
    return {
        name: _seen(series.read(session, organisation_id, shelf)) for name, shelf in found.items()
    }


def _seen(one: Series) -> list[date]:
    places = [
        part.begins + at
        for part in one.stretches
        for at, side in enumerate(part.outside)
        if side or (part.told and at == 0)
    ]
    said = [one.kept[place].said for place in sorted(places)]
    return [reading_dates.ends(value.starts_on, value.period) for value in said]


def _of_numbers(session: Session, organisation_id: int) -> Mapping[str, Sequence[date]]:
    """By the main number of an objective, the days on which something about it reached somebody."""
    leads = {
        name: str(entry.values["lead_kpi"])
        for name, entry in rulebook.pack().catalogues["objectives"].items()
    }
    rows = session.execute(
        select(Insight.objective, Insight.reached_on)
        .where(Insight.organisation_id == organisation_id, Insight.reached_on.is_not(None))
        .order_by(Insight.reached_on)
    )
    found: dict[str, list[date]] = {}
    for objective, day in rows:
        if objective in leads and day:
            found.setdefault(leads[objective], []).append(day)
    return found


def _last(found: Sequence[date], decided: date) -> date | None:
    """The last of these days before a decision, not too long before."""
    return max((day for day in found if decided - BEFORE <= day <= decided), default=None)


def _later(begun: date | None, decided: date) -> date | None:
    """The day on which something changed; never before it was decided."""
    return None if begun is None else max(begun, decided)
