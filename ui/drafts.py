"""The what-if that somebody works on: plain values in the session, one for each organisation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st
from sqlalchemy.orm import Session

from rules.levers import Move
from services import addressed, advice, moves, scenarios, starters, tried, what_if
from services.advice import AdviceView
from services.board import Begins
from services.refusals import Refused
from services.shelved import Kept
from services.tried import Tried
from ui import frame
from ui.frame import Place

DRAFT, REFUSED, WRITTEN = "what_if_draft", "what_if_refused", "what_if_written"
"""In the session; the last is what the address was last made to hold."""
SCENARIO, CHANGES = "scenario", "changes"
"""In the address of the page."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`place` is where the page was opened; `quarter_id` the quarter it is compared with; `kept_id`
    the what-if on the shelf from which it was taken (0: none)."""

    place: Place
    quarter_id: int
    moves: tuple[Move, ...] = ()
    begins: Begins = "next_quarter"
    kept_id: int = 0


def current(place: Place) -> Draft:
    """What is worked on here; begun anew when another organisation or quarter is chosen above."""
    draft = st.session_state.get(DRAFT)
    if draft is None or draft.place.organisation_id != place.organisation_id:
        draft = Draft(place, place.quarter_id)
    elif draft.place != place:
        draft = replace(draft, place=place, quarter_id=place.quarter_id)
    st.session_state[DRAFT] = draft
    return draft


def from_address(session: Session, place: Place) -> None:
    """Open what the address of the page names, once: a what-if of the shelf, or the changes that
    somebody was working on when it was loaded anew. What cannot be is said."""
    try:
        named = st.query_params.get(SCENARIO, "")
        if named.isdecimal() and current(place).kept_id != int(named[:18]):
            take(place, scenarios.find(session, place.organisation_id, int(named[:18])))
    except Refused as refusal:
        st.query_params.pop(SCENARIO)
        st.session_state[REFUSED] = str(refusal)
    text = st.query_params.get(CHANGES, "")
    if text in ("", st.session_state.get(WRITTEN, "")):
        return
    try:
        _go_on(session, place, text)
    except Refused as refusal:
        st.query_params.pop(CHANGES)
        st.session_state[REFUSED] = str(refusal)


def _go_on(session: Session, place: Place, text: str) -> None:
    """Go on with what an address holds. Refused if that cannot be."""
    found = addressed.read(text)
    known = scenarios.baselines(session, place.organisation_id, on=frame.today())
    quarter_id = found.quarter_id if found.quarter_id in known else place.quarter_id
    view = advice.current(session, place.organisation_id, quarter_id)
    able, _ = moves.possible(view, found.moves, what_if.entering(session, view))
    moves.want(view, moves.wanted(view, able), able)
    st.session_state[DRAFT] = replace(
        current(place), quarter_id=quarter_id, moves=found.moves, begins=found.begins
    )
    st.session_state[WRITTEN] = text


def to_address(place: Place, kept: Kept | None, *, entered: bool) -> None:
    """Let the address hold what is worked on, so that a reload of the page brings it back.

    Each new address is one more step back in the browser, so it is written only where something
    changed, or where the page was `entered` just now: whoever goes back is not sent forward.
    """
    draft = current(place)
    now = addressed.Draft(draft.quarter_id, draft.begins, draft.moves)
    said = kept.said if kept else None
    same = said is not None and (said.moves, said.begins) == (draft.moves, draft.begins)
    plainly = not draft.moves and draft == Draft(place, place.quarter_id)
    text = "" if same or plainly else addressed.written(now)
    before = st.session_state.get(WRITTEN, "")
    st.session_state[WRITTEN] = text
    if not text:
        st.query_params.pop(CHANGES, None)
    elif (text != before or entered) and st.query_params.get(CHANGES) != text:
        st.query_params[CHANGES] = text


def kept(session: Session, draft: Draft) -> Kept | None:
    """The what-if of the shelf that is open, if it lies there still."""
    if not draft.kept_id:
        return None
    try:
        found = scenarios.find(session, draft.place.organisation_id, draft.kept_id)
    except Refused:
        found = None
    if found is None or found.state != "kept":
        st.query_params.pop(SCENARIO, None)
        st.session_state[DRAFT] = replace(draft, kept_id=0)
        return None
    return found


def take(place: Place, kept: Kept) -> None:
    """Go on with a what-if of the shelf."""
    said = kept.said
    st.session_state[DRAFT] = Draft(place, kept.quarter_id, said.moves, said.begins, kept.id)


def set_moves(place: Place, some: tuple[Move, ...]) -> None:
    """Go on with these moves."""
    st.session_state[DRAFT] = replace(current(place), moves=some)


def change(place: Place, **what: object) -> None:
    """Another beginning, or another quarter to compare with."""
    st.session_state[DRAFT] = replace(current(place), **what)  # type: ignore[arg-type]


def afresh(place: Place) -> None:
    """Nothing is changed any more; what is on the shelf stays there."""
    st.query_params.pop(SCENARIO, None)
    st.session_state[DRAFT] = Draft(place, current(place).quarter_id)


def put(place: Place, trial: Tried, move: Move) -> None:
    """Turn one lever; what cannot be is said."""
    _try(place, lambda: moves.put(trial.before, trial.moves, move))


def want(place: Place, trial: Tried, names: list[str]) -> None:
    """Exactly these objectives."""
    _try(place, lambda: moves.want(trial.before, names, trial.moves))


def swap(place: Place, trial: Tried, old: str, new: str) -> None:
    """One objective in the place of another."""
    _try(place, lambda: moves.replace(trial.before, old, new, trial.moves))


def also(place: Place, trial: Tried, more: tuple[Move, ...]) -> None:
    """Moves that were found to flip something, beside those that are made already."""
    _try(place, lambda: tried.also(trial, more))


def begin_with(place: Place, view: AdviceView, some: tuple[Move, ...]) -> None:
    """A new what-if of these moves, from another page."""
    st.session_state[DRAFT] = Draft(place, view.quarter_id, some)


def starter(place: Place, trial: Tried, objective: str) -> None:
    """Go on with starter values for whom an objective usually reaches."""
    for one in starters.audience(trial.before, trial.moves):
        if one.objective == objective:
            set_moves(place, (*trial.moves, *one.moves))


def refused() -> None:
    """Say once what could not be."""
    if words := st.session_state.pop(REFUSED, ""):
        st.warning(words)


def _try(place: Place, made: object) -> None:
    try:
        set_moves(place, made())  # type: ignore[operator]
    except Refused as refusal:
        st.session_state[REFUSED] = str(refusal)
