"""Our plan for the next 30 days, on one A4 page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from documents import paper
from documents import plan as plans
from documents.letters import on_paper
from documents.plan import Check, Plan
from services import weeks
from services.plan import Kept

TEMPLATE = Path(__file__).parent / "plan.typ"
MOST_ROWS, MOST_PEOPLE = 60, 8
"""More never fit; the page itself finds out how many do, and says how many it leaves out."""
TITLE, NAME, NOTE = 200, 60, 160

STATES = {"open": "", "doing": "begun", "stuck": "stuck"}


def pdf(plan: Plan) -> bytes:
    """The page as PDF: the same plan gives the same bytes everywhere."""
    return paper.pdf(TEMPLATE, content(plan), plan.on)


def content(plan: Plan) -> dict[str, object]:
    """Everything on the page, as text that is ready to be set."""
    soon, later = plans.near(plan)
    rows = [
        _row(one, week)
        for week in weeks.by_week(soon, plan.on)
        for one in sorted(week.promises, key=lambda one: (not one.owner, one.owner))
    ]
    people = plans.hours(plan)
    return {
        "organisation": on_paper(plan.organisation, NAME * 2),
        "quarter": on_paper(plan.quarter, NAME),
        "span": f"{_day(plan.on)} to {_day(plan.on + plans.NEXT)}",
        "printed": f"{_day(plan.on)} {plan.on.year}",
        "checks": [_check(one, plan.on) for one in plan.checks],
        "people": [_person(one) for one in people[:MOST_PEOPLE]],
        "hours": _sum(people),
        "more_people": max(0, len(people) - MOST_PEOPLE),
        "rows": rows[:MOST_ROWS],
        "all": len(rows),
        "later": later,
    }


def _row(one: Kept, week: weeks.Week) -> dict[str, str]:
    due, state = one.said.due_on, one.standing.state
    note = one.standing.note if state == "stuck" else ""
    said = STATES[state] + (f": {note}" if note else "")
    hours = [
        f"{number:g} h {when}"
        for number, when in ((one.said.hours_week, "a week"), (one.said.hours_setup, "once"))
        if number
    ]
    return {
        "week": _week(week),
        "who": on_paper(one.owner, NAME) or "Who?",
        "what": on_paper(one.said.title, TITLE),
        "until": _day(due) if due else "no date",
        "hours": ", ".join(hours) or "no hours said",
        "state": on_paper(said, NOTE),
    }


def _week(week: weeks.Week) -> str:
    if week.monday is None:
        return "Overdue" if week.when == "overdue" else "Without a date"
    start = "This week of" if week.when == "this week" else "Week of"
    return f"{start} {_day(week.monday)}"


def _check(one: Check, today: date) -> dict[str, str]:
    when = f"look again on {_day(one.on)} {one.on.year}" if one.on else "no day to look again yet"
    if one.on and one.on < today:
        when += " (this day has passed)"
    return {"title": on_paper(one.title, NAME * 2), "when": when}


def _person(one: weeks.Person) -> dict[str, str]:
    given = "not said" if one.given is None else f"{one.given:g} h"
    return {"who": on_paper(one.name, NAME), "planned": f"{one.planned:g} h", "given": given}


def _sum(people: Sequence[weeks.Person]) -> str:
    planned = round(sum(one.planned for one in people), 2)
    given = round(sum(one.given or 0 for one in people), 2)
    return f"Together {planned:g} h a week are planned, {given:g} h are given."


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
