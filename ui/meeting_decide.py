"""At most five decisions, each with who, by when, what is expected and when it is checked; at least
one of them stops something, or a word says why nothing stops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st

from models.database import reading, writing
from services import meeting_capture, meeting_decisions, minutes
from services.meeting_capture import Said
from services.meeting_decisions import MOST, Decided, Kept
from services.meetings import Held
from ui import editing, frame, meeting_who
from ui.frame import Place
from ui.meeting_live import live
from ui.text import plain

CHANGING = "meeting_deciding"
"""In the session: the decision that is being put otherwise."""
FEW = 8
KINDS = {"do": "We do something", "stop": "We stop something"}
_FOUR_WEEKS, _A_QUARTER = timedelta(weeks=4), timedelta(weeks=12)


def ready(place: Place, held: Held, today: date) -> None:
    """What was decided so far, on every screen within seconds."""
    decided(held, change=True)
    with reading() as session:
        said = minutes.of(session, place.organisation_id, place.quarter_id)
    lines = [f"- {plain(step)}: {plain(text)}" for step, text, _ in said.notes] if said else []
    lines += [f"- Parked: {plain(text)}" for text in said.parked] if said else []
    if lines:
        with st.expander(f"What came up today: {len(lines)}", expanded=len(lines) <= FEW):
            st.markdown("\n".join(lines))


@live
def decided(held: Held, *, change: bool) -> None:
    """All decisions, and what is still missing."""
    with reading() as session:
        there = meeting_decisions.decisions(session, held.id)
        word = meeting_capture.one_of(session, held.id, "no_stop")
    st.markdown(f"**Decided: {len(there)} of at most {MOST}**")
    for number, one in enumerate(there, start=1):
        _told(number, one, change)
    if not there:
        st.markdown(
            "Nothing yet. What must be different in three months? Begin with the one thing that "
            "everybody here would miss."
        )
    if any(one.said.is_stop for one in there):
        st.markdown(":material/check: Something stops.")
    elif word and word.said.text:
        st.markdown(f":material/check: Nothing stops, because {plain(word.said.text)}")
    else:
        st.markdown(":material/pending: Still missing: **one thing that stops**, or why none does.")
    if st.session_state.pop("meeting_deciding_opened", False):
        st.rerun()


def form(place: Place, held: Held) -> None:
    """A new decision, or one that is put otherwise; and why nothing stops."""
    changing = st.session_state.get(CHANGING)
    if changing:
        _change(place, held, int(changing))
        return
    form = f"meeting_decision_{held.id}_"
    today = frame.today()
    editing.fill(form, _as_form(Decided("", "", today + _FOUR_WEEKS, "", today + _A_QUARTER)))
    _fields(place, form)
    with st.container(horizontal=True):
        keep = st.button("Decide it", key=f"{form}_keep", type="primary")
        park = st.button("Park it", key=f"{form}_park", icon=":material/local_parking:")
    if keep or park:
        said = _said(form)
        with editing.saving(form), writing() as session:
            if park:
                words = Said("decide", "parked", meeting_decisions.as_said(said))
                meeting_capture.note(session, held.id, words, meeting_who.me())
            else:
                meeting_decisions.decide(session, held.id, said, meeting_who.me())
    _no_stop(held)


def _change(place: Place, held: Held, decision_id: int) -> None:
    """One decision; what somebody else made of it meanwhile stands beside what is typed here."""
    with reading() as session:
        there = meeting_decisions.decisions(session, held.id)
    one = next((kept for kept in there if kept.id == decision_id), None)
    form = f"meeting_decided_{decision_id}_"
    if one is None and form in editing.waiting():
        editing.fill(form, _as_form(Decided("", "", None, "", None)))
    if one is None and not editing.touched(form):
        _leave(form)
        st.info("Somebody took this decision away meanwhile.")
        return
    if one is not None:
        editing.fill(form, _as_form(one.said), one.version)
    editing.conflict(form, _words)
    _fields(place, form)
    seen = editing.version(form)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_keep", type="primary"):
            said = _said(form)
            with editing.saving(form, seen, _done), writing() as session:
                if one is None:  # taken away by another, and kept once more
                    meeting_decisions.decide(session, held.id, said, meeting_who.me())
                else:
                    meeting_decisions.change(session, decision_id, said, version=seen)
        if st.button("Take it away", key=f"{form}_away"):
            with editing.saving(form, seen, _done), writing() as session:
                meeting_decisions.drop(session, decision_id, version=seen)
        st.button("Leave it", key=f"{form}_leave", type="tertiary", on_click=_leave, args=(form,))


def _fields(place: Place, form: str) -> None:
    st.segmented_control(
        "What kind?", list(KINDS), format_func=KINDS.__getitem__, key=f"{form}_kind",
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    stops = st.session_state.get(f"{form}_kind") == "stop"
    st.text_input("What stops?" if stops else "What do we decide?", key=f"{form}_what")
    st.text_input(
        "Who sees to it?", key=f"{form}_who",
        placeholder=_somebody(meeting_who.names(place)),
    )  # fmt: skip
    st.text_input(
        "What do we expect?", key=f"{form}_effect",
        placeholder="Five more enquiries a month, or: nobody misses it",
    )  # fmt: skip
    left, right = st.columns(2)
    left.date_input("By when?", key=f"{form}_due_on", format="DD/MM/YYYY")
    right.date_input("Checked on", key=f"{form}_check_on", format="DD/MM/YYYY")


def _no_stop(held: Held) -> None:
    """A word why nothing stops is as good as a stop."""
    with reading() as session:
        there = meeting_decisions.decisions(session, held.id)
        kept = meeting_capture.one_of(session, held.id, "no_stop")
    form = f"meeting_no_stop_{held.id}"
    if any(one.said.is_stop for one in there) and not kept and not editing.touched(form):
        return
    one_word(held, form, kept, Said("decide", "no_stop"), "No stop, because …")


def one_word(
    held: Held, form: str, kept: meeting_capture.Note | None, about: Said, label: str
) -> None:
    """A field of which there is one in the meeting; two who change it both keep their words."""
    shown = {"text": kept.said.text if kept else ""}
    seen = editing.fill(form, shown, kept.version if kept else 0)
    editing.conflict(form, lambda theirs: [str(theirs["text"])])
    st.text_input(label, key=f"{form}_text")
    if st.button("Keep this", key=f"{form}_keep"):
        text = str(editing.typed(form)["text"])
        said = Said(about.step, about.kind, text)
        with editing.saving(form, seen), writing() as session:
            meeting_capture.put(session, held.id, said, meeting_who.me(), seen=seen)


def _told(number: int, one: Kept, change: bool) -> None:
    said = one.said
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            stop = ":material/block: Stop: " if said.is_stop else ""
            words = f"{number}. {stop}**{plain(said.what)}** · {plain(said.who)}"
            st.markdown(words, width="stretch")
            if change:
                st.button(
                    "Change", key=f"meeting_redecide_{one.id}", icon=":material/edit:",
                    type="tertiary", on_click=_open, args=(one.id,),
                )  # fmt: skip
        st.markdown(f"Expected: {plain(said.effect)}")
        noted = f" · noted by {plain(one.by.name)}, not verified" if one.by.name else ""
        st.caption(f"By {_day(said.due_on)}, checked on {_day(said.check_on)}{noted}")


def _as_form(said: Decided) -> dict[str, object]:
    return {
        "kind": "stop" if said.is_stop else "do",
        "what": said.what,
        "who": said.who,
        "effect": said.effect,
        "due_on": said.due_on,
        "check_on": said.check_on,
    }


def _said(form: str) -> Decided:
    typed = editing.typed(form)
    what, who, effect = (str(typed[name] or "") for name in ("what", "who", "effect"))
    due_on, check_on = (_date(typed[name]) for name in ("due_on", "check_on"))
    return Decided(what, who, due_on, effect, check_on, typed["kind"] == "stop")


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _words(theirs: Mapping[str, object]) -> list[str]:
    stop = "Stop: " if theirs.get("is_stop") else ""
    days = ", ".join(
        f"{word} {_day(_date(theirs.get(name)))}"
        for word, name in (("by", "due_on"), ("checked on", "check_on"))
    )
    return [f"{stop}{theirs['what']} · {theirs['who']}", f"Expected: {theirs['effect']}", days]


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "no day yet"


def _somebody(names: list[str]) -> str:
    return f"One name, for example {names[0]}" if names else "One name"


def reopen(form: str) -> None:
    """Open again the form of a decision in which something was typed and not kept."""
    decision_id = form.removeprefix("meeting_decided_").removesuffix("_")
    if decision_id.isdecimal():
        st.session_state.setdefault(CHANGING, int(decision_id))


def _open(decision_id: int) -> None:
    st.session_state[CHANGING] = decision_id
    st.session_state["meeting_deciding_opened"] = True


def _done() -> None:
    st.session_state.pop(CHANGING, None)


def _leave(form: str) -> None:
    editing.clear(form)
    _done()
