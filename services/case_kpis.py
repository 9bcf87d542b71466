"""What messages tell: how fast, how many answered, how many solved, how satisfied people were.

Each number says of how many it is, and what it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import fmean, median

from services import signals
from services.cases import Said
from services.office_hours import OfficeHours

TENTH = 10
"""Answers from which on the slowest tenth is told."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the catalogue, counted here; `value` None: nothing is known.

    `of`: of how many, and `what` one of them is; `low` and `high`: between which values the true
    one probably lies (shares of few); `needs`: of how many it has to be before it says something
    (0: any); `notes`: what is not known and how it is counted, in sentences; `definition`: what
    stands beside it when it is kept."""

    kpi: str
    value: float | None
    of: int
    what: str
    low: float | None = None
    high: float | None = None
    needs: int = 0
    notes: tuple[str, ...] = ()
    definition: str = ""

    @property
    def says(self) -> bool:
        """Whether the value may stand for something."""
        return self.value is not None and self.of >= self.needs


def counted(
    cases: Sequence[Said], until: date, office: OfficeHours, ratings: int
) -> tuple[Counted, ...]:
    """The four numbers of messages, as seen at the end of a day. A mean needs so many `ratings`."""
    return (
        _first_response(cases, office),
        _answered(cases, until, office),
        _solved(cases),
        _satisfied(cases, ratings),
    )


def minutes(said: Said, office: OfficeHours) -> int | None:
    """Office minutes until the first answer; None unless both times are known."""
    if said.replied_on is None or said.received_minute is None or said.replied_minute is None:
        return None
    first = (said.received_on, said.received_minute)
    return office.between(first, (said.replied_on, said.replied_minute))


def within_a_day(said: Said, until: date, office: OfficeHours) -> bool | None:
    """Whether it was answered within one office day, as seen at the end of a day; None if that
    cannot be told (yet)."""
    waited = minutes(said, office)
    if waited is not None:
        return waited <= office.day
    late = office.next_day(said.received_on)
    if said.replied_on:
        return True if said.replied_on == said.received_on else _later(said.replied_on, late)
    return False if said.answered is False and until > late else None


def slowest(waited: Sequence[int]) -> float | None:
    """So many minutes nine of ten do not exceed (the nearest rank); None under ten."""
    return sorted(waited)[ceil(0.9 * len(waited)) - 1] if len(waited) >= TENTH else None


def _later(replied_on: date, late: date) -> bool | None:
    """Answered on the next office day: within a day or not, as the time was, which is unknown."""
    return False if replied_on > late else None


def _first_response(cases: Sequence[Said], office: OfficeHours) -> Counted:
    waited = [found for one in cases if (found := minutes(one, office)) is not None]
    timeless = sum(one.answered is True for one in cases) - len(waited)
    notes = [f"Counted in office hours: {office.words}; public holidays are not known."]
    tenth = slowest(waited)
    if tenth is not None:
        notes.append(f"Nine of ten got their first answer within {hours(tenth)} office hours.")
    elif waited:
        notes.append(f"The slowest tenth shows from {TENTH} on.")
    if timeless:
        notes.append(f"Answered, but nobody knows at what time: {timeless}; they are left out.")
    return Counted(
        "first_response_time",
        round(median(waited) / 60, 2) if waited else None,
        len(waited),
        "message",
        notes=tuple(notes),
        definition=f"office hours: {office.words}",
    )


def _answered(cases: Sequence[Said], until: date, office: OfficeHours) -> Counted:
    needed = [one for one in cases if one.needs_answer is True]
    fresh = [one for one in needed if one.answered is False and _fresh(one, until, office)]
    told = [one for one in needed if one.answered is not None and one not in fresh]
    unknown = {
        "Still within their first office day, so not counted yet": len(fresh),
        "Whether they were answered is not known": sum(one.answered is None for one in needed),
        "Whether they needed an answer is not known": sum(
            one.needs_answer is None for one in cases
        ),
    }
    return _share("response_rate", [one.answered is True for one in told], unknown)


def _fresh(said: Said, until: date, office: OfficeHours) -> bool:
    return office.next_day(said.received_on) >= until


def _solved(cases: Sequence[Said]) -> Counted:
    told = [one.solved for one in cases if one.solved is not None]
    unknown = {"Whether they were solved there is not known": len(cases) - len(told)}
    return _share("solved_in_channel", told, unknown)


def _satisfied(cases: Sequence[Said], needs: int) -> Counted:
    ratings = [one.rating for one in cases if one.rating is not None]
    notes = [f"A mean needs at least {needs} ratings."] if len(ratings) < needs else []
    if len(ratings) < len(cases):
        notes.append(
            f"{len(ratings)} of {len(cases)} were rated; who gives no rating may see it otherwise."
        )
    value = round(fmean(ratings), 2) if ratings else None
    return Counted(
        "service_satisfaction", value, len(ratings), "rating", needs=needs, notes=tuple(notes)
    )


def _share(kpi: str, told: Sequence[bool], unknown: dict[str, int]) -> Counted:
    """A share in per cent, with its interval if it is of few."""
    notes = tuple(f"{words}: {count}." for words, count in unknown.items() if count)
    if not told:
        return Counted(kpi, None, 0, "message", notes=notes)
    share = sum(told) / len(told)
    low, high = (None, None)
    if len(told) < signals.FEW:
        low, high = (round(100 * end, 1) for end in signals.wilson(share, len(told)))
    return Counted(kpi, round(100 * share, 1), len(told), "message", low, high, notes=notes)


def hours(minutes: float) -> str:
    """Minutes as hours, in figures: `1.5`."""
    return f"{round(minutes / 60, 1):g}"


def share_within_a_day(
    cases: Iterable[Said], until: date, office: OfficeHours
) -> tuple[float, int]:
    """Of the messages that need an answer, the share that got one within an office day (0-1), and
    of how many that is; (0, 0) if nothing is known."""
    needed = [one for one in cases if one.needs_answer is True]
    told = [seen for one in needed if (seen := within_a_day(one, until, office)) is not None]
    return (round(sum(told) / len(told), 6) if told else 0.0), len(told)
