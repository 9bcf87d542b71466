"""Office hours: how long somebody waited while there was somebody to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rules.pack import Pack
from services import limits

Moment = tuple[date, int]
"""A day and a minute of it (0-1439), on the clock on the wall."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """From and to which minute of the day, on the first so many `days` of the week."""

    begins: int
    ends: int
    days: int

    @property
    def day(self) -> int:
        """Minutes of one office day."""
        return max(0, self.ends - self.begins)

    @property
    def words(self) -> str:
        """`Monday to Friday, 9:00 to 17:00`."""
        to = f" to {DAYS[self.days - 1]}" if self.days > 1 else ""
        return f"{DAYS[0]}{to}, {clock(self.begins)} to {clock(self.ends)}"

    def open_on(self, day: date) -> bool:
        """Whether it is an office day; public holidays are not known."""
        return day.weekday() < self.days

    def between(self, first: Moment, last: Moment) -> int:
        """Office minutes from one moment to a later one; 0 if nobody was there in between."""
        (day, since), (end, until) = first, last
        if day == end:
            return self._on(day, since, until)
        whole = sum(self.open_on(day + timedelta(days=ago)) for ago in range(1, (end - day).days))
        return self._on(day, since, 24 * 60) + whole * self.day + self._on(end, 0, until)

    def next_day(self, day: date) -> date:
        """The first office day after a day."""
        day += timedelta(days=1)
        while not self.open_on(day):
            day += timedelta(days=1)
        return day

    def _on(self, day: date, since: int, until: int) -> int:
        if not self.open_on(day):
            return 0
        return max(0, min(until, self.ends) - max(since, self.begins))


def of(pack: Pack) -> OfficeHours | None:
    """Those that a pack sets, or an organisation has changed; None if there are none."""
    found = [limits.figure(pack, name) for name in ("office_begins", "office_ends", "office_days")]
    begins, ends, days = found
    if begins is None or ends is None or days is None or ends <= begins:
        return None
    return OfficeHours(round(begins * 60), round(ends * 60), max(1, min(7, round(days))))


def clock(minute: int) -> str:
    """`9:05`."""
    return f"{minute // 60}:{minute % 60:02d}"
