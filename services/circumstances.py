"""Answers to the questions that the pack itself asks about single attributes.

A new `ask:` in the pack's vocabulary is asked, kept and read without a line of Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Circumstance
from rules import facts
from rules.pack import Attribute, Pack
from services import quarters, rulebook
from services.refusals import Changed, Refused

PAGES = (
    "start",
    "organisation",
    "needs",
    "assessment",
    "objectives",
    "channels",
    "activities",
    "ownership",
    "plan",
    "culture",
)
"""Every page on which a pack may ask."""

Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the pack: the kind of fact it is about, and the attribute that it fills."""

    kind: str
    attribute: Attribute

    @property
    def text(self) -> str:
        """The question in plain words."""
        return self.attribute.ask.question if self.attribute.ask else self.attribute.title


@dataclass(frozen=True, slots=True)
class Known:
    """An answer as kept: the value, a note, and the version to change it by."""

    value: Value
    note: str
    version: int


def asked(pack: Pack, page: str) -> list[Question]:
    """The generic questions of a page: single facts that no table of their own holds."""
    return [question for question in everything(pack) if _page(question) == page]


def everything(pack: Pack) -> list[Question]:
    """Every generic question, in the vocabulary's order."""
    return [
        Question(kind.name, attribute)
        for kind in pack.kinds.values()
        if not (kind.key or kind.catalogue or kind.derived or kind.aggregates)
        for attribute in kind.attributes.values()
        if attribute.ask and attribute.name not in HELD.get(kind.name, ())
    ]


HELD = {
    "organisation": ("staff", "sector", "audience", "region", "premises", "promised"),
    "loops": (
        "due", "scored", "hits", "checked", "lessons", "lessons_year", "double", "old_tests",
        "quarters",
    ),
    "trend": (
        "low_centre", "still_scores", "least", "still_plan", "moves", "quiet_numbers", "loop_days",
        "same_tests", "others_answer", "answers",
    ),
}  # fmt: skip
"""Attributes with a column of their own, or made from other rows by `facts`."""


def recorded(
    session: Session, organisation_id: int, quarter_id: int
) -> dict[tuple[str, str], Known]:
    """All answers of the quarter by kind and attribute."""
    rows = session.scalars(
        select(Circumstance).where(
            Circumstance.organisation_id == organisation_id,
            Circumstance.quarter_id == quarter_id,
        )
    )
    return {(row.kind, row.attribute): Known(row.value, row.note, row.version) for row in rows}


def record(
    session: Session,
    place: tuple[int, int],
    question: tuple[str, str],
    value: Value | None,
    *,
    note: str = "",
    version: int | None = None,
) -> None:
    """Keep an answer; None takes it back to "not known".

    `place` is (organisation, quarter), `question` (kind, attribute). With `version` (0: there was
    no answer when the form was shown) raises Changed if somebody else answered since. A quarter
    that was begun ahead hears it too.
    """
    _check(question, value)
    row = _row(session, place, question)
    if version is not None and (row.version if row else 0) != version:
        now = {"value": row.value, "note": row.note} if row else None
        raise Changed(now, row.version if row else 0)
    for later in quarters.ahead(session, place[1]):
        record(session, (place[0], later), question, value, note=note)
    if value is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = Circumstance(
            organisation_id=place[0],
            quarter_id=place[1],
            kind=question[0],
            attribute=question[1],
        )
        session.add(row)
    row.value, row.note, row.updated_at = value, note.strip(), datetime.now(UTC)
    session.flush()


def values(known: Mapping[tuple[str, str], Known]) -> dict[str, dict[str, Value]]:
    """Kind → attribute → value, as facts are made of it."""
    found: dict[str, dict[str, Value]] = {}
    for (kind, attribute), answer in known.items():
        found.setdefault(kind, {})[attribute] = answer.value
    return found


def _page(question: Question) -> str:
    return question.attribute.ask.page if question.attribute.ask else ""


def _row(
    session: Session, place: tuple[int, int], question: tuple[str, str]
) -> Circumstance | None:
    return session.scalars(
        select(Circumstance).where(
            Circumstance.organisation_id == place[0],
            Circumstance.quarter_id == place[1],
            Circumstance.kind == question[0],
            Circumstance.attribute == question[1],
        )
    ).one_or_none()


def _check(question: tuple[str, str], value: Value | None) -> None:
    pack = rulebook.pack()
    found = [q for q in everything(pack) if (q.kind, q.attribute.name) == question]
    if not found:
        raise Refused("The rules do not ask this any more.")
    if value is not None and facts.misfit(pack, found[0].attribute, value):
        raise Refused(f"This answer does not fit the question “{found[0].text}”")
