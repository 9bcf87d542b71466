"""Several organisations beside each other: going to another one, and taking one away."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import organisations
from services.refusals import Refused
from ui import editing, frame, links
from ui.text import plain

REFUSED = "remove_refused"


def section(organisation_id: int) -> None:
    """The others, the way to a new one, and the end of this one."""
    with reading() as session:
        others = [
            (row.name, row.is_example)
            for row in organisations.listed(session)
            if row.id != organisation_id
        ]
    st.markdown("Each organisation has its own people, answers, rules and plan.")
    for name, is_example in others:
        with st.container(horizontal=True, vertical_alignment="center"):
            made_up = " · a made-up example" if is_example else ""
            st.markdown(f"{plain(name)}{made_up}", width="stretch")
            st.button("Go there", key=f"go_{name}", on_click=frame.enter, args=(name,))
    links.page_link("begin", "Add another organisation")
    with st.expander("Take this organisation away", icon=":material/delete:"):
        _removing(organisation_id)


def _removing(organisation_id: int) -> None:
    with reading() as session:
        row = organisations.get(session, organisation_id)
        name = row.name if row else ""
        holds = organisations.holds(session, organisation_id)
    what = ", ".join(f"{word} ({count})" for word, count in holds.items())
    st.markdown(
        f"Everything goes with **{plain(name)}**: {what}, and all advice and decisions. "
        "It cannot be undone. Save a backup first."
    )
    links.page_link("data")
    typed = st.text_input("Type the name to take it away", key=f"remove_{organisation_id}")
    st.button(
        "Take it away for good",
        key="remove",
        disabled=not typed.strip(),
        on_click=_remove,
        args=(organisation_id, typed),
    )
    if refusal := st.session_state.pop(REFUSED, ""):
        st.warning(plain(refusal))


def _remove(organisation_id: int, typed: str) -> None:
    try:
        with writing() as session:
            organisations.remove_named(session, organisation_id, typed)
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
    else:
        editing.clear(f"profile_{organisation_id}")
