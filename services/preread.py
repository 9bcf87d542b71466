"""What everybody reads before the review meeting: signals, what was promised, scores, gaps, hours.

Only what may be shown to people is in it, and only what is more than the usual up and down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.organisation import Organisation, Quarter
from services import (
    eight,
    gaps,
    looking_back,
    meeting_numbers,
    meeting_ready,
    people,
    plan,
    quarters,
    results,
    rulebook,
    targets,
    weeks,
)
from services.eight import Eight
from services.gaps import Gaps
from services.looking_back import Old
from services.meeting_numbers import Told
from services.plan import Kept
from services.series import Series
from services.showing import Score


@dataclass(frozen=True, slots=True)
class Signal:
    """A number whose newest value is more than its usual up and down; `lead`: it shows whether an
    objective is reached; `where`: the channel it is of, "" for all together."""

    found: Series
    where: str
    lead: bool


@dataclass(frozen=True, slots=True)
class Preread:
    """Everything for the meeting of a quarter, as of a day. `signals`: those of objectives first,
    `measured`: how many numbers have values; `old`: what was decided or expected, with what came;
    `scores`: by factor and group, as far as they may be shown;
    `promises`: the plan of the quarter; `hours`: everybody's, planned and given."""

    organisation: str
    quarter: str
    on: date
    signals: tuple[Signal, ...]
    measured: int
    old: tuple[Old, ...]
    promises: tuple[Kept, ...]
    eight: Eight
    scores: Mapping[str, Mapping[str, Score]]
    gaps: Gaps
    hours: tuple[weeks.Person, ...]


def read(session: Session, organisation_id: int, quarter_id: int, today: date) -> Preread:
    """The pre-read of a quarter, as far as it has come today."""
    place = (organisation_id, quarter_id)
    quarter = session.get_one(Quarter, quarter_id)
    day = meeting_ready.until(session, quarter_id, today)
    numbers = meeting_numbers.told(session, organisation_id, day)
    promises = tuple(plan.listed(session, quarter_id))
    given = [(one.id, one.said.name, one.said.hours) for one in people.listed(session, place[0])]
    return Preread(
        organisation=session.get_one(Organisation, organisation_id).name,
        quarter=quarters.label(quarter),
        on=today,
        signals=tuple(_signals(session, place, numbers)),
        measured=len(numbers.signals) + numbers.quiet,
        old=tuple(looking_back.old(session, place, day)),
        promises=promises,
        eight=eight.of(session, *place),
        scores=results.results(session, *place).factors,
        gaps=gaps.of(session, place, day),
        hours=tuple(_busiest(promises, given, day)),
    )


def _signals(session: Session, place: tuple[int, int], numbers: Told) -> list[Signal]:
    aimed = targets.listed(session, place[1])
    roles = {target.kpi.id: target.role for one in aimed for target in reversed(one.targets)}
    found = [Signal(one, _where(one), roles.get(one.kpi.id) == "lead") for one in numbers.signals]
    return sorted(found, key=lambda one: (not one.lead, one.found.kpi.id not in roles))


def _where(one: Series) -> str:
    return rulebook.title("channels", one.shelf.channel) if one.shelf.channel else ""


def _busiest(
    promises: tuple[Kept, ...], given: list[tuple[int, str, float]], day: date
) -> list[weeks.Person]:
    """Everybody with hours given or planned, and what nobody answers for; most to do first."""
    there = [one for one in weeks.by_person(promises, given, day) if one.given or one.planned]
    return sorted(there, key=lambda one: (-one.planned, one.name))
