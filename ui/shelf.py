"""The shelf of what-ifs: look at them, up to three beside each other, adopt one or leave it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading
from services import moves, scenarios
from services.older import Stale
from services.scenarios import Shown
from services.shelved import Kept
from ui import drafts, frame, settling
from ui.drafts import Draft
from ui.frame import Place
from ui.text import plain

BESIDE = "what_if_compare"
"""In the session: which are compared."""


def stale(place: Place, kept: Kept, older: Stale | None) -> None:
    """That it was made on older facts, what it said then, and the offer to recalculate."""
    if older is None:
        return
    with st.container(border=True):
        st.warning(plain(older.sentence), icon=":material/update:")
        st.markdown(f"It said then: {plain(kept.summary)}")
        if st.button("Recalculate it", key=f"again_{kept.id}", type="primary"):
            settling.recalculate(place, kept)


def section(place: Place, draft: Draft) -> None:
    """Everything that is kept, then what was adopted or left."""
    settling.adopted()
    with reading() as session:
        there = scenarios.listed(session, place.organisation_id)
        settled = scenarios.listed(session, place.organisation_id, settled=True)
        today = frame.today()
        older = {one.id: scenarios.stale(session, one) for one in there}
        over = {one.id: scenarios.over(session, one, on=today) for one in there}
    if not there and not settled:
        return
    st.subheader("On the shelf", anchor=False)
    if not there:
        st.markdown("Nothing lies here now. What was adopted or left stays below.")
    _compare(place, there)
    for one in there:
        _card(place, draft, one, older[one.id] is not None, over[one.id])
    _settled(settled)


def _card(place: Place, draft: Draft, kept: Kept, older: bool, running: str) -> None:
    """`running`: the quarter that runs now, if the one of this what-if is over."""
    said = kept.said
    with st.container(border=True, key=f"shelved_{kept.id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {plain(said.name)}", width="content")
            if kept.id == draft.kept_id:
                st.badge("Open now", color="blue")
            if running:
                st.badge("Its quarter is over", icon=":material/event_busy:", color="orange")
            elif older:
                st.badge("Made on older facts", icon=":material/update:", color="orange")
        by = f"{plain(said.author)} · " if said.author else ""
        day = kept.made_at
        st.caption(f"{by}{day.day} {day:%B %Y} · {'; '.join(plain(one) for one in kept.lines)}")
        st.markdown(plain(kept.summary))
        if answer := settling.opened(kept):
            settling.form(place, kept, answer)
            return
        _acts(place, kept, running)


def _acts(place: Place, kept: Kept, running: str) -> None:
    if running and st.button(
        f"Recalculate it on {running}", key=f"over_{kept.id}", type="primary",
        icon=":material/update:",
    ):  # fmt: skip
        settling.recalculate(place, kept)
    with st.container(horizontal=True):
        st.button("Look at it", key=f"look_{kept.id}", on_click=_look, args=(place, kept))
        st.button(
            "Adopt it", key=f"adopt_{kept.id}", on_click=settling.ask, args=(kept.id, "adopt"),
            icon=":material/task_alt:",
        )  # fmt: skip
        st.button(
            "Leave it", key=f"leave_{kept.id}", on_click=settling.ask, args=(kept.id, "leave"),
            type="tertiary",
        )  # fmt: skip


def _look(place: Place, kept: Kept) -> None:
    drafts.take(place, kept)
    st.query_params[drafts.SCENARIO] = str(kept.id)


def _compare(place: Place, there: Sequence[Kept]) -> None:
    """Up to three beside each other, each put to what is known now."""
    if len(there) < 2:
        return
    names = {one.id: one.said.name for one in there}
    held = [one for one in st.session_state.get(BESIDE, []) if one in names]
    st.session_state[BESIDE] = held
    chosen = st.multiselect(
        "Compare up to three",
        list(names),
        format_func=names.__getitem__,
        max_selections=scenarios.MOST,
        placeholder="Choose two or three",
        key=BESIDE,
    )
    if len(chosen) < 2:
        return
    with reading() as session:
        shown = scenarios.compare(session, place.organisation_id, chosen)
    for column, one in zip(st.columns(len(shown)), shown, strict=True):
        with column, st.container(border=True):
            _beside(one)


def _beside(one: Shown) -> None:
    found, after = one.difference, one.after
    st.markdown(f"##### {plain(one.kept.said.name)}")
    wanted = [plain(after.title("objective", name)) for name in moves.wanted(after)]
    have = "not said" if found.hours.have[1] is None else f"{found.hours.have[1]:g} h"
    counted = ((len(found.appear), "more"), (len(found.vanish), "less"))
    conflicts = ", ".join(f"{many} {word}" for many, word in counted if many) or "as many as now"
    told = (
        ("You want", wanted),
        ("Starts", [plain(after.title(*name)) for name in found.starts]),
        ("Stops", [plain(after.title(*name)) for name in found.stops]),
        ("Hours a week", [f"{found.hours.takes[1]:g} h of {have}"]),
        ("Conflicts", [conflicts]),
    )
    for what, lines in told:
        st.markdown(f"**{what}**\n\n" + ("\n".join(f"- {x}" for x in lines) or "- nothing"))


def _settled(settled: Sequence[Kept]) -> None:
    if not settled:
        return
    fold = st.expander(f"Adopted or left: {len(settled)}", icon=":material/inventory_2:",
                       key="what_if_settled", on_change="rerun")  # fmt: skip
    if not fold.open:
        return
    with fold:
        for one in settled:
            word = "Adopted" if one.state == "adopted" else "Left"
            who = f", {plain(one.who)}" if one.who else ""
            st.markdown(f"**{plain(one.said.name)}** · {word}: “{plain(one.why)}”{who}")
