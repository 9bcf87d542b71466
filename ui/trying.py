"""A case tried on paper: a small form, and what the rules would say beside what they say to us."""

from __future__ import annotations

import streamlit as st

from rules.targets import catalogue_of
from services import effects, organisations, rulebook, trying
from services.advice import AdviceView
from services.refusals import Refused
from services.trying import Case
from ui import amending
from ui.text import plain

FIRST = 5
_KINDS = ("objective", "channel", "activity")


def section(view: AdviceView) -> None:
    """The form, then both answers side by side."""
    st.markdown(
        "What would the rules say if you had ten hours more, or wanted something else? Try it. "
        "**Nothing is kept**, and your own advice stays as it is."
    )
    form = f"try_{view.quarter_id}_{view.facts_hash[:12]}"  # other facts, another beginning
    start = trying.begin(view)
    case = _asked(view, form, start)
    if case == start:
        st.info("So far this is you, as you are. Change something above and see what follows.")
    try:
        tried = trying.advised(view, case)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    _compared(view, tried)
    if case != start:
        found = effects.between(view, tried)
        with st.expander("Everything that would be different", icon=":material/difference:"):
            amending.told(found if found.changes else effects.NONE, "From ours to this case")


def _asked(view: AdviceView, form: str, start: Case) -> Case:
    left, right = st.columns(2, gap="medium")
    wanted = rulebook.titles("objectives")
    with left:
        staff = st.number_input(
            "People in the organisation", 1, organisations.LARGEST, start.staff, key=f"{form}_staff"
        )
        sector = _choice("Kind of organisation", organisations.SECTORS, start.sector, form)
        audience = _choice("Whom it serves", organisations.AUDIENCES, start.audience, form)
        premises = st.checkbox("People visit it", start.premises, key=f"{form}_premises")
    with right:
        objectives = st.multiselect(
            "What it wants, the first thing first",
            list(wanted),
            [one for one in start.objectives if one in wanted],
            format_func=wanted.__getitem__,
            max_selections=trying.MOST_OBJECTIVES,
            key=f"{form}_objectives",
        )
        people = st.number_input(
            "People with hours for this", 0, trying.MOST_PEOPLE, start.people, key=f"{form}_people"
        )
        hours = st.number_input(
            "Hours a week each has", 0.0, trying.MOST_HOURS, start.hours, 0.5, key=f"{form}_hours"
        )
    group = _group(form, start)
    return Case(
        int(staff), sector, audience, start.region, premises,
        tuple(objectives), int(people), float(hours), group,
    )  # fmt: skip


def _group(form: str, start: Case) -> tuple[int, int, bool] | None:
    described = st.checkbox(
        "The people to reach are described", start.group is not None, key=f"{form}_group"
    )
    if not described:
        return None
    low, high, business = start.group or (25, 60, False)
    left, right = st.columns(2, gap="medium")
    youngest = left.number_input("The youngest are", 0, 120, low, key=f"{form}_youngest")
    oldest = right.number_input("The oldest are", 0, 120, high, key=f"{form}_oldest")
    at_work = st.checkbox("We reach them at work, in firms", business, key=f"{form}_business")
    return int(youngest), int(oldest), at_work


def _choice(label: str, titles: dict[str, str], held: str, form: str) -> str:
    options = list(titles)
    at = options.index(held) if held in titles else 0
    return st.selectbox(label, options, at, format_func=titles.__getitem__, key=f"{form}_{label}")


def _compared(view: AdviceView, tried: AdviceView) -> None:
    ours, theirs = st.columns(2, gap="medium")
    ours.markdown("#### With us, now")
    theirs.markdown("#### In this case")
    for kind in _KINDS:
        here, there = _first(view, kind), _first(tried, kind)
        with ours:
            _column(view, kind, here, there, "not in this case")
        with theirs:
            _column(tried, kind, there, here, "new")


def _column(view: AdviceView, kind: str, shown: list[str], other: list[str], mark: str) -> None:
    heading = next((s.title for s in view.pack.stages if kind in s.decides), kind)
    lines = [
        f"{at}. {plain(view.title(kind, name))}" + ("" if name in other else f" :small[({mark})]")
        for at, name in enumerate(shown, 1)
    ]
    hint = "Nothing yet. Say what is wanted." if catalogue_of(view.pack, kind) else "Nothing yet."
    st.markdown(f"**{heading}**\n\n" + ("\n".join(lines) or hint))


def _first(view: AdviceView, kind: str) -> list[str]:
    return [one.target[1] for one in view.recommended(kind)][:FIRST]
