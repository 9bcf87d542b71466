"""Who decides, and who promises to do something: with which hours, until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

from services import costs, owners
from services.advice import AdviceView
from services.taking_on import MOST_HOURS, Promise
from ui import frame, links
from ui.text import plain

WHO = "who"
FOUR_WEEKS = timedelta(days=28)
_NOBODY = ""


def who() -> str:
    """Who decides in this session; empty if nobody said."""
    return str(st.session_state.get(WHO) or "")


def ask_who(view: AdviceView) -> None:
    """Whose decisions these are; a decision may also stay without a name."""
    names = [view.names[one] for one in people(view)]
    if names:
        st.selectbox(
            "Who decides?", names, index=None, key=WHO, placeholder="You may leave this empty"
        )


def people(view: AdviceView) -> dict[str, Mapping[str, object]]:
    """Who takes part, as facts know them: id → values."""
    return {str(fact.values["id"]): fact.values for fact in view.facts if fact.kind == "person"}


def form(view: AdviceView, activity: str, asked: str = "") -> Promise:
    """Owner, hours and date of an activity; who has the hours in the plan (`asked`) comes first."""
    owner = choose_owner(view, activity, asked)
    entry = view.entry("activity", activity)
    cost = costs.cost(view, "activity", entry) if entry else costs.Work(activity, 0, 0)
    week, once, until = st.columns(3)
    hours_week = week.number_input(
        "Hours a week", 0.0, float(MOST_HOURS), cost.hours, 0.25, key=f"hours_{activity}"
    )
    hours_setup = once.number_input(
        "Hours once", 0.0, 200.0, cost.setup, 0.5, key=f"setup_{activity}"
    )
    due_on = until.date_input(
        "In place by", frame.today() + FOUR_WEEKS, key=f"due_{activity}", format="DD/MM/YYYY"
    )
    return Promise(owner, hours_week, hours_setup, due_on)


def choose_owner(view: AdviceView, activity: str, asked: str = "") -> int | None:
    """The one person who answers for it, with everybody's free hours: first who has the hours in
    the plan (`asked`), then those who are recommended, by rank."""
    there = people(view)
    if not there:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("Nobody takes part yet; you can name an owner later.")
            links.page_link("organisation", "Say who takes part")
        return None
    ranked = view.recommended("owner", activity)
    places = {one.target[1]: one.rank for one in ranked if one.target[1] in there}
    order = [one for one in dict.fromkeys([asked, *places, *there]) if one in there]
    picked = st.selectbox(
        "Who answers for it?",
        [*order, _NOBODY],
        format_func=lambda one: _offer(view, one, places, asked),
        key=f"owner_{activity}",
    )
    return int(picked[1:]) if picked else None


def agreement(view: AdviceView, activity: str, promise: Promise) -> str:
    """What was agreed with somebody whom the rules hold back; not asked of anybody else."""
    if promise.owner_id is None:
        return ""
    chosen = owners.candidate(view, activity, f"p{promise.owner_id}")
    if not chosen.only_with_a_word:
        return ""
    for said in (*chosen.against[:1], *chosen.ways_out[:1]):
        st.markdown(plain(said))
    return st.text_input(
        "If you agreed on it all the same: what did you agree?",
        key=f"agreed_{activity}",
    )


def _offer(view: AdviceView, one: str, places: Mapping[str, int | None], asked: str) -> str:
    """Somebody in words: hours that are free, the place among those recommended, and the plan."""
    if one == _NOBODY:
        return "Nobody yet"
    free, best = people(view)[one].get("free_hours"), next(iter(places), "")
    said = [view.names[one]]
    if isinstance(free, int | float):
        said.append(f"{free:g} h free")
    if one in places:
        said.append("fits best" if one == best else f"place {places[one]}")
    if one == asked != best:
        said.append("has the hours in the plan")
    return " · ".join(said)
