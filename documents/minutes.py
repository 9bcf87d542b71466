"""What a review meeting said and decided, on one page for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from documents import sheet, stream
from documents.letters import fit
from documents.sheet import Block, Column, Heading, Pictures, Sheet, Table, Words
from services.eight import Eight
from services.minutes import Decided, Minutes

ROOM = 110
"""Letters of a cell of a decision; all decisions are there, whatever has to give way."""
WIDE, HIGH = 600, 260
"""Pixels of the picture."""
ROOM_CHECKED, ROOM_NOTES, ROOM_PARKED = 6, 7, 3
"""Lines on paper."""
NAMED, NAME = 3, 80
"""So much of what nobody looked at is called by its name, in so many letters."""


def told(minutes: Minutes, eight: Eight) -> Sheet:
    """The page: what was decided, by whom and how we will know; where we stand; what was said."""
    return Sheet(
        title="What we decided",
        under=(
            fit(f"{minutes.organisation} · review of {minutes.quarter}", sheet.CELL),
            fit(_held(minutes), sheet.LINE),
        ),
        whose=fit(minutes.organisation, sheet.CELL),
        on=minutes.held_on,
        pages=(
            (
                *_decided(minutes),
                *_checked(minutes),
                *_stood(eight),
                *_said(minutes),
                *_end(minutes),
            ),
        ),
    )


def _held(minutes: Minutes) -> str:
    took = f", {minutes.minutes_spent} minutes" if minutes.minutes_spent else ""
    there = f" There: {_several(minutes.present)}." if minutes.present else ""
    return f"Held on {sheet.long(minutes.held_on)}{took}.{there}"


def _decided(minutes: Minutes) -> Iterator[Block]:
    if not minutes.decided:
        yield Words("Nothing is decided so far.", "strong")
    else:
        yield Table(
            (Column("What", 4), Column("Who", 2), Column("By", 1.4),
             Column("What should come of it", 3.4), Column("We check on", 1.4)),
            tuple(tuple(fit(cell, ROOM) for cell in _row(one)) for one in minutes.decided),
            whole=True,
        )  # fmt: skip
    if not any(one.is_stop for one in minutes.decided) and minutes.no_stop_because:
        yield sheet.words(f"Nothing stops, because: {minutes.no_stop_because}")


def _row(one: Decided) -> tuple[str, ...]:
    what = f"Stop: {one.what}" if one.is_stop else one.what
    return (
        what,
        fit(one.who, 60) or "Who?",
        _day(one.due_on),
        one.effect or "not said",
        _day(one.check_on),
    )


def _checked(minutes: Minutes) -> Iterator[Block]:
    yield Heading("What came of what we expected")
    if minutes.checked or not minutes.unsaid:
        yield sheet.table(
            [Column("What", 4), Column("What came", 1.4), Column("Why", 4)],
            minutes.checked, ROOM_CHECKED, "Nothing was due to be looked at.",
        )  # fmt: skip
    if minutes.unsaid:
        yield sheet.words(_unsaid(minutes.unsaid))


def _unsaid(due: Sequence[str]) -> str:
    """How many were due and not looked at, and the first of them by name."""
    what = "one thing that was due" if len(due) == 1 else f"{len(due)} things that were due"
    named = "; ".join(fit(one, NAME) for one in due[:NAMED])
    left = sheet.more(len(due) - NAMED) if len(due) > NAMED else ""
    return f"Nobody has said yet what came of {what}: {'; '.join(filter(None, (named, left)))}."


def _stood(eight: Eight) -> Iterator[Block]:
    yield Heading("Where we stand")
    if eight.known:
        yield Pictures((stream.picture(eight, WIDE, HIGH, beside=True),))
    else:
        yield Words("Too little is known yet of how we work to draw it.", "quiet")


def _said(minutes: Minutes) -> Iterator[Block]:
    yield Heading("What was said")
    notes = [
        f"{step}: {text} ({who})" if who else f"{step}: {text}" for step, text, who in minutes.notes
    ]
    yield sheet.lines(notes, ROOM_NOTES, "Nothing was written down.")
    if minutes.parked:
        yield Heading("Parked, for another day")
        yield sheet.lines(minutes.parked, ROOM_PARKED, "")


def _end(minutes: Minutes) -> Iterator[Block]:
    yield Heading("The one failure that we share, so that others need not repeat it")
    nothing = "None was named in this meeting."
    yield sheet.words(minutes.failure, "strong") if minutes.failure else Words(nothing, "quiet")
    if minutes.score is not None:
        people = "one person" if minutes.scores == 1 else f"{minutes.scores} people"
        wishes = f" To change next time: {_several(minutes.changes)}." if minutes.changes else ""
        yield sheet.words(f"How useful was the meeting? {minutes.score:.1f} of 5, by {people}."
                          f"{wishes}", "quiet")  # fmt: skip
    yield Words("Names are as people typed them; nobody checked them.", "quiet")


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no day"


def _several(words: Sequence[str]) -> str:
    return "; ".join(words) if any("," in one for one in words) else ", ".join(words)
