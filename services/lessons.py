"""Lessons: what was learned, what it touches, and the change of the rules that can come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.amendments import Amendment as AmendmentRow
from models.learning import Experiment, Lesson
from models.organisation import Quarter
from rules.pack import Amendment
from services import amendments, quarters, rulebook
from services.amendments import Ground
from services.refusals import Changed, Refused
from services.scoring import LONGEST

VERDICTS = {"keep": "Keep", "change": "Change", "stop": "Stop"}
LOOPS = {"single": "We do it better", "double": "We question what we want or by which rule"}
TOUCHES = {
    "activity": "An activity",
    "channel": "A channel",
    "role": "A role",
    "objective": "An objective",
    "rule": "A rule of the tool",
    "parameter": "A value that rules compare with",
}
_CATALOGUES = {
    "activity": "activities",
    "channel": "channels",
    "role": "roles",
    "objective": "objectives",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A lesson as somebody puts it: keep, change or stop; single or double loop; what it touches
    and which one (its id; may be empty)."""

    text: str
    verdict: str
    loop: str
    touches: str
    about: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A lesson as kept, with the change of the rules that came of it (its id, 0: none)."""

    id: int
    version: int
    quarter_id: int
    quarter: str
    said: Said
    title: str
    made_at: datetime
    amendment_id: int
    experiment_id: int


def learn(
    session: Session,
    quarter_id: int,
    said: Said,
    *,
    experiment_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Keep a lesson of a quarter; its id. The same lesson twice is one. Refused without words, or
    if it touches nothing that is known."""
    said = _checked(said)
    quarter = session.get_one(Quarter, quarter_id)
    for row in session.scalars(select(Lesson).where(Lesson.quarter_id == quarter_id)):
        if _said(row) == said:
            return row.id
    if experiment_id is not None:
        card = session.get(Experiment, experiment_id)
        if card is None or card.organisation_id != quarter.organisation_id:
            raise Refused("This test is not there any more.")
    row = Lesson(
        organisation_id=quarter.organisation_id,
        quarter_id=quarter_id,
        experiment_id=experiment_id,
        made_at=at or datetime.now(UTC),
        **asdict(said),
    )
    session.add(row)
    session.flush()
    return row.id


def restate(session: Session, lesson_id: int, said: Said, *, version: int) -> None:
    """Say a lesson otherwise. Changed if somebody else did meanwhile."""
    row = session.get(Lesson, lesson_id)
    if row is None:
        raise Changed(None)
    said = _checked(said)
    if _said(row) == said:
        return
    if row.version != version:
        raise Changed(asdict(_said(row)), row.version)
    for name, value in asdict(said).items():
        setattr(row, name, value)
    session.flush()


def amend(
    session: Session,
    quarter_id: int,
    lesson_id: int,
    change: Amendment,
    *,
    seen: int,
    on: date,
) -> int:
    """Let a lesson change the rules from this quarter on; the lesson and who said it are the source
    of the change, whose id comes back. See `amendments.make` for refusals and `seen`."""
    row = session.get(Lesson, lesson_id)
    quarter = session.get_one(Quarter, quarter_id)
    if row is None or row.organisation_id != quarter.organisation_id:
        raise Refused("This lesson is not there any more.")
    learned = quarters.label(session.get_one(Quarter, row.quarter_id))
    ground = Ground(f"a lesson of {learned}", row.text, row.who)
    made = amendments.make(session, quarter_id, change, ground, seen=seen, on=on)
    came_of_it = update(Lesson).where(Lesson.id == lesson_id).values(amendment_id=made.id)
    session.execute(came_of_it)  # not what was learned, which a closed quarter holds
    return made.id


def listed(session: Session, organisation_id: int) -> list[Kept]:
    """All lessons, the newest first."""
    rows = session.execute(
        select(Lesson, Quarter, AmendmentRow.withdrawn_at)
        .join(Quarter, Quarter.id == Lesson.quarter_id)
        .outerjoin(AmendmentRow, AmendmentRow.id == Lesson.amendment_id)
        .where(Lesson.organisation_id == organisation_id)
        .order_by(Quarter.starts_on.desc(), Lesson.id.desc())
    )
    return [
        Kept(
            id=row.id,
            version=row.version,
            quarter_id=row.quarter_id,
            quarter=quarters.label(quarter),
            said=_said(row),
            title=about_title(row.touches, row.about),
            made_at=row.made_at,
            amendment_id=(row.amendment_id or 0) if withdrawn is None else 0,
            experiment_id=row.experiment_id or 0,
        )
        for row, quarter, withdrawn in rows
    ]


def choices(touches: str) -> Mapping[str, str]:
    """What a lesson can be about, of what it touches: id → title."""
    pack = rulebook.pack()
    if touches == "rule":
        return {rule.id: rule.title for rule in pack.rules}
    if touches == "parameter":
        return {name: value.title for name, value in pack.parameters.items()}
    return rulebook.titles(_CATALOGUES[touches]) if touches in _CATALOGUES else {}


def about_title(touches: str, about: str) -> str:
    """What a lesson is about, in words; what it touches if it names nothing."""
    word = TOUCHES.get(touches, "Something")
    return choices(touches).get(about, f"{word} that is not there any more") if about else word


def _checked(said: Said) -> Said:
    text = said.text.strip()
    if not text:
        raise Refused("Say in a sentence what you learned.")
    if len(text) > LONGEST:
        raise Refused("Please shorten your lesson a little.")
    if said.verdict not in VERDICTS:
        raise Refused("Say what follows: keep, change or stop.")
    if said.loop not in LOOPS:
        raise Refused("Say whether you do it better, or question what you want.")
    if said.touches not in TOUCHES:
        raise Refused("Say what it touches.")
    if said.about and said.about not in choices(said.touches):
        raise Refused("What it is about is not known any more. Choose another.")
    return replace(said, text=text, who=said.who.strip())


def _said(row: Lesson) -> Said:
    return Said(row.text, row.verdict, row.loop, row.touches, row.about, row.who)
