"""What is said about a promise: kept, taken back, and both versions if two people said it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from models.database import reading, writing
from services import left_over, plan, still_there
from services.plan import Kept, Standing
from services.refusals import Changed, Refused
from ui.acts import act
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


def said_last(promised: Sequence[Kept]) -> None:
    """What was said last about one of these, with the way back; and what was said about a promise
    that somebody took away meanwhile."""
    there = {one.id for one in promised}
    _half_said(there)
    last, found = st.session_state.get(SAID), st.session_state.get(TROUBLE)
    if last and last.id in there:
        with st.container(horizontal=True, vertical_alignment="center", key="said_last"):
            words = f"**{plain(last.title)}**: {WORDS[last.state].lower()}."
            st.markdown(f":material/check: {words}", width="content")
            st.button("Undo", key="undo", icon=":material/undo:", on_click=_undo)
    if found and found.id not in there:
        st.warning(plain(found.sentence))
        st.text(f"It says now: {told(found.theirs) if found.theirs else 'it was taken away'}")
        st.text(f"You said: {told(found.ours)}")
        st.button("I have read it", key="read_trouble", on_click=_dismiss)


def _half_said(there: Collection[int]) -> None:
    """A word that was being typed about what is not there any more is told with the rest."""
    if st.session_state.get(ASKED) is None or st.session_state.get(TROUBLE) is not None:
        return
    number, state, _ = st.session_state[ASKED]
    note = str(st.session_state.get(f"note_{number}") or "")
    if not note or number in there:
        return
    with reading() as session:
        gone = still_there.missing(session, "promise", [number])
    if gone:
        st.session_state[TROUBLE] = Trouble(number, str(Changed(None)), Standing(state, note))
        st.session_state.pop(ASKED)


def in_trouble(promised: Sequence[Kept]) -> bool:
    """Whether what was said about one of these could not be kept."""
    found = st.session_state.get(TROUBLE)
    return found is not None and found.id in {one.id for one in promised}


def forget(one: Kept) -> None:
    """Close what was open about a promise."""
    st.session_state.pop(ASKED, None)
    st.session_state.pop(f"note_{one.id}", None)
    st.session_state.pop(TROUBLE, None)


@act
def say(one: Kept, now: Standing) -> None:
    """Keep how a promise stands; what somebody else said meanwhile is shown beside it."""
    with _keeping(one.id, now), writing() as session:
        kept = plan.mark(session, one.id, now, version=one.version)
    if st.session_state.get(TROUBLE) is None:
        forget(one)
        st.session_state[SAID] = Last(one.id, kept.version, one.said.title, now.state, one.standing)


def take_along(one: Kept, quarter_id: int) -> None:
    """Promise in this quarter what an earlier one left in hand."""
    with _keeping(one.id, one.standing), writing() as session:
        left_over.take_along(session, one.id, quarter_id, version=one.version)
    if st.session_state.get(TROUBLE) is None:
        forget(one)
        st.toast(f"Taken along: {plain(one.said.title)}", icon=":material/check:")


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


def trouble(one: Kept) -> None:
    """What could not be kept: a refusal, or both versions of what two people said."""
    found = st.session_state.get(TROUBLE)
    if not found or found.id != one.id:
        return
    st.warning(plain(found.sentence))
    if found.theirs is None:
        return
    st.text(f"It says now: {told(found.theirs)}")
    st.text(f"You said: {told(found.ours)}")
    with st.container(horizontal=True, gap="small"):
        newer = replace(one, version=found.version)
        st.button("Keep mine", key=f"mine_{one.id}", on_click=say, args=(newer, found.ours))
        st.button("Leave it as it is now", key=f"theirs_{one.id}", on_click=forget, args=(one,))


def told(standing: Standing) -> str:
    """How a promise stands, in words."""
    words = WORDS[standing.state]
    return f"{words} ({standing.note})" if standing.note else words


@act
def _undo() -> None:
    last = st.session_state.pop(SAID)
    with _keeping(last.id, last.before), writing() as session:
        plan.put_back(session, last.id, last.before, version=last.version)


def _dismiss() -> None:
    st.session_state.pop(TROUBLE, None)
