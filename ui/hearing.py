"""The forms about something that was heard: what it is, who should know it, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

import streamlit as st

from models.database import writing
from services import insights, rulebook
from services.heard import ANSWERS, EVIDENCE, Answer, Heard, Said
from ui import editing
from ui.counted import day, one_of
from ui.text import label


@dataclass(frozen=True, slots=True)
class Around:
    """What a form needs to know: the organisation, who takes part (id → name), today, and after how
    many days something should have an answer."""

    organisation_id: int
    people: Mapping[int, str]
    today: date
    days: int


def passing(one: Heard, form: str, around: Around) -> None:
    """Who should hear it, and when it reached them."""
    kept = {"receiver_id": one.said.receiver_id, "reached_on": one.reached_on}
    seen = editing.fill(form, kept, one.version)
    editing.conflict(form, lambda theirs: words(theirs, around))
    _receiver(form, one, around)
    if st.button("Keep who hears it", key=f"{form}_keep", type="primary"):
        said = replace(one.said, **_picked(form))  # type: ignore[arg-type]
        with editing.saving(form, seen), writing() as session:
            insights.restate(session, one.id, said, version=seen, today=around.today)


def _receiver(form: str, one: Heard | None, around: Around) -> None:
    who, when = st.columns(2, gap="medium")
    with who:
        one_of(form, "receiver_id", "Who should hear it?", _there(one, around))
    when.date_input(
        "It reached them on", value=None, key=f"{form}_reached_on", format="DD/MM/YYYY",
        help="Empty as long as it did not, or nobody knows.",
    )  # fmt: skip


def _there(one: Heard | None, around: Around) -> Mapping[int, str]:
    """Who takes part, and who was named before, even if they left."""
    if one is None or one.said.receiver_id is None:
        return around.people
    return {one.said.receiver_id: one.receiver, **around.people}


def answering(one: Heard, form: str, around: Around) -> None:
    """Done or not, why, when, and what changed."""
    kept = {**asdict(one.answered), "answer": one.answer or None}
    seen = editing.fill(form, kept, one.version)
    editing.conflict(form, lambda theirs: words(theirs, around))
    st.segmented_control(
        f"What did {label(one.receiver or 'they')} say?", list(ANSWERS),
        format_func=ANSWERS.__getitem__, key=f"{form}_answer",
    )  # fmt: skip
    st.text_input("Why?", key=f"{form}_why", placeholder="No is a full answer, with a word why")
    st.text_input(
        "What changed because of it?", key=f"{form}_change",
        placeholder="The decision that is different now; empty if none is",
    )  # fmt: skip
    st.date_input(
        "Answered on", value=None, key=f"{form}_answered_on", format="DD/MM/YYYY",
        help="Empty: today.",
    )  # fmt: skip
    if st.button("Keep the answer", key=f"{form}_keep", type="primary"):
        typed = editing.typed(form)
        said = Answer(
            str(typed["answer"] or ""),
            str(typed["why"] or ""),
            _day(typed["answered_on"]),
            str(typed["change"] or ""),
        )
        with editing.saving(form, seen), writing() as session:
            insights.answer(session, one.id, said, version=seen, today=around.today)


def saying(one: Heard, form: str, around: Around) -> None:
    seen = editing.fill(form, _filled(one.said), one.version)
    editing.conflict(form, lambda theirs: words(theirs, around))
    _fields(form, one, around)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_keep"):
            said = _said(form, around.today)
            with editing.saving(form, seen), writing() as session:
                insights.restate(session, one.id, said, version=seen, today=around.today)
        with st.popover("Take it away"):
            st.markdown("What was heard, its answer and its change then count no more.")
            if st.button("Take it away now", key=f"{form}_remove"):
                with editing.saving(form, seen), writing() as session:
                    insights.remove(session, one.id, version=seen)


def new(around: Around, *, first: bool) -> None:
    form = f"new_insight_{around.organisation_id}"
    editing.fill(form, _filled(Said("", around.today)))
    typing = first or editing.touched(form)
    with st.expander("Write down what you heard", icon=":material/add:", expanded=typing):
        _fields(form, None, around)
        if st.button("Keep what we heard", key=f"{form}_keep", type="primary"):
            said = _said(form, around.today)
            with editing.saving(form), writing() as session:
                insights.hear(session, around.organisation_id, said, today=around.today)


def _fields(form: str, one: Heard | None, around: Around) -> None:
    st.text_area(
        "What did you hear?", key=f"{form}_text", height=80,
        placeholder="In one sentence, without names or private matters of strangers",
    )  # fmt: skip
    left, right = st.columns(2, gap="medium")
    with left:
        st.date_input("Heard first on", key=f"{form}_heard_on", format="DD/MM/YYYY")
        editing.choice(form, "evidence", "How well do we know it?", EVIDENCE)
        st.text_input("About whom or what?", key=f"{form}_about", placeholder="You may leave it")
    with right:
        editing.choice(form, "channel", "Where?", rulebook.titles("channels"))
        st.text_input("Or somewhere else", key=f"{form}_elsewhere", placeholder="At the counter")
        editing.choice(form, "objective", "For which aim does it matter?",
                       rulebook.titles("objectives"))  # fmt: skip
    _receiver(form, one, around)


def _filled(said: Said) -> editing.Values:
    return {
        name: value or (None if name in ("channel", "objective", "evidence") else value)
        for name, value in asdict(said).items()
    }


def _said(form: str, today: date) -> Said:
    typed = editing.typed(form)
    names = ("text", "channel", "elsewhere", "about", "objective", "evidence")
    words = {name: str(typed[name] or "") for name in names}
    heard_on = _day(typed["heard_on"]) or today
    return Said(heard_on=heard_on, **words, **_picked(form))  # type: ignore[arg-type]


def _picked(form: str) -> dict[str, object]:
    typed = editing.typed(form)
    who = typed["receiver_id"]
    return {
        "receiver_id": who if isinstance(who, int) else None,
        "reached_on": _day(typed["reached_on"]),
    }


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def words(theirs: editing.Values, around: Around) -> list[str]:
    """Any of the forms as somebody else has just kept it, line by line."""
    who = theirs.get("receiver_id")
    answer, reached = str(theirs.get("answer") or ""), _day(theirs.get("reached_on"))
    return [
        line
        for line in (
            str(theirs.get("text") or ""),
            around.people.get(who, "") if isinstance(who, int) else "",
            f"It reached them on {day(reached)}" if reached else "",
            ": ".join(filter(None, (ANSWERS.get(answer, ""), str(theirs.get("why") or "")))),
            str(theirs.get("change") or ""),
        )
        if line
    ]
