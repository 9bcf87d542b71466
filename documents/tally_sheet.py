"""A sheet for four weeks of marks: beside the phone or the till, and then typed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents import paper
from documents.letters import on_paper
from documents.sheet import long
from services import tally
from services.kpis import Kpi, unit_of
from services.raised import raised

TEMPLATE = Path(__file__).parent / "tally_sheet.typ"
NAME, LINE = 120, 240


@dataclass(frozen=True, slots=True)
class TallySheet:
    """What is counted by hand from the next Monday on; numbers that marks cannot tell are named
    below the others."""

    organisation: str
    on: date
    numbers: tuple[Kpi, ...]


def pdf(one: TallySheet) -> bytes:
    """The sheet as PDF: the same sheet gives the same bytes everywhere."""
    return paper.pdf(TEMPLATE, content(one), one.on)


def content(one: TallySheet) -> dict[str, object]:
    """Everything on the sheet, as text that is ready to be set."""
    mondays = tally.ahead(one.on)
    return {
        "organisation": on_paper(one.organisation, NAME),
        "weeks": [_week(monday) for monday in mondays],
        "span": f"Four weeks from {long(mondays[0])}",
        "rows": [_row(of) for of in one.numbers if of.tallied],
        "typed": _typed([of.title for of in one.numbers if not of.tallied]),
    }


def _week(monday: date) -> str:
    return f"Week of {monday.day} {monday:%B}"


def _row(of: Kpi) -> dict[str, object]:
    """A number: one line of marks, for a share a second one for out of how many."""
    unit = unit_of(of, "week")
    whole = f"Out of how many ({of.denominator})" if of.denominator else "Out of how many"
    return {
        "title": on_paper(of.title, NAME),
        "how": on_paper(raised(of.formula), LINE),
        "marks": "Those that count" if of.rate else f"A mark for each{f': {unit}' if unit else ''}",
        "of": whole if of.rate else "",
    }


def _typed(titles: Sequence[str]) -> str:
    if not titles:
        return ""
    named = ", ".join(f"“{on_paper(title, NAME)}”" for title in titles)
    return f"Marks cannot tell {named}. Type what you know of them into the tool."
