"""The parts of an organisation: teams, shops, departments. Small ones need none."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import rulebook, units
from services.units import Kept, Part
from ui import editing, rescue
from ui.acts import act
from ui.text import plain

NEW = "part_new"
EMPTY: editing.Values = {"name": "", "function": None}


def section(organisation_id: int) -> None:
    """All parts, each to be changed or taken away, and a form for one more."""
    with reading() as session:
        rows = units.listed(session, organisation_id)
    st.markdown("A small organisation needs none. Larger ones begin with one part and grow.")
    rescue.shown("part", "part", lambda typed, _: _words(typed))
    for row in rows:
        who = "nobody yet" if not row.people else f"{row.people} taking part"
        with st.expander(f"{plain(row.said.name)} · {who}"):
            _change(row)
    with st.expander("Add a part", icon=":material/add:"):
        editing.fill(NEW, EMPTY)
        said = _fields(NEW)
        if st.button("Add this part", key="part_add", type="primary"):
            with editing.saving(NEW), writing() as session:
                units.add(session, organisation_id, said)


def _change(row: Kept) -> None:
    form = f"part_{row.id}"
    kept = {"name": row.said.name, "function": row.said.function}
    seen = editing.fill(form, kept, row.version)
    editing.conflict(form, _words)
    said = _fields(form)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_save"):
            with editing.saving(form, seen), writing() as session:
                units.update(session, row.id, said, version=seen)
        with st.popover("Take it away"):
            st.markdown("The people of this part stay. They then belong to no part in particular.")
            st.button("Take it away now", key=f"{form}_remove", on_click=_remove, args=(row.id,))


def _fields(form: str) -> Part:
    left, right = st.columns(2, gap="medium")
    name = left.text_input("Name", key=f"{form}_name")
    functions = rulebook.titles("functions")
    function = right.selectbox(
        "What does it do?",
        list(functions),
        index=None,
        format_func=functions.__getitem__,
        placeholder="Choose one",
        key=f"{form}_function",
    )
    return Part(name or "", function or "")


def _words(theirs: editing.Values) -> list[str]:
    function = str(theirs["function"] or "")
    return [", ".join(filter(None, (str(theirs["name"]), rulebook.title("functions", function))))]


@act
def _remove(unit_id: int) -> None:
    with writing() as session:
        units.remove(session, unit_id)
    editing.clear(f"part_{unit_id}")
