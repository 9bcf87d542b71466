"""A promise of the plan: what it says, and in two taps how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from services.plan import Kept, Standing
from ui import own_promises, saying
from ui.text import plain

MISSING = ("Time", "Somebody's help", "A decision", "Pictures or texts")
REASONS = ("No time", "Something else came first", "It no longer fits", "Nobody to do it with")


def promise(one: Kept, today: date) -> None:
    """One promise with its date, hours and words, and the taps that it needs."""
    with st.container(border=True, key=f"promise_{one.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(one.said.title)}**", width="content")
            _badges(one, today)
        if one.standing.note:
            said = "What is missing" if one.standing.state == "stuck" else "What was said"
            st.markdown(f"{said}: {plain(one.standing.note)}")
        saying.trouble(one)
        asked = st.session_state.get(saying.ASKED)
        if asked and asked[0] == one.id:
            _ask(replace(one, version=asked[2]), asked[1])
        elif st.session_state.get(own_promises.CHANGING) == one.id:
            own_promises.change(one)
        else:
            _taps(one)


def begun(listed: Sequence[Kept]) -> bool:
    """Whether somebody is saying something about one of these, or could not."""
    asked = st.session_state.get(saying.ASKED)
    open_now = {st.session_state.get(own_promises.CHANGING), asked[0] if asked else None}
    return saying.in_trouble(listed) or any(one.id in open_now for one in listed)


def dated(day: date, today: date) -> str:
    """`Thursday, 3 December`; with the year if it is another one."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A}, {day.day} {day:%B}{year}"


def _badges(one: Kept, today: date) -> None:
    state = one.standing.state
    if state == "stuck":
        st.badge("Stuck", icon=":material/front_hand:", color="orange")
    elif state in ("doing", "done", "not_done"):
        st.badge(saying.WORDS[state], icon=":material/adjust:", color="gray")
    hours = one.said.hours_week
    if one.in_hand and hours:
        st.badge(f"{hours:g} h a week", icon=":material/schedule:", color="gray")
    if one.said.due_on:
        late = one.in_hand and one.said.due_on < today
        icon = f":material/{'event_busy' if late else 'event'}:"
        st.badge(dated(one.said.due_on, today), icon=icon, color="orange" if late else "gray")


def _taps(one: Kept) -> None:
    """Done needs one tap, stuck and not done a second one for a word."""
    with st.container(horizontal=True, gap="small"):
        if not one.in_hand:
            _button(one, "Take it up again", "open", "replay")
            return
        _button(one, "Done", "done", "check")
        stuck = one.standing.state == "stuck"
        if stuck or one.standing.state == "open":
            _button(one, "Goes on again" if stuck else "Begun", "doing", "play_arrow")
        for label, state, icon in (
            ("Stuck", "stuck", "front_hand"),
            ("Not done", "not_done", "close"),
        ):
            st.button(
                "What is missing?" if stuck and state == "stuck" else label,
                key=f"ask_{state}_{one.id}",
                icon=f":material/{icon}:",
                on_click=_set_asked,
                args=(one, state),
            )
        st.button(
            "Change",
            key=f"open_change_{one.id}",
            icon=":material/edit:",
            type="tertiary",
            on_click=own_promises.begin,
            args=(one,),
        )


def _button(one: Kept, label: str, state: str, icon: str) -> None:
    st.button(
        label,
        key=f"{state}_{one.id}",
        icon=f":material/{icon}:",
        on_click=saying.say,
        args=(one, Standing(state)),
    )


def _ask(one: Kept, state: str) -> None:
    """A word about it: one of those that are common, or one's own."""
    stuck = state == "stuck"
    question = "What is missing?" if stuck else "Why was it not done?"
    help_ = "One tap is enough. " + (
        "Who reads it can help." if stuck else "Nobody is blamed; it shows what to plan otherwise."
    )
    st.markdown(f"**{question}** {help_}")
    with st.container(horizontal=True, gap="small"):
        for number, word in enumerate(MISSING if stuck else REASONS):
            st.button(
                word,
                key=f"word_{number}_{one.id}",
                on_click=saying.say,
                args=(one, Standing(state, word)),
            )
    key = f"note_{one.id}"
    st.text_input("Or in your own words", key=key)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Keep", key=f"keep_{one.id}", type="primary", on_click=_own_words, args=(one, state)
        )
        st.button("Never mind", key=f"never_{one.id}", on_click=saying.forget, args=(one,))


def _set_asked(one: Kept, state: str) -> None:
    st.session_state[saying.ASKED] = (one.id, state, one.version)
    st.session_state[f"note_{one.id}"] = one.standing.note


def _own_words(one: Kept, state: str) -> None:
    saying.say(one, Standing(state, str(st.session_state.get(f"note_{one.id}") or "")))
