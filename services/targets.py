"""What the numbers of an objective should become: the one that shows it, the one that must not get
worse, and one that shows whether we learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from models.objectives import Objective
from models.organisation import Quarter
from services import objectives, rulebook
from services.kpis import Kpi, every, kpi
from services.objectives import Stated
from services.refusals import Changed

Role = Literal["lead", "guard", "learning"]
ROLES: tuple[Role, ...] = ("lead", "guard", "learning")


@dataclass(frozen=True, slots=True)
class Aim:
    """What is said about the three numbers: their ids ("" for the usual ones, or for no learning
    number), and the range in which each is good (None: no end)."""

    lead_kpi: str = ""
    target_low: float | None = None
    target_high: float | None = None
    guard_kpi: str = ""
    guard_low: float | None = None
    guard_high: float | None = None
    learning_kpi: str = ""
    learning_low: float | None = None
    learning_high: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A number of an objective and the range in which it is good; `unit` as people say it."""

    role: Role
    kpi: Kpi
    low: float | None
    high: float | None
    unit: str

    def where(self, value: float) -> Literal["below", "in", "above"] | None:
        """Where a value lies; None without a range."""
        if self.low is None and self.high is None:
            return None
        if self.low is not None and value < self.low:
            return "below"
        return "above" if self.high is not None and value > self.high else "in"


@dataclass(frozen=True, slots=True)
class Aimed:
    """An objective with its numbers, two or three of them."""

    stated: Stated
    targets: tuple[Target, ...]


def listed(session: Session, quarter_id: int) -> list[Aimed]:
    """The objectives of a quarter with their numbers, first things first."""
    return [Aimed(one, _targets(one)) for one in objectives.listed(session, quarter_id)]


def aim(session: Session, objective_id: int, said: Aim, *, version: int) -> Objective:
    """Say what the numbers should become, read at `version`; raises Changed with what stands there
    now, and Refused for what cannot be."""
    row = session.get(Objective, objective_id)
    if row is None:
        raise Changed(None)
    if row.version != version:
        raise Changed(asdict(aim_of(objectives.wish_of(row))), row.version)
    wish = replace(objectives.wish_of(row), **asdict(said))
    begins = session.get_one(Quarter, row.quarter_id).starts_on
    if wish.check_on and wish.check_on < begins:  # a day of an earlier quarter means nothing here
        wish = replace(wish, check_on=None)
    return objectives.restate(session, objective_id, wish, version=version)


def aim_of(wish: objectives.Wish) -> Aim:
    """What an objective says about its numbers."""
    return Aim(**{name: getattr(wish, name) for name in Aim.__dataclass_fields__})


def learning_numbers(objective: str) -> list[str]:
    """The numbers that show whether we learn, those of this objective first."""
    known = [name for name, one in every().items() if one.level == "learning"]
    return sorted(known, key=lambda name: objective not in _objectives(name))


def title(objective: str) -> str:
    """An objective as the catalogue calls it."""
    return rulebook.title("objectives", objective)


def choices(objective: str, role: Role) -> list[str]:
    """The numbers to choose from, the usual one and those of the objective first; what shows
    learning is chosen among the numbers that can."""
    if role == "learning":
        return learning_numbers(objective)
    near = [name for name in every() if objective in _objectives(name)]
    first = [usual(objective, role), *near, *every()]
    return [name for name in dict.fromkeys(first) if name in every()]


def usual(objective: str, role: Role) -> str:
    """The number that the catalogue proposes; "" for learning, which is chosen."""
    entry = rulebook.pack().catalogues["objectives"][objective]
    return str(entry.values.get(f"{role}_kpi", ""))


def _targets(one: Stated) -> tuple[Target, ...]:
    wish = one.wish
    lead, guard = (
        wish.lead_kpi or usual(one.name, "lead"),
        wish.guard_kpi or usual(one.name, "guard"),
    )
    found = [
        _target("lead", lead, wish.target_low, wish.target_high, wish.target_unit),
        _target("guard", guard, wish.guard_low, wish.guard_high),
        _target("learning", wish.learning_kpi, wish.learning_low, wish.learning_high),
    ]
    return tuple(target for target in found if target)


def _target(
    role: Role, name: str, low: float | None, high: float | None, unit: str = ""
) -> Target | None:
    """None if there is no such number, or a newer pack no longer knows it."""
    if name not in every():
        return None
    of = kpi(name)
    return Target(role, of, low, high, unit or of.unit)


def _objectives(name: str) -> Sequence[str]:
    listed = rulebook.pack().catalogues["kpis"][name].values.get("objectives")
    return [str(one) for one in listed] if isinstance(listed, list | tuple) else []
