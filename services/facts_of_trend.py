"""How things move, or do not, from review to review, as facts; read by `facts` alone.

What costs a look into series of numbers is looked up only where the rest already stands still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.learning import Experiment, Lesson
from models.listening import Insight, ResponseCase
from models.organisation import PersonRole, Quarter
from models.plan import Activity
from rules.pack import Fact, Pack
from services import over_quarters, series
from services.facts_of_numbers import main_numbers
from services.facts_of_work import known
from services.flow import FACTORS
from services.over_quarters import Standing

ROUNDS, QUARTERS = 5, 4
"""So far it is looked back."""
YEAR, SEASON = timedelta(days=365), timedelta(days=90)
FEW = 3
CORE = ("lead", "channel_owner", "community_manager")
"""Roles of the core team, for whom answering is part of the role."""


def trend(session: Session, quarter: Quarter, on: date, pack: Pack) -> Iterator[Fact]:
    """One fact; what cannot be known yet is left out. What counts as standing still is said by the
    pack, in its parameters."""
    agreed, moved, changed, alike = (
        _number(pack, f"learn_{name}") for name in ("agreed", "moved", "changed", "alike")
    )
    rounds = over_quarters.standings(session, quarter.organisation_id, quarter.id, ROUNDS)[::-1]
    back = _back(session, quarter)
    still, least = _still_plan(session, back, changed), _least(rounds)
    looked = (still or 0) > 1 or (least is not None and least >= agreed)
    moves, quiet = _moves(session, quarter, back, on) if looked else (None, None)
    others, answers = _others(session, quarter.organisation_id, on)
    yield Fact(
        "trend",
        known(
            low_centre=_low_centre(rounds, agreed),
            still_scores=_still_scores(rounds, moved),
            least=least,
            still_plan=still,
            moves=moves,
            quiet_numbers=quiet,
            loop_days=_loop_days(session, quarter.organisation_id, on),
            same_tests=_same_tests(session, quarter.organisation_id, on, alike),
            others_answer=others,
            answers=answers,
        ),
    )


def delivered(session: Session, quarter: Quarter) -> float | None:
    """The share of promises of the quarter before that were done; None if there were none."""
    back = _back(session, quarter)
    if len(back) < 2:
        return None
    states = session.scalars(select(Activity.state).where(Activity.quarter_id == back[1].id)).all()
    return round(sum(one == "done" for one in states) / len(states), 6) if states else None


def _still_plan(session: Session, back: Sequence[Quarter], changed: float) -> int | None:
    """For how many quarters on end, this one the last, the plan was nearly the one before."""
    if len(back) < 2:
        return None
    plans: dict[int, set[tuple[str, str]]] = {one.id: set() for one in back}
    rows = session.execute(
        select(Activity.quarter_id, Activity.catalogue_id, Activity.title).where(
            Activity.quarter_id.in_(plans)
        )
    )
    for number, name, title in rows:
        plans[number].add((name, "" if name else title))
    pairs = [(plans[now.id], plans[was.id]) for now, was in pairwise(back)]
    return sum(1 for _ in takewhile(lambda two: _hardly(*two, changed), pairs))


def _hardly(now: set[tuple[str, str]], was: set[tuple[str, str]], changed: float) -> bool:
    return bool(now and was) and len(now ^ was) < changed * len(now | was)


def _back(session: Session, quarter: Quarter) -> list[Quarter]:
    """This quarter and those before it, the newest first."""
    return list(
        session.scalars(
            select(Quarter)
            .where(
                Quarter.organisation_id == quarter.organisation_id,
                Quarter.starts_on <= quarter.starts_on,
            )
            .order_by(Quarter.starts_on.desc())
            .limit(QUARTERS)
        )
    )


def _low_centre(rounds: Sequence[Standing], agreed: float) -> int | None:
    if not rounds:
        return None
    low = takewhile(lambda one: one.levels.get(FACTORS[7], agreed) < agreed, rounds)
    return sum(1 for _ in low)


def _still_scores(rounds: Sequence[Standing], moved: float) -> int | None:
    """In how many rounds on end, the newest first, no score moved."""
    if len(rounds) < 2:
        return None
    return sum(1 for _ in takewhile(lambda two: _unmoved(*two, moved), pairwise(rounds)))


def _unmoved(newer: Standing, older: Standing, moved: float) -> bool:
    now, was = newer.levels, older.levels
    both = now.keys() & was.keys()
    return bool(both) and all(abs(now[factor] - was[factor]) < moved for factor in both)


def _least(rounds: Sequence[Standing]) -> float | None:
    """The lowest of factors 1 to 7 in the newest round, once all are known."""
    levels = rounds[0].levels if rounds else {}
    seven = [levels[factor] for factor in FACTORS[:7] if factor in levels]
    return min(seven) if len(seven) == 7 else None


def _moves(
    session: Session, quarter: Quarter, back: Sequence[Quarter], on: date
) -> tuple[int | None, int | None]:
    """How many values of the main numbers left their usual range in this quarter and the one
    before; and for how many quarters on end none did. None where no number has limits yet."""
    numbers = main_numbers(session, quarter.id)
    shelves = series.shelves(session, quarter.organisation_id, on, numbers) if numbers else []
    days: list[date] = []
    limits = False
    for shelf in series.main(shelves).values():
        read = series.read(session, quarter.organisation_id, shelf, on)
        for part in read.stretches:
            limits = limits or part.limits is not None
            days += [
                read.kept[part.begins + at].said.starts_on
                for at, side in enumerate(part.outside)
                if side or (part.told and at == 0)
            ]
    if not limits:
        return None, None
    spoke = [any(one.starts_on <= day <= one.ends_on for day in days) for one in back]
    recent = back[:2][-1].starts_on
    return sum(day >= recent for day in days), sum(1 for _ in takewhile(lambda s: not s, spoke))


def _loop_days(session: Session, organisation_id: int, on: date) -> float | None:
    """Days from a sign to what was done about it, the middle of a year: from hearing to an answer
    that was done, from a test to its decision, from a lesson to the changed rule. None for few."""
    heard = session.execute(
        select(Insight.heard_on, Insight.answered_on).where(
            Insight.organisation_id == organisation_id, Insight.answer == "done"
        )
    )
    tested = session.execute(
        select(Experiment.starts_on, Experiment.decided_on).where(
            Experiment.organisation_id == organisation_id
        )
    )
    learned = session.execute(
        select(Lesson.made_at, Amendment.made_at)
        .join(Amendment, Amendment.id == Lesson.amendment_id)
        .where(Lesson.organisation_id == organisation_id)
    )
    pairs = [*heard, *tested, *((said.date(), done.date()) for said, done in learned)]
    days = [(done - said).days for said, done in pairs if done and on - YEAR <= done <= on]
    return float(median(days)) if len(days) >= FEW else None


def _same_tests(session: Session, organisation_id: int, on: date, alike: float) -> int | None:
    """How many of the newest tests on end are like one that was there before."""
    titles = session.scalars(
        select(Experiment.title)
        .where(Experiment.organisation_id == organisation_id, Experiment.starts_on <= on)
        .order_by(Experiment.starts_on.desc(), Experiment.id.desc())
        .limit(12)
    ).all()
    if len(titles) < 2:
        return None
    like = (
        any(_alike(one, other) >= alike for other in titles[at + 1 :])
        for at, one in enumerate(titles)
    )
    return sum(1 for _ in takewhile(bool, like))


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _number(pack: Pack, name: str) -> float:
    parameter = pack.parameters.get(name)
    value = parameter.value if parameter else 0
    return float(value) if isinstance(value, int | float) else 0.0


def _others(session: Session, organisation_id: int, on: date) -> tuple[float | None, int | None]:
    """The share of a season's answers by people outside the core team, and how many answers it is
    of; only those of which somebody said who gave them."""
    core = select(PersonRole.person_id).where(PersonRole.role.in_(CORE))
    given = (
        ResponseCase.organisation_id == organisation_id,
        ResponseCase.answered.is_(True),
        ResponseCase.person_id.is_not(None),
        ResponseCase.received_on.between(on - SEASON, on),
    )
    count = session.scalar(select(func.count()).select_from(ResponseCase).where(*given)) or 0
    if not count:
        return None, None
    others = session.scalar(
        select(func.count())
        .select_from(ResponseCase)
        .where(*given, ResponseCase.person_id.not_in(core))
    )
    return round((others or 0) / count, 6), count
