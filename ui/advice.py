"""Advice as people read it: ranked, one sentence each, everything else folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from models.database import reading
from rules.advice import Scored, Target
from services import advice, coming_back, costs, plan_words, planning, recommendations
from services.advice import AdviceView, for_and_against
from services.coming_back import Back
from services.honesty import honesty
from services.recommendations import Standing
from services.unchanged import unchanged
from ui import building_on, decisions, earlier, fits, flips, links, reasons
from ui.earlier import Earlier
from ui.frame import Place
from ui.text import plain

_HONESTY = {
    "owned": ("From what you told us", "green", "Nothing behind this advice is estimated."),
    "sampled": ("From a named source", "blue", "Part of it rests on a source, not on you."),
    "estimated": (
        "Partly estimated",
        "orange",
        "Estimates weigh less. Your own numbers are better.",
    ),
    "unknown": (
        "Not known who is there",
        "gray",
        "Nobody has said yet how many of your people use it.",
    ),
}
_AFTER = 5


@dataclass(frozen=True, slots=True)
class Decided:
    """What people said this quarter, what they declined before, and what they took back this
    quarter, by target."""

    now: Mapping[Target, Standing]
    before: Mapping[Target, Back]
    earlier: Earlier

    def declined(self, kind: str) -> set[Target]:
        """What stays folded away: declined now, or before and nothing has changed."""
        now = {t for t, one in self.now.items() if one.said.answer == "declined"}
        before = {t for t, one in self.before.items() if not one.changes and t not in self.now}
        return {target for target in now | before if target[0] == kind}

    def away(self) -> set[Target]:
        """Channels and activities that are set aside."""
        return self.declined("channel") | self.declined("activity")

    def taken(self, kind: str) -> list[Target]:
        """What is accepted, as it was or adapted, in the order in which it was."""
        yes = (t for t, one in self.now.items() if one.said.answer != "declined")
        return [target for target in yes if target[0] == kind]


def now(place: Place) -> tuple[AdviceView, Decided]:
    """What is advised here in this quarter, and what people have said about it."""
    with reading() as session:

        def made() -> tuple[AdviceView, Decided]:
            view = advice.current(session, place.organisation_id, place.quarter_id)
            return view, Decided(
                now=recommendations.standing(session, place.quarter_id),
                before=coming_back.declined_before(session, view),
                earlier=recommendations.taken_back(session, place.quarter_id),
            )

        return unchanged(session, ("decided", place), made)


def in_plan(view: AdviceView, kind: str, decided: Decided) -> None:
    """What the plan holds: what to start with, and what is taken or promised already."""
    first, taken, _ = _grouped(view, kind, decided)
    if first or taken:
        st.subheader("In the plan", anchor=False)
    _cards("Start with", view, first[:_AFTER], decided)
    then = first[_AFTER:]
    _folded(f"{len(then)} more in the plan", f"more_in_plan_{kind}", view, then, decided)
    _cards("You take", view, [view.target(target) for target in taken], decided)


def others(view: AdviceView, kind: str, decided: Decided) -> None:
    """What is advised and not in the plan, by rank; what was declined is folded away."""
    first, taken, left = _grouped(view, kind, decided)
    room = max(0, _AFTER - len(first))
    if left[:room]:
        st.subheader("Also advised" if first or taken else "In this order", anchor=False)
    for scored in left[:room]:
        card(view, scored, decided)
    then = left[room:]
    title = f"{len(then)} more" if room else f"Also advised, not in the plan: {len(then)}"
    _folded(title, f"more_{kind}", view, then, decided)
    if not (first or taken or left):
        st.info("The rules advise nothing here yet. Say what you want, and advice follows.")
        links.page_link("objectives")
    away = sorted(decided.declined(kind))
    _set_aside(view, [view.target(target) for target in away], decided)


def blocked(view: AdviceView, kind: str) -> None:
    """What would be advised if nothing blocked it, and the ways out."""
    held = [one for one in view.scored(kind) if one.blocks and one.hundredths > 0]
    if not held:
        return
    with st.expander(f"Blocked for now: {len(held)}", icon=":material/block:"):
        for one in sorted(held, key=lambda one: -one.hundredths):
            st.markdown(f"**{plain(view.title(*one.target[:2]))}**")
            for block in one.blocks:
                st.markdown(plain(block.sentence))
                st.markdown(f":material/door_open: {plain(block.way_out)}")
            flips.folded(view, one.target)


def card(view: AdviceView, scored: Scored, decided: Decided) -> None:
    """One piece of advice: a sentence, what to do with it, and the reasons folded."""
    kind, name, _ = scored.target
    standing, back = decided.now.get(scored.target), decided.before.get(scored.target)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {plain(view.title(kind, name))}", width="content")
            _badges(view, scored)
        speaks_for, _ = for_and_against(view, scored)
        if speaks_for:
            st.markdown(plain(speaks_for[0].sentence))
        if kind == "activity":
            building_on.shown(view, name)
        if back and not standing:
            _back(back)
        asked = _beside_plan(view, scored.target, decided)
        decisions.answers(view, scored.target, standing, asked)
        earlier.shown(decided.earlier, scored.target)
        reasons.folded(view, scored)
        flips.folded(view, scored.target)


def _cards(title: str, view: AdviceView, ranking: Sequence[Scored], decided: Decided) -> None:
    if ranking:
        st.markdown(f"**{title}**")
    for scored in ranking:
        card(view, scored, decided)


def _grouped(
    view: AdviceView, kind: str, decided: Decided
) -> tuple[list[Scored], list[Target], list[Scored]]:
    """What the plan would start with, what is taken or promised already, and what is advised
    beside it, each by rank."""
    held = fits.items(planning.plan(view, decided.away()), kind)
    stands = [(kind, one.name, "") for one in held if one.stands]
    taken = list(dict.fromkeys([*decided.taken(kind), *stands]))
    new = {(kind, one.name, "") for one in held}.difference(taken)
    ranked = view.recommended(kind)
    out = {*taken, *new, *decided.declined(kind)}
    first = [one for one in ranked if one.target in new]
    return first, taken, [one for one in ranked if one.target not in out]


def _folded(
    title: str, key: str, view: AdviceView, rest: Sequence[Scored], decided: Decided
) -> None:
    """Each in a line with its answers, made when the fold is opened."""
    fold = st.expander(title, key=key, on_change="rerun") if rest else None
    if fold is None or not fold.open:
        return
    with fold:
        for scored in rest:
            kind, name, _ = scored.target
            speaks_for, _ = for_and_against(view, scored)
            title = plain(view.title(kind, name))
            st.markdown(f"**{title}** · {plain(speaks_for[0].sentence)}")
            asked = _beside_plan(view, scored.target, decided)
            decisions.answers(view, scored.target, decided.now.get(scored.target), asked)
            earlier.shown(decided.earlier, scored.target)


def _beside_plan(view: AdviceView, target: Target, decided: Decided) -> str:
    """Who would be asked in the plan, or why it is not in it, in a line; gives whom (`p3`), if
    anybody."""
    kind, name, _ = target
    plan = planning.plan(view, decided.away())
    left = next((one for one in plan.left_out if (one.kind, one.name) == (kind, name)), None)
    if left is not None:
        st.caption(f"Not in the plan: {plain(plan_words.why(view, left))}")
    item = next((one for one in fits.items(plan, kind) if one.name == name), None)
    if item is None or kind == "channel":
        return ""
    name = plain(view.names.get(item.owner, ""))
    if item.stands and target not in decided.now:
        by = f": {name}" if name else "; nobody answers for it yet"
        st.markdown(f":material/event_available: It is promised already{by}.")
    elif name and len(plan.people) > 1 and not item.stands:
        st.markdown(f":material/person: {name} has the hours: ask first.")
    return item.owner


def _set_aside(view: AdviceView, away: Sequence[Scored], decided: Decided) -> None:
    if not away:
        return
    with st.expander(f"Set aside: {len(away)}", icon=":material/inventory_2:"):
        for scored in away:
            st.markdown(f"**{plain(view.title(*scored.target[:2]))}**")
            standing, back = decided.now.get(scored.target), decided.before.get(scored.target)
            if standing is None and back is not None:
                st.caption(
                    f"You said no in {plain(back.quarter)}: “{plain(back.why)}” "
                    "Nothing that it rests on has changed since."
                )
            decisions.answers(view, scored.target, standing)
            earlier.shown(decided.earlier, scored.target)


def _badges(view: AdviceView, scored: Scored) -> None:
    kind, name, _ = scored.target
    entry = view.entry(kind, name)
    if entry is not None:
        cost = costs.cost(view, kind, entry)
        week = f"{cost.hours:g} h a week" if cost.hours else "no weekly hours"
        once = f", {cost.setup:g} h once" if cost.setup else ""
        st.badge(week + once, icon=":material/schedule:", color="gray")
    if scored.rank is not None:
        words, colour, meaning = _HONESTY[honesty(view, scored)]
        st.badge(words, color=colour, help=meaning)  # type: ignore[arg-type]


def _back(back: Back) -> None:
    """Why declined advice is here again."""
    with st.container(border=False):
        st.markdown(
            f":material/undo: You said no in {plain(back.quarter)}: “{plain(back.why)}” "
            "It is back because something it rests on has changed:"
        )
        for change in back.changes[:3]:
            st.markdown(f"- {plain(change)}")
