"""A scenario on one A4 page: what changes, five questions a board asks, points and hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from charts.wording import HAPPENS, NOT_KNOWN, number
from charts.wording import hours as in_hours
from documents import paper
from documents.letters import on_paper

TEMPLATE = Path(__file__).parent / "what_if.typ"
MOST_LINES, MOST_CHANGES = 6, 14
"""More never fit; the page itself finds out how many do, and says how many it leaves out."""
TITLE, NAME, LINE, SUMMARY = 120, 60, 200, 300


@dataclass(frozen=True, slots=True)
class Stop:
    """Something that stops, and who is owed an answer there ('' : not said)."""

    what: str
    owed: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """When something wanted first shows and when it is reached, in words ("in 6 to 12 weeks")."""

    wanted: str
    signal: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Change:
    """Points of a target before and after (None: no rule spoke), what becomes of it (a key of
    `wording.HAPPENS`) and the sentence that decides."""

    what: str
    before: float | None
    after: float | None
    state: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week that a plan takes, and those that may be planned (None: nobody said)."""

    promised: float
    activities: float
    channels: float
    limit: float | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A scenario as it is printed. `begins`: from when on ("from next quarter"); `against`: what it
    is compared with; `moves`: what is changed, a sentence each; `owed`: who else is owed an answer;
    `hours`: who has the hours; `wrong`: what would prove it wrong; `changes`: the most important
    first; `standing`: what has been decided of it."""

    organisation: str
    name: str
    author: str
    on: date
    begins: str
    against: str
    summary: str
    moves: Sequence[str]
    starts: Sequence[str]
    stops: Sequence[Stop]
    hours: Sequence[str]
    dates: Sequence[Dates]
    wrong: Sequence[str]
    changes: Sequence[Change]
    before: Hours
    after: Hours
    standing: str = "Not decided yet."
    owed: Sequence[str] = ()


def pdf(one: WhatIf) -> bytes:
    """The page as PDF: the same scenario gives the same bytes everywhere."""
    return paper.pdf(TEMPLATE, content(one), one.on)


def content(one: WhatIf) -> dict[str, object]:
    """Everything on the page, as text that is ready to be set."""
    author = f" by {on_paper(one.author, NAME)}" if one.author.strip() else ""
    made = f"Tried out{author} on {one.on.day} {one.on:%B %Y}."
    return {
        "organisation": on_paper(one.organisation, TITLE),
        "name": on_paper(one.name, TITLE) or "without a name",
        "begins": on_paper(f"{one.begins}, compared with {one.against}", TITLE),
        "made": f"{made} {on_paper(one.standing, TITLE)}",
        "summary": on_paper(one.summary, SUMMARY),
        "moves": _lines("What is changed", one.moves, "Nothing is changed."),
        "most": MOST_LINES,
        "questions": _questions(one),
        "changes": [_change(change) for change in one.changes[:MOST_CHANGES]],
        "all_changes": len(one.changes),
        "hours": _hours(one.before, one.after),
    }


def _questions(one: WhatIf) -> list[dict[str, object]]:
    """The five questions of a board, each with its answer or with what is known of none."""
    stops = [
        f"{stop.what}: an answer is owed to {stop.owed}" if stop.owed else stop.what
        for stop in one.stops
    ]
    stops += one.owed
    dates = [f"{d.wanted}: first signal {d.signal}, outcome {d.outcome}" for d in one.dates]
    return [
        _lines("1. What starts?", one.starts, "Nothing new starts."),
        _lines(
            "2. What stops? Who is owed an answer?", stops,
            "Nothing stops, and nobody is owed an answer.",
        ),
        _lines("3. Who has the hours?", one.hours, "Nobody is named yet."),
        _lines("4. When do we see something?", dates, "No dates are known yet."),
        _lines(
            "5. What would prove us wrong?", one.wrong,
            "Nothing is written down yet. Agree on it before you begin.",
        ),
    ]  # fmt: skip


def _lines(title: str, lines: Sequence[str], nothing: str) -> dict[str, object]:
    shown = [on_paper(line, LINE) for line in lines[:MOST_LINES]]
    return {"title": title, "lines": shown, "all": len(lines), "nothing": nothing}


def _change(one: Change) -> dict[str, object]:
    return {
        "what": on_paper(one.what, NAME),
        "before": _points(one.before),
        "after": _points(one.after),
        "happens": HAPPENS[one.state],
        "marked": one.state in ("enters", "leaves"),
        "rule": on_paper(one.rule, TITLE),
    }


def _points(points: float | None) -> str:
    return NOT_KNOWN if points is None else number(points)


def _hours(before: Hours, after: Hours) -> list[dict[str, str]]:
    """A row a part, what they take together, and what may be planned."""
    rows = {
        "Promised work": [one.promised for one in (before, after)],
        "Activities": [one.activities for one in (before, after)],
        "Channels": [one.channels for one in (before, after)],
        "Together": [one.promised + one.activities + one.channels for one in (before, after)],
    }
    limits = ["not said" if one.limit is None else in_hours(one.limit) for one in (before, after)]
    told = {what: [in_hours(value) for value in pair] for what, pair in rows.items()}
    told["May be planned"] = limits
    return [{"what": what, "before": pair[0], "after": pair[1]} for what, pair in told.items()]
