"""A pasted table as messages with their first reply; every cell that is not read is named.

What is empty is unknown. A row with a cell that cannot be read is not kept, and says which.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from services import cases, reading_dates, reading_numbers, reading_times, rulebook
from services.cases import Said
from services.reading_columns import Fault
from services.reading_numbers import EMPTY
from services.reading_tables import Sheet, is_date
from services.refusals import Refused

FIELDS = {
    "received": "Received",
    "received_time": "Its time, if apart",
    "channel": "Where",
    "subject": "About what",
    "needs_answer": "Needed an answer",
    "answered": "Answered",
    "replied": "First answer",
    "replied_time": "Time of the answer, if apart",
    "closed": "Closed",
    "solved": "Solved there",
    "rating": "Rating",
    "person": "Whose care",
}
"""What a column may say."""

_NAMES = {
    "received": "received date created opened eingang eingegangen datum erhalten",
    "received_time": "time uhrzeit zeit received-time",
    "channel": "channel where platform source kanal plattform wo",
    "subject": "subject about topic title betreff thema anliegen",
    "needs_answer": "needs needed needs-answer needs-an-answer needed-an-answer antwort-nötig",
    "answered": "answered beantwortet",
    "replied": "reply replied first-reply first-response first-answer antwort erste-antwort",
    "replied_time": "reply-time first-reply-time antwort-zeit antwortzeit",
    "closed": "closed resolved-on geschlossen erledigt abgeschlossen",
    "solved": "solved solved-there resolved gelöst",
    "rating": "rating csat satisfied stars score bewertung sterne note",
    "person": "person agent owner care whose-care wer zuständig bearbeiter",
}
_TIME = re.compile(r"\d{1,2}:\d{2}")
_YES = {"yes", "y", "true", "1", "x", "✓", "ja", "j", "wahr"}
_NO = {"no", "n", "false", "0", "nein", "falsch"}

Columns = Mapping[str, int]
"""Which column says what: one of FIELDS → its place."""


@dataclass(frozen=True, slots=True)
class How:
    """How a table is to be read: its columns, the ids of those who take part by their names, and
    whether the day stands first where that is not clear (None: nobody said)."""

    columns: Columns
    people: Mapping[str, int]
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, each with the number of its row; the cells that were refused; `asks`: a date
    of which nobody can say whether the day stands first, "" if there is none."""

    said: tuple[tuple[int, Said], ...] = ()
    faults: tuple[Fault, ...] = ()
    asks: str = ""


def guessed(table: Sheet) -> dict[str, int]:
    """Which column most likely says what, by its name; if no name tells when messages were
    received, the first column with dates does."""
    found: dict[str, int] = {}
    for at, name in enumerate(table.columns):
        said = _spoken(name)
        for field, names in _NAMES.items():
            if field not in found and said in (*names.split(), _spoken(FIELDS[field])):
                found[field] = at
                break
    if "received" not in found:
        taken = set(found.values())
        dated = [at for at in range(len(table.columns)) if at not in taken and _dated(table, at)]
        found |= dict(zip(("received", "replied"), dated, strict=False))
    return found


