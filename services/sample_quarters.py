"""What happened in one quarter of an example: said, wanted, answered, decided and done.

Each act goes through its service; afterwards it is dated to the quarter in which it happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.assessments import Answer, Assessment, Respondent
from models.needs import Need
from models.recommendations import Decision, Recommendation
from rules.pack import Attribute
from services import (
    advice,
    assessments,
    circumstances,
    milestones,
    needs,
    objectives,
    owners,
    quarters,
    recommendations,
    rulebook,
    sample_learning,
    taking_on,
)
from services.advice import AdviceView
from services.needs import Expectation
from services.objectives import Wish
from services.recommendations import Said
from services.sample_people import Told, yes
from services.taking_on import Promise

AGREED = "We talked about it and agreed on it."
EIGHT = 8


@dataclass(frozen=True, slots=True)
class Setting:
    """The quarter's first day, today, and the people by name."""

    begins: date
    today: date
    people: Mapping[str, int]

    def day(self, week: float) -> date:
        """A day of the quarter; what has happened, has not happened after today."""
        return min(self.begins + timedelta(days=round(7 * week)), self.today)


def first_days(on: date, count: int) -> list[date]:
    """The first days of so many quarters, the last one holding `on`."""
    number = on.year * 4 + (on.month - 1) // 3
    back = [divmod(number - ago, 4) for ago in range(count - 1, -1, -1)]
    return [date(year, 3 * quarter + 1, 1) for year, quarter in back]


def pass_by(session: Session, organisation_id: int, said: Told, at: Setting) -> None:
    """One quarter; it begins with what the one before knew."""
    quarter = quarters.ensure(session, organisation_id, at.begins)
    place = (organisation_id, quarter.id)
    for kind, answers in said.get("circumstances", {}).items():
        for attribute, word in answers.items():
            value = _value(kind, attribute, word)
            circumstances.record(session, place, (kind, attribute), value)
    carried = [row.id for row in needs.listed(session, *place)]
    for told in said.get("expects", ()):
        _expect(session, place, told)
    _want(session, place, said)
    _answer(session, place, said)
    for told in said.get("amends", ()):
        _amend(session, organisation_id, told, at)
    session.flush()
    _decide(session, place, said, at)
    _date(session, place, at, carried)
    sample_learning.learn(session, place, said, at.day(12))


def close(session: Session, organisation_id: int, by: str, begins: date, on: date) -> None:
    """A quarter that is over `on` today: it was closed on its last day."""
    quarter = quarters.ensure(session, organisation_id, begins)
    moment = datetime.combine(quarter.ends_on, time(16), UTC)
    milestones.close(session, organisation_id, quarter.id, by, on=on, at=moment)


def _expect(session: Session, place: tuple[int, int], told: Told) -> None:
    """Somebody expects something, or sees it otherwise than a quarter ago."""
    said = Expectation(**told)
    for row in needs.listed(session, *place):
        if (row.source, row.function, row.topic) == (said.source, said.function, said.topic):
            needs.update(session, row.id, said, version=row.version)
            return
    needs.add(session, *place, said)


def _want(session: Session, place: tuple[int, int], said: Told) -> None:
    if "wants" not in said:
        return
    names = list(said["wants"])
    for kept in objectives.listed(session, place[1]):
        if kept.name not in names:
            objectives.drop(session, kept.id)
    for name in names:
        objectives.state(session, *place, name)
    objectives.reorder(session, place[1], names)
    for kept in objectives.listed(session, place[1]):
        wish = said["wants"][kept.name] or {}
        if wish:
            objectives.restate(session, kept.id, Wish(**wish), version=kept.version)


