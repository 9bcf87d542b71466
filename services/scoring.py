"""What accepted advice was expected to bring, when that is due, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import get_args

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from models.learning import Outcome
from models.organisation import Quarter
from models.recommendations import Decision, Recommendation
from rules import spans
from rules.confidence import Result
from rules.targets import title
from services import quarters, rulebook
from services.refusals import Changed, Refused

RESULTS: tuple[Result, ...] = get_args(Result)
LONGEST = 2_000
LARGEST = 1e12
_DIRECTIONS = {"up": "goes up", "down": "goes down", "hold": "stays as it is"}


@dataclass(frozen=True, slots=True)
class Score:
    """What came of it; `why` is needed where nobody can tell. With numbers if there are any: the
    range that was expected and what it was in the end."""

    result: Result
    why: str = ""
    who: str = ""
    low: float | None = None
    high: float | None = None
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What an accepted recommendation should bring, in words, and the last day of the quarter by
    which it should; where its number should go (up, down, hold); its score, if there is one, with
    the version to change it by."""

    recommendation_id: int
    target: tuple[str, str]
    quarter: str
    title: str
    words: str
    kpi: str
    decided_at: datetime
    due_on: date
    direction: str = "up"
    score: Score | None = None
    scored_at: datetime | None = None
    scored_in: int = 0
    version: int = 0


def score(
    session: Session,
    quarter_id: int,
    recommendation_id: int,
    said: Score,
    *,
    seen: int,
    at: datetime | None = None,
) -> None:
    """Keep what came of an expectation, said in a quarter; the same twice changes nothing.

    `seen` is the version of the score that stood when the form was opened (0: none); Changed if it
    is another by now. Refused if nothing was expected, or nobody can tell and no word says why.
    """
    said = _checked(said)
    quarter = session.get_one(Quarter, quarter_id)
    advised = session.get(Recommendation, recommendation_id)
    ours = advised is not None and advised.organisation_id == quarter.organisation_id
    if advised is None or not ours or not advised.expectation:
        raise Refused("Nothing was expected of this, or it is not there any more.")
    row = session.scalars(
        select(Outcome).where(Outcome.recommendation_id == recommendation_id)
    ).one_or_none()
    if row is not None and _said(row) == said:
        return
    if (row.version if row else 0) != seen:
        raise Changed(told(_said(row)) if row else None, row.version if row else 0)
    if row is None:
        row = Outcome(organisation_id=quarter.organisation_id, recommendation_id=recommendation_id)
        session.add(row)
    row.quarter_id, row.result, row.why, row.who = quarter_id, said.result, said.why, said.who
    row.low, row.high, row.actual = said.low, said.high, said.actual
    row.made_at = at or datetime.now(UTC)
    session.flush()


def told(said: Score) -> dict[str, object]:
    """A score as a form holds it."""
    return {"result": said.result, "why": said.why, "actual": said.actual}


def expected(session: Session, organisation_id: int) -> list[Expected]:
    """Everything that accepted advice is expected to bring, the latest decision first. What was
    decided otherwise since is expected no longer, unless it was scored."""
    rows = session.execute(
        select(Recommendation, Decision.made_at, Decision.undone_at, Quarter, Outcome)
        .join(Decision, Decision.recommendation_id == Recommendation.id)
        .join(Quarter, Quarter.id == Recommendation.quarter_id)
        .outerjoin(Outcome, Outcome.recommendation_id == Recommendation.id)
        .where(
            Recommendation.organisation_id == organisation_id,
            Decision.answer.in_(("accepted", "adapted")),
        )
        .order_by(Decision.made_at.desc(), Decision.id.desc())
        .options(defer(Recommendation.reasons), defer(Recommendation.amendments))
    )
    found: dict[int, Expected] = {}
    for advised, decided_at, undone_at, quarter, outcome in rows:
        if advised.expectation and (undone_at is None or outcome is not None):
            found.setdefault(advised.id, _expected(advised, decided_at, quarter, outcome))
    return list(found.values())


