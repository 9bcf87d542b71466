"""What everybody reads before the review meeting, on two pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from charts.theme import level_word
from charts.xmr import HOW_TO_READ
from documents import preread_pictures, sheet, stream
from documents.letters import fit
from documents.sheet import Block, Column, Heading, Pictures, Sheet, Table, Words
from services import number_words
from services.gaps import Gaps
from services.looking_back import Old
from services.preread import Preread, Signal
from services.showing import EVERYONE, LEADERS, STAFF, Score
from services.weeks import Person

MOST_DRAWN = 4
"""Signals that are drawn; the others are told."""
ROOM_OLD, ROOM_SIGNALS, ROOM_PEOPLE, ROOM_GAPS = 16, 3, 8, 6
"""Lines on paper."""
_RESTS = {
    "owned": "your own data",
    "sampled": "a source or a sample",
    "estimated": "estimates",
    "unknown": "nothing that anybody knows",
}
_STATES = {"done": "done", "doing": "begun", "open": "not begun", "stuck": "stuck",
           "not_done": "not done"}  # fmt: skip


def told(read: Preread) -> Sheet:
    """The two pages: what was promised and what moved; how we work, what nobody knows, hours."""
    return Sheet(
        title="Before the review",
        under=(
            fit(f"{read.organisation} · {read.quarter}", sheet.CELL),
            f"Two pages to read before the meeting, as of {sheet.long(read.on)}. They recommend "
            "nothing; you decide.",
        ),
        whose=fit(read.organisation, sheet.CELL),
        on=read.on,
        pages=(
            (*_old(read), *_signals(read)),
            (*_factors(read), *_gaps(read.gaps), *_hours(read)),
        ),
    )


def _old(read: Preread) -> Iterator[Block]:
    yield Heading("What we decided and expected, and what came of it")
    yield sheet.table(
        [
            Column("What", 3),
            Column("Expected", 4),
            Column("To be seen by", 1.6),
            Column("What came", 3),
        ],
        map(_row, read.old),
        ROOM_OLD if len(read.signals) > 2 else 2 * ROOM_OLD,
        "Nothing was decided or expected before that could be looked at now.",
    )
    counted = Counter(one.standing.state for one in read.promises)
    if counted:
        parts = ", ".join(f"{counted[s]} {word}" for s, word in _STATES.items() if counted[s])
        many = "One promise" if len(read.promises) == 1 else f"{len(read.promises)} promises"
        yield Words(f"{many} in the plan of this quarter: {parts}.")


def _row(one: Old) -> tuple[str, str, str, str]:
    by = f"{one.by.day} {one.by:%b %Y}" if one.by else ""
    return one.what, one.expected, by, f"{one.words}: {one.why}" if one.why else one.words


def _signals(read: Preread) -> Iterator[Block]:
    yield Heading("Signals: what is more than the usual up and down")
    quiet = read.measured - len(read.signals)
    if not read.signals:
        yield sheet.words(_no_signal(read.measured), "quiet")
        return
    yield preread_pictures.numbers(read.signals[:MOST_DRAWN])
    yield Words(HOW_TO_READ, "quiet")
    others = read.signals[MOST_DRAWN:]
    if others:
        yield sheet.lines(map(_signal, others), ROOM_SIGNALS, "")
    if quiet:
        many = "One other number is" if quiet == 1 else f"{quiet} other numbers are"
        yield Words(f"{many} without a signal, and not shown.", "quiet")


def _no_signal(measured: int) -> str:
    if not measured:
        return "No number has a value yet. Four weeks of marks on a tally sheet are a beginning."
    many = "The one number" if measured == 1 else f"None of {measured} numbers"
    left = "that is measured shows no signal" if measured == 1 else "shows a signal"
    return f"{many} {left}: nothing is more than the usual up and down. Leave them alone today."


def _signal(one: Signal) -> str:
    where = f" ({one.where})" if one.where else ""
    found = one.found
    return f"{found.kpi.title}{where}: {number_words.newest(found)}. {number_words.says(found)}"


def _factors(read: Preread) -> Iterator[Block]:
    yield Heading("How we work, from 0 to 4")
    if not read.eight.known and not read.scores:
        few = "too few answered to show anything" if read.gaps.hidden else "nobody has answered yet"
        yield Words(f"There are no scores: {few}.", "quiet")
        return
    yield Pictures((stream.picture(read.eight, preread_pictures.WIDE, 340),))
    groups = [one for one in (LEADERS, STAFF) if any(one in said for said in read.scores.values())]
    was = [Column(f"In {read.eight.then}", 1.3)] if read.eight.then else []
    columns = [
        Column("Factor", 2.4), Column("Middle answer", 1.7), *was, Column("Half of all lie", 1.2),
        Column("Lowest", 1), Column("Evidence", 1), *(Column(one, 1) for one in groups),
    ]  # fmt: skip
    rows = [
        (one.name, *_cells(read, one.factor), *(_level(read, one.factor, who) for who in groups))
        for one in read.eight.stations
    ]
    yield Table(tuple(columns), tuple(rows), whole=True)


def _cells(read: Preread, factor: str) -> Iterator[str]:
    one = read.scores.get(factor, {}).get(EVERYONE)
    yield f"{one.level:g}, {level_word(one.level)}" if one else "not known yet"
    if read.eight.then:
        level = dict(read.eight.before).get(factor)
        yield "not known" if level is None else f"{level:g}"
    yield f"{one.low:g} to {one.high:g}" if one else ""
    yield str(one.lowest) if one else ""
    yield f"{one.evidence:.0%}" if one else ""


def _level(read: Preread, factor: str, group: str) -> str:
    one: Score | None = read.scores.get(factor, {}).get(group)
    return f"{one.level:g}" if one else "too few"


def _gaps(gaps: Gaps) -> Iterator[Block]:
    yield Heading("What we do not know")
    said = [f"Not answered yet: {one}" for one in gaps.questions]
    said += [f"No value yet for “{one}”." for one in gaps.without]
    if gaps.hidden:
        said.append("People answered how we work, but too few of them to show it.")
    yield sheet.lines(said, ROOM_GAPS, "No open question would change the advice now.")
    kinds = [
        f"{count} {number_words.HONEST[kind][0].lower()}"
        for kind, count in (gaps.numbers or {}).items()
    ]
    if kinds:
        yield Words(f"Our numbers, by how honest they are: {', '.join(kinds)}.")
    rests = gaps.advice or {}
    parts = [f"{rests[kind]} on {word}" for kind, word in _RESTS.items() if rests.get(kind)]
    if parts:
        yield Words(f"The advice of today rests {', '.join(parts)}.")


def _hours(read: Preread) -> Iterator[Block]:
    yield Heading("What it costs: hours a week")
    yield sheet.table(
        [Column("Who", 4), Column("Planned", 1, number=True), Column("Given", 1, number=True)],
        map(_person, read.hours),
        ROOM_PEOPLE,
        "Nobody has given or planned hours yet.",
    )
    planned = sum(one.planned for one in read.hours)
    known = [one.given for one in read.hours if one.given is not None]
    if read.hours:
        given = f"{sum(known):g} h are given" if known else "nobody said how many are given"
        once = sum(one.said.hours_setup for one in read.promises if one.in_hand)
        more = f" Beginnings take {once:g} h once." if once else ""
        yield Words(f"Together {planned:g} h a week are planned, {given}.{more}")


def _person(one: Person) -> tuple[str, str, str]:
    given = "not said" if one.given is None else f"{one.given:g} h"
    return one.name or "Nobody yet", f"{one.planned:g} h", given
