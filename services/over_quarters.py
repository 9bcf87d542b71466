"""How the eight factors stood, quarter by quarter, as far as it may be shown.

The answers are counted in the database; nobody's answer is read here one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Case, Select, Subquery, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from models.assessments import Answer, Assessment, Respondent
from models.organisation import Organisation, Quarter
from services import ledger, rulebook
from services.flow import FACTORS
from services.showing import (
    AGREED,
    EVERYONE,
    OTHER_LEADERS,
    WORKERS,
    Score,
    scored,
    who,
)
from services.unchanged import unchanged


@dataclass(frozen=True, slots=True)
class Standing:
    """A quarter with a round that has come to its end: figures by factor and by group."""

    quarter: str
    starts_on: date
    factors: Mapping[str, Mapping[str, Score]]

    @property
    def levels(self) -> dict[str, float]:
        """Everyone's score of each factor that may be shown, 0-4."""
        return {
            factor: groups[EVERYONE].level
            for factor, groups in self.factors.items()
            if EVERYONE in groups
        }


@dataclass(frozen=True, slots=True)
class _Round:
    id: int
    closed_at: datetime | None
    quarter: Quarter


Counts = dict[tuple[int, str], dict[str, dict[int, tuple[int, int]]]]
"""(round, factor) → block of people → level → how many answers, how many with evidence."""
People = dict[tuple[int, str], dict[str, int]]


def standings(
    session: Session, organisation_id: int, quarter_id: int, newest: int | None = None
) -> list[Standing]:
    """The quarters up to this one with figures to show, the oldest first; with `newest`, only so
    many of those that held a round. Of several rounds in a quarter the last one counts."""
    what = ("standings", organisation_id, quarter_id, newest)
    return unchanged(session, what, lambda: _seen(session, organisation_id, quarter_id, newest))


def _seen(
    session: Session, organisation_id: int, quarter_id: int, newest: int | None
) -> list[Standing]:
    rounds = _rounds(session, organisation_id, quarter_id)
    if newest is not None:
        rounds = rounds[:newest]
    ids = [one.id for one in rounds]
    counts, people = _counts(session, ids), _people(session, ids)
    found = [
        Standing(ledger.short(one.quarter), one.quarter.starts_on, _factors(one, counts, people))
        for one in reversed(rounds)
    ]
    return [one for one in found if one.factors]


def before(session: Session, organisation_id: int, quarter_id: int) -> Standing | None:
    """What was seen before the newest round; None if there were not two quarters with figures."""
    found = standings(session, organisation_id, quarter_id, newest=2)
    return found[0] if len(found) == 2 else None


def _rounds(session: Session, organisation_id: int, quarter_id: int) -> list[_Round]:
    """The last round of each quarter that has come to its end, the newest quarter first; whoever
    works alone is at the end when they have answered."""
    starts_on = session.get_one(Quarter, quarter_id).starts_on
    finished = select(Respondent.assessment_id).where(Respondent.finished_at.is_not(None))
    alone = session.get_one(Organisation, organisation_id).staff == 1
    closed = Assessment.closed_at.is_not(None)
    rows = session.execute(
        select(Assessment.id, Assessment.closed_at, Quarter)
        .join(Quarter, Quarter.id == Assessment.quarter_id)
        .where(
            Assessment.organisation_id == organisation_id,
            Quarter.starts_on <= starts_on,
            or_(closed, Assessment.id.in_(finished)) if alone else closed,
        )
        .order_by(Quarter.starts_on.desc(), Assessment.id.desc())
    )
    newest: dict[int, _Round] = {}
    for number, closed_at, quarter in rows:
        newest.setdefault(quarter.id, _Round(number, closed_at, quarter))
    return list(newest.values())


def _factors(one: _Round, counts: Counts, people: People) -> dict[str, dict[str, Score]]:
    found: dict[str, dict[str, Score]] = {}
    for factor in FACTORS:
        there, said = people.get((one.id, factor), {}), counts.get((one.id, factor), {})
        groups = who(there, closed=one.closed_at is not None)
        if groups:
            found[factor] = {
                group: _score([said[block] for block in blocks], sum(there[b] for b in blocks))
                for group, blocks in groups.items()
            }
    return found


def _score(said: Iterable[Mapping[int, tuple[int, int]]], respondents: int) -> Score:
    levels: list[int] = []
    shown = 0
    for block in said:
        for level, (count, evidence) in block.items():
            levels += [level] * count
            shown += evidence
    return scored(levels, shown, respondents)


def _counts(session: Session, rounds: list[int]) -> Counts:
    found: Counts = defaultdict(lambda: defaultdict(dict))
    for round_, factor, block, level, count, shown in session.execute(
        _statements()[0], {"rounds": rounds}
    ):
        found[round_, factor][block][level] = (count, int(shown))
    return found


def _people(session: Session, rounds: list[int]) -> People:
    found: People = defaultdict(dict)
    for round_, factor, block, count in session.execute(_statements()[1], {"rounds": rounds}):
        found[round_, factor][block] = count
    return found


@cache
def _statements() -> tuple[Select[Any], Select[Any]]:
    """How many answers of each level, and how many people, by round, factor and block; made once,
    for making them takes longer than asking."""
    one = _answers()
    groups = (one.c.round, one.c.factor, one.c.block)
    levels = select(*groups, one.c.level, func.count(), func.sum(one.c.evidence))
    people = select(*groups, func.count(one.c.respondent.distinct()))
    return levels.group_by(*groups, one.c.level), people.group_by(*groups)


def _answers() -> Subquery:
    """A row for each answer to one of the eight factors, with the block of who gave it."""
    factor = _factor()
    block = case(
        (Respondent.is_leader.is_(False), WORKERS),
        (Respondent.consent.is_(True), AGREED),
        else_=OTHER_LEADERS,
    )
    return (
        select(
            Respondent.assessment_id.label("round"),
            Respondent.id.label("respondent"),
            factor.label("factor"),
            block.label("block"),
            Answer.level.label("level"),
            case((Answer.evidence != "", 1), else_=0).label("evidence"),
        )
        .join(Respondent, Respondent.id == Answer.respondent_id)
        .where(
            Respondent.assessment_id.in_(bindparam("rounds", expanding=True)),
            Answer.state == "answered",
            Answer.level.is_not(None),
            factor != "",
        )
        .subquery()
    )


def _factor() -> Case[str]:
    """The factor of an answer's question, as the pack has it; "" for what is none of the eight."""
    asked: dict[str, list[str]] = defaultdict(list)
    for entry in rulebook.pack().catalogues["questions"].values():
        asked[str(entry.values["factor"])].append(entry.id)
    return case(*((Answer.question.in_(asked[one]), one) for one in FACTORS), else_="")
