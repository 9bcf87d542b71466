"""Rules that should count otherwise after what came of their advice: the tool proposes, people
decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from models.database import writing
from services import learning
from services.learning import Answered, Proposal
from services.raised import raised
from ui import editing, left_behind, links, promising
from ui.frame import Place
from ui.text import plain

_GONE = "Somebody else answered this proposal meanwhile."
SHOWN = 4


def section(place: Place, found: Sequence[Proposal], past: Sequence[Answered], today: date) -> None:
    """What is proposed, and what was said to earlier proposals."""
    st.subheader("What should count more, or less?", anchor=False)
    left_behind.told("weigh_", [_form(place, one) for one in found], _GONE, _typed)
    if not found:
        st.markdown(
            "Nothing is proposed. From your scores the tool works out how far each rule can be "
            "trusted; when that changes, it asks here first."
        )
    for one in found[:SHOWN]:
        ask(place, one, today)
    if len(found) > SHOWN:
        with st.expander(f"{len(found) - SHOWN} more", key="more_proposals"):
            for one in found[SHOWN:]:
                ask(place, one, today)
    if past:
        with st.expander(f"What you said before: {len(past)}", icon=":material/history:"):
            for answer in past:
                _before(answer)


def ask(place: Place, one: Proposal, today: date) -> None:
    """One proposal, to be answered here."""
    form = _form(place, one)
    editing.fill(form, {"why": ""})
    with st.container(border=True):
        less = "less" if one.proposed < one.before else "more"
        icon = "trending_down" if less == "less" else "trending_up"
        st.markdown(
            f":material/{icon}: **{plain(one.title)}** should count {less}: "
            f"{one.proposed:.0%} instead of {one.before:.0%}."
        )
        st.markdown(f"{plain(raised(one.evidence))}.")
        editing.conflict(form, _words)
        act = None
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Let it count so", key=f"{form}_accept", type="primary"):
                act = learning.accept
            if st.button("Leave it as it is", key=f"{form}_reject"):
                act = learning.reject
            st.text_input(
                "Why?", key=f"{form}_why", label_visibility="collapsed",
                placeholder="A word why; needed if you leave it as it is", width=340,
            )  # fmt: skip
        if act:
            why, who = str(st.session_state[f"{form}_why"]), promising.who()
            where = (place.organisation_id, place.quarter_id)
            with editing.saving(form), writing() as session:
                act(session, where, one, why=why, who=who, on=today)


def _before(answer: Answered) -> None:
    said = "You let it count so" if answer.accepted else "You left it as it was"
    who = f", {answer.who}" if answer.who else ""
    why = f" “{plain(answer.why)}”" if answer.why else ""
    st.markdown(
        f"**{plain(answer.title)}**: {answer.proposed:.0%} instead of {answer.before:.0%}. "
        f"{said}.{why}"
    )
    made = f"{answer.made_at.day} {answer.made_at:%B %Y}"
    st.caption(f"{plain(raised(answer.evidence))} · {made}{plain(who)}")
    if answer.accepted:
        links.page_link("rules", "Look at it among the rules")


def _words(theirs: editing.Values) -> list[str]:
    return [f"Proposed now: {theirs['proposed']:.0%}. {theirs['evidence']}"]


def _typed(typed: editing.Values) -> list[str]:
    return [str(typed["why"])]


def _form(place: Place, one: Proposal) -> str:
    return f"weigh_{place.quarter_id}_{one.rule}"
