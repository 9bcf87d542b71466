"""Start the next quarter: three steps, each kept when it is taken; the page shows where we are."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from models.database import reading, writing
from services import next_quarter
from services.days import said as day
from services.next_quarter import STEPS, Taken, Way
from services.refusals import Refused
from ui import asking_round, at_step, by_whom, carrying_over, choosing_again, frame, links
from ui.frame import Place
from ui.text import plain

TITLES = {
    "carry_over": "What carries over",
    "objectives": "What we want",
    "reassess": "Asking again",
}


def section(place: Place, way: Way, this: str, *, closed: bool) -> None:
    """The way into the quarter that follows, before this one is closed too."""
    st.subheader(f"Start {way.label}", anchor=False)
    if way.over or way.closed:
        so = "closed too" if way.closed else "over by now"
        st.markdown(f"{way.label} is {so}, so there is nothing to start.")
        return
    if not closed:
        st.markdown(
            f"You need not wait: {way.label} can be drafted now. {this} stays open, and each step "
            "can be taken again."
        )
    if way.id is None:
        _offer(place, way)
        return
    with reading() as session:
        taken = next_quarter.steps(session, way.id)
    by = by_whom.ask(place, "Who takes these steps?", "next_by")
    _steps(place, way, taken, by)
    _go_on(way, taken)


def _offer(place: Place, way: Way) -> None:
    st.markdown(
        "Three steps: what carries over, what you want now, and asking again. Each is kept when "
        "it is taken; you can stop at any time and go on later."
    )
    if st.button(f"Begin with {way.label}", key="begin_next", type="primary"):
        try:
            with writing() as session:
                next_quarter.begin(session, place.quarter_id)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            st.rerun()


def _steps(place: Place, way: Way, taken: Mapping[str, Taken], by: str) -> None:
    open_now = at_step.at(way, taken)
    for number, step in enumerate(STEPS, start=1):
        with st.container(border=True, key=f"step_{step}"):
            done = taken.get(step)
            mark = ":material/check_circle:" if done else f"{number}."
            st.markdown(f"##### {mark} {TITLES[step]}")
            if done:
                _when(step, done)
            if step == open_now:
                _open(step, place, way, by)
            elif done:
                st.button(
                    "Look at it again", key=f"again_{step}", on_click=at_step.to, args=(way, step)
                )


def _open(step: str, place: Place, way: Way, by: str) -> None:
    if step == "carry_over":
        carrying_over.section(place, way, by)
    elif step == "objectives":
        choosing_again.section(way, by)
    else:
        asking_round.section(place, way, by)


def _when(step: str, done: Taken) -> None:
    who = f" by {plain(done.who)}" if done.who else ""
    st.caption(f"{_said(step, done)} on {day(done.made_at)}{who}.")


def _said(step: str, done: Taken) -> str:
    if step == "carry_over":
        count = len(done.said)
        return f"{count} promise{'' if count == 1 else 's'} carried over"
    if step == "reassess":
        return f"A round of {done.said['depth']} questions was begun"
    words = {"keep": "kept", "change": "changed", "drop": "dropped"}
    told = [f"{len(done.said[do])} {word}" for do, word in words.items() if done.said[do]]
    return f"{', '.join(told) or 'Nothing was wanted before; this was said'}"


def _go_on(way: Way, taken: Mapping[str, Taken]) -> None:
    whole = len(taken) == len(STEPS)
    if whole:
        st.success(f"{way.label} is ready to begin.", icon=":material/flag:")
    words = f"Go to {way.label}"
    if st.button(words, key="go_next", type="primary" if whole else "secondary"):
        frame.turn_to(way.label)
        links.go("overview")
