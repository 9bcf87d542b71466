"""What we hear: who should know it, when it reached them, what they said, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.listening import Insight
from models.organisation import Person
from services import rulebook
from services.heard import ANSWERS, EVIDENCE, LONGEST, SHORT, Answer, Heard, Said
from services.refusals import Changed, Refused


def listed(session: Session, organisation_id: int) -> list[Heard]:
    """Everything that was heard, the newest first."""
    rows = session.execute(
        select(Insight, Person.name)
        .outerjoin(Person, Person.id == Insight.receiver_id)
        .where(Insight.organisation_id == organisation_id)
        .order_by(Insight.heard_on.desc(), Insight.id.desc())
    )
    return [Heard(row.id, row.version, _said(row), name or "", _answer(row)) for row, name in rows]


def hear(session: Session, organisation_id: int, said: Said, *, today: date) -> int:
    """Keep something that was heard; its id. Refused for what cannot be."""
    row = Insight(organisation_id=organisation_id, kept_at=datetime.now(UTC))
    _put(row, asdict(_checked(session, organisation_id, said, today)))
    _put(row, asdict(Answer()))
    session.add(row)
    session.flush()
    return row.id


def restate(session: Session, insight_id: int, said: Said, *, version: int, today: date) -> None:
    """Say otherwise what was heard, or who should hear it. Changed if somebody else did."""
    row = _found(session, insight_id)
    if _said(row) == said:
        return
    _same(row, version)
    said = _checked(session, row.organisation_id, said, today)
    if row.answered_on and said.reached_on and row.answered_on < said.reached_on:
        raise Refused("It was answered before that day. Look at both days.")
    if row.answer and said.receiver_id is None:
        raise Refused("It has an answer, so somebody heard it. Say who.")
    _put(row, asdict(said))
    session.flush()


def answer(session: Session, insight_id: int, said: Answer, *, version: int, today: date) -> None:
    """Keep what the receiver said; an empty answer opens it again. Changed if somebody else was
    faster."""
    row = _found(session, insight_id)
    if _answer(row) == said:
        return
    _same(row, version)
    _put(row, asdict(_fitting(row, said, today)))
    session.flush()


def remove(session: Session, insight_id: int, *, version: int) -> None:
    """Take one away; doing so twice changes nothing. Changed if somebody has just changed it."""
    row = session.get(Insight, insight_id)
    if row is not None:
        _same(row, version)
        session.delete(row)
        session.flush()


def _checked(session: Session, organisation_id: int, said: Said, today: date) -> Said:
    text, about = (" ".join(words.split()) for words in (said.text, said.about))
    elsewhere = "" if said.channel else " ".join(said.elsewhere.split())
    if not text:
        raise Refused("Say in a sentence what you heard.")
    if len(text) > LONGEST or max(len(elsewhere), len(about)) > SHORT:
        raise Refused("Please shorten what you wrote a little.")
    if said.heard_on > today:
        raise Refused("It cannot have been heard on a day that has not come yet.")
    _reaches(session, organisation_id, said, today)
    known = {"channel": "channels", "objective": "objectives"}
    for name, catalogue in known.items():
        if getattr(said, name) and getattr(said, name) not in rulebook.titles(catalogue):
            raise Refused(f"Choose the {name} from the list, or leave it empty.")
    if said.evidence and said.evidence not in EVIDENCE:
        raise Refused("Choose from the list how well you know it, or leave it empty.")
    return replace(said, text=text, about=about, elsewhere=elsewhere)


def _reaches(session: Session, organisation_id: int, said: Said, today: date) -> None:
    if said.receiver_id is not None:
        person = session.get(Person, said.receiver_id)
        if person is None or person.organisation_id != organisation_id:
            raise Refused("This person takes part no longer. Choose somebody else.")
    elif said.reached_on:
        raise Refused("Say whom it reached.")
    if said.reached_on and said.reached_on > today:
        raise Refused("It cannot have reached anybody on a day that has not come yet.")
    if said.reached_on and said.reached_on < said.heard_on:
        raise Refused("It cannot have reached anybody before it was heard. Look at both days.")


def _fitting(row: Insight, said: Answer, today: date) -> Answer:
    why, change = (" ".join(text.split()) for text in (said.why, said.change))
    if not said.answer and change:
        raise Refused("A change comes of an answer. Say whether it was done.")
    if not said.answer and why and why != row.why:
        raise Refused("Say whether it was done; why alone is no answer.")
    if not said.answer:
        return Answer()
    if said.answer not in ANSWERS:
        raise Refused("Say whether it was done or not.")
    if row.receiver_id is None:
        raise Refused("Say first who should hear it; the answer is theirs.")
    if max(len(why), len(change)) > LONGEST:
        raise Refused("Please shorten what you wrote a little.")
    if said.answer == "not_done":
        _no_is_an_answer(why, change)
    return Answer(
        said.answer, why, _after_it_was_heard(row, said.answered_on or today, today), change
    )


def _no_is_an_answer(why: str, change: str) -> None:
    if not why:
        raise Refused("No is a full answer. Say in a sentence why.")
    if change:
        raise Refused("If something changed, it was done. Choose “Done”, or leave the change out.")


def _after_it_was_heard(row: Insight, on: date, today: date) -> date:
    if on > today:
        raise Refused("It cannot have been answered on a day that has not come yet.")
    if on < (row.reached_on or row.heard_on):
        raise Refused("It cannot have been answered before it was heard. Look at both days.")
    return on


def _found(session: Session, insight_id: int) -> Insight:
    row = session.get(Insight, insight_id)
    if row is None:
        raise Changed(None)
    return row


def _same(row: Insight, version: int) -> None:
    if row.version != version:
        raise Changed({**asdict(_said(row)), **asdict(_answer(row))}, row.version)


def _put(row: Insight, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _said(row: Insight) -> Said:
    return Said(**{name: getattr(row, name) for name in Said.__dataclass_fields__})


def _answer(row: Insight) -> Answer:
    return Answer(**{name: getattr(row, name) for name in Answer.__dataclass_fields__})
