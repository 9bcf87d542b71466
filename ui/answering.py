"""The forms about a message: a short one for what just came in, and everything about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from models.database import writing
from services import cases, reading_times, rulebook
from services.cases import Case, Said
from services.office_hours import clock
from services.refusals import Refused
from ui import editing
from ui.counted import day, one_of
from ui.text import plain

YES_NO = {"yes": "Yes", "no": "No"}
PRIVATE = (
    "Write down what it was about, never who wrote: no names, addresses, health or money matters "
    "of strangers."
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a form needs to know: the organisation, who takes part (id → name), and today."""

    organisation_id: int
    people: Mapping[int, str]
    today: date


def new(around: Around, *, first: bool) -> None:
    """One message in one line; what is not known stays empty."""
    form = f"new_message_{around.organisation_id}"
    editing.fill(form, {**_filled(Said(around.today)), "needs_answer": "yes"})
    typing = first or editing.touched(form)
    with st.expander("Write down a message", icon=":material/add:", expanded=typing):
        st.caption(PRIVATE)
        _fields(form, None, around)
        if st.button("Keep this message", key=f"{form}_keep", type="primary"):
            with editing.saving(form), writing() as session:
                said = _said(form, around.today)
                cases.note(session, around.organisation_id, said, today=around.today)


def reply(one: Case, form: str, around: Around) -> None:
    """That a message that waits is answered by now."""
    said = one.said
    kept = {"replied_on": None, "replied_time": "", "solved": _word(said.solved)}
    seen = editing.fill(form, kept, one.version)
    editing.conflict(form, words)
    _reply_fields(form)
    _choice(form, "solved", "Solved there, without handing over?")
    if st.button("Keep the answer", key=f"{form}_keep", type="primary"):
        with editing.saving(form, seen), writing() as session:
            on, minute = _replied(form, said.received_on)
            if on is None:
                raise Refused("Say on which day it was answered, or at what time.")
            more = replace(
                said,
                answered=True,
                replied_on=on,
                replied_minute=minute,
                solved=_truth(form, "solved"),
            )
            cases.restate(session, one.id, more, version=seen, today=around.today)


def everything(one: Case, form: str, around: Around) -> None:
    """All that is known about a message, to say it otherwise or to take it away."""
    seen = editing.fill(form, _filled(one.said), one.version)
    editing.conflict(form, words)
    _fields(form, one, around)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_keep"):
            with editing.saving(form, seen), writing() as session:
                said = _said(form, around.today)
                cases.restate(session, one.id, said, version=seen, today=around.today)
        with st.popover("Take it away"):
            st.markdown("It then counts in no number any more.")
            if st.button("Take it away now", key=f"{form}_remove"):
                with editing.saving(form, seen), writing() as session:
                    cases.remove(session, one.id, version=seen)


def words(theirs: editing.Values) -> list[str]:
    """A message as somebody else has just kept it, line by line."""
    on, subject = theirs.get("received_on"), str(theirs.get("subject") or "")
    replied = theirs.get("replied_on")
    lines = [
        f"Received on {day(on)}: {subject}" if isinstance(on, date) else subject,
        f"Answered on {day(replied)}" if isinstance(replied, date) else "",
    ]
    return [line for line in lines if line]


def _fields(form: str, one: Case | None, around: Around) -> None:
    on, at, where, about = st.columns([1.1, 0.8, 1.4, 2], gap="small")
    on.date_input("Received", key=f"{form}_received_on", format="DD/MM/YYYY")
    at.text_input("At", key=f"{form}_received_time", placeholder="9:15")
    with where:
        editing.choice(form, "channel", "Where?", rulebook.titles("channels"))
    about.text_input("About what?", key=f"{form}_subject", placeholder="A few words, no names")
    left, right = st.columns(2, gap="medium")
    with left:
        _choice(form, "needs_answer", "Did it need an answer?")
    with right:
        _choice(form, "answered", "Is it answered?")
    _reply_fields(form)
    with st.expander("More about it", key=f"{form}_fold"):
        _more(form, one, around)


