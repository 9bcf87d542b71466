"""Promises first: what was decided last time and what came of it; expectations that are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date

import pandas as pd
import streamlit as st

from charts import expected
from models.database import reading, writing
from services import (
    experiments,
    ledger,
    meeting_capture,
    meeting_decisions,
    meeting_ready,
    meetings,
    repeated,
    scoring,
    suggested,
)
from services.meeting_capture import CHECKED, Note, Said
from services.meeting_decisions import Kept
from services.meetings import Held
from services.raised import raised
from ui import editing, links, meeting_who, pictures
from ui import scoring as scoring_form
from ui.frame import Place
from ui.text import plain

SHOWN = 4


def ready(place: Place, held: Held, today: date) -> None:
    """Decisions of the last meeting, then what accepted advice was expected to bring."""
    with reading() as session:
        last = meetings.before(session, place.organisation_id, place.quarter_id)
        decided = meeting_decisions.decisions(session, last.id) if last else []
        when = meetings.label(session, last) if last else ""
        noted = meeting_capture.notes(session, held.id)
        day = meeting_ready.until(session, place.quarter_id, today)
        due = repeated.due(scoring.expected(session, place.organisation_id), day)
        shown = [one.newest for one in due[:SHOWN]]
        numbers = suggested.suggestions(session, place.organisation_id, shown, day)
    if decided:
        st.markdown(f"**Decided in the review of {when}**")
        _decided(held, decided, noted)
    if due:
        st.markdown("**What the advice you took was to bring, and is due now**")
        for number, one in enumerate(due[:SHOWN]):
            scoring_form.ask(
                place, one.newest, numbers.get(one.newest.recommendation_id),
                since=one.since, fold=number > 0,
            )  # fmt: skip
        if len(due) > SHOWN:
            links.page_link("culture", _further(len(due) - SHOWN))
    if not decided and not due:
        st.success("Everything that was decided or expected has been looked at.")
    _earlier(place)


def _earlier(place: Place) -> None:
    """Everything that was expected and came to its end, in one picture, if somebody asks for it."""
    fold = st.expander(
        "Expected and real, over all quarters", icon=":material/monitoring:",
        key="meeting_earlier", on_change="rerun",
    )  # fmt: skip
    if not fold.open:
        return
    with reading() as session:
        cards = experiments.listed(session, place.organisation_id)
        found = ledger.compared(scoring.expected(session, place.organisation_id), cards)
    columns = [field.name for field in fields(ledger.Compared)]
    rows = pd.DataFrame([asdict(one) for one in found], columns=columns)
    with fold:
        pictures.show(
            "expected",
            lambda dark: expected.spec(rows, dark=dark),
            (lambda: expected.table(rows)) if found else None,
        )


def _decided(held: Held, decided: Sequence[Kept], noted: Sequence[Note]) -> None:
    checked = {one.decision_id: one for one in noted if one.said.kind == "checked"}
    for one in decided:
        said, kept = one.said, checked.get(one.id)
        with st.container(border=True):
            stop = ":material/block: Stop: " if said.is_stop else ""
            st.markdown(f"{stop}**{plain(said.what)}** · {plain(said.who)}")
            st.markdown(f"Expected: {plain(said.effect)}")
            st.caption(_days(said.due_on, said.check_on))
            _check(held, one.id, kept)


def _check(held: Held, decision_id: int, kept: Note | None) -> None:
    form = f"meeting_checked_{decision_id}"
    empty = {"said": None, "text": ""}
    shown = meeting_capture.told(kept) if kept else empty
    seen = editing.fill(form, shown, kept.version if kept else 0)
    editing.conflict(form, _words)
    st.segmented_control(
        "What came of it?", list(CHECKED), format_func=CHECKED.__getitem__, key=f"{form}_said",
        label_visibility="collapsed",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            "What happened?", key=f"{form}_text", placeholder="What happened, in a word",
            label_visibility="collapsed", width=320,
        )  # fmt: skip
        if st.button("Keep", key=f"{form}_keep", type="primary"):
            typed = editing.typed(form)
            said = Said("promises", "checked", str(typed["text"]), said=str(typed["said"] or ""))
            with editing.saving(form, seen), writing() as session:
                meeting_capture.put(
                    session, held.id, said, meeting_who.me(), seen=seen, decision_id=decision_id
                )


def _words(theirs: editing.Values) -> list[str]:
    return [f"{CHECKED.get(str(theirs['said']), 'Nothing said')}: {theirs['text']}"]


def _further(number: int) -> str:
    many = "One more is" if number == 1 else f"{number} more are"
    return f"{many} due under “How we learn”"


def _days(due_on: date | None, check_on: date | None) -> str:
    said = [
        f"{word} {day.day} {day:%B %Y}"
        for word, day in (("by", due_on), ("to be checked on", check_on))
        if day
    ]
    return raised(", ".join(said))
