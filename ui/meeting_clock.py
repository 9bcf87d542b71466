"""The bar above the meeting: the clock, where the meeting is, and the way on and back."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from models.database import reading, writing
from services import agenda, meeting_clock, meetings
from services.meeting_clock import Clock
from services.meetings import Held
from services.refusals import Refused
from ui import meeting_who
from ui.frame import Place
from ui.meeting_live import live
from ui.text import plain

SHOWN = "meeting_shown"
"""In the session: (meeting, step) that this window shows; others may have gone on meanwhile."""
TICK = 1.0
"""Seconds after which the clock is drawn again."""


def shown(held: Held) -> str:
    """The step that this window shows: where the meeting was when somebody here chose one."""
    meeting, step = st.session_state.get(SHOWN, (0, ""))
    known = {name for name, _ in held.plan}
    if meeting != held.id or step not in known:
        st.session_state[SHOWN] = (held.id, held.step)
        return held.step
    return str(step)


def bar(place: Place, held: Held, step: str) -> None:
    """Clock on the left, who speaks and the agenda on the right."""
    left, right = st.columns(2, vertical_alignment="center")
    with left:
        _clock(held.id, place.quarter_id, step)
    with (
        right,
        st.container(
            horizontal=True,
            horizontal_alignment="right",
            vertical_alignment="center",
            key="meeting_bar",
        ),
    ):
        meeting_who.ask(place, held)
        _agenda(held)
        names = [name for name, _ in held.plan]
        at = names.index(step)
        if at:
            _to(held, names[at - 1], "Back", "meeting_back")
        if at + 1 < len(names):
            _to(held, names[at + 1], "Next", "meeting_next", first=True)


def _drawn(meeting_id: int, quarter_id: int, step: str) -> None:
    """Drawn every second, on the server's time; it says where the meeting is by now."""
    with reading() as session:
        held = meetings.find(session, quarter_id)
    chosen = st.session_state.get(SHOWN, (0, ""))
    if held is None or held.id != meeting_id or held.ended_at or chosen != (meeting_id, step):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(_told(meeting_clock.clock(held, datetime.now(UTC))), width="content")
        if held.running_since:
            st.button(
                "Pause", key="meeting_pause", icon=":material/pause:",
                on_click=_act, args=(meeting_clock.pause, held.id),
            )  # fmt: skip
        else:
            st.button(
                "Go on", key="meeting_resume", icon=":material/play_arrow:", type="primary",
                on_click=_act, args=(meeting_clock.resume, held.id),
            )  # fmt: skip
        if held.step != step:
            title = plain(agenda.step(held.step).title)
            st.markdown(f":material/east: The meeting is at **{title}** now.", width="content")
            st.button("Go along", key="meeting_along", on_click=_show, args=(held.id, held.step))


_clock = live(_drawn, TICK)


def _told(clock: Clock) -> str:
    """`12:40 left of 15 minutes · 27 of 90 in all`."""
    minutes, seconds = divmod(abs(clock.left), 60)
    over = clock.left < 0
    word = "beyond the" if over else "left of"
    whole = f"{clock.whole // 60} of {clock.whole_planned // 60} minutes in all"
    look = "meeting-over" if over else ""
    paused = "" if clock.running else "paused · "
    return (
        f'<div class="meeting-clock {look}" role="timer">{minutes}:{seconds:02} '
        f"<small>{paused}{word} {clock.step_planned // 60} min<br>{whole}</small></div>"
    )


def _agenda(held: Held) -> None:
    with (
        st.popover("Agenda", icon=":material/format_list_numbered:", key="meeting_agenda"),
        st.container(gap=None),
    ):
        for number, (name, minutes) in enumerate(held.plan, start=1):
            title = agenda.step(name).title
            spent = held.spent.get(name, 0) // 60
            used = f", {spent} used" if spent else ""
            here = ":material/arrow_right: " if name == held.step else ""
            st.button(
                f"{here}{number}. {plain(title)} · {minutes} min{used}",
                key=f"meeting_to_{name}", type="tertiary", on_click=_go, args=(held.id, name),
            )  # fmt: skip
        st.caption(meeting_who.joining())


def _to(held: Held, step: str, label: str, key: str, *, first: bool = False) -> None:
    title = plain(agenda.step(step).title)
    st.button(
        f"{label}: {title}" if first else label,
        key=key,
        type="primary" if first else "secondary",
        on_click=_go,
        args=(held.id, step),
    )


def _go(meeting_id: int, step: str) -> None:
    """The meeting goes to a step, and this window with it."""
    try:
        with writing() as session:
            meeting_clock.go(session, meeting_id, step)
    except Refused:
        st.session_state.pop(SHOWN, None)  # the meeting is another one by now; the page says so
    else:
        _show(meeting_id, step)


def _show(meeting_id: int, step: str) -> None:
    st.session_state[SHOWN] = (meeting_id, step)


def _act(act: object, meeting_id: int) -> None:
    try:
        with writing() as session:
            act(session, meeting_id)  # type: ignore[operator]  # pause or resume
    except Refused:
        st.session_state.pop(SHOWN, None)
