"""How much rules should count after what came of their advice; the tool proposes, people decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.learning import Outcome, Weighing
from models.recommendations import Recommendation
from rules.confidence import Evidence, Prior, Result, Scored, confidence, evidence
from rules.pack import Amendment, Pack
from services import amendments, rulebook
from services.amendments import Ground
from services.refusals import Changed, Refused
from services.scoring import LONGEST
from services.scoring import due as due
from services.scoring import expected as expected
from services.scoring import hit_rate as hit_rate
from services.scoring import score as score

_HALF = 0.005
"""Confidence is said in whole percent; half of one is no difference."""
_CAME = {
    "met": "came true",
    "partly": "came true in part",
    "not_met": "did not come true",
    "cannot_tell": "cannot be told",
}
Basis = tuple[tuple[int, str], ...]
"""The scores that a proposal rests on: (recommendation, result), in their order."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that should count otherwise: now and then (0-2), why in words, and the scores on which
    it rests; `standing` is the id of the change that counts now (0: none)."""

    rule: str
    title: str
    before: float
    proposed: float
    evidence: str
    basis: Basis
    standing: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What people said to a proposal."""

    rule: str
    title: str
    before: float
    proposed: float
    accepted: bool
    evidence: str
    why: str
    who: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Scored:
    """A score with its points by rule, when it was given, and whether its rules are asked of it."""

    id: int
    result: Result
    points: dict[str, float]
    made_at: datetime


def proposals(session: Session, organisation_id: int, quarter_id: int, on: date) -> list[Proposal]:
    """Rules whose confidence should change by now, the largest change first; what was answered on
    the same scores is not proposed again."""
    pack = rulebook.for_organisation(session, organisation_id, quarter_id)
    kept = amendments.standing(session, organisation_id, quarter_id)
    answered = {(one.rule, _basis(one.basis)) for one in _answers(session, organisation_id)}
    scores = _scores(session, organisation_id, on)
    prior, step = prior_of(pack), _number(pack, "learn_step")
    found = []
    for rule, said in evidence((_as_evidence(one, on) for one in scores), prior).items():
        title = next((one.title for one in pack.rules if one.id == rule), "")
        own = [one for one in scores if one.points.get(rule, 0) > 0]
        basis = tuple((one.id, one.result) for one in own)
        before, after = pack.confidence.get(rule, 1.0), round(confidence(said, prior), 2)
        told = sum(one.result != "cannot_tell" for one in own)
        enough = told >= _number(pack, "learn_least") and abs(after - before) >= step - _HALF
        if title and enough and (rule, basis) not in answered:
            now = kept.get(amendments.subject(Amendment(rule=rule, confidence=after)))
            words = in_words(own, said)
            found.append(Proposal(rule, title, before, after, words, basis, now.id if now else 0))
    return sorted(found, key=lambda one: (-abs(one.proposed - one.before), one.rule))


def accept(
    session: Session, place: tuple[int, int], seen: Proposal, *, why: str, who: str, on: date
) -> None:
    """Let the rule count as proposed from this quarter on; the scores are the source of the change.
    Changed if the proposal is another by now, Refused if the quarter is over."""
    now = _still(session, place, seen, on)
    reason = why.strip() or "What came of its advice says so."
    made = amendments.make(
        session,
        place[1],
        Amendment(rule=now.rule, confidence=now.proposed),
        Ground(f"our own scores: {now.evidence}", reason, who),
        seen=now.standing,
        on=on,
    )
    _keep(session, place, now, _Answer(True, why, who, made.id, on))


def reject(
    session: Session, place: tuple[int, int], seen: Proposal, *, why: str, who: str, on: date
) -> None:
    """Leave the rule as it is, with a word why; it is not proposed again until something new was
    scored. Changed if the proposal is another by now."""
    if not why.strip():
        raise Refused("Say in a word why not; the next review will want to know.")
    _keep(session, place, _still(session, place, seen, on), _Answer(False, why, who, None, on))


