"""A table of numbers: pasted or from a file, looked at with what was read, then kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from models.database import reading, writing
from services import kpis, measuring, number_words, reading_columns, reading_dates, reading_tables
from services.kpis import Kpi
from services.measuring import Compared, Said, Way
from services.reading_columns import Fault, Mapping, Read
from services.reading_tables import Sheet
from services.refusals import Refused
from ui import unread
from ui.text import plain

ROUND, DONE = "table_round", "table_done"
"""In the session: the number of the table, so that the next one begins empty; what was kept."""
SHOWN = 12
_NONE = -1


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the values go: the organisation, which number, of which channel, and how they come."""

    organisation_id: int
    of: Kpi
    channel: str
    way: Way


def section(organisation_id: int, of: Kpi, channel: str, today: date, *, pasted: bool) -> None:
    """From the table to what is kept; nothing is kept before it was shown."""
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done))
    key = f"table_{st.session_state.get(ROUND, 0)}"
    try:
        text = _text(key, pasted=pasted)
        if not text.strip():
            return
        table = reading_tables.sheet(text)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    how = _mapped(key, table)
    found = reading_columns.read(table, how, of)
    asked: set[str] = set()
    while found.asks and found.asks not in asked:
        asked.add(found.asks)
        how = _answered(how, found.asks, _question(key, found, of))
        found = reading_columns.read(table, how, of)
    if found.asks:
        st.info("Answer the question above; then you see what was read.")
        return
    _read(key, Aim(organisation_id, of, channel, "pasted" if pasted else "file"), how, found, today)


def _text(key: str, *, pasted: bool) -> str:
    if pasted:
        return st.text_area(
            "Copy the cells from your sheet and paste them here",
            key=f"{key}_text",
            height=160,
            placeholder="Month\tValue\nOctober 2026\t12,5",
        )
    file = st.file_uploader(
        "A file of separated values", type=["csv", "tsv", "txt"], key=f"{key}_file"
    )
    return reading_tables.decoded(file.getvalue()) if file else ""


def _mapped(key: str, table: Sheet) -> Mapping:
    """Which column says what; guessed first, then as people say."""
    guess = reading_columns.guessed(table)
    names = [plain(name) for name in table.columns]
    places = list(range(len(names)))
    when_at, number_at, of_at, period_at = st.columns(4, gap="small", vertical_alignment="bottom")
    when = when_at.selectbox(
        "When?", places, index=guess.when, format_func=names.__getitem__, key=f"{key}_when"
    )
    number = number_at.selectbox(
        "The number", places, index=guess.number, format_func=names.__getitem__, key=f"{key}_number"
    )
    of = of_at.selectbox(
        "Out of how many?",
        [_NONE, *places],
        index=0 if guess.of is None else guess.of + 1,
        format_func=lambda at: "Not in the table" if at == _NONE else names[at],
        key=f"{key}_of",
    )
    period = period_at.selectbox(
        "Read as",
        ["month", "week"],
        index=0 if guess.period == "month" else 1,
        format_func=lambda one: f"{one}s",
        key=f"{key}_period",
    )
    return Mapping(
        when, number, None if of == _NONE else of, "week" if period == "week" else "month"
    )


def _answered(how: Mapping, asks: str, answer: str | None) -> Mapping:
    """The mapping with one more answer; as it was as long as nothing is chosen."""
    if answer is None:
        return how
    match asks:
        case "decimals":
            return replace(how, mark="," if answer == "Comma" else ".")
        case "days":
            return replace(how, day_first=answer == "The day")
        case "parts":
            return replace(how, parts=answer.startswith("Parts"))
        case _:
            return replace(how, together="sum" if answer == "Add them up" else "middle")


