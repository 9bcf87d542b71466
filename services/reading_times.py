"""Times of the day as people and programs write them: `9:15`, `09:15:30`, `9.15 Uhr`, `2:05 pm`."""

from __future__ import annotations

import re
from datetime import date

from services import reading_dates
from services.reading_numbers import EMPTY
from services.refusals import Refused

_ALONE = re.compile(
    r"^(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?(?:\.\d+)?\s*(am|pm|uhr|h)?$", re.IGNORECASE
)
_BEHIND = re.compile(
    r"(?<=\d)[T\s,]+(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)


def minute(text: str) -> int | None:
    """The minute of the day (0-1439); None if it says that nothing is known. Refused for what is no
    time."""
    said = " ".join(text.split())
    if said.lower() in EMPTY:
        return None
    found = _ALONE.match(said) if len(said) <= reading_dates.LONGEST else None
    if not found or not (found[2] or found[3]):
        raise Refused(f"“{_short(said)}” is no time of the day, such as 9:15.")
    return _minute(found[1], found[2] or "0", found[3] or "", said)


def moment(text: str, day_first: bool | None = None) -> tuple[date, int | None]:
    """A day and the minute of it, None if only the day is written. Refused, with what is wrong, for
    anything else, and for a time that is not that of the clock on the wall."""
    said = " ".join(text.split()).strip("'\"")[: reading_dates.LONGEST]
    on = reading_dates.day(said, day_first)
    found = _BEHIND.search(said)
    if not found:
        return on, None
    if found[4]:
        raise Refused(
            f"“{_short(said)}” names a time zone. Write the time as the clock on the wall has it."
        )
    return on, _minute(found[1], found[2], found[3] or "", said)


def _minute(hours: str, minutes: str, half: str, said: str) -> int:
    hour, after = int(hours), int(minutes)
    noon = half.lower() in ("am", "pm")
    if after > 59 or hour > (12 if noon else 23) or (noon and hour == 0):
        raise Refused(f"“{_short(said)}” is no time of the day, such as 9:15.")
    if noon:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return 60 * hour + after


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
