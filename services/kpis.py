"""The numbers of the catalogue as results need them: unit, direction, and what they can be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from rules.pack import Entry
from services import rulebook
from services.reading_dates import Period
from services.refusals import Refused

Visibility = Literal["owned", "sampled", "estimated", "invisible"]
VISIBILITIES: tuple[Visibility, ...] = ("owned", "sampled", "estimated", "invisible")
"""How honest data is, the best first."""

_COUNTED = {
    "people a month", "views", "contacts a month", "applications", "a quarter", "readers", "gifts",
    "enquiries", "posts", "people",
}  # fmt: skip
_OUT_OF_FIVE = {"stars", "1 to 5"}


@dataclass(frozen=True, slots=True)
class Kpi:
    """A number: what it is called and counted in, what it is divided by ("" for nothing), what it
    `measures` that others report too, whether more or less of it is better (`hold`: neither), where
    it lies in the chain from input to impact, how honest its data is, and between which values it
    can lie (None: anywhere).

    `rate`: in per cent; `counted`: whole things, of which several can be added up."""

    id: str
    title: str
    unit: str
    denominator: str
    measures: str
    direction: str
    level: str
    visibility: Visibility
    formula: str
    where_from: str
    caveat: str
    rate: bool
    counted: bool
    low: float | None
    high: float | None

    @property
    def tallied(self) -> bool:
        """Whether marks on a sheet of paper can tell it."""
        return self.rate or self.counted


@cache
def every() -> dict[str, Kpi]:
    """All numbers of the pack as it was delivered, by id."""
    return {name: _kpi(entry) for name, entry in rulebook.pack().catalogues["kpis"].items()}


def kpi(name: str) -> Kpi:
    """One number. Refused if the pack does not know it."""
    found = every().get(name)
    if found is None:
        raise Refused("Choose the number from the list.")
    return found


def checked(of: Kpi, value: float) -> float:
    """The value, refused if the number can never be that."""
    if of.low is not None and value < of.low:
        raise Refused(f"{value:g} is less than “{of.title}” can be ({of.low:g}).")
    if of.high is not None and value > of.high:
        raise Refused(f"{value:g} is more than “{of.title}” can be ({of.high:g}).")
    return value


def unit_of(of: Kpi, period: Period) -> str:
    """What the value of a month or week is counted in; "" where there is no word for it."""
    unit = of.unit.removesuffix("a quarter")
    return unit.removesuffix(" a month") if period == "week" else unit


def said(of: Kpi, value: float, period: Period = "month") -> str:
    """A value with its unit: `12.5 %`, `7 contacts a month`, `4.3 stars`; of a week, without “a
    month”."""
    unit = unit_of(of, period)
    figure = f"{round(value, 2):,.10g}".replace(",", "\u202f").replace("-", "−")
    if of.rate:
        return f"{figure} %{unit.removeprefix('percent')}"
    if of.unit == "1 to 5":
        return f"{figure} of 5"
    return figure if unit in ("money", "") else f"{figure} {unit}"


def _kpi(entry: Entry) -> Kpi:
    told = {name: str(value) for name, value in entry.values.items()}
    unit = told["unit"]
    rate = unit.startswith("percent")
    low, high = (0.0, 100.0) if rate else (1.0, 5.0) if unit in _OUT_OF_FIVE else (0.0, None)
    return Kpi(
        id=entry.id,
        title=entry.title,
        unit=unit,
        denominator=told.get("denominator", ""),
        measures=told.get("measures", ""),
        direction=told["direction"],
        level=told["level"],
        visibility=next(one for one in VISIBILITIES if one == told["visibility"]),
        formula=told["formula"],
        where_from=told["where_from"],
        caveat=told["caveat"],
        rate=rate,
        counted=unit in _COUNTED,
        low=None if unit == "points" else low,
        high=high,
    )
