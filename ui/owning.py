"""Who answers for what: the load of everybody, and for each activity who fits and who does not."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import writing
from services import owners, taking_on
from services.advice import AdviceView
from services.owners import Candidate, Load
from services.recommendations import Said
from services.refusals import Changed, Refused
from services.taking_on import InHand, Promise
from ui import promising
from ui.acts import act
from ui.text import plain

REFUSED = "owner_refused"
"""In the session: (activity, sentence) of what could not be kept."""


def load(loads: Sequence[Load]) -> None:
    """Hours that everybody has and has promised, as numbers with a bar."""
    across = st.columns(min(3, len(loads)), gap="medium")
    for number, one in enumerate(loads):
        with across[number % len(across)], st.container(border=True):
            st.markdown(f"**{plain(one.name)}**")
            share = one.promised / one.hours if one.hours else float(one.promised > 0)
            st.progress(min(share, 1.0), text=_hours(one))
            if one.promised > one.hours:
                over = round(one.promised - one.hours, 2)
                st.markdown(f":material/warning: {over:g} h more than there are")


def promise(view: AdviceView, one: InHand) -> None:
    """One activity of the plan: who answers for it, who fits best, and everybody else."""
    owner = one.promise.owner_id
    found = owners.candidates(view, one.activity)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"##### {plain(one.title)}", width="content")
            _badges(one.promise)
        if owner is None:
            st.markdown(":material/person_off: Nobody answers for it yet.")
        else:
            does = "You do it" if len(found) == 1 else "Answers for it"
            st.markdown(f":material/check_circle: {does}: **{plain(view.names[f'p{owner}'])}**")
        _best(view, one, found)
        _everybody(view, one, found)
        _refusal(one.activity)


def advised(view: AdviceView, activity: str, asked: str) -> None:
    """Whom the rules would ask for an activity that nobody has taken on yet, and why; `asked` has
    the hours for it beside everything else in the plan."""
    found = owners.candidates(view, activity)
    best = next(iter(found), None)
    if best is None or best.rank is None or best.only_with_a_word:
        st.markdown("The rules know nobody for it yet. Skills and roles below help them.")
    elif len(found) > 1:
        st.markdown(f"Fits best: **{plain(view.names[best.person])}**. {plain(best.speaks_for[0])}")
        _but(best)
    if best is not None and asked and asked != best.person:
        name = plain(view.names[asked])
        st.markdown(f"Together with the rest of the plan, **{name}** has the hours.")


def _badges(said: Promise) -> None:
    """What it costs, and until when it is in place."""
    weekly = f"{said.hours_week:g} h a week" if said.hours_week else "no weekly hours"
    first = f", {said.hours_setup:g} h once" if said.hours_setup else ""
    st.badge(weekly + first, icon=":material/schedule:", color="gray")
    if said.due_on:
        until = f"in place by {said.due_on.day} {said.due_on:%B %Y}"
        st.badge(until, icon=":material/event:", color="gray")


def _best(view: AdviceView, one: InHand, found: Sequence[Candidate]) -> None:
    """The one whom the rules recommend, if it is not the one who answers for it."""
    first = next((c for c in found if c.rank is not None and not c.only_with_a_word), None)
    if first is None:
        if found:
            st.caption("The rules recommend nobody for it. You may still agree on somebody.")
        return
    if first.person == f"p{one.promise.owner_id}":
        if len(found) > 1:
            st.caption(f"The rules would ask the same person. {plain(first.speaks_for[0])}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        name = plain(view.names[first.person])
        st.markdown(f"Fits best: **{name}**. {plain(first.speaks_for[0])}", width="stretch")
        _says_yes(view, one, first, alone=len(found) == 1)
    _but(first)


def _but(candidate: Candidate) -> None:
    """The first thing that speaks against somebody who is recommended all the same."""
    if candidate.against:
        st.caption(f"What speaks against it: {plain(candidate.against[0])}")


def _everybody(view: AdviceView, one: InHand, found: Sequence[Candidate]) -> None:
    title = "Why" if len(found) == 1 else "Everybody: what speaks for and against"
    fold = st.expander(title, key=f"everybody_{one.activity}", on_change="rerun")
    if not fold.open:
        return
    with fold:
        for candidate in found:
            _candidate(view, one, candidate, alone=len(found) == 1)


def _candidate(view: AdviceView, one: InHand, candidate: Candidate, *, alone: bool) -> None:
    fits = " · fits best" if candidate.rank == 1 else f" · place {candidate.rank}"
    place = fits if candidate.rank else " · not recommended"
    st.markdown(f"**{plain(view.names[candidate.person])}**{place}")
    lines = [
        *(f":material/add: {plain(said)}" for said in candidate.speaks_for),
        *(f":material/remove: {plain(said)}" for said in candidate.against),
        *(f":material/help: {plain(said)}" for said in candidate.lacks),
        *(f":material/door_open: {plain(said)}" for said in candidate.ways_out),
    ]
    st.markdown("  \n".join(lines) or "Nothing speaks for it or against it yet.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if candidate.person == f"p{one.promise.owner_id}":
            args = (view, one.activity, candidate.person)
            key = f"back_{one.activity}_{candidate.person}"
            st.button("Steps back", key=key, on_click=_step_back, args=args)
            return
        if candidate.only_with_a_word:
            st.text_input("What did you agree?", key=_word(one, candidate))
        _says_yes(view, one, candidate, alone=alone, where="all")


def _says_yes(
    view: AdviceView, one: InHand, candidate: Candidate, *, alone: bool, where: str = "best"
) -> None:
    """Nobody is put down for something: the button says what the person said."""
    name = view.names[candidate.person]
    st.button(
        "I do it" if alone else f"{plain(name)} says yes",
        key=f"yes_{where}_{one.activity}_{candidate.person}",
        on_click=_name,
        args=(view, one, candidate),
        help=None if alone else "Ask first. Whoever says yes may step back at any time.",
    )


def _name(view: AdviceView, one: InHand, candidate: Candidate) -> None:
    why = str(st.session_state.get(_word(one, candidate)) or "")
    said = Said("adapted" if why.strip() else "accepted", why, promising.who())
    try:
        with writing() as session:
            taking_on.name_owner(
                session,
                view,
                one.activity,
                int(candidate.person[1:]),
                said,
                seen=one.promise.owner_id,
            )
    except Refused as refusal:
        st.session_state[REFUSED] = (one.activity, str(refusal))
    except Changed as conflict:
        now = (conflict.theirs or {}).get("owner") or "Nobody"
        sentence = f"{conflict} {now} answers for it now. Press again if you agree on another one."
        st.session_state[REFUSED] = (one.activity, sentence)


@act
def _step_back(view: AdviceView, activity: str, person: str) -> None:
    with writing() as session:
        taking_on.step_back(session, view, activity, int(person[1:]), promising.who())


def _refusal(activity: str) -> None:
    refused = st.session_state.get(REFUSED)
    if refused and refused[0] == activity:
        st.session_state.pop(REFUSED)
        st.warning(plain(refused[1]))


def _word(one: InHand, candidate: Candidate) -> str:
    return f"agreed_{one.activity}_{candidate.person}"


def _hours(one: Load) -> str:
    for_ = {0: "answers for nothing yet", 1: "answers for one activity"}
    count = for_.get(one.accountable, f"answers for {one.accountable} activities")
    return f"{one.promised:g} of {one.hours:g} h a week promised · {count}"