def due(all_expected: Iterable[Expected], on: date) -> list[Expected]:
    """What can be scored: its last quarter is over or this one; the longest due first, of those the
    longest taken."""
    waiting = [one for one in all_expected if one.score is None]
    by = quarters.following(on)
    ready = (one for one in waiting if one.due_on < by)
    return sorted(ready, key=lambda one: (one.due_on, one.decided_at))


def unscored(one: Expected) -> Expected:
    """The same before it was scored, for looking back."""
    return replace(one, score=None, scored_at=None, scored_in=0, version=0)


def hit_rate(scores: Iterable[Score]) -> float | None:
    """The share of expectations that came true, partly ones as half; None without any that people
    could tell."""
    known = [one.result for one in scores if one.result != "cannot_tell"]
    if not known:
        return None
    return sum({"met": 1.0, "partly": 0.5}.get(result, 0.0) for result in known) / len(known)


def _expected(
    advised: Recommendation, decided_at: datetime, quarter: Quarter, outcome: Outcome | None
) -> Expected:
    said = advised.expectation
    return Expected(
        recommendation_id=advised.id,
        target=(advised.kind, advised.target),
        quarter=quarters.label(quarter),
        title=_title(advised),
        words=_words(said),
        kpi=str(said.get("kpi", "")),
        decided_at=decided_at,
        due_on=_due_on(quarter, str(said.get("within", ""))),
        direction=_direction(said),
        score=_said(outcome) if outcome else None,
        scored_at=outcome.made_at if outcome else None,
        scored_in=outcome.quarter_id if outcome else 0,
        version=outcome.version if outcome else 0,
    )


def _title(advised: Recommendation) -> str:
    return title(rulebook.pack(), advised.kind, advised.target)


def _words(said: dict[str, str]) -> str:
    """`“Requests from guests” goes up: better than the four weeks before, within two quarters`."""
    kpi = rulebook.title("kpis", said["kpi"]) if said.get("kpi") else "What you want"
    way = _DIRECTIONS.get(_direction(said), "changes")
    more = [words for words in (said.get("range"), f"within {said.get('within')}") if words]
    return f"“{kpi}” {way}: {', '.join(more)}"


def _direction(said: dict[str, str]) -> str:
    """Where the number should go. What was kept before rules could say `better` says `up` of any
    objective's number and means the better way; fewer hours to an answer are better."""
    entry = rulebook.pack().catalogues["kpis"].get(said.get("kpi", ""))
    own = str(entry.values.get("direction", "")) if entry else ""
    said_by_rule = said.get("direction", "")
    return own if said_by_rule == "up" and own in _DIRECTIONS else said_by_rule


def _due_on(quarter: Quarter, within: str) -> date:
    """The last day of the last quarter that the words allow, counting the one in which it was
    decided; ValueError if they say no span."""
    first = quarter.starts_on
    for _ in range(spans.read(within)[1]):
        first = quarters.following(first)
    return date.fromordinal(first.toordinal() - 1)


def _said(row: Outcome) -> Score:
    result: Result = next((word for word in RESULTS if word == row.result), "cannot_tell")
    return Score(result, row.why, row.who, row.low, row.high, row.actual)


def _checked(said: Score) -> Score:
    why = said.why.strip()
    if said.result not in RESULTS:
        raise Refused("Say what came of it: met, partly, not met, or that nobody can tell.")
    if said.result == "cannot_tell" and not why:
        raise Refused("Say in a word why nobody can tell; next time you may be able to.")
    if len(why) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    check_range(said.low, said.high, said.actual)
    return Score(said.result, why, said.who.strip(), said.low, said.high, said.actual)


def check_range(low: float | None, high: float | None, actual: float | None) -> None:
    """Refused unless these are numbers of a range, each of them known or not."""
    if any(value is not None and not abs(value) <= LARGEST for value in (low, high, actual)):
        raise Refused("Type a number of common size.")
    if low is not None and high is not None and low > high:
        raise Refused("The lower end of the range lies above the upper one.")
