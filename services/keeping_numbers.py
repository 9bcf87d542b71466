"""A number that was counted here becomes one of *Our numbers*, if people want to keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from services import kpis, measuring, reading_dates
from services.case_kpis import Counted
from services.measuring import Kept, Said
from services.refusals import Refused

SOURCE = "this tool"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a month would get, and what is kept for it already; `same`: nothing would change."""

    said: Said
    kept: Kept | None

    @property
    def same(self) -> bool:
        """Whether exactly this is kept."""
        return self.kept is not None and self.kept.said == self.said


def beside(session: Session, organisation_id: int, counted: Counted, month: date) -> Beside:
    """A counted number beside what is kept for a month. Refused if it says nothing."""
    if counted.value is None or not counted.says:
        raise Refused("There is too little yet for a number that says something.")
    said = Said(
        counted.kpi,
        "month",
        month,
        counted.value,
        source=SOURCE,
        sample_size=None if kpis.kpi(counted.kpi).counted else counted.of or None,
        visibility="owned",
        definition=counted.definition,
    )
    return Beside(said, measuring.at(session, organisation_id, said.key))


def keep(session: Session, organisation_id: int, said: Said, *, today: date, seen: int) -> None:
    """Keep it as this month's number; see `measuring.record` for what is refused."""
    measuring.record(session, organisation_id, said, today=today, seen=seen)


def over(month: date, today: date) -> bool:
    """Whether a month is over, so that its number can be kept."""
    return reading_dates.ends(month, "month") < today
