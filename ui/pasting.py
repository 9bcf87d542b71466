"""A table of messages, pasted and looked at before it is kept; what was refused stays to be put
right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from models.database import reading, writing
from services import cases, reading_messages, reading_tables
from services.cases import Said
from services.reading_messages import FIELDS, How, Read
from services.reading_tables import Sheet
from services.refusals import Refused
from ui import unread
from ui.answering import PRIVATE, Around, told
from ui.text import label, plain

ROUND, DONE = "messages_round", "messages_done"
"""In the session: the number of the table, so that the next one begins empty; what was kept."""
SHOWN = 12
_NONE = -1


def section(around: Around) -> None:
    """From the table to what is kept; nothing is kept before it was shown."""
    if done := st.session_state.pop(DONE, ""):
        st.success(plain(done))
    key = f"messages_{st.session_state.get(ROUND, 0)}"
    opened = bool(st.session_state.get(f"{key}_text"))
    with st.expander("Paste a table of messages", icon=":material/content_paste:",
                     expanded=opened, key="messages_paste"):  # fmt: skip
        st.caption(PRIVATE)
        text = st.text_area(
            "Copy the cells from your sheet and paste them here",
            key=f"{key}_text",
            height=160,
            placeholder="Received\tWhere\tAbout what\tFirst answer\n"
            "3.11.2026 9:15\tInstagram\tOpening hours\t3.11.2026 10:40",
        )
        if not text.strip():
            st.caption(
                "A row is a message, a column says one thing about it. An empty cell is unknown."
            )
            return
        try:
            table = reading_tables.sheet(text)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
            return
        _looked_at(key, table, around)


def _looked_at(key: str, table: Sheet, around: Around) -> None:
    how = How(_columns(key, table), {name: number for number, name in around.people.items()})
    with reading() as session:
        found = reading_messages.read(
            session, around.organisation_id, table, how, today=around.today
        )
    if found.asks:
        first = st.radio(
            f"What stands first in the dates? (“{label(found.asks)}”)",
            ["The day", "The month"],
            index=None,
            horizontal=True,
            key=f"{key}_days",
        )
        if first is None:
            st.info("Answer the question above; then you see what was read.")
            return
        how = How(how.columns, how.people, first == "The day")
        with reading() as session:
            found = reading_messages.read(
                session, around.organisation_id, table, how, today=around.today
            )
    _read(key, found, around)


def _columns(key: str, table: Sheet) -> Mapping[str, int]:
    """Which column says what: guessed first, then as people say."""
    guess = reading_messages.guessed(table)
    names = {_NONE: "Not in the table", **{at: plain(n) for at, n in enumerate(table.columns)}}
    picked: dict[str, int] = {}
    fields = list(FIELDS.items())
    with st.expander("Which column says what?", expanded="received" not in guess, key=f"{key}_map"):
        for begins in range(0, len(fields), 4):
            columns = st.columns(4, gap="small", vertical_alignment="bottom")
            for column, (field, title) in zip(columns, fields[begins : begins + 4], strict=False):
                at = column.selectbox(
                    title,
                    list(names),
                    index=guess.get(field, _NONE) + 1,
                    format_func=names.__getitem__,
                    key=f"{key}_{field}",
                )
                if at != _NONE:
                    picked[field] = at
    unread = [names[at] for at in names if at != _NONE and at not in picked.values()]
    if unread:
        st.caption(f"Not read, as nobody said what it is: {', '.join(unread)}.")
    return picked


def _read(key: str, found: Read, around: Around) -> None:
    """What was read and what was not, and the button that keeps it."""
    unread.faults(found.faults, "row", "; put the cells right above, nothing is lost")
    said = [one for _, one in found.said]
    if not said:
        st.warning("No row could be read. Look at the columns above, or put the cells right.")
        return
    with reading() as session:
        beside = cases.compare(session, around.organisation_id, said)
    if beside.same:
        st.caption(f"Kept already, and not kept twice: {beside.same}.")
    if not beside.new:
        st.info("All that could be read is kept already. There is nothing to add.")
        return
    _preview(beside.new)
    count = len(beside.new)
    words = "Keep 1 message" if count == 1 else f"Keep {count} messages"
    if st.button(words, key=f"{key}_keep", type="primary"):
        try:
            with writing() as session:
                cases.take_in(session, around.organisation_id, said, today=around.today)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
            return
        rest = " What was not read still stands in the field." if found.faults else ""
        kept = "1 message is kept." if count == 1 else f"{count} messages are kept."
        st.session_state[DONE] = kept + rest
        if not found.faults:
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.rerun()


def _preview(said: Sequence[Said]) -> None:
    words = {None: "not known", True: "yes", False: "no"}
    rows = [
        {
            "Message": told(one),
            "Needed an answer": words[one.needs_answer],
            "Answered": words[one.answered],
            "Solved there": words[one.solved],
        }
        for one in said[:SHOWN]
    ]
    st.markdown("**This was read:**")
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    if len(said) > SHOWN:
        st.caption(f"… and {len(said) - SHOWN} more.")