def answered(session: Session, organisation_id: int) -> list[Answered]:
    """Everything that was said to proposals, the newest first."""
    titles = {rule.id: rule.title for rule in rulebook.pack().rules}
    return [
        Answered(
            rule=row.rule,
            title=titles.get(row.rule, "A rule that is not there any more"),
            before=row.before,
            proposed=row.proposed,
            accepted=row.accepted,
            evidence=row.evidence,
            why=row.why,
            who=row.who,
            made_at=row.made_at,
        )
        for row in _answers(session, organisation_id)
    ]


def prior_of(pack: Pack) -> Prior:
    """What the pack, as the organisation amended it, believes before any score."""
    return Prior(
        mean=_number(pack, "learn_mean"),
        strength=_number(pack, "learn_strength"),
        half_life=_number(pack, "learn_half_life"),
    )


def in_words(own: Sequence[_Scored], said: Evidence) -> str:
    """`4 of its pieces of advice were scored: 1 came true, 3 did not come true; recent ones and
    those for which it spoke most count most`."""
    counts = [(word, sum(one.result == result for one in own)) for result, word in _CAME.items()]
    parts = ", ".join(f"{count} {word}" for word, count in counts if count)
    pieces = "one piece of its advice" if len(own) == 1 else f"{len(own)} pieces of its advice"
    weight = f"{said.hits / said.tosses:.0%}" if said.tosses else "nothing"
    return f"{pieces} scored: {parts}. Weighed by share and age, {weight} came true"


@dataclass(frozen=True, slots=True)
class _Answer:
    accepted: bool
    why: str
    who: str
    amendment_id: int | None
    on: date


def _still(session: Session, place: tuple[int, int], seen: Proposal, on: date) -> Proposal:
    """The proposal as it is now; Changed if somebody answered it or scored something meanwhile."""
    for now in proposals(session, *place, on):
        if now.rule == seen.rule:
            if (now.basis, now.before, now.standing) != (seen.basis, seen.before, seen.standing):
                raise Changed({"evidence": now.evidence, "proposed": now.proposed})
            return now
    raise Changed(None)


def _keep(session: Session, place: tuple[int, int], about: Proposal, said: _Answer) -> None:
    if len(said.why) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    session.add(
        Weighing(
            organisation_id=place[0],
            quarter_id=place[1],
            amendment_id=said.amendment_id,
            rule=about.rule,
            before=about.before,
            proposed=about.proposed,
            accepted=said.accepted,
            basis=[list(one) for one in about.basis],
            evidence=about.evidence,
            why=said.why.strip(),
            who=said.who,
            made_at=datetime.combine(said.on, datetime.now(UTC).time(), UTC),
        )
    )
    session.flush()


def _answers(session: Session, organisation_id: int) -> list[Weighing]:
    rows = select(Weighing).where(Weighing.organisation_id == organisation_id)
    return list(session.scalars(rows.order_by(Weighing.id.desc())))


def _scores(session: Session, organisation_id: int, on: date) -> list[_Scored]:
    """Every score up to a day, with the positive points of the rules that spoke for it."""
    ends = datetime.combine(on, time.max, UTC)
    rows = session.execute(
        select(Outcome.recommendation_id, Outcome.result, Outcome.made_at, Recommendation.reasons)
        .join(Recommendation, Recommendation.id == Outcome.recommendation_id)
        .where(Outcome.organisation_id == organisation_id, Outcome.made_at <= ends)
        .order_by(Outcome.recommendation_id)
    )
    return [_Scored(number, result, points(kept), at) for number, result, at, kept in rows]


def points(reasons: Iterable[dict[str, Any]]) -> dict[str, float]:
    """By rule, the points with which it spoke for something, all its matches together."""
    found: dict[str, float] = {}
    for part in reasons:
        if part["hundredths"] > 0:
            found[part["rule"]] = found.get(part["rule"], 0.0) + part["hundredths"]
    return found


def _as_evidence(one: _Scored, on: date) -> Scored:
    return Scored(one.points, one.result, float(max(0, (on - one.made_at.date()).days)))


def _basis(kept: Iterable[Iterable[Any]]) -> Basis:
    return tuple((int(number), str(result)) for number, result in kept)


def _number(pack: Pack, parameter: str) -> float:
    value = pack.parameters[parameter].value
    return float(value) if isinstance(value, int | float) else 0.0
