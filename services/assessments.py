"""How we work today: a round of questions, who answers, and each answer saved as it is given.

What the answers say is read in `results`; who may be seen in it is decided in `showing`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.assessments import Answer, Assessment, Respondent
from models.organisation import Organisation
from services import return_words
from services.refusals import Refused
from services.results import results

__all__ = [
    "DEPTHS",
    "LONGEST",
    "Level",
    "alone",
    "answers",
    "close",
    "finish",
    "join",
    "open_round",
    "people",
    "record",
    "results",
    "returning",
    "running",
]

DEPTHS = (8, 25, 46)
LONGEST = 5000
"""Letters of a note, or of what shows an answer, at most."""

Level = int | Literal["unknown", "not_applicable"]
"""What can be answered: 0-4, "I don't know", "does not apply"."""


def running(session: Session, organisation_id: int, quarter_id: int) -> Assessment | None:
    """The round of this quarter that is still open; the newest if there are several."""
    return session.scalars(
        select(Assessment)
        .where(
            Assessment.organisation_id == organisation_id,
            Assessment.quarter_id == quarter_id,
            Assessment.closed_at.is_(None),
        )
        .order_by(Assessment.id.desc())
    ).first()


def open_round(
    session: Session, organisation_id: int, quarter_id: int, *, depth: int = 8
) -> Assessment:
    """The open round of the quarter, begun if there is none; asked deeper, it becomes deeper."""
    if depth not in DEPTHS:
        raise Refused("Choose 8, 25 or 46 questions.")
    found = running(session, organisation_id, quarter_id)
    if found is None:
        found = Assessment(organisation_id=organisation_id, quarter_id=quarter_id, depth=depth)
        session.add(found)
    elif depth > found.depth:
        found.depth = depth
        # it asks more now: nobody has come to its end
        everybody = Respondent.assessment_id == found.id
        session.execute(update(Respondent).where(everybody).values(finished_at=None))
    session.flush()
    return found


def join(
    session: Session,
    assessment_id: int,
    *,
    function: str = "",
    is_leader: bool = False,
    consent: bool = False,
    label: str = "",
) -> Respondent:
    """A new respondent, who comes back with their token, five words. Consent counts for leaders
    only: their answers alone may then be shown."""
    _open(session, assessment_id)
    respondent = Respondent(
        assessment_id=assessment_id,
        label=label.strip(),
        function=function,
        is_leader=is_leader,
        consent=is_leader and consent,
        token=return_words.chosen(),
    )
    session.add(respondent)
    session.flush()
    return respondent


def returning(session: Session, assessment_id: int, token: str) -> Respondent | None:
    """Who was given these words in this round; nobody else is ever found."""
    return session.scalars(
        select(Respondent).where(
            Respondent.assessment_id == assessment_id,
            Respondent.token == return_words.tidied(token),
        )
    ).one_or_none()


def alone(session: Session, assessment_id: int) -> Respondent | None:
    """The one respondent of a one-person organisation, who needs no words to come back."""
    rows = session.scalars(
        select(Respondent)
        .join(Assessment, Assessment.id == Respondent.assessment_id)
        .join(Organisation, Organisation.id == Assessment.organisation_id)
        .where(Respondent.assessment_id == assessment_id, Organisation.staff == 1)
    ).all()
    return rows[0] if len(rows) == 1 else None


def record(
    session: Session,
    respondent_id: int,
    question: str,
    level: Level,
    *,
    evidence: str = "",
    note: str = "",
) -> Answer:
    """One answer, saved as it is given and replaced when given again. `unknown` and
    `not_applicable` are answers too, and never counted as 0."""
    respondent = session.get_one(Respondent, respondent_id)
    _open(session, respondent.assessment_id)
    if level not in {0, 1, 2, 3, 4, "unknown", "not_applicable"}:
        raise Refused("Choose one of the five levels, or say that you do not know.")
    if max(len(evidence), len(note)) > LONGEST:
        raise Refused(f"A note may have {LONGEST} letters. Shorten it, and it is kept.")
    answer = session.scalars(
        select(Answer).where(Answer.respondent_id == respondent_id, Answer.question == question)
    ).one_or_none()
    if answer is None:
        answer = Answer(respondent_id=respondent_id, question=question)
        session.add(answer)
    answer.level = level if isinstance(level, int) else None
    answer.state = "answered" if isinstance(level, int) else level
    answer.evidence, answer.note = evidence.strip(), note.strip()
    answer.updated_at = datetime.now(UTC)
    session.flush()
    return answer


def answers(session: Session, respondent_id: int) -> dict[str, Answer]:
    """A respondent's own answers by question; pages show them to that respondent only."""
    rows = session.scalars(select(Answer).where(Answer.respondent_id == respondent_id))
    return {answer.question: answer for answer in rows}


def finish(session: Session, respondent_id: int) -> None:
    """The respondent is done; answers may still be changed until the round is closed."""
    respondent = session.get_one(Respondent, respondent_id)
    respondent.finished_at = respondent.finished_at or datetime.now(UTC)


def close(session: Session, assessment_id: int) -> None:
    """No more answers; figures of five people or more appear. Closing twice changes nothing."""
    assessment = session.get_one(Assessment, assessment_id)
    assessment.closed_at = assessment.closed_at or datetime.now(UTC)


def people(session: Session, assessment_id: int) -> tuple[int, int]:
    """How many have joined and how many are finished; never who."""
    joined, finished = session.execute(
        select(func.count(), func.count(Respondent.finished_at)).where(
            Respondent.assessment_id == assessment_id
        )
    ).one()
    return joined, finished


def _open(session: Session, assessment_id: int) -> Assessment:
    assessment = session.get_one(Assessment, assessment_id)
    if assessment.closed_at is not None:
        raise Refused("This round is closed. Its answers stay as they are; begin a new round.")
    return assessment
