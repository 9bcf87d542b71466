"""What was decided, promised and said, as lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meetings import Meeting
from models.organisation import Person, Quarter
from models.recommendations import Decision, Recommendation
from rules.targets import title
from services import meeting_decisions, minutes, people, plan, quarters, rulebook, weeks
from services.listing import Listed, Row, yes

_ANSWERS = {"accepted": "Accepted", "adapted": "Taken otherwise", "declined": "Declined"}
_STATES = {"open": "Not begun", "doing": "Begun", "stuck": "Stuck", "done": "Done",
           "not_done": "Not done"}  # fmt: skip


def advice_taken(session: Session, place: tuple[int, int], day: date) -> Listed:
    """What people said to advice by a day, the newest first; what was taken back, too."""
    asked = (
        select(Decision, Recommendation, Quarter)
        .join(Recommendation, Recommendation.id == Decision.recommendation_id)
        .join(Quarter, Quarter.id == Recommendation.quarter_id)
        .where(Recommendation.organisation_id == place[0], Quarter.starts_on <= day)
        .order_by(Decision.made_at.desc(), Decision.id.desc())
    )
    names = {
        f"p{number}": name
        for number, name in session.execute(
            select(Person.id, Person.name).where(Person.organisation_id == place[0])
        )
    }
    rows: list[Row] = [
        (quarters.label(quarter), _about(advised, names), _ANSWERS.get(one.answer, one.answer),
         one.why, one.who, one.made_at.date(), one.undone_at.date() if one.undone_at else None)
        for one, advised, quarter in session.execute(asked)
    ]  # fmt: skip
    return Listed(
        "Decisions on advice",
        "What people said to what the rules advised.",
        ("Quarter", "Advice", "Decision", "Why", "Who", "Decided on", "Taken back on"),
        tuple(rows),
    )


def meetings_of(session: Session, place: tuple[int, int]) -> Listed:
    """The decisions of all review meetings up to this quarter, the newest first."""
    until = session.get_one(Quarter, place[1]).starts_on
    held = session.execute(
        select(Meeting.id, Meeting.held_on)
        .join(Quarter, Quarter.id == Meeting.quarter_id)
        .where(Meeting.organisation_id == place[0], Quarter.starts_on <= until)
        .order_by(Quarter.starts_on.desc())
    ).all()
    rows: list[Row] = [
        (on, one.said.what, yes(one.said.is_stop), one.said.who, one.said.due_on, one.said.effect,
         one.said.check_on)
        for number, on in held
        for one in meeting_decisions.decisions(session, number)
    ]  # fmt: skip
    return Listed(
        "Decisions in meetings",
        "At most five a review, each with the day on which it is checked.",
        ("Meeting on", "What", "Something stops", "Who", "By", "What should come of it",
         "Checked on"),
        tuple(rows),
    )  # fmt: skip


def said(session: Session, place: tuple[int, int]) -> Listed:
    """What was said in this quarter's meeting."""
    held = minutes.of(session, *place)
    rows: list[Row] = []
    if held:
        rows += [(step, text, who) for step, text, who in held.notes]
        rows += [(f"Checked: {what}", f"{came}. {why}".strip(), "") for what, came, why in
                 held.checked]  # fmt: skip
        rows += [("Due, and nothing said", text, "") for text in held.unsaid]
        rows += [("Parked", text, "") for text in held.parked]
        rows += [("To change next time", text, "") for text in held.changes]
        rows += [("A failure to share", held.failure, "")] if held.failure else []
    about = "Notes of this quarter's review."
    return Listed("Said in the meeting", about, ("Step", "What was said", "Who"), tuple(rows))


def planned(session: Session, place: tuple[int, int]) -> Listed:
    """The promises of the quarter."""
    rows: list[Row] = [
        (one.said.title, one.owner or None, one.said.hours_week, one.said.hours_setup,
         one.said.due_on, _STATES.get(one.standing.state, ""), one.standing.note)
        for one in plan.listed(session, place[1])
    ]  # fmt: skip
    return Listed(
        "Our plan",
        "Promises of this quarter and how they stand.",
        ("What", "Who", "Hours a week", "Hours once", "By", "How it stands", "What was said"),
        tuple(rows),
    )


def hours(session: Session, place: tuple[int, int], day: date) -> Listed:
    """Hours a week, planned and given."""
    given = [(one.id, one.said.name, one.said.hours) for one in people.listed(session, place[0])]
    found = weeks.by_person(plan.listed(session, place[1]), given, day)
    rows: list[Row] = [(one.name or "Nobody yet", one.planned, one.given) for one in found]
    about = "What the plan takes, and what people give."
    heads = ("Who", "Planned, hours a week", "Given, hours a week")
    return Listed("Hours", about, heads, tuple(rows))


def _about(advised: Recommendation, names: dict[str, str]) -> str:
    pack = rulebook.pack()
    what = names.get(advised.target) or title(pack, advised.kind, advised.target)
    return f"{title(pack, 'activity', advised.of)}: {what}" if advised.of else what
