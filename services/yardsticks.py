"""What others report, beside our own numbers: only where both are divided by the same thing."""

from __future__ import annotations

from dataclasses import dataclass

from rules.pack import Entry
from services import rulebook, signals
from services.kpis import Kpi


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody published: of what, how much in words, who was looked at, and who says so."""

    id: str
    title: str
    value: str
    population: str
    source: str
    denominator: str


def offered(of: Kpi) -> list[Reported]:
    """Whatever others report about the same thing, be it divided by the same or not."""
    if not of.measures:
        return []
    found = rulebook.pack().catalogues["benchmarks"].values()
    return [_reported(entry) for entry in found if entry.values.get("measures") == of.measures]


def against(of: Kpi, reported: Reported) -> str:
    """What others report, as a sentence. Raises OtherDenominator if it is divided by something
    else."""
    signals.comparable(of.denominator, reported.denominator)
    return f"{reported.title}: {reported.value} ({reported.population}; {reported.source})."


def _reported(entry: Entry) -> Reported:
    told = {name: str(value) for name, value in entry.values.items()}
    return Reported(
        entry.id,
        entry.title,
        told["value"],
        told["population"],
        told["source"],
        told["denominator"],
    )
