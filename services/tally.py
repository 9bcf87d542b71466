"""The tally sheet: marks of four weeks become the first numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services import measuring, reading_dates
from services.kpis import Kpi, kpi
from services.measuring import Said
from services.refusals import Refused

WEEKS = 4
SOURCE = "tally sheet"


@dataclass(frozen=True, slots=True)
class Marks:
    """One week of the sheet, by its Monday: how many marks, and out of how many (shares only);
    None where nobody counted, which is not 0."""

    monday: date
    marks: int | None
    of: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is said of this week."""
        return self.marks is None and self.of is None


def weeks(today: date, count: int = WEEKS) -> list[date]:
    """The Mondays of the last weeks that are over, oldest first."""
    return reading_dates.over(today, "week", count)[::-1]


def ahead(today: date, count: int = WEEKS) -> list[date]:
    """The Mondays of the weeks that a sheet printed today is for: from today, if it is one, else
    from the next. When they are over, they are those that `weeks` asks for."""
    first = today + timedelta(days=-today.weekday() % 7)
    return [first + timedelta(weeks=number) for number in range(count)]


def said(name: str, sheet: Sequence[Marks], channel: str = "") -> list[Said]:
    """The weeks that somebody counted, as values. What is marked by hand is never more honest than
    a sample. Refused if the number cannot be told by marks, or nothing was counted."""
    of = kpi(name)
    if not of.tallied:
        raise Refused(f"“{of.title}” cannot be counted with marks. Type its values instead.")
    found = [
        Said(
            of.id,
            "week",
            week.monday,
            _value(of, week),
            source=SOURCE,
            sample_size=week.of if of.rate else None,
            visibility=measuring.worse(of.visibility, "sampled"),
            channel=channel,
            way="tally",
        )
        for week in sheet
        if not week.empty
    ]
    if not found:
        raise Refused("Nothing is counted yet. Write down the marks of at least one week.")
    return found


def _value(of: Kpi, week: Marks) -> float:
    label, marks = reading_dates.label(week.monday, "week"), week.marks
    if marks is None:
        raise Refused(f"How many marks? The {label} says only out of how many.")
    if not of.rate:
        return float(marks)
    if not week.of:
        raise Refused(f"Out of how many? The {label} does not say.")
    if marks > week.of:
        raise Refused(f"In the {label} there are more marks than there could be.")
    return round(100 * marks / week.of, 6)
