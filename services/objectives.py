"""What we want: up to three objectives, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.objectives import Objective
from models.organisation import Quarter
from rules.advice import Scored
from services import rulebook
from services.advice import AdviceView
from services.refusals import Changed, Refused

MOST = 3
"""As many as an order of first, second and third can hold."""
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said about an objective: why it is wanted, the number that shows it (`lead_kpi`), the
    one that must not get worse (`guard_kpi`), the one that shows whether we learn, the range in
    which each is good, and when to look again.
    `numbers_unknown` is a full answer: nothing waits for a number."""

    why: str = ""
    lead_kpi: str = ""
    guard_kpi: str = ""
    target_low: float | None = None
    target_high: float | None = None
    target_unit: str = ""
    check_on: date | None = None
    numbers_unknown: bool = False
    guard_low: float | None = None
    guard_high: float | None = None
    learning_kpi: str = ""
    learning_low: float | None = None
    learning_high: float | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """An objective as kept: where it lies, at which version, its place 1-3, what it says, and by
    what calendars know it."""

    id: int
    version: int
    name: str
    position: int
    wish: Wish
    uid: str


def state(session: Session, organisation_id: int, quarter_id: int, name: str) -> Objective:
    """Want one more; stating it again changes nothing. Refused if there are three already."""
    if name not in rulebook.pack().catalogues["objectives"]:
        raise Refused("Choose what you want from the list.")
    rows = _rows(session, quarter_id)
    for row in rows:
        if row.catalogue_id == name:
            return row
    if len(rows) >= MOST:
        raise Refused("Three are enough for a quarter. Drop one before you add another.")
    added = Objective(
        organisation_id=organisation_id,
        quarter_id=quarter_id,
        catalogue_id=name,
        position=len(rows) + 1,
    )
    session.add(added)
    session.flush()
    return added


def restate(session: Session, objective_id: int, wish: Wish, *, version: int) -> Objective:
    """Say more about an objective read at `version`; raises Changed if it is newer, or gone."""
    row = session.get(Objective, objective_id)
    if row is None:
        raise Changed(None)
    if row.version != version:
        raise Changed(asdict(wish_of(row)), row.version)
    said = _checked(wish)
    if said.check_on and said.check_on < session.get_one(Quarter, row.quarter_id).starts_on:
        raise Refused("Choose a day to look again that lies in this quarter or after it.")
    for name, value in asdict(said).items():
        setattr(row, name, value)
    session.flush()
    return row


def reorder(session: Session, quarter_id: int, names: Sequence[str]) -> None:
    """Put the objectives in this order; those not named follow in the order they had."""
    rows = sorted(
        _rows(session, quarter_id),
        key=lambda row: names.index(row.catalogue_id) if row.catalogue_id in names else MOST,
    )
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
    session.flush()


def drop(session: Session, objective_id: int) -> None:
    """Want it no longer; those behind move up. Dropping twice changes nothing."""
    row = session.get(Objective, objective_id)
    if row is None:
        return
    session.delete(row)
    session.flush()
    reorder(session, row.quarter_id, [])


def listed(session: Session, quarter_id: int) -> list[Stated]:
    """What is wanted this quarter, first things first."""
    return [
        Stated(row.id, row.version, row.catalogue_id, row.position, wish_of(row), row.uid)
        for row in _rows(session, quarter_id)
    ]


def suggested(view: AdviceView) -> list[Scored]:
    """What the rules would want, as far as it is not wanted already."""
    wanted = {str(fact.values["name"]) for fact in view.facts if fact.kind == "objective"}
    return [one for one in view.recommended("objective") if one.target[1] not in wanted]


def _rows(session: Session, quarter_id: int) -> list[Objective]:
    return list(
        session.scalars(
            select(Objective)
            .where(Objective.quarter_id == quarter_id)
            .order_by(Objective.position, Objective.id)
        )
    )


def wish_of(row: Objective) -> Wish:
    """What a row says."""
    return Wish(**{one.name: getattr(row, one.name) for one in fields(Wish)})


def _checked(wish: Wish) -> Wish:
    kpis = rulebook.pack().catalogues["kpis"]
    chosen = list(filter(None, (wish.lead_kpi, wish.guard_kpi, wish.learning_kpi)))
    if not kpis.keys() >= set(chosen):
        raise Refused("Choose the number from the list.")
    if wish.lead_kpi and wish.lead_kpi == wish.guard_kpi:
        raise Refused("The number that must not get worse has to be another one.")
    if len(set(chosen)) < len(chosen):
        raise Refused("Choose three different numbers.")
    if len(wish.why) > LONGEST or len(wish.target_unit) > 40:
        raise Refused("Please shorten what you wrote a little.")
    for low, high in (
        (wish.target_low, wish.target_high),
        (wish.guard_low, wish.guard_high),
        (wish.learning_low, wish.learning_high),
    ):
        if low is not None and high is not None and low > high:
            raise Refused("The lower end of the target lies above its upper end.")
    return replace(wish, why=wish.why.strip(), target_unit=" ".join(wish.target_unit.split()))