def _reply_fields(form: str) -> None:
    on, at, _ = st.columns([1.1, 0.8, 3.4], gap="small")
    on.date_input(
        "First answer", value=None, key=f"{form}_replied_on", format="DD/MM/YYYY",
        help="Empty: on the same day, if there is a time; otherwise it is not known.",
    )  # fmt: skip
    at.text_input("At", key=f"{form}_replied_time", placeholder="10:40")


def _more(form: str, one: Case | None, around: Around) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        _choice(form, "solved", "Solved there, without handing over?")
        st.date_input("Closed on", value=None, key=f"{form}_closed_on", format="DD/MM/YYYY")
    with right:
        st.segmented_control("How satisfied were they?", [1, 2, 3, 4, 5], key=f"{form}_rating",
                             help="Only if they said it themselves; 5 is best.")  # fmt: skip
        there = dict(around.people)
        if one and one.said.person_id is not None:
            there = {one.said.person_id: one.person, **there}
        one_of(form, "person_id", "Whose care is it?", there)
    st.text_input("Where, if not on a channel of the list?", key=f"{form}_elsewhere")


def _choice(form: str, field: str, label: str) -> None:
    """Yes, no, or not known as long as nothing is chosen."""
    st.segmented_control(label, list(YES_NO), format_func=YES_NO.__getitem__, key=f"{form}_{field}")


def _filled(said: Said) -> dict[str, object]:
    """The fields as they begin."""
    return {
        "received_on": said.received_on,
        "received_time": _clock(said.received_minute),
        "channel": said.channel or None,
        "elsewhere": said.elsewhere,
        "subject": said.subject,
        "needs_answer": _word(said.needs_answer),
        "answered": _word(said.answered),
        "replied_on": said.replied_on,
        "replied_time": _clock(said.replied_minute),
        "closed_on": said.closed_on,
        "solved": _word(said.solved),
        "rating": said.rating,
        "person_id": said.person_id,
    }


def _said(form: str, today: date) -> Said:
    """The message as the fields say it; Refused if a time is none."""
    typed = editing.typed(form)
    received_on = _day(typed["received_on"]) or today
    on, minute = _replied(form, received_on)
    rating, who = typed["rating"], typed["person_id"]
    return Said(
        received_on,
        reading_times.minute(str(typed["received_time"] or "")),
        channel=str(typed["channel"] or ""),
        elsewhere=str(typed["elsewhere"] or ""),
        subject=str(typed["subject"] or ""),
        needs_answer=_truth(form, "needs_answer"),
        answered=_truth(form, "answered"),
        replied_on=on,
        replied_minute=minute,
        closed_on=_day(typed["closed_on"]),
        solved=_truth(form, "solved"),
        rating=rating if isinstance(rating, int) else None,
        person_id=who if isinstance(who, int) else None,
    )


def _replied(form: str, received_on: date) -> tuple[date | None, int | None]:
    """Day and minute of the first answer; a time alone is of the day on which it came in."""
    typed = editing.typed(form)
    minute = reading_times.minute(str(typed["replied_time"] or ""))
    on = _day(typed["replied_on"])
    return (received_on if on is None and minute is not None else on), minute


def _truth(form: str, field: str) -> bool | None:
    said = editing.typed(form).get(field)
    return None if said not in YES_NO else said == "yes"


def _word(said: bool | None) -> str | None:
    return None if said is None else "yes" if said else "no"


def _clock(minute: int | None) -> str:
    return "" if minute is None else clock(minute)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def told(said: Said) -> str:
    """`3 November 2026, 9:15 · Instagram · Opening hours`, as Markdown that shows its letters."""
    at = f", {clock(said.received_minute)}" if said.received_minute is not None else ""
    where = rulebook.title("channels", said.channel) if said.channel else said.elsewhere
    words = (f"{day(said.received_on)}{at}", where, said.subject or "no word what it was about")
    return plain(" · ".join(filter(None, words)))
