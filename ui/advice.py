"""Advice as people read it: ranked, one sentence each, everything else folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from models.database import reading
from rules.advice import Scored, Target
from services import advice, coming_back, costs, recommendations
from services.advice import AdviceView, for_and_against
from services.coming_back import Back
from services.honesty import honesty
from services.planning import Fit
from services.recommendations import Standing
from ui import building_on, decisions, links, reasons
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
_COUNTS = ("nothing", "this one", "these two", "these three", "these four", "these five")


@dataclass(frozen=True, slots=True)
class Decided:
    """What people said this quarter, and what they declined before, by target."""

    now: Mapping[Target, Standing]
    before: Mapping[Target, Back]

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
        view = advice.current(session, place.organisation_id, place.quarter_id)
        return view, Decided(
            now=recommendations.standing(session, place.quarter_id),
            before=coming_back.declined_before(session, view),
        )


def hours(fit: Fit, what: str) -> None:
    """What all of it needs and what there is, in a sentence with the way to begin."""
    if not fit.have:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**Nobody has given hours yet**, so nothing can be added up.")
            links.page_link("organisation", "Say who has hours")
        return
    needs, have = f"{fit.needs:g} hours", f"{fit.have:g}"
    if fit.needs <= fit.have:
        begin = " Begin with a few all the same." if len(fit.chosen) > _AFTER else ""
        said = f"All these {what} need {needs} a week; you have {have}.{begin}"
    elif fit.chosen:
        count = len(fit.chosen)
        those = _COUNTS[count] if count <= _AFTER else "the first five"
        said = f"All these {what} need {needs} a week; you have {have}: start with {those}."
    else:
        said = f"All these {what} need {needs} a week; you have {have}, and they are taken."
    st.markdown(f"#### {said}")
    st.caption("Hours are starter values. Part of your hours stays free for what nobody foresees.")


def ranked(view: AdviceView, kind: str, chosen: Sequence[str], decided: Decided) -> None:
    """What is advised: taken, to begin with, and after that; what was declined is folded away."""
    taken, away = decided.taken(kind), decided.declined(kind)
    left = [one for one in view.recommended(kind) if one.target not in {*taken, *away}]
    first = [one for one in left if one.target[1] in chosen][:_AFTER]
    then = [one for one in left if one not in first]
    _cards("You take", view, [view.target(target) for target in taken], decided)
    _cards("Start with", view, first, decided)
    room = _AFTER - len(first)
    _cards("After that" if first else "In this order", view, then[:room], decided)
    _more(view, then[room:], decided)
    if not taken and not left:
        st.info("The rules advise nothing here yet. Say what you want, and advice follows.")
        links.page_link("objectives")
    _set_aside(view, [view.target(target) for target in sorted(away)], decided)


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
        decisions.answers(view, scored.target, standing)
        reasons.folded(view, scored)


def _cards(title: str, view: AdviceView, ranking: Sequence[Scored], decided: Decided) -> None:
    if ranking:
        st.subheader(title, anchor=False)
    for scored in ranking:
        card(view, scored, decided)


def _more(view: AdviceView, rest: Sequence[Scored], decided: Decided) -> None:
    if not rest:
        return
    fold = st.expander(f"{len(rest)} more", key=f"more_{rest[0].target[0]}", on_change="rerun")
    if fold.open:
        with fold:
            for scored in rest:
                kind, name, _ = scored.target
                speaks_for, _ = for_and_against(view, scored)
                st.markdown(
                    f"**{plain(view.title(kind, name))}** · {plain(speaks_for[0].sentence)}"
                )
                decisions.answers(view, scored.target, decided.now.get(scored.target))


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
