"""Promises in one's own words: one that no advice stands behind, and any that is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial

import streamlit as st

from models.database import reading, writing
from services import people, plan
from services.plan import Kept, Said
from services.refusals import Changed, Refused
from ui import editing, frame, links, rescue
from ui.text import plain

CHANGING = "promise_changing"
"""In the session: the promise whose form is open."""

FIELDS = ("title", "owner_id", "hours_week", "hours_setup", "due_on")
AGREED = ("hours_week", "hours_setup", "due_on")
"""What can be changed about advice that was taken; who does it is agreed on its own page."""


def add(today: date) -> None:
    """A promise of one's own: what, who, how many hours, until when."""
    place = frame.current()
    form = f"own_promise_{place.quarter_id}"
    editing.fill(form, asdict(Said("")))
    open_now = editing.touched(form)
    with st.expander("Add a promise of your own", icon=":material/add:", expanded=open_now):
        st.markdown("Something that no advice stands behind, and that somebody does all the same.")
        _fields(form, FIELDS, place.organisation_id)
        if st.button("Add it to the plan", key=f"{form}_add", type="primary"):
            said = _said(form, Said(""))
            with editing.saving(form), writing() as session:
                plan.add(session, place.organisation_id, place.quarter_id, said, today)


def begin(one: Kept) -> None:
    """Open the form of a promise."""
    st.session_state[CHANGING] = one.id


def change(one: Kept) -> None:
    """The form of a promise that is being changed; who comes second sees both versions."""
    form, own = f"change_{one.id}", one.activity == plan.OWN
    fields = FIELDS if own else AGREED
    told = {"title", *fields}  # if it is taken away meanwhile, one still knows what it was
    kept = {name: value for name, value in asdict(one.said).items() if name in told}
    seen = editing.fill(form, kept, one.version)
    organisation_id = frame.current().organisation_id
    editing.conflict(form, partial(_told, fields))
    if refused := st.session_state.pop(f"{form}_refused", ""):
        st.warning(plain(refused))
    _fields(form, fields, organisation_id, one)
    if not own:
        links.page_link("ownership", "Agree on who does it")
    with st.container(horizontal=True, gap="small"):
        save = st.button("Keep", key=f"{form}_save", type="primary")
        st.button("Never mind", key=f"{form}_close", on_click=_close, args=(form,))
        if own:
            st.button(
                "Take it out of the plan", key=f"{form}_away", on_click=_away, args=(one, form)
            )
    if save:
        said = _said(form, one.said)
        with editing.saving(form, seen, partial(_close, form)), writing() as session:
            plan.change(session, one.id, said, version=seen)


def rescued() -> None:
    """What was typed about a promise that somebody else took away meanwhile."""
    organisation_id = frame.current().organisation_id

    def words(typed: editing.Values, _more: str) -> list[str]:
        if "owner_id" not in typed:
            return [str(typed["title"]), *_told(AGREED, typed)]
        with reading() as session:
            everybody = people.listed(session, organisation_id)
        owner = [one.said.name for one in everybody if one.id == typed["owner_id"]]
        return _told(FIELDS, {**typed, "owner": "".join(owner)})

    rescue.shown("change", "promise", words)


def _fields(
    form: str, fields: Sequence[str], organisation_id: int, one: Kept | None = None
) -> None:
    if "title" in fields:
        st.text_input("What is promised?", key=f"{form}_title")
        _owner(form, organisation_id, one)
    week, once, until = st.columns(3)
    # No upper limit here: the field would drop what is beyond it without a word; `plan` says why.
    for column, label, field in (
        (week, "Hours a week", "hours_week"),
        (once, "Hours once", "hours_setup"),
    ):
        column.number_input(label, 0.0, step=0.25, format="%g", key=f"{form}_{field}")
    until.date_input("Until when?", value=None, key=f"{form}_due_on", format="DD/MM/YYYY")


def _owner(form: str, organisation_id: int, one: Kept | None) -> None:
    with reading() as session:
        names = {row.id: row.said.name for row in people.listed(session, organisation_id)}
    if one is not None and one.said.owner_id is not None:
        names.setdefault(one.said.owner_id, one.owner)
    key = f"{form}_owner_id"
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    st.selectbox(
        "Who answers for it?",
        list(names),
        index=None,
        format_func=lambda number: names[number],
        key=key,
        placeholder="Nobody yet",
    )


def _said(form: str, before: Said) -> Said:
    keys = {name: f"{form}_{name}" for name in FIELDS}
    held = {name: st.session_state[key] for name, key in keys.items() if key in st.session_state}
    return replace(before, **held)


def _told(fields: Sequence[str], theirs: Mapping[str, object]) -> list[str]:
    """A promise as the other one left it, in lines."""
    due = theirs.get("due_on")
    until = f"{due.day} {due:%B %Y}" if isinstance(due, date) else "no date"
    lines = [f"{theirs['hours_week']:g} h a week, {theirs['hours_setup']:g} h once, {until}"]
    if "title" in fields:
        lines.insert(0, f"{theirs['title']} ({theirs['owner'] or 'nobody yet'})")
    return lines


def _close(form: str) -> None:
    editing.clear(form)
    st.session_state.pop(CHANGING, None)


def _away(one: Kept, form: str) -> None:
    try:
        with writing() as session:
            plan.take_away(session, one.id, version=one.version)
    except (Refused, Changed) as said:
        st.session_state[f"{form}_refused"] = str(said)
    else:
        _close(form)
        st.toast(f"Taken out of the plan: {plain(one.said.title)}", icon=":material/check:")
