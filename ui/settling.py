"""A what-if of the shelf comes to an end: adopted, or left with a word why."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from models.database import reading, writing
from models.organisation import Quarter
from services import adopting, flip_words, quarters, scenarios
from services.adopting import Adopted
from services.advice import AdviceView
from services.refusals import Changed, Refused
from services.shelved import Kept
from ui import drafts, editing, frame, links, promising
from ui.frame import Place
from ui.text import plain

ADOPTED, ANSWER = "what_if_adopted", "what_if_answer"
"""In the session: what was adopted last, and the one form that is open."""


def opened(kept: Kept) -> str:
    """How this one is about to end: "adopt", "leave", or "" if nobody has asked."""
    scenario_id, answer = st.session_state.get(ANSWER, (0, ""))
    return answer if scenario_id == kept.id else ""


def ask(scenario_id: int, answer: str) -> None:
    st.session_state[ANSWER] = (scenario_id, answer)


def _close() -> None:
    st.session_state.pop(ANSWER, None)


def form(place: Place, kept: Kept, answer: str) -> None:
    """Adopt it or leave it, with a word why; what is older is recalculated before it is adopted."""
    if answer == "adopt" and _first(place, kept):
        return
    name = f"settle_{answer}_{kept.id}"
    editing.fill(name, {"why": ""}, kept.version)
    editing.conflict(name, lambda theirs: [str(theirs["name"]), str(theirs["note"])])
    with reading() as session:
        shown = scenarios.show(session, kept)
    if answer == "adopt":
        _what_is_adopted(kept, shown.before)
    st.text_area("In a word: why?", key=f"{name}_why", height=80)
    promising.ask_who(shown.before)
    with st.container(horizontal=True):
        label = "Adopt it now" if answer == "adopt" else "Leave it, and keep the reason"
        pressed = st.button(label, key=f"{name}_do", type="primary")
        st.button("Not now", key=f"{name}_not", on_click=_close)
    if pressed:
        _settle(place, kept, name, answer)


def _first(place: Place, kept: Kept) -> bool:
    """Whether it has to be recalculated before anybody can adopt it, with the offer to do so."""
    with reading() as session:
        why = adopting.first(session, kept, frame.today())
    if not why:
        return False
    st.warning(plain(why), icon=":material/update:")
    with st.container(horizontal=True):
        again = st.button("Recalculate it, then adopt", key=f"first_{kept.id}", type="primary")
        st.button("Not now", key=f"first_not_{kept.id}", on_click=_close)
    if again:
        recalculate(place, kept)
    return True


def _what_is_adopted(kept: Kept, view: AdviceView) -> None:
    """What becomes true, from when on, and what cannot be decided by anybody."""
    some = kept.said.moves
    when = "from next quarter" if kept.said.begins == "next_quarter" else "from today"
    st.markdown(f"It becomes your plan {when}, with this reason as the decision:")
    stays = adopting.left(view, some)
    named = {one.line for one in stays}
    for line in flip_words.lines(view, some):
        if line not in named:
            st.markdown(f"- {plain(line)}")
    if kept.said.begins == "next_quarter":
        for line in adopting.at_once(view, some):
            st.caption(f"Counts from today all the same: {plain(line)}")
    for one in stays:
        st.markdown(f":material/visibility: Not adopted: {plain(one.line)}; {plain(one.why)}.")


def _settle(place: Place, kept: Kept, form: str, answer: str) -> None:
    why = str(editing.typed(form)["why"] or "")
    read = replace(kept, version=editing.version(form))
    done: list[Adopted] = []

    def then() -> None:
        _close()
        drafts.afresh(place)
        if done:
            st.session_state[ADOPTED] = (done[0].quarter_id, done[0].done, done[0].left)

    with editing.saving(form, then=then), writing() as session:
        if answer == "adopt":
            who = promising.who()
            done.append(adopting.adopt(session, read, why, who=who, on=frame.today()))
        else:
            scenarios.discard(session, read, why, who=promising.who())


def adopted() -> None:
    """What was adopted just now, what was not, and where to go on."""
    found = st.session_state.get(ADOPTED)
    if found is None:
        return
    quarter_id, done, left = found
    with reading() as session:
        quarter = session.get(Quarter, quarter_id)
    later = quarter is not None and quarter.starts_on > frame.today()
    label = quarters.label(quarter) if quarter is not None and later else ""
    words = f"It is your plan from {label} on." if label else "It is your plan now."
    with st.container(border=True, key="adopted"):
        st.success(words, icon=":material/task_alt:")
        for line in done:
            st.markdown(f"- {plain(line)}")
        for one in left:
            st.markdown(f":material/visibility: Not adopted: {plain(one.line)}; {plain(one.why)}.")
        with st.container(horizontal=True, vertical_alignment="center"):
            if label:
                _there(label)
            else:
                links.page_link("objectives")
                links.page_link("plan")
            st.button("I have seen it", key="adopted_seen", on_click=_seen, type="tertiary")


def _there(label: str) -> None:
    """Into the quarter from which on it counts, which is not the one that is open."""
    if st.button(f"Go to {label}", key="adopted_there", type="primary", icon=":material/east:"):
        _seen()
        frame.turn_to(label)
        links.go("objectives")


def _seen() -> None:
    st.session_state.pop(ADOPTED, None)


def recalculate(place: Place, kept: Kept) -> None:
    """On what is known now; on the running quarter if its own is over."""
    with reading() as session:
        view = scenarios.ground(session, kept, on=frame.today())
    try:
        with writing() as session:
            fresh = scenarios.recalculate(session, kept, view)
    except (Refused, Changed) as problem:
        st.warning(plain(str(problem)))
        return
    drafts.take(place, fresh)
    st.toast("It says now what is known now.", icon=":material/update:")
    st.rerun()
