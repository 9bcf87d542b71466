"""What to know before a quarter is closed: what would be kept, what is missing, what would end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.assessments import Assessment, Respondent
from models.organisation import Quarter
from services import freezing, learning, milestones, plan, scenarios, targets
from services.days import said as day

EARLY, LATE = timedelta(days=14), timedelta(days=92)
"""Closed longer before its end, or after it, a quarter is closed at an unusual time."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that would be missing in the closed quarter, in a sentence, and the page where it
    can still be said."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What closing would keep, as amounts with their words; rounds of questions that would end;
    what-ifs about the quarter on the shelf; gaps; and what is unusual about the day ("": nothing).
    """

    kept: tuple[str, ...]
    rounds: int
    what_ifs: int
    gaps: tuple[Gap, ...]
    unusual: str


def look(session: Session, organisation_id: int, quarter_id: int, on: date) -> Ahead:
    """What closing the quarter on this day would mean. It writes nothing."""
    quarter = session.get_one(Quarter, quarter_id)
    texts = freezing.parts(session, organisation_id, quarter_id, datetime.now(UTC), "")
    parts = {name: json.loads(text) for name, text in texts.items()}
    shelf = scenarios.listed(session, organisation_id)
    return Ahead(
        kept=tuple(_kept(parts)),
        rounds=milestones.open_rounds(session, quarter_id),
        what_ifs=sum(one.quarter_id == quarter_id for one in shelf),
        gaps=tuple(_gaps(session, quarter, parts, on)),
        unusual=_unusual(quarter, on),
    )


def _kept(parts: Mapping[str, Any]) -> Iterator[str]:
    """What there is of each sort; what there is none of is not named."""
    results = parts["results"]
    advised = sum(one["rank"] is not None for one in parts["advice"]["targets"])
    for count, one, many in (
        (len(parts["objectives"]), "objective", "objectives"),
        (parts["answers"]["joined"], "person who answered", "people who answered"),
        (len(parts["facts"]["facts"]), "thing that you know", "things that you know"),
        (advised, "piece of advice with its reasons", "pieces of advice with their reasons"),
        (len(parts["amendments"]), "own change of a rule", "own changes of the rules"),
        (len(parts["decisions"]), "decision", "decisions"),
        (len(parts["promises"]), "promise", "promises"),
        (len(results["result"]), "number", "numbers"),
        (len(results["outcome"]), "answer to what came of it", "answers to what came of it"),
        (len(results["lesson"]), "lesson", "lessons"),
    ):
        if count:
            yield f"{count} {one if count == 1 else many}"


def _gaps(session: Session, quarter: Quarter, parts: Mapping[str, Any], on: date) -> Iterator[Gap]:
    yield from _unanswered(session, quarter, parts["answers"])
    if not parts["objectives"]:
        yield Gap("Nothing was wanted: no objective is stated.", "objectives")
    yield from _without_number(session, quarter, {row["kpi"] for row in parts["results"]["result"]})
    expected = learning.expected(session, quarter.organisation_id)
    due = [one for one in learning.due(expected, on) if one.due_on <= quarter.ends_on]
    if due:
        few = "One expectation is" if len(due) == 1 else f"{len(due)} expectations are"
        yield Gap(f"{few} due, and nobody has said what came of it.", "culture")
    open_ = sum(one.in_hand for one in plan.listed(session, quarter.id))
    if open_:
        few = "One promise is" if open_ == 1 else f"{open_} promises are"
        yield Gap(f"{few} still open; what is open can go on in the next quarter.", "plan")


def _unanswered(session: Session, quarter: Quarter, shown: Mapping[str, Any]) -> Iterator[Gap]:
    asked = select(func.count(Respondent.id)).join(
        Assessment, Assessment.id == Respondent.assessment_id
    )
    now = session.scalar(asked.where(Assessment.quarter_id == quarter.id)) or 0
    few = "One person answered" if now == 1 else f"{now} people answered"
    if not now and shown["factors"]:
        yield Gap("Nobody was asked anew how you work; the last answers go on.", "assessment")
    elif not now:
        yield Gap("Nobody has answered how you work today.", "assessment")
    elif not shown["factors"]:
        yield Gap(f"{few}: too few to be shown, so their answers are not in it.", "assessment")


def _without_number(session: Session, quarter: Quarter, known: set[str]) -> Iterator[Gap]:
    for aimed in targets.listed(session, quarter.id):
        leads = [one for one in aimed.targets if one.role == "lead"]
        if leads and leads[0].kpi.id not in known and not aimed.stated.wish.numbers_unknown:
            title = targets.title(aimed.stated.name)
            yield Gap(f"“{title}” has no number in this quarter.", "measuring")


def _unusual(quarter: Quarter, on: date) -> str:
    if quarter.ends_on - on > EARLY:
        return (
            f"It runs until {day(quarter.ends_on)}. What you decide or promise until then would "
            "have no place in it any more, only in the next quarter."
        )
    if on - quarter.ends_on > LATE:
        return (
            f"It ended on {day(quarter.ends_on)}. It would be kept as you know it today: people, "
            "accounts and groups as they are now, not as they were then."
        )
    return ""
