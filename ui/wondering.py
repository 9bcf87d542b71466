"""The beginning of a what-if: one objective for another, from when on, beside which quarter; then
everything that is changed, in words, and whom nobody has described yet."""

from __future__ import annotations

import streamlit as st

from models.database import reading
from services import board_words, moves, scenarios, starters, tried, what_if
from services.tried import Tried
from ui import drafts, frame, links
from ui.drafts import Draft
from ui.frame import Place
from ui.text import plain

BEGINS = "what_if_begins"
"""In the session, as long as this page is shown."""


def replace(place: Place, trial: Tried) -> None:
    """“Replace sales by recruiting” is one act."""
    held = moves.wanted(trial.before, trial.moves)
    titles = {one.id: one.title for one in trial.before.pack.catalogues["objectives"].values()}
    with st.container(border=True):
        out, into, act = st.columns([2, 2, 1.2], vertical_alignment="bottom")
        old = out.selectbox(
            "Instead of",
            held,
            format_func=lambda name: titles.get(name, name),
            key="what_if_old",
        )
        new = into.selectbox(
            "we want",
            [name for name in titles if name not in held],
            index=None,
            format_func=titles.__getitem__,
            placeholder="Choose another objective",
            key="what_if_new",
        )
        act.button(
            "Try it",
            type="primary",
            icon=":material/science:",
            disabled=not (old and new),
            key="what_if_swap",
            on_click=_swap,
            args=(place, trial, old, new),
            width="stretch",
        )
        _from(place, drafts.current(place))


def _swap(place: Place, trial: Tried, old: str, new: str) -> None:
    drafts.swap(place, trial, old, new)
    st.session_state["what_if_new"] = None


def _from(place: Place, draft: Draft) -> None:
    """From when on it counts, and which quarter it is compared with."""
    begin, beside = st.columns([2, 2], vertical_alignment="bottom")
    st.session_state[BEGINS] = draft.begins
    begin.radio(
        "It counts",
        list(board_words.BEGINS),
        format_func=lambda one: board_words.BEGINS[one].lower(),
        horizontal=True,
        key=BEGINS,
        on_change=_begin,
        args=(place,),
    )
    with reading() as session:
        quarters = scenarios.baselines(session, place.organisation_id, on=frame.today())
    if len(quarters) > 1 and draft.quarter_id in quarters:
        st.session_state["what_if_beside"] = draft.quarter_id
        beside.selectbox(
            "Compared with",
            list(quarters),
            format_func=quarters.__getitem__,
            key="what_if_beside",
            on_change=_beside,
            args=(place,),
        )


def _begin(place: Place) -> None:
    drafts.change(place, begins=st.session_state[BEGINS])


def _beside(place: Place) -> None:
    drafts.change(place, quarter_id=st.session_state["what_if_beside"])


def changed(place: Place, trial: Tried) -> None:
    """Everything that is changed, one line each, and a click takes it back."""
    found = tried.changes(trial.before, trial.moves)
    for at, one in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/science: **{plain(one.words)}**", width="content")
            st.button(
                "Take back",
                key=f"what_if_undo_{at}",
                type="tertiary",
                icon=":material/close:",
                on_click=drafts.set_moves,
                args=(place, one.without),
            )
    if len(found) > 1 or drafts.current(place).kept_id:
        st.button(
            "Start afresh",
            key="what_if_afresh",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=drafts.afresh,
            args=(place,),
        )
    if trial.gone:
        many = "One change is" if len(trial.gone) == 1 else f"{len(trial.gone)} changes are"
        st.caption(f"{many} left out, because whom or what it was about is not there any more.")


def audience(place: Place, trial: Tried) -> None:
    """Whom a new objective usually reaches, if nobody described them; said before anything else."""
    for one in what_if.audience(trial.before, trial.moves):
        with st.container(border=True):
            st.warning(plain(one.sentence), icon=":material/group_add:")
            with st.container(horizontal=True, vertical_alignment="center"):
                if one.moves:
                    st.button(
                        "Go on with starter values",
                        key=f"starter_{one.objective}",
                        type="primary",
                        on_click=drafts.starter,
                        args=(place, trial, one.objective),
                    )
                links.page_link("objectives", "Describe them")
    for name in starters.brought(trial.moves):
        title = plain(trial.before.title("objective", name))
        st.caption(
            f":material/edit_note: Whom “{title}” reaches is a **starter value** here, and weighs "
            "less than what you know. Describe them as soon as you can."
        )
