"""Whether numbers are known, as the rows of results tell it; read by `facts` alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.objectives import Objective
from models.organisation import Quarter
from services import rulebook, series, tally


def numbers(
    session: Session, quarter: Quarter, on: date, said: Mapping[str, object]
) -> dict[str, object]:
    """What is `said` about the numbers, and what the values up to a day tell: four weeks of the
    main number of an objective are numbers that are known, whatever was said before; and there are
    at least as many weeks with numbers as values were kept for."""
    leads = main_numbers(session, quarter.id)
    weeks = series.weeks(session, quarter.organisation_id, on, leads) if leads else 0
    told = dict(said)
    if weeks >= tally.WEEKS:
        told["known"] = True
    before = told.get("weeks")
    if weeks and not (isinstance(before, int | float) and before > weeks):
        told["weeks"] = weeks
    return told


def main_numbers(session: Session, quarter_id: int) -> set[str]:
    """The main number of each objective: the chosen one, else the usual one."""
    rows = session.execute(
        select(Objective.catalogue_id, Objective.lead_kpi).where(Objective.quarter_id == quarter_id)
    )
    known = rulebook.pack().catalogues["objectives"]
    return {
        chosen or str(known[name].values["lead_kpi"])
        for name, chosen in rows
        if chosen or name in known
    }
