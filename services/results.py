"""What the answers of a round say, as far as it may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.assessments import Answer, Assessment, Respondent
from models.organisation import Organisation, Quarter
from rules.pack import Pack
from services import rulebook
from services.showing import EVERYONE, LEADERS, STAFF, Reply, Score, parts, score, shown


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote to a question, word for word, said by a group."""

    question: str
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Distance:
    """How far leaders and staff are apart on a factor, on 0-4; positive where leaders see more."""

    leaders: float
    staff: float
    distance: float


@dataclass(frozen=True, slots=True)
class Results:
    """A round's figures by factor and by question, each by group; groups of too few are absent.
    Notes stand in alphabetical order, so that nobody is known by when they wrote. `groups` says
    whether leaders, staff or both take part, be they shown or not; `joined` is how many people.
    `parts` are the figures of staff by factor and by part of the organisation."""

    factors: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    groups: tuple[str, ...] = ()
    joined: int = 0
    closed_at: datetime | None = None


def results(session: Session, organisation_id: int, quarter_id: int) -> Results:
    """The newest round with figures to show, up to this quarter; what has come to its end before
    what is still going on, so that a new round does not hide the last whole picture. Without any
    figures, the newest round that somebody has joined; empty if there is none."""
    latest = Results()
    pack = rulebook.pack()
    for assessment in _rounds(session, organisation_id, quarter_id):
        found = of_round(session, assessment, pack)
        if found.factors:
            return found
        latest = latest if latest.joined else found
    return latest


def of_round(session: Session, assessment: Assessment, pack: Pack) -> Results:
    """The figures of one round."""
    closed = assessment.closed_at is not None
    replies = _replies(session, assessment.id, pack)
    by_factor, by_question = _grouped(replies, "factor", pack), _grouped(replies, "question", pack)
    leads = session.scalars(
        select(Respondent.is_leader).where(Respondent.assessment_id == assessment.id)
    ).all()
    return Results(
        factors=_scores(by_factor, shown, closed),
        parts=_scores(by_factor, parts, closed),
        questions=_scores(by_question, shown, closed),
        notes=_notes(by_question, closed),
        groups=tuple(
            group for group, is_leader in ((LEADERS, True), (STAFF, False)) if is_leader in leads
        ),
        joined=len(leads),
        closed_at=assessment.closed_at,
    )


def for_rules(found: Results) -> tuple[dict[str, Score], dict[str, float]]:
    """What rules may know: everyone's score by factor, and the median by question; both only as far
    as they may be shown to people."""
    return (
        {factor: groups[EVERYONE] for factor, groups in found.factors.items()},
        {question: groups[EVERYONE].level for question, groups in found.questions.items()},
    )


def distances(found: Results) -> dict[str, Distance]:
    """By factor, where both leaders and staff may be shown."""
    return {
        factor: Distance(
            leaders=groups[LEADERS].level,
            staff=groups[STAFF].level,
            distance=groups[LEADERS].level - groups[STAFF].level,
        )
        for factor, groups in found.factors.items()
        if LEADERS in groups and STAFF in groups
    }


def _rounds(session: Session, organisation_id: int, quarter_id: int) -> list[Assessment]:
    """Those at their end first, then the newest first. Whoever works alone waits for nobody: their
    round is at its end when they are."""
    starts_on = session.get_one(Quarter, quarter_id).starts_on
    alone = session.get_one(Organisation, organisation_id).staff == 1
    finished = select(Respondent.assessment_id).where(Respondent.finished_at.is_not(None))
    closed = Assessment.closed_at.is_not(None)
    ended = or_(closed, Assessment.id.in_(finished)) if alone else closed
    return list(
        session.scalars(
            select(Assessment)
            .join(Quarter, Quarter.id == Assessment.quarter_id)
            .where(
                Assessment.organisation_id == organisation_id,
                Quarter.starts_on <= starts_on,
            )
            .order_by(ended.desc(), Quarter.starts_on.desc(), Assessment.id.desc())
        )
    )


def _replies(session: Session, assessment_id: int, pack: Pack) -> list[Reply]:
    questions = pack.catalogues["questions"]
    rows = session.execute(
        select(
            Respondent.id.label("respondent"),
            Respondent.is_leader,
            Respondent.consent,
            Respondent.function,
            Answer.question,
            Answer.level,
            (Answer.evidence != "").label("evidence"),
            Answer.note,
        )
        .join(Respondent, Respondent.id == Answer.respondent_id)
        .where(
            Respondent.assessment_id == assessment_id,
            Answer.state == "answered",
            Answer.level.is_not(None),
        )
        .order_by(Answer.id)
    ).mappings()
    return [
        Reply(factor=str(questions[row["question"]].values["factor"]), **row)
        for row in rows
        if row["question"] in questions
    ]


def _grouped(replies: list[Reply], by: str, pack: Pack) -> dict[str, list[Reply]]:
    """By factor or question, in the pack's order."""
    groups: dict[str, list[Reply]] = defaultdict(list)
    for reply in replies:
        groups[getattr(reply, by)].append(reply)
    return {name: groups[name] for name in pack.catalogues[f"{by}s"] if name in groups}


def _scores(
    groups: dict[str, list[Reply]], who: Callable[..., dict[str, list[Reply]]], closed: bool
) -> dict[str, dict[str, Score]]:
    seen = {name: who(replies, closed=closed) for name, replies in groups.items()}
    return {
        name: {group: score(replies) for group, replies in found.items()}
        for name, found in seen.items()
        if found
    }


def _notes(by_question: dict[str, list[Reply]], closed: bool) -> tuple[Note, ...]:
    """Notes to questions that enough people answered; said by leaders, staff, or people."""
    notes = []
    for question, replies in by_question.items():
        seen = shown(replies, closed=closed)
        apart = {
            (reply.respondent, reply.note): group
            for group in (EVERYONE, LEADERS, STAFF)
            for reply in seen.get(group, [])
            if reply.note
        }
        notes += sorted(
            (Note(question, group, text) for (_, text), group in apart.items()),
            key=lambda note: (note.group, note.text.casefold()),
        )
    return tuple(notes)