def _spoken(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").replace("?", "").replace(",", "").split())


def read(session: Session, organisation_id: int, table: Sheet, how: How, *, today: date) -> Read:
    """The messages of a table, read as `how` says."""
    if "received" not in how.columns:
        return Read(faults=(Fault(table.first, "", "Say which column tells the day."),))
    try:
        order = how.day_first
        if order is None:
            order = reading_dates.day_first(_dates(table, how.columns))
    except Refused as refusal:
        column = table.columns[how.columns["received"]]
        return Read(faults=(Fault(table.first, column, str(refusal)),))
    found: list[tuple[int, Said]] = []
    faults: list[Fault] = []
    for at, row in enumerate(table.rows, start=table.first):
        if not any(row):
            continue
        cells = _Cells(table, row, replace(how, day_first=order))
        try:
            said = _message(cells)
            found.append((at, cases.fitting(session, organisation_id, said, today)))
        except reading_dates.Ambiguous:
            return Read(asks=cells.shown)
        except Refused as refusal:
            faults.append(Fault(at, cells.column, str(refusal)))
    return Read(tuple(found), tuple(faults))


class _Cells:
    """The cells of one row by what they say; remembers which one was read last."""

    def __init__(self, table: Sheet, row: Sequence[str], how: How) -> None:
        self._table, self._row, self._columns = table, row, how.columns
        self.day_first, self.people = how.day_first, how.people
        self.column = self.shown = ""

    def __getitem__(self, field: str) -> str:
        """What a cell says; "" if there is none, or it says that nothing is known."""
        if field not in self._columns:
            return ""
        self.shown = self._row[self._columns[field]]
        self.column = self._table.columns[self._columns[field]]
        return "" if self.shown.strip().lower() in EMPTY else self.shown


def _message(cells: _Cells) -> Said:
    received_on, received = _moment(cells, "received")
    if received_on is None:
        raise Refused("There is no day on which it was received.")
    replied_on, replied = _moment(cells, "replied", alone_on=received_on)
    closed_on, _ = _moment(cells, "closed")
    said = Said(
        received_on,
        received,
        needs_answer=_yes_or_no(cells["needs_answer"]),
        answered=_yes_or_no(cells["answered"]),
        replied_on=replied_on,
        replied_minute=replied,
        closed_on=closed_on,
        solved=_yes_or_no(cells["solved"]),
        rating=_rating(cells["rating"]),
        person_id=_person(cells),
    )
    channel, elsewhere = _where(cells["channel"])
    said = replace(said, channel=channel, elsewhere=elsewhere, subject=cells["subject"])
    cells.column = ""  # what does not fit together is in no single cell
    return said


def _moment(
    cells: _Cells, field: str, alone_on: date | None = None
) -> tuple[date | None, int | None]:
    """A day and its minute; `alone_on` is the day of a time that stands alone."""
    written = cells[field]
    if not written:
        return None, None
    if alone_on and _TIME.fullmatch(written.strip()):
        return alone_on, reading_times.minute(written)
    on, minute = reading_times.moment(written, cells.day_first)
    alone = cells[f"{field}_time"]
    return on, reading_times.minute(alone) if alone else minute


def _yes_or_no(written: str) -> bool | None:
    said = written.strip().casefold()
    if said in _YES or said in _NO:
        return said in _YES
    if said:
        raise Refused(f"“{said[:40]}” is neither yes nor no.")
    return None


def _rating(written: str) -> int | None:
    value = reading_numbers.number(written) if written else None
    if value is not None and not (value == int(value) and 1 <= value <= 5):
        raise Refused(f"“{written[:40]}” is no rating: that is a whole number from 1 to 5.")
    return None if value is None else int(value)


def _person(cells: _Cells) -> int | None:
    name = " ".join(cells["person"].split())
    for one, number in cells.people.items() if name else ():
        if one.casefold() == name.casefold():
            return number
    if name:
        raise Refused(f"Nobody called “{name[:40]}” takes part.")
    return None


def _where(written: str) -> tuple[str, str]:
    """A channel of the catalogue by its title, or the words themselves."""
    said = " ".join(written.split())
    for name, title in rulebook.titles("channels").items():
        if said.casefold() in (title.casefold(), name, name.replace("_", " ")):
            return name, ""
    return "", said


def _dated(table: Sheet, at: int) -> bool:
    seen = [row[at] for row in table.rows[:20] if row[at]]
    return bool(seen) and 2 * sum(map(is_date, seen)) > len(seen)


def _dates(table: Sheet, columns: Columns) -> list[str]:
    dated = [columns[name] for name in ("received", "replied", "closed") if name in columns]
    return [row[at] for at in dated for row in table.rows]
