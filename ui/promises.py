"""A promise of the plan: what it says, and in two taps how it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from models.database import writing
from services import plan
from services.plan import Kept, Standing
from services.refusals import Changed, Refused
from ui import own_promises
from ui.text import plain

ASKED, SAID, TROUBLE = "promise_asked", "promise_said", "promise_trouble"
"""In the session: (promise, state, version read) that a word is asked for; the `Last` thing said;
the `Trouble` with it, if it could not be kept."""

WORDS = {
    "open": "Not begun",
    "doing": "Begun",
    "stuck": "Stuck",
    "done": "Done",
    "not_done": "Not done",
}
MISSING = ("Time", "Somebody's help", "A decision", "Pictures or texts")
REASONS = ("No time", "Something else came first", "It no longer fits", "Nobody to do it with")


@dataclass(frozen=True, slots=True)
class Last:
    """What was said last about a promise, at which version that was kept, and how it stood
    before."""

    id: int
    version: int
    title: str
    state: str
    before: Standing


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be kept; `theirs` is what the promise says now (None: refused, or it
    is gone), at `version`; `ours` what was to be kept."""

    id: int
    sentence: str
    ours: Standing
    theirs: Standing | None = None
    version: int = 0


def promise(one: Kept, today: date) -> None:
    """One promise with its date, hours and words, and the taps that it needs."""
    with st.container(border=True, key=f"promise_{one.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(one.said.title)}**", width="content")
            _badges(one, today)
        if one.standing.note:
            said = "What is missing" if one.standing.state == "stuck" else "What was said"
            st.markdown(f"{said}: {plain(one.standing.note)}")
        _trouble(one)
        asked = st.session_state.get(ASKED)
        if asked and asked[0] == one.id:
            _ask(replace(one, version=asked[2]), asked[1])
        elif st.session_state.get(own_promises.CHANGING) == one.id:
            own_promises.change(one)
        else:
            _taps(one)


def said_last(promised: Sequence[Kept]) -> None:
    """What was said last about one of these, with the way back; and what was said about a promise
    that somebody took away meanwhile."""
    there = {one.id for one in promised}
    last, trouble = st.session_state.get(SAID), st.session_state.get(TROUBLE)
    if last and last.id in there:
        with st.container(horizontal=True, vertical_alignment="center", key="said_last"):
            words = f"**{plain(last.title)}**: {WORDS[last.state].lower()}."
            st.markdown(f":material/check: {words}", width="content")
            st.button("Undo", key="undo", icon=":material/undo:", on_click=_undo)
    if trouble and trouble.id not in there:
        st.warning(f"{plain(trouble.sentence)} The promise was taken out of the plan.")
        st.text(f"You said: {_told(trouble.ours)}")


def in_trouble(promised: Sequence[Kept]) -> bool:
    """Whether what was said about one of these could not be kept."""
    trouble = st.session_state.get(TROUBLE)
    return trouble is not None and trouble.id in {one.id for one in promised}


def dated(day: date) -> str:
    """`3 December`, with the weekday before it."""
    return f"{day:%A}, {day.day} {day:%B}"


def _badges(one: Kept, today: date) -> None:
    state = one.standing.state
    if state == "stuck":
        st.badge("Stuck", icon=":material/front_hand:", color="orange")
    elif state in ("doing", "done", "not_done"):
        st.badge(WORDS[state], icon=":material/adjust:", color="gray")
    hours = one.said.hours_week
    if one.in_hand and hours:
        st.badge(f"{hours:g} h a week", icon=":material/schedule:", color="gray")
    if one.said.due_on:
        late = one.in_hand and one.said.due_on < today
        icon = f":material/{'event_busy' if late else 'event'}:"
        st.badge(dated(one.said.due_on), icon=icon, color="orange" if late else "gray")


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
        on_click=say,
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
                on_click=say,
                args=(one, Standing(state, word)),
            )
    key = f"note_{one.id}"
    st.text_input("Or in your own words", key=key, max_chars=plan.LONGEST_NOTE)
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Keep", key=f"keep_{one.id}", type="primary", on_click=_own_words, args=(one, state)
        )
        st.button("Never mind", key=f"never_{one.id}", on_click=_forget, args=(one,))


def _set_asked(one: Kept, state: str) -> None:
    st.session_state[ASKED] = (one.id, state, one.version)
    st.session_state[f"note_{one.id}"] = one.standing.note


def _own_words(one: Kept, state: str) -> None:
    say(one, Standing(state, str(st.session_state.get(f"note_{one.id}") or "")))


def _forget(one: Kept) -> None:
    st.session_state.pop(ASKED, None)
    st.session_state.pop(f"note_{one.id}", None)
    st.session_state.pop(TROUBLE, None)


def say(one: Kept, now: Standing) -> None:
    """Keep how a promise stands; what somebody else said meanwhile is shown beside it."""
    with _keeping(one.id, now), writing() as session:
        kept = plan.mark(session, one.id, now, version=one.version)
    if st.session_state.get(TROUBLE) is None:
        _forget(one)
        st.session_state[SAID] = Last(one.id, kept.version, one.said.title, now.state, one.standing)


@contextmanager
def _keeping(number: int, ours: Standing) -> Iterator[None]:
    """Around one act on a promise: what cannot be kept is remembered, to be shown beside it."""
    st.session_state.pop(TROUBLE, None)
    try:
        yield
    except Refused as refusal:
        st.session_state[TROUBLE] = Trouble(number, str(refusal), ours)
    except Changed as changed:
        now = changed.theirs
        theirs = Standing(str(now["state"]), str(now["note"])) if now else None
        st.session_state[TROUBLE] = Trouble(number, str(changed), ours, theirs, changed.version)


def _trouble(one: Kept) -> None:
    """What could not be kept: a refusal, or both versions of what two people said."""
    trouble = st.session_state.get(TROUBLE)
    if not trouble or trouble.id != one.id:
        return
    st.warning(plain(trouble.sentence))
    if trouble.theirs is None:
        return
    st.text(f"It says now: {_told(trouble.theirs)}")
    st.text(f"You said: {_told(trouble.ours)}")
    with st.container(horizontal=True, gap="small"):
        newer = replace(one, version=trouble.version)
        st.button("Keep mine", key=f"mine_{one.id}", on_click=say, args=(newer, trouble.ours))
        st.button("Leave it as it is now", key=f"theirs_{one.id}", on_click=_forget, args=(one,))


def _told(standing: Standing) -> str:
    words = WORDS[standing.state]
    return f"{words} ({standing.note})" if standing.note else words


def _undo() -> None:
    last = st.session_state.pop(SAID)
    with _keeping(last.id, last.before), writing() as session:
        plan.put_back(session, last.id, last.before, version=last.version)
