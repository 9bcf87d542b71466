"""What people expect: the form, what it suggests to want, and each expectation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from models.database import writing
from rules.advice import Scored
from services import needs, objectives, rulebook
from services.advice import AdviceView, for_and_against
from services.needs import Expectation
from services.refusals import Refused
from ui import editing, rescue
from ui.acts import act
from ui.frame import Place
from ui.text import plain

_IMPORTANCE = {1: "hardly", 2: "a little", 3: "rather", 4: "very", 5: "decisive"}
NEW, VOICE = "new", "needs_voice"
"""The form for one more, and in the session who spoke last."""
EMPTY: editing.Values = {
    "source": None,
    "function": None,
    "topic": None,
    "text": "",
    "importance": None,
    "current": None,
}


def add(place: Place) -> None:
    """A form for one more; who speaks stays, people often say several things."""
    editing.fill(NEW, {**EMPTY, **st.session_state.get(VOICE, {})})
    said = form(NEW)
    if st.button("Keep this", type="primary", key="keep"):
        voice = {"source": said.source, "function": said.function or None}
        with editing.saving(NEW, then=lambda: _spoke(voice)), writing() as session:
            needs.add(session, place.organisation_id, place.quarter_id, said)


def _spoke(voice: editing.Values) -> None:
    st.session_state[VOICE] = voice


def form(key: str) -> Expectation:
    """Six questions about one expectation; `editing.fill` puts in what is known. What they say now,
    complete or not."""
    left, right = st.columns(2, gap="medium")
    with left:
        source, function = _who(key)
        topic = editing.choice(key, "topic", "What is it about?", rulebook.titles("topics"))
        text = st.text_area(
            "In their own words",
            key=f"{key}_text",
            placeholder="You may leave this empty",
            height=100,
        )
    with right:
        levels = dict(enumerate(rulebook.titles("levels").values()))
        importance = _scale(key, "importance", "How important is it?", _IMPORTANCE)
        current = _scale(key, "current", "How well does it work today?", levels)
    return Expectation(source, topic, importance, current, function, text)


def rescued() -> None:
    """What was typed about an expectation that somebody else took away meanwhile."""
    rescue.shown("need", "need", lambda typed, _: _words(typed))


def _who(key: str) -> tuple[str, str]:
    source = st.segmented_control(
        "Who says it?",
        list(needs.SOURCES),
        format_func=needs.SOURCES.__getitem__,
        key=f"{key}_source",
    )
    if source != "function":
        return source or "", ""
    return source, editing.choice(key, "function", "Which part?", rulebook.titles("functions"))


def _scale(key: str, name: str, label: str, words: dict[int, str]) -> int:
    """A number on a scale in words; -1 as long as nothing is chosen."""
    picked = st.pills(
        label,
        list(words),
        format_func=lambda value: f"{value} {words[value]}",
        key=f"{key}_{name}",
    )
    return -1 if picked is None else picked


def suggestions(view: AdviceView, suggested: Sequence[Scored]) -> None:
    """What the rules would want from this, one click from being wanted."""
    if not suggested:
        st.markdown("Nothing yet beyond what you want already.")
    for scored in suggested[:3]:
        name = scored.target[1]
        title = view.title("objective", name)
        reasons, _ = for_and_against(view, scored)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            because = plain(reasons[0].sentence) if reasons else ""
            st.markdown(f"**{plain(title)}** · {because}", width="stretch")
            st.button(
                "We want this", key=f"want_{name}", on_click=_want, args=(view, name), width=150
            )
    refusal = st.session_state.pop("want_refused", "")
    if refusal:
        st.warning(refusal)


def _want(view: AdviceView, name: str) -> None:
    try:
        with writing() as session:
            objectives.state(session, view.organisation_id, view.quarter_id, name)
    except Refused as refusal:
        st.session_state["want_refused"] = str(refusal)


def row(need_id: int, version: int, said: Expectation) -> None:
    """One expectation in a line, to be changed or taken away."""
    who, topic = needs.voice(said.source, said.function), rulebook.title("topics", said.topic)
    key = f"need_{need_id}"
    seen = editing.fill(key, asdict(said) | {"function": said.function or None}, version)
    marks = f"matters {said.importance} of 5, works {said.current} of 4"
    with st.expander(
        f"{plain(topic)} · {plain(who)} · {marks}",
        expanded=editing.touched(key),
    ):
        editing.conflict(key, _words)
        changed = form(key)
        with st.container(horizontal=True):
            if st.button("Keep the change", key=f"{key}_save"):
                with editing.saving(key, seen), writing() as session:
                    needs.update(session, need_id, changed, version=seen)
            st.button("Take it away", key=f"{key}_remove", on_click=_remove, args=(need_id,))


def _words(theirs: editing.Values) -> list[str]:
    """An expectation line by line; half of one as far as it goes."""
    source, function = str(theirs["source"] or ""), str(theirs["function"] or "")
    who = needs.voice(source, function) if source and (function or source != "function") else ""
    importance, current = theirs["importance"], theirs["current"]
    told = [
        rulebook.title("topics", str(theirs["topic"])) if theirs["topic"] else "",
        f"says {who}" if who else "",
        "" if importance is None else f"matters {importance} of 5",
        "" if current is None else f"works {current} of 4",
    ]
    return [", ".join(filter(None, told)), *([str(theirs["text"])] if theirs["text"] else [])]


@act
def _remove(need_id: int) -> None:
    with writing() as session:
        needs.remove(session, need_id)
    editing.clear(f"need_{need_id}")
