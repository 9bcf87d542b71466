"""Tests on cards: what is assumed, what is expected, and the decision at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

import streamlit as st

from models.database import writing
from services import experiments
from services.experiments import DECISIONS, Card, Decided, Kept
from ui import editing, promising
from ui.frame import Place
from ui.text import label, plain

_SIX_WEEKS = timedelta(weeks=6)


def section(place: Place, cards: Sequence[Kept], today: date) -> None:
    """Those that run, a new one, and those that ended."""
    st.subheader("What do we try?", anchor=False)
    running = experiments.running(cards)
    if not running:
        st.markdown(
            "No test runs. Put one up: something small, with what you expect and a day on which "
            "you decide."
        )
    for one in running:
        card(one, today)
    _begin(place, today)
    ended = [one for one in cards if one.decided]
    if ended:
        fold = st.expander(
            f"Tests that ended: {len(ended)}", icon=":material/history:", key="tests_ended",
            on_change="rerun",
        )  # fmt: skip
        if fold.open:
            with fold:
                for one in sorted(ended, key=lambda one: one.decided_on or today, reverse=True):
                    card(one, today)


def card(one: Kept, today: date) -> None:
    """One card, to be decided here."""
    form = f"test_{one.id}"
    decided = one.decided
    kept = {"decision": None, "why": "", "actual": None}
    if decided:
        kept = {name: getattr(decided, name) for name in kept}
    seen = editing.fill(form, kept, one.version)
    with st.container(border=True):
        _told(one, today)
        editing.conflict(form, _words)
        st.segmented_control(
            "What do we decide?", list(DECISIONS), format_func=DECISIONS.__getitem__,
            key=f"{form}_decision", label_visibility="collapsed",
        )  # fmt: skip
        st.text_input(
            "Why?", key=f"{form}_why", placeholder="Why: what did you see?",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            unit = f", in {one.card.unit}" if one.card.unit else ""
            st.number_input(
                f"What it was{label(unit)} (if you counted)", value=None, key=f"{form}_actual",
                format="%g", width=240,
            )  # fmt: skip
            if st.button("Keep the decision", key=f"{form}_keep", type="primary"):
                said = _decided(form)
                with editing.saving(form, seen), writing() as session:
                    experiments.decide(session, one.id, said, version=seen, on=today)


def ended_then(cards: Sequence[Kept]) -> None:
    """Cards with what was decided of them, to be read."""
    for one in cards:
        with st.container(border=True):
            _told(one, one.decided_on or one.card.due_on)
            if one.decided:
                why = f": {plain(one.decided.why)}" if one.decided.why else ""
                st.markdown(f"**{DECISIONS[one.decided.decision]}**{why}")


def _told(one: Kept, today: date) -> None:
    said = one.card
    st.markdown(f"**{plain(said.title)}** · {plain(said.assumption)}")
    expected = _range(said)
    due = f"to be decided by {said.due_on.day} {said.due_on:%B %Y}"
    if one.decided_on:
        due = f"decided on {one.decided_on.day} {one.decided_on:%B %Y}"
    elif said.due_on < today:
        due = f"**{due}**"
    st.caption(" · ".join(filter(None, (plain(expected), due))))


def _range(card: Card) -> str:
    low, high = (None if value is None else f"{value:g}" for value in (card.low, card.high))
    unit = f" {card.unit}" if card.unit else ""
    if low and high:
        return f"expected: {low} to {high}{unit}"
    if low or high:
        return f"expected: at {'least' if low else 'most'} {low or high}{unit}"
    return ""


def _begin(place: Place, today: date) -> None:
    form = f"new_test_{place.quarter_id}"
    empty = {"title": "", "assumption": "", "low": None, "high": None, "unit": ""}
    editing.fill(form, {**empty, "due_on": today + _SIX_WEEKS})
    with st.expander("Put up a test", icon=":material/add:", expanded=editing.touched(form)):
        st.text_input("What do you try?", key=f"{form}_title")
        st.text_area(
            "What do you assume, and why should it work?", key=f"{form}_assumption", height=80,
        )  # fmt: skip
        low, high, unit = st.columns(3)
        low.number_input("Expected at least", value=None, key=f"{form}_low", format="%g")
        high.number_input("Expected at most", value=None, key=f"{form}_high", format="%g")
        unit.text_input("Of what?", key=f"{form}_unit", placeholder="requests a week")
        st.date_input("We decide by", key=f"{form}_due_on", format="DD/MM/YYYY")
        if st.button("Put it up", key=f"{form}_keep", type="primary"):
            new = _new(form, today)
            with editing.saving(form), writing() as session:
                experiments.begin(session, place.quarter_id, new, on=today)


def _new(form: str, today: date) -> Card:
    typed = editing.typed(form)
    due_on = typed["due_on"]
    number = partial(_number, typed)
    return Card(
        str(typed["title"]),
        str(typed["assumption"]),
        due_on if isinstance(due_on, date) else today,
        number("low"),
        number("high"),
        str(typed["unit"]),
    )


def _decided(form: str) -> Decided:
    typed = editing.typed(form)
    why = str(typed["why"] or "")
    return Decided(str(typed["decision"] or ""), why, promising.who(), _number(typed, "actual"))


def _number(typed: editing.Values, name: str) -> float | None:
    value = typed[name]
    return float(value) if isinstance(value, int | float) else None


def _words(theirs: editing.Values) -> list[str]:
    return [f"{DECISIONS.get(str(theirs['decision']), 'It still runs')}: {theirs['why']}"]
