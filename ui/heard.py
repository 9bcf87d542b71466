"""What was heard: written down, passed on, answered, and said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from services import rulebook
from services.case_kpis import Counted
from services.heard import ANSWERS, EVIDENCE, Heard, Said, overdue
from ui import editing, hearing, rescue
from ui.counted import day, surely
from ui.hearing import Around
from ui.text import plain

LATE, MOST = 3, 30
"""So many of those that wait too long are shown at once, and so many others in a fold."""
_STEPS = {"pass": "Pass it on", "answer": "What was the answer?"}
_ICONS = {
    "pass": ":material/forward:",
    "answer": ":material/reply:",
    "say": ":material/edit:",
}


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
    answered = [one for one in rows if one.answer]
    _folded(answered, "heard_answered", f"Answered: {len(answered)}", around)


def heard_then(rows: Sequence[Heard], around: Around) -> None:
    """What was heard in a quarter, to be read."""
    if not rows:
        st.caption("Nothing that was heard in this quarter is written down.")
    for one in rows[:MOST]:
        with st.container(border=True):
            _told(one, around)


def silence(found: Counted, days: int, too_much: float) -> None:
    """Which share (0-100) of what was passed on never got an answer; from `too_much` on, what to do
    about it."""
    if found.value is None:
        st.caption(
            f"How much stays without an answer shows once something was passed on {days} days ago."
        )
        return
    st.markdown(
        f"**{found.value:g} % without an answer** after {days} days, of {found.of} that reached "
        f"somebody in the last two quarters. {surely(found)}"
    )
    if found.value > too_much:
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
    for one in late[:LATE]:
        _card(one, around)
    _folded(late[LATE:], "heard_late", f"More that wait too long: {len(late) - LATE}", around)


def _count(count: int) -> str:
    return "One thing waits" if count == 1 else f"{count} things wait"


def _folded(rows: Sequence[Heard], key: str, title: str, around: Around) -> None:
    """The others, once somebody wants to see them, or is typing in one of them."""
    if not rows:
        return
    fold = st.expander(title, icon=":material/history:", key=key, on_change="rerun")
    if fold.open or any(_open(one) for one in rows):
        with fold:
            for one in rows[:MOST]:
                _card(one, around)
            if len(rows) > MOST:
                st.caption(f"… and {len(rows) - MOST} more, which are older.")


def _card(one: Heard, around: Around) -> None:
    with st.container(border=True):
        _told(one, around)
        gone = one.said.receiver_id not in {None, *around.people}
        if gone and not one.answer:
            st.markdown(plain(f"{one.receiver} takes part no longer. Who should hear it instead?"))
        passed_on = one.said.receiver_id in around.people and one.reached_on is not None
        step = "answer" if one.answer or passed_on else "pass"
        titles = {step: _STEPS[step], "say": "Say it otherwise"}
        if one.answer:
            titles["answer"] = "Change the answer"
        with st.container(horizontal=True, gap="small"):
            for what, title in titles.items():
                st.button(
                    title, key=f"{_form(one, what)}_show", type="tertiary", on_click=_turn,
                    args=(_form(one, what),), icon=_ICONS[what],
                )  # fmt: skip
        for what in titles:
            if _shown(_form(one, what)):
                FORMS[what](one, _form(one, what), around)


def _told(one: Heard, around: Around) -> None:
    st.markdown(f"**{plain(one.text)}**")
    st.caption(plain(_where(one.said)))
    st.markdown(plain(_so_far(one, around.today)))


def _form(one: Heard, what: str) -> str:
    return f"heard_{one.id}_{what}"


def _turn(form: str) -> None:
    """Show a form, or put it away with what was typed in it."""
    if _shown(form):
        editing.clear(form)
    else:
        st.session_state[f"{form}_open"] = True


def _shown(form: str) -> bool:
    opened = bool(st.session_state.get(f"{form}_open"))
    return opened or editing.touched(form) or editing.in_conflict(form)


def _open(one: Heard) -> bool:
    return any(_shown(_form(one, what)) for what in FORMS)


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
        changed = f" What changed: {_ended(one.change)}" if one.change else ""
        why = f": {_ended(one.answered.why)}" if one.answered.why else "."
        on = f" on {day(one.answered_on)}" if one.answered_on else ""
        return f"{ANSWERS[one.answer]}, said {one.receiver or 'the receiver'}{on}{why}{changed}"
    waits = (today - one.waits_since).days
    since = "" if waits == 0 else " for 1 day" if waits == 1 else f" for {waits} days"
    if one.said.receiver_id is None:
        return f"Nobody is named who should hear it. It waits{since}."
    if one.reached_on is None:
        return f"{who} should hear it; it is not known to have reached them. It waits{since}."
    return f"{who} knows since {day(one.reached_on)}; no answer yet."


def _ended(words: str) -> str:
    """A sentence with its end."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


FORMS = {"pass": hearing.passing, "answer": hearing.answering, "say": hearing.saying}