def _answer(session: Session, place: tuple[int, int], said: Told) -> None:
    """A closed round of eight questions; each row of levels says who answers in which order, those
    who lead first."""
    told = said.get("answers")
    if not told:
        return
    round_ = assessments.open_round(session, *place, depth=EIGHT)
    asked = {
        str(entry.values["factor"]): entry.id
        for entry in rulebook.pack().catalogues["questions"].values()
        if entry.values["depth"] == EIGHT
    }
    there = [
        assessments.join(
            session, round_.id, function=function, is_leader=n < told["leaders"], consent=True
        ).id
        for n, function in enumerate(told["who"])
    ]
    shows = told.get("shows", {})
    for factor, levels in told["levels"].items():
        for respondent, level in zip(there, levels, strict=True):
            seen = shows.get(factor, "") if level >= 2 else ""
            assessments.record(session, respondent, asked[factor], level, evidence=seen)
    for respondent in there:
        assessments.finish(session, respondent)
    assessments.close(session, round_.id)


def _amend(session: Session, organisation_id: int, told: Told, at: Setting) -> None:
    moment = datetime.combine(at.day(0), time(9), UTC)
    session.add(
        Amendment(organisation_id=organisation_id, starts_on=at.begins, made_at=moment, **told)
    )


def _decide(session: Session, place: tuple[int, int], said: Told, at: Setting) -> None:
    """What people said to the advice of the quarter, and what came of their promises."""
    if not (said.get("decides") or said.get("does")):
        return
    view = advice.current(session, *place)
    for told in said.get("decides", ()):
        (kind,) = told.keys() & {"channel", "activity", "objective"}
        answer = Said(told["answer"], told.get("why", ""), told.get("who", ""))
        recommendations.decide(session, view, (kind, told[kind], ""), answer, seen=None)
    for told in said.get("does", ()):
        _promise(session, view, told, at)


def _promise(session: Session, view: AdviceView, told: Told, at: Setting) -> None:
    name, owner = told["activity"], at.people.get(told.get("owner", ""))
    due = at.begins + timedelta(days=7 * told["due"]) if "due" in told else None
    promise = Promise(owner, float(told["hours"]), float(told.get("setup", 0)), due)
    why = told.get("why", "")
    if not why and owner and owners.candidate(view, name, f"p{owner}").only_with_a_word:
        why = AGREED
    said = Said(told.get("answer", "accepted"), why, told.get("owner", ""))
    row = taking_on.take_on(session, view, name, said, promise, seen=None)
    row.starts_on = at.day(told.get("begins", 2))
    row.state, row.note = told.get("state", "open"), told.get("note", "")
    session.flush()


def _value(kind: str, attribute: str, word: Any) -> circumstances.Value:
    found: Attribute = rulebook.pack().kinds[kind].attributes[attribute]
    value: circumstances.Value = yes(word) if found.type == "yes_no" else word
    return value


def _date(session: Session, place: tuple[int, int], at: Setting, carried: Sequence[int]) -> None:
    """Everything of this quarter happened in it: asked in the first week, answered in the second,
    decided in the third. What was `carried` over keeps the day on which it was said."""
    asked, answered, decided = (
        datetime.combine(at.day(week), time(10), UTC) for week in (0.5, 1.5, 2.5)
    )
    session.flush()
    rounds = select(Assessment.id).where(Assessment.quarter_id == place[1])
    there = select(Respondent.id).where(Respondent.assessment_id.in_(rounds))
    advised = select(Recommendation.id).where(Recommendation.quarter_id == place[1])
    said = (Need.quarter_id == place[1], Need.id.not_in(carried))
    for statement in (
        update(Need).where(*said).values(created_at=asked),
        update(Assessment).where(Assessment.id.in_(rounds)).values(closed_at=answered),
        update(Respondent).where(Respondent.id.in_(there)).values(finished_at=answered),
        update(Answer).where(Answer.respondent_id.in_(there)).values(updated_at=answered),
        update(Decision).where(Decision.recommendation_id.in_(advised)).values(made_at=decided),
        update(Recommendation).where(Recommendation.quarter_id == place[1]).values(made_at=decided),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
    session.expire_all()
