"""What was heard: written down, passed on, answered, and said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from services import rulebook
from services.case_kpis import Counted
from services.heard import ANSWERS, EVIDENCE, Heard, Said, overdue
from ui import editing, hearing, rescue
from ui.counted import day
from ui.hearing import Around
from ui.text import plain

FOLDED = 6
"""So many of those with an answer are shown; the others wait behind a button."""


def section(rows: Sequence[Heard], around: Around) -> None:
    """Those that wait too long on top, then a new one, those that are open, and those answered."""
    rescue.shown("heard", "insight", lambda typed, _: hearing.words(typed, around))
    late = overdue(rows, around.today, around.days)
    _late(late, around)
    hearing.new(around, first=not rows)
    open_ones = [one for one in rows if not one.answer and one not in late]
    if open_ones:
        st.subheader("Still open", anchor=False)
    for one in open_ones:
        _card(one, around)
    _answered([one for one in rows if one.answer], around)


def silence(found: Counted, days: int) -> None:
    """Which share of what was passed on never got an answer, and what to do about it."""
    if found.value is None:
        st.caption(
            f"How much stays without an answer shows once something was passed on {days} days ago."
        )
        return
    sure = ""
    if found.low is not None and found.high is not None:
        sure = (
            f" These are few: the true share lies probably between {found.low:.0f} and "
            f"{found.high:.0f} %."
        )
    st.markdown(
        f"**{found.value:g} % without an answer** after {days} days, of {found.of} that reached "
        f"somebody in the last two quarters.{sure}"
    )
    if found.value > 50:
        st.markdown("Name one receiver for each subject. Their answer may be no, but it must come.")


def _late(late: Sequence[Heard], around: Around) -> None:
    if not late:
        return
    st.subheader("Waits too long", anchor=False)
    alone = sum(one.reached_on is None for one in late)
    what = []
    if alone:
        what.append(f"{alone} reached nobody yet: say who should hear it, and tell them.")
    if len(late) > alone:
        what.append(f"{len(late) - alone} have no answer: ask again. No is a full answer too.")
    st.warning(
        f"{_count(len(late))} longer than {around.days} days. " + " ".join(what),
        icon=":material/hourglass_bottom:",
    )
    for one in late:
        _card(one, around)


def _count(count: int) -> str:
    return "One thing waits" if count == 1 else f"{count} things wait"


def _answered(rows: Sequence[Heard], around: Around) -> None:
    if not rows:
        return
    fold = st.expander(
        f"Answered: {len(rows)}", icon=":material/history:", key="heard_answered",
        on_change="rerun",
    )  # fmt: skip
    if fold.open or any(editing.touched(f"heard_{one.id}_answer") for one in rows):
        with fold:
            more = len(rows) > FOLDED and not st.session_state.get("heard_all")
            for one in rows[:FOLDED] if more else rows:
                _card(one, around)
            if more:
                st.button("Show all", key="heard_more", on_click=_show_all)


def _show_all() -> None:
    st.session_state["heard_all"] = True


def _card(one: Heard, around: Around) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(one.text)}**")
        st.caption(plain(_where(one.said)))
        st.markdown(plain(_so_far(one, around.today)))
        if one.answer:
            _fold(one, "answer", "Change the answer", around)
        elif one.said.receiver_id is None or one.reached_on is None:
            _fold(one, "pass", "Pass it on", around)
        else:
            _fold(one, "answer", "What was the answer?", around)
        _fold(one, "say", "Say it otherwise", around)


def _fold(one: Heard, what: str, title: str, around: Around) -> None:
    form = f"heard_{one.id}_{what}"
    fold = st.expander(title, key=f"fold_{form}", on_change="rerun")
    typing = editing.touched(form) or editing.in_conflict(form)
    if fold.open or typing:
        with fold:
            FORMS[what](one, form, around)


def _where(said: Said) -> str:
    """When and where it was heard, about whom, and how well we know it, in one line."""
    where = rulebook.title("channels", said.channel) if said.channel else said.elsewhere
    aim = rulebook.title("objectives", said.objective) if said.objective else ""
    known = EVIDENCE.get(said.evidence, "How well we know it is not said")
    return " · ".join(filter(None, (f"Heard on {day(said.heard_on)}", where, said.about, aim,
                                    known)))  # fmt: skip


def _so_far(one: Heard, today: date) -> str:
    """Whom it reached and what came of it, in a sentence or two."""
    who = one.receiver or "nobody yet"
    if one.answer:
        changed = f" What changed: {one.change}." if one.change else ""
        why = f": {one.answered.why}" if one.answered.why else ""
        on = f" on {day(one.answered_on)}" if one.answered_on else ""
        return f"{ANSWERS[one.answer]}, said {one.receiver or 'the receiver'}{on}{why}.{changed}"
    waits = (today - one.waits_since).days
    since = "" if waits == 0 else " for 1 day" if waits == 1 else f" for {waits} days"
    if one.said.receiver_id is None:
        return f"Nobody is named who should hear it. It waits{since}."
    if one.reached_on is None:
        return f"{who} should hear it; it is not known to have reached them. It waits{since}."
    return f"{who} knows since {day(one.reached_on)}; no answer yet."


FORMS = {"pass": hearing.passing, "answer": hearing.answering, "say": hearing.saying}
