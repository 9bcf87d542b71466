"""What an example learned in one of its quarters: scores, tests on cards, and lessons."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from services import experiments, learning, lessons
from services.experiments import Card, Decided
from services.sample_people import Told
from services.scoring import Score


def learn(session: Session, place: tuple[int, int], said: Told, on: date) -> None:
    """All of it, on a day late in the quarter; tests begin ten weeks before."""
    at = datetime.combine(on, time(15), UTC)
    for told in said.get("scores", ()):
        _score(session, place, told, at)
    tried = {told["title"]: _try(session, place, told, on) for told in said.get("tests", ())}
    for told in said.get("learns", ()):
        lesson = {name: word for name, word in told.items() if name != "test"}
        test = tried.get(told.get("test", ""))
        lessons.learn(session, place[1], lessons.Said(**lesson), experiment_id=test, at=at)


def _score(session: Session, place: tuple[int, int], told: Told, at: datetime) -> None:
    """The oldest expectation of this activity or channel that nobody has scored yet."""
    (kind,) = told.keys() & {"channel", "activity"}
    waiting = learning.expected(session, place[0])[::-1]
    one = next(one for one in waiting if not one.score and one.target == (kind, told[kind]))
    said = Score(**{name: word for name, word in told.items() if name != kind})
    learning.score(session, place[1], one.recommendation_id, said, seen=0, at=at)


def _try(session: Session, place: tuple[int, int], told: Told, on: date) -> int:
    begun = on - timedelta(weeks=10)
    ends = on + timedelta(weeks=told.get("ends", 0))
    numbers = {name: told.get(name) for name in ("low", "high")}
    card = Card(told["title"], told["assumption"], ends, **numbers, unit=told.get("unit", ""))
    kept = experiments.begin(session, place[1], card, on=begun)
    if "decision" in told:
        said = Decided(told["decision"], told["why"], told.get("who", ""), told.get("actual"))
        experiments.decide(session, kept.id, said, version=kept.version, on=on)
    return kept.id
