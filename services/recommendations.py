"""What people decide on the advice, and all that led to it, kept for as long as anyone may ask.

Advice becomes a row when somebody decides on it; looking at advice writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.recommendations import Decision, Recommendation
from rules import spans
from rules.advice import Part, Target
from rules.pack import Fact
from services import expecting
from services.advice import AdviceView
from services.refusals import Changed, Refused

Answer = Literal["accepted", "adapted", "declined"]
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to advice. Declining asks for a word why; accepting does not."""

    answer: Answer
    why: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that stands: where it and its recommendation lie, what was said, and when."""

    decision_id: int
    recommendation_id: int
    said: Said
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A decision that stands no longer: what was said and when, and who took it back when."""

    said: Said
    made_at: datetime
    undone_at: datetime
    undone_by: str


def decide(
    session: Session,
    view: AdviceView,
    target: Target,
    said: Said,
    *,
    seen: int | None,
    expected: Mapping[str, str] | None = None,
) -> Standing:
    """Answer a piece of advice; the same answer twice is one decision.

    `seen` is the decision that stood when the answer was given (None: none did); Changed if
    another stands by now. An earlier answer is taken back, and kept. Refused if declining says no
    why. `expected` is what is hoped for where the rules do not say it.
    """
    said = _checked(said)
    before = standing(session, view.quarter_id).get(target)
    if before and before.said == said:
        return before
    if (before.decision_id if before else None) != seen:
        raise Changed(asdict(before.said) if before else None)
    if before:
        undo(session, before.decision_id, who=said.who)
    row = save(session, view, target, expected)
    decision = Decision(
        recommendation_id=row.id,
        answer=said.answer,
        why=said.why,
        who=said.who,
        made_at=datetime.now(UTC),
    )
    session.add(decision)
    session.flush()
    return Standing(decision.id, row.id, said, decision.made_at)


def undo(session: Session, decision_id: int, *, who: str = "") -> None:
    """Take a decision back; it stays in the history. Taking it back twice changes nothing."""
    decision = session.get(Decision, decision_id)
    if decision is not None and decision.undone_at is None:
        decision.undone_at, decision.undone_by = datetime.now(UTC), who
        session.flush()


def save(
    session: Session,
    view: AdviceView,
    target: Target,
    expected: Mapping[str, str] | None = None,
) -> Recommendation:
    """The advice as it stands, with its reasons; the same advice is kept once."""
    fresh = _row(view, target)
    fresh.expectation = fresh.expectation or (dict(expected) if expected else None)
    _check_span(fresh.expectation)
    kind, name, of = target
    rows = session.scalars(
        select(Recommendation).where(
            Recommendation.quarter_id == view.quarter_id,
            Recommendation.kind == kind,
            Recommendation.target == name,
            Recommendation.of == of,
            Recommendation.facts_hash == view.facts_hash,
            Recommendation.fingerprint == view.pack.fingerprint,
        )
    )
    for kept in rows:
        if kept.expectation == fresh.expectation:
            return kept
    session.add(fresh)
    session.flush()
    return fresh


def _check_span(expected: Mapping[str, str] | None) -> None:
    try:
        spans.read(expected["within"] if expected else "one quarter")
    except ValueError:
        raise Refused("Say within how many quarters, such as “two quarters”.") from None


def standing(session: Session, quarter_id: int) -> dict[Target, Standing]:
    """The decisions of a quarter that nobody has taken back, by what they are about."""
    rows = _decisions(session, quarter_id, undone=False)
    return {
        (row.kind, row.target, row.of): Standing(
            decision.id, row.id, _said(decision), decision.made_at
        )
        for decision, row in rows
    }


def taken_back(session: Session, quarter_id: int) -> dict[Target, list[TakenBack]]:
    """The decisions of a quarter that somebody took back, by what they were about, oldest first."""
    found: dict[Target, list[TakenBack]] = defaultdict(list)
    for decision, row in _decisions(session, quarter_id, undone=True):
        if decision.undone_at is not None:
            found[row.kind, row.target, row.of].append(
                TakenBack(_said(decision), decision.made_at, decision.undone_at, decision.undone_by)
            )
    return dict(found)


def history(session: Session, quarter_id: int, target: Target) -> list[tuple[Said, bool]]:
    """Everything ever decided on a target this quarter, oldest first, and whether it stands."""
    return [
        (_said(decision), decision.undone_at is None)
        for decision, row in _decisions(session, quarter_id, undone=True)
        if (row.kind, row.target, row.of) == target
    ]


def reasons(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Parts as they are kept: enough to show the advice again without any rule."""
    return [
        {
            "rule": part.rule.id,
            "title": part.rule.title,
            "points": part.points,
            "trust": part.trust,
            "confidence": part.confidence,
            "hundredths": part.hundredths,
            "sentence": part.sentence,
            "facts": [_fact(fact) for fact in part.facts],
        }
        for part in parts
    ]


def _decisions(
    session: Session, quarter_id: int, *, undone: bool
) -> list[tuple[Decision, Recommendation]]:
    wanted = select(Decision, Recommendation).join(
        Recommendation, Recommendation.id == Decision.recommendation_id
    )
    wanted = wanted.where(Recommendation.quarter_id == quarter_id)
    if not undone:
        wanted = wanted.where(Decision.undone_at.is_(None))
    return [(decision, row) for decision, row in session.execute(wanted.order_by(Decision.id))]


def _row(view: AdviceView, target: Target) -> Recommendation:
    scored = view.target(target)
    kind, name, of = target
    return Recommendation(
        organisation_id=view.organisation_id,
        quarter_id=view.quarter_id,
        kind=kind,
        target=name,
        of=of,
        score=scored.hundredths,
        rank=scored.rank,
        reasons=reasons(scored.parts),
        pack_version=view.pack.version,
        fingerprint=view.pack.fingerprint,
        amendments=[asdict(amendment) for amendment in view.pack.amendments],
        facts_hash=view.facts_hash,
        expectation=expecting.expectation(view.pack, scored.parts),
        made_at=datetime.now(UTC),
    )


def _fact(fact: Fact) -> dict[str, Any]:
    values: Mapping[str, object] = dict(sorted(fact.values.items()))
    return {"kind": fact.kind, "values": values, "trust": fact.trust}


def _said(decision: Decision) -> Said:
    return Said(answer=_answer(decision.answer), why=decision.why, who=decision.who)


def _answer(word: str) -> Answer:
    match word:
        case "accepted" | "adapted":
            return word
    return "declined"


def _checked(said: Said) -> Said:
    why = said.why.strip()
    if said.answer == "declined" and not why:
        raise Refused("Say in a word why not; it makes the next advice better.")
    if len(why) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    return Said(said.answer, why, said.who.strip())
