"""What people do with advice: take it, change it, leave it with a word why, or take that back."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from rules.advice import Target
from services import recommendations, taking_on
from services.advice import AdviceView
from services.recommendations import Answer, Said, Standing
from services.refusals import Changed, Refused
from ui import promising
from ui.acts import act
from ui.text import plain

DECIDING = "deciding"
"""In the session: the one form that is open: (target, answer, the decision that stood then)."""

_SAID = {
    "accepted": "You take this",
    "adapted": "You take this, changed",
    "declined": "Not for you",
}


def answers(view: AdviceView, target: Target, standing: Standing | None, asked: str = "") -> None:
    """The buttons for one piece of advice, or the form that one of them opened; `asked` is who has
    the hours for it in the plan (`p3`)."""
    deciding = st.session_state.get(DECIDING)
    key = "_".join(target)
    if deciding and tuple(deciding[0]) == target:
        _form(view, target, deciding[1:], asked)
    elif standing:
        _stands(standing, key)
    else:
        with st.container(horizontal=True):
            args = (view, target)
            st.button("Take it", key=f"take_{key}", on_click=_take, args=args, type="primary")
            st.button(
                "Take it, changed", key=f"adapt_{key}", on_click=_open, args=(target, "adapted")
            )
            st.button("Not for us", key=f"decline_{key}", on_click=_open, args=(target, "declined"))
    _refusal(target)


def _stands(standing: Standing, key: str) -> None:
    said = standing.said
    with st.container(horizontal=True, vertical_alignment="center"):
        by = f" · {plain(said.who)}" if said.who else ""
        why = f": “{plain(said.why)}”" if said.why else ""
        icon = "close" if said.answer == "declined" else "check_circle"
        st.markdown(f":material/{icon}: {_SAID[said.answer]}{why}{by}", width="content")
        st.button("Take back", key=f"back_{key}", on_click=_take_back, args=(standing.decision_id,))


def _form(
    view: AdviceView, target: Target, deciding: tuple[Answer, int | None], asked: str
) -> None:
    """Asks for what an answer needs: a word why, what is changed, or who does it."""
    (answer, seen), key = deciding, "_".join(target)
    why = ""
    if answer == "declined":
        why = st.text_area(
            "In a word: why not?",
            key=f"why_not_{key}",
            height=80,
        )
    elif answer == "adapted":
        why = st.text_area("What do you change?", key=f"change_{key}", height=80)
    promise = None
    if target[0] == "activity" and answer != "declined":
        promise = promising.form(view, target[1], asked)
        why = why or promising.agreement(view, target[1], promise)
    with st.container(horizontal=True):
        if st.button("Keep", key=f"keep_{key}", type="primary"):
            _keep(view, target, Said(answer, why, promising.who()), promise, seen)
        st.button("Not now", key=f"cancel_{key}", on_click=_close)


def _keep(
    view: AdviceView,
    target: Target,
    said: Said,
    promise: taking_on.Promise | None,
    seen: int | None,
) -> None:
    """Keep an answer; if it cannot be kept, say why and lose nothing that was typed."""
    try:
        with writing() as session:
            if promise is not None:
                taking_on.take_on(session, view, target[1], said, promise, seen=seen)
            else:
                recommendations.decide(session, view, target, said, seen=seen)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    except Changed as conflict:
        _conflict(view, target, said.answer, conflict)
        return
    _close()
    st.rerun()


def _conflict(view: AdviceView, target: Target, answer: Answer, conflict: Changed) -> None:
    """Both versions: theirs is said, mine stays in the form; pressing again keeps mine."""
    st.warning(str(conflict))
    theirs = conflict.theirs or {}
    said = _SAID.get(str(theirs.get("answer", "")), "It was taken back")
    owner = f" {theirs['owner']} answers for it." if theirs.get("owner") else ""
    st.text(f"It says now: {said}.{owner} {theirs.get('why', '')}")
    st.caption("Press the button again to keep yours instead.")
    with reading() as session:
        now = recommendations.standing(session, view.quarter_id).get(target)
    _open(target, answer, now.decision_id if now else None)


def _take(view: AdviceView, target: Target) -> None:
    """Accepting asks for nothing, but an activity needs to know who does it."""
    if target[0] == "activity":
        _open(target, "accepted")
        return
    try:
        with writing() as session:
            said = Said("accepted", who=promising.who())
            recommendations.decide(session, view, target, said, seen=None)
    except (Refused, Changed) as problem:
        st.session_state["refused"] = (target, str(problem))


@act
def _take_back(decision_id: int) -> None:
    with writing() as session:
        taking_on.let_go(session, decision_id, who=promising.who())


def _open(target: Target, answer: Answer, seen: int | None = None) -> None:
    st.session_state[DECIDING] = (target, answer, seen)


def _close() -> None:
    st.session_state.pop(DECIDING, None)


def _refusal(target: Target) -> None:
    refused = st.session_state.get("refused")
    if refused and tuple(refused[0]) == target:
        st.session_state.pop("refused")
        st.warning(plain(refused[1]))
