"""What fits into the hours, above the advice: what to start with, the hours as a bar, and what to
do if nothing fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.hours_bar import PARTS, spec
from charts.wording import hours as worded
from rules.advice import Target
from services import plan_words, planning
from services.advice import AdviceView
from services.plan_made import Item, Plan
from ui import links, pictures, ways_on
from ui.text import plain

_NAMED = 3
_THESE = {"channel": "channels", "activity": "activities"}


def items(plan: Plan, kind: str) -> tuple[Item, ...]:
    """What the plan holds of a kind, by rank; what stands already comes first of the activities."""
    return plan.channels if kind == "channel" else plan.activities


def above(view: AdviceView, kind: str, away: Collection[Target], here: str) -> None:
    """In one glance: what to start with, and the hours of the whole plan; `here` is the page."""
    plan = planning.plan(view, away)
    st.markdown(f"#### {_headline(view, plan, kind)}")
    if not plan.have:
        _no_hours()
        _gap(plan)
        return
    nothing_fits(view, kind, away, here)
    if plan.takes > plan.have:
        _too_much()
    bar(view, plan)
    fit = (planning.channels if kind == "channel" else planning.activities)(view, away)
    st.caption(
        f"All {_THESE[kind]} that are advised would need {worded(fit.needs)} a week. Hours are "
        "starter values. Part of your hours stays free for what nobody foresees."
    )


def nothing_fits(view: AdviceView, kind: str, away: Collection[Target], here: str) -> None:
    """If nothing new fits: the fewest limits that leave no room, by name, and where each of them
    can be eased. In few words where something is taken already."""
    there = items(planning.plan(view, away), kind)
    limits = () if any(not one.stands for one in there) else _in_the_way(view, kind, away)
    if not limits:
        return
    together = "These limits together leave" if limits[1:] else "One limit leaves"
    with st.container(border=not there, key="conflict"):
        icon = "info" if there else "block"
        st.markdown(f":material/{icon}: {together} no room for {'more' if there else 'any'} here:")
        for limit, name in zip(limits, plan_words.conflict(limits), strict=True):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"- **{plain(name)}**", width="content")
                ways_on.link(limit, here)
        if limits[1:]:
            st.caption("More room in any one of them is enough.")


def bar(view: AdviceView, plan: Plan) -> None:
    """Hours used: a bar, and the same as a table one click away; and what is not proved."""
    work = sum(one.hours for one in plan.activities if not one.stands)
    numbers = (plan.promised, round(work, 2), plan.filling)

    def draw(dark: bool) -> dict[str, Any]:
        return _drawn(numbers, plan.have, dark)

    pictures.show("plan-hours", draw)
    fold = st.expander("The hours as a table", key="hours_table", on_change="rerun")
    if fold.open:
        with fold:
            _as_table(view, plan, numbers)
    pictures.take("plan-hours", draw)
    _gap(plan)


def _as_table(view: AdviceView, plan: Plan, numbers: tuple[float, float, float]) -> None:
    rows = [*zip(PARTS.values(), numbers, strict=True), ("Together", plan.takes)]
    if plan.have is not None:
        left = round(plan.have - plan.takes, 2)
        rows.append(("May be planned", plan.have))
        rows.append(("Left" if left >= 0 else "Too many", abs(left)))
    _table({"What": [what for what, _ in rows], "A week": [worded(one) for _, one in rows]})
    if len(plan.people) > 1:
        _people(view, plan)
    st.caption(
        "Channels: what they need beside what is done on them. Beside the hours a week, what "
        f"is new takes {worded(plan.setup)} once to set it up."
    )


def _headline(view: AdviceView, plan: Plan, kind: str) -> str:
    """What to start with, by name; or else why there is nothing new."""
    there, these = items(plan, kind), _THESE[kind]
    new = [one for one in there if not one.stands]
    if plan.have and plan.takes > plan.have:
        return f"You take more than fits: {worded(plan.takes)} a week of {worded(plan.have)}."
    if new:
        begin, more = "Next" if len(new) < len(there) else "Start with", len(new) - _NAMED
        after = f" {more} more {'fit' if more > 1 else 'fits'} after that." if more > 0 else ""
        return f"{begin}: {_titles(view, new[:_NAMED])}.{after}"
    left = any(one.kind == kind for one in plan.left_out)
    if not there:
        return f"No {these} fit yet." if left else f"No {these} are left to choose from."
    taken = _titles(view, there) if len(there) <= _NAMED else f"{len(there)} {these}"
    after = f"no more {these} fit for now" if left else "that is all that is advised"
    return f"You take {taken}: {after}."


def _titles(view: AdviceView, some: Sequence[Item]) -> str:
    titles = [f"“{plain(view.title(one.kind, one.name))}”" for one in some]
    return " and ".join([", ".join(titles[:-1]), titles[-1]] if titles[1:] else titles)


def _no_hours() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Nobody has given hours yet**, so nobody knows how much of this fits.")
        links.page_link("organisation", "Say who has hours")


def _too_much() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Move something to a later day, take something back, or find more hours.")
        links.page_link("plan")
        links.page_link("organisation", "Say who has more hours")


def _in_the_way(view: AdviceView, kind: str, away: Collection[Target]) -> tuple[str, ...]:
    """What leaves no room for anything; or else, if only activities fit, none for a channel."""
    limits = planning.conflict(view, away)
    if limits or kind != "channel":
        return limits
    return planning.conflict(view, {*away, *(one.target for one in view.recommended("activity"))})


def _gap(plan: Plan) -> None:
    """What is not proved is said."""
    if plan.gap > 0:
        share = max(1, round(plan.gap * 100))
        st.caption(
            ":material/timer: In the time there was, no better plan was found, but none was ruled "
            f"out: another one could be worth up to {share} % more."
        )


def _people(view: AdviceView, plan: Plan) -> None:
    """What the plan would ask of everybody."""
    _table(
        {
            "Who": [plain(view.names.get(one.person, "")) for one in plan.people],
            "In the plan": [worded(one.takes) for one in plan.people],
            "May be planned": [worded(one.have) for one in plan.people],
        }
    )


def _table(columns: dict[str, list[str]]) -> None:
    st.table(pd.DataFrame(columns), hide_index=True, border="horizontal")


@st.cache_data(max_entries=256, show_spinner=False)
def _drawn(numbers: tuple[float, float, float], have: float | None, dark: bool) -> dict[str, Any]:
    row = dict(zip(PARTS, numbers, strict=True)) | {"name": "This plan", "limit": have}
    return spec(pd.DataFrame([row]), dark=dark)
