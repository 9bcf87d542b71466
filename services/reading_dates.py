"""Months and weeks as people and programs write them, in English and German.

`2026-05`, `2026-05-14`, `14.05.2026`, `Mai 2026`, `May 3, 2026`, `2026-W20`, `KW 20 2026`. A day
stands for its month or week. What can be read in two ways (`05/06/2026`) is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from services.refusals import Refused

Period = Literal["month", "week"]

LONGEST = 60
"""Letters of a cell that may hold a date."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner", "february feb februar", "march mar märz maerz mär mrz",
            "april apr", "may mai", "june jun juni", "july jul juli", "august aug",
            "september sep sept", "october oct oktober okt", "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_DAYS = re.compile(
    r"^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+", re.IGNORECASE
)
_TIME = re.compile(
    r"(?<=\d)[T\s,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]m|z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEK = (
    re.compile(r"^(\d{4})[-/ ]?\s*(?:w|kw)\s*(\d{1,2})$", re.IGNORECASE),
    re.compile(
        r"^(?:calendar week|kalenderwoche|week|woche|kw|w)\.?\s*(\d{1,2})[\s,/.-]+(\d{4})$",
        re.IGNORECASE,
    ),
    re.compile(r"^(\d{1,2})\.?\s*(?:kw|kalenderwoche|woche)[\s,/.-]+(\d{4})$", re.IGNORECASE),
)


class Ambiguous(Refused):
    """A day of which nobody can say which number is the month."""


def begins(text: str, period: Period, day_first: bool | None = None) -> date:
    """The first day of the month or week that is written. Refused, with what is wrong, for what is
    no date, has no year, or does not say which week; Ambiguous unless `day_first` is known."""
    said = _bare(text[:LONGEST])
    if not said:
        raise Refused("There is no date.")
    week = _week(said)
    if week:
        if period == "month":
            raise Refused(f"“{_short(text)}” is a week, but months are read here.")
        return week
    day, whole_month = _day(said, _short(text), day_first)
    if period == "month":
        return day.replace(day=1)
    if whole_month:
        raise Refused(f"“{_short(text)}” is a month, but weeks are read here.")
    return day - timedelta(days=day.weekday())


def day(text: str, day_first: bool | None = None) -> date:
    """The day that is written, whatever time stands behind it. Refused, with what is wrong, for
    what is no date, or a whole month or week; Ambiguous unless `day_first` is known."""
    said = _bare(text[:LONGEST])
    if not said:
        raise Refused("There is no date.")
    if _week(said):
        raise Refused(f"“{_short(text)}” is a week, but a day is needed.")
    found, whole_month = _day(said, _short(text), day_first)
    if whole_month:
        raise Refused(f"“{_short(text)}” is a month, but a day is needed.")
    return found


def ends(starts_on: date, period: Period) -> date:
    """The last day of a month or week."""
    if period == "week":
        return starts_on + timedelta(days=6)
    return (starts_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def label(starts_on: date, period: Period) -> str:
    """`May 2026`, or `week of 4 May 2026`."""
    if period == "month":
        return f"{starts_on:%B %Y}"
    return f"week of {starts_on.day} {starts_on:%B %Y}"


def over(today: date, period: Period, count: int) -> list[date]:
    """The first days of the last months or weeks that are over, newest first."""
    first = begins(today.isoformat(), period)
    found = []
    for _ in range(count):
        first = begins((first - timedelta(days=1)).isoformat(), period)
        found.append(first)
    return found


def day_first(texts: Iterable[str]) -> bool | None:
    """Whether days stand before months in a column with slashes, as far as one of its cells proves
    it. Refused if cells prove both."""
    found = {proof for text in texts if (proof := _order(_bare(text))) is not None}
    if len(found) == 2:
        raise Refused("In some dates the day stands first, in others the month.")
    return next(iter(found), None)


def period_of(texts: Iterable[str]) -> Period:
    """What a column most likely holds: weeks if any cell is written as one, else months."""
    return "week" if any(_WEEK_LIKE.search(text) for text in texts) else "month"


_WEEK_LIKE = re.compile(r"\b(?:kw|week|woche|kalenderwoche)\b|\d{4}-?w\d", re.IGNORECASE)


def _bare(text: str) -> str:
    said = " ".join(text.split()).strip("'\"")
    return _DAYS.sub("", _TIME.sub("", said))


def _order(said: str) -> bool | None:
    found = re.match(r"^(\d{1,2})/(\d{1,2})/\d{2,4}$", said)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    return True if first > 12 else False if second > 12 else None


def _week(said: str) -> date | None:
    for at, pattern in enumerate(_WEEK):
        if found := pattern.match(said):
            year, number = (found[1], found[2]) if at == 0 else (found[2], found[1])
            try:
                return date.fromisocalendar(int(year), int(number), 1)
            except ValueError:
                raise Refused(f"The year {year} has no week {number}.") from None
    return None


def _day(said: str, shown: str, first: bool | None) -> tuple[date, bool]:
    """The day, and whether only its month was written."""
    for reader in (_in_figures, _in_words):
        if parts := reader(said, first):
            year, month, day = parts
            try:
                return date(year if year > 99 else 2000 + year, month, day or 1), day == 0
            except ValueError:
                raise Refused(f"“{shown}” is no day of any calendar.") from None
    if re.match(r"^\d{1,2}/\d{1,2}/\d{2,4}$", said):
        raise Ambiguous(f"“{shown}” can be read in two ways. Say whether the day stands first.")
    if not re.search(r"\d{4}", said) and any(word in MONTHS for word in _words(said)):
        raise Refused(f"“{shown}” does not say the year.")
    raise Refused(f"“{shown}” is no date that can be read.")


def _in_figures(said: str, first: bool | None) -> tuple[int, int, int] | None:
    """`2026-05-14`, `2026/05`, `14.5.26`, `05.2026`, and `14/05/2026` if it is known which is
    which."""
    if found := re.match(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$", said):
        return int(found[1]), int(found[2]), int(found[3] or 0)
    if found := re.match(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$", said):
        return int(found[3]), int(found[2]), int(found[1])
    if found := re.match(r"^(\d{1,2})[./-](\d{4})$", said):
        return int(found[2]), int(found[1]), 0
    if found := re.match(r"^(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$", said):
        order = _order(said) if _order(said) is not None else first
        if order is not None:
            one, two = int(found[1]), int(found[2])
            return (int(found[3]), two, one) if order else (int(found[3]), one, two)
    return None


def _in_words(said: str, _first: bool | None) -> tuple[int, int, int] | None:
    """`May 2026`, `3 May 2026`, `3. Mai 2026`, `May 3, 2026`, `Mai 26`."""
    words = _words(said)
    months = [MONTHS[word] for word in words if word in MONTHS]
    figures = [word for word in words if word.isdigit()]
    if len(months) != 1 or len(words) != 1 + len(figures) or not 1 <= len(figures) <= 2:
        return None
    year = figures[-1]
    if len(figures) == 1 and len(year) not in (2, 4):
        return None
    if len(figures) == 1 and len(year) == 2 and words[0] == year:
        return None  # `12 May` has a day and no year
    if len(figures) == 1 and len(year) == 2 and int(year) < 20:
        return None  # `April 12` is a day, not a year
    return int(year), months[0], int(figures[0]) if len(figures) == 2 else 0


def _words(said: str) -> list[str]:
    return [word for word in re.split(r"[\s.,/-]+", said.lower()) if word]


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"