def _question(key: str, found: Read, of: Kpi) -> str | None:
    """One question with its possible answers; what was chosen, None as long as nothing is."""
    asks, shown = str(found.asks), f" (“{plain(found.example)}”)" if found.example else ""
    words: dict[str, tuple[str, list[str]]] = {
        "decimals": (f"What marks the decimals?{shown}", ["Comma", "Point"]),
        "days": (f"What stands first in the dates?{shown}", ["The day", "The month"]),
        "parts": (
            f"How are the shares written?{shown}",
            ["Per cent (8.4)", "Parts of one (0.084)"],
        ),
        "twice": (
            f"Several rows are of one period{shown}. What then?",
            [*(["Add them up"] if of.counted else []), "Take their middle"],
        ),
    }
    label, options = words[asks]
    return st.radio(label, options, index=None, horizontal=True, key=f"{key}_ask_{asks}")


def _read(key: str, aim: Aim, how: Mapping, found: Read, today: date) -> None:
    """What was read and what was not, and the button that keeps it."""
    source = st.text_input("Where does this table come from?", key=f"{key}_source")
    said, faults = _fitting(aim, how, found, source or "", today)
    unreadable = [*found.faults, *faults]
    unread.faults(unreadable, "cell")
    if found.unknown:
        rows = ", ".join(map(str, found.unknown[:SHOWN]))
        more = " and more" if len(found.unknown) > SHOWN else ""
        st.caption(f"Without a number, so unknown and not 0: row {rows}{more}.")
    if not said:
        st.warning("No row could be read. Look at the columns above, or write the table anew.")
        return
    with reading() as session:
        beside = measuring.compare(session, aim.organisation_id, said)
    _preview(aim.of, said, beside)
    instead = False
    if beside.other:
        instead = st.checkbox(
            f"Something else is kept for {len(beside.other)} of them. Put the new ones in their "
            "place.",
            key=f"{key}_instead",
        )
    count = len(beside.new) + (len(beside.other) if instead else 0)
    if not count:
        st.info("All of this is kept already. There is nothing to add.")
        return
    words = "Keep 1 value" if count == 1 else f"Keep {count} values"
    if st.button(words, key=f"{key}_keep", type="primary"):
        try:
            with writing() as session:
                measuring.take_in(session, aim.organisation_id, said, today=today, instead=instead)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
            return
        _done(aim, count, whole=not unreadable)
        st.rerun()


def _done(aim: Aim, count: int, *, whole: bool) -> None:
    """What was kept, said in the next run; a table that was not read as a `whole` stays."""
    kept = "1 value" if count == 1 else f"{count} values"
    rest = "" if whole else " What was not read is still shown below."
    are = "is" if count == 1 else "are"
    st.session_state[DONE] = f"{kept} of “{aim.of.title}” {are} kept.{rest}"
    if whole:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _fitting(
    aim: Aim, how: Mapping, found: Read, source: str, today: date
) -> tuple[list[Said], list[Fault]]:
    said: list[Said] = []
    faults: list[Fault] = []
    for one in found.values:
        value = Said(
            aim.of.id,
            how.period,
            one.starts_on,
            one.value,
            source=source,
            sample_size=one.of,
            channel=aim.channel,
            way=aim.way,
        )
        try:
            said.append(measuring.fitting(value, today))
        except Refused as refusal:
            faults.append(Fault(one.row, "", str(refusal)))
    return said, faults


def _preview(of: Kpi, said: Sequence[Said], beside: Compared) -> None:
    """The values as they were understood, beside what is kept."""
    kept = {one.key: old for old, one in beside.other}
    same = {one.key for one in beside.same}
    rows = []
    for one in said:
        of_many = f" (out of {one.sample_size})" if one.sample_size else ""
        now = "the same" if one.key in same else "nothing yet"
        if one.key in kept:
            now = kpis.said(of, kept[one.key].said.value, one.period)
        label = reading_dates.label(one.starts_on, one.period)
        rows.append((label, kpis.said(of, one.value, one.period) + of_many, now))
    honest = number_words.HONEST[said[0].visibility][0]
    st.markdown(f"**This was read** ({honest.lower()}):")
    table = pd.DataFrame(rows, columns=["When", "Value", "Kept so far"])
    st.table(table.head(SHOWN), hide_index=True, border="horizontal")
    if len(rows) > SHOWN:
        st.caption(f"… and {len(rows) - SHOWN} more, up to {rows[-1][0]}: {rows[-1][1]}.")
