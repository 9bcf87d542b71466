"""One question a screen, saved as it is answered; used wherever people say how they work today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from models.database import reading, writing
from rules.pack import Entry
from services import assessments, rulebook
from services.assessments import Level
from services.refusals import Refused
from ui.text import plain

_OPTIONS: tuple[Level, ...] = (0, 1, 2, 3, 4, "unknown", "not_applicable")
REFUSED = "answer_refused"
"""In the session: why an answer was not kept, and the words that belonged to it."""


def one_by_one(respondent_id: int, questions: Sequence[Entry]) -> bool:
    """Ask where the respondent left off; True once they have come to the end."""
    given = _given(respondent_id)
    place = f"question_{respondent_id}"
    if place not in st.session_state:
        st.session_state[place] = _first_open(questions, given)
    at = min(int(st.session_state[place]), len(questions))
    if at == len(questions):
        return True
    question = questions[at]
    known = sum(one.id in given for one in questions)
    factor = rulebook.title("factors", str(question.values["factor"]))
    st.progress(known / len(questions), text=f"Question {at + 1} of {len(questions)} · {factor}")
    st.subheader(plain(question.title))
    _answers(respondent_id, question, given.get(question.id))
    _steps(place, at, last=at + 1 == len(questions))
    return False


def again(respondent_id: int) -> None:
    """Go back to the first question; every answer stays as it is."""
    st.session_state[f"question_{respondent_id}"] = 0


Given = tuple[Level, str, str]
"""An answer as given: level, evidence, note."""


def _given(respondent_id: int) -> dict[str, Given]:
    with reading() as session:
        return {
            question: (
                cast("Level", row.state if row.level is None else row.level),
                row.evidence,
                row.note,
            )
            for question, row in assessments.answers(session, respondent_id).items()
        }


def _first_open(questions: Sequence[Entry], given: dict[str, Given]) -> int:
    unanswered = [at for at, question in enumerate(questions) if question.id not in given]
    return unanswered[0] if unanswered else len(questions)


def _answers(respondent_id: int, question: Entry, given: Given | None) -> None:
    level, evidence, note = given or (None, "", "")
    key = f"answer_{respondent_id}_{question.id}"
    levels = list(rulebook.titles("levels").values())
    words = [*levels, "I don't know", "Does not apply to us"]
    anchors = [plain(str(anchor)) for anchor in cast("list[str]", question.values["anchors"])]
    which = (respondent_id, question.id)
    st.radio(
        "How is it with you?",
        _OPTIONS,
        index=None if level is None else _OPTIONS.index(level),
        format_func=lambda option: words[_OPTIONS.index(option)].capitalize(),
        captions=[*anchors, "Fine too: it counts as not known, never as zero", ""],
        key=key,
        on_change=_keep,
        args=which,
    )
    with st.expander("Add what shows it, or a note", expanded=bool(evidence or note)):
        if level is None:
            st.caption("Choose an answer first; then there is something to add to.")
        st.text_input(
            "What shows it?",
            evidence,
            key=f"{key}_evidence",
            placeholder=f"For example: {question.values['evidence']}",
            disabled=level is None,
            on_change=_keep,
            args=which,
        )
        st.text_area(
            "A note",
            note,
            key=f"{key}_note",
            disabled=level is None,
            on_change=_keep,
            args=which,
        )
    refused()


def refused() -> None:
    """What could not be kept, and why, once; a round may have been closed while somebody typed."""
    refusal, *typed = st.session_state.pop(REFUSED, [""])
    if refusal:
        st.warning(refusal)
    if any(typed):
        with st.container(border=True):
            st.markdown("You had typed:")
            for words in filter(None, typed):
                st.text(words)


def _keep(respondent_id: int, question: str) -> None:
    """Save what stands on the screen. What cannot be kept is said, not lost."""
    key = f"answer_{respondent_id}_{question}"
    level = st.session_state.get(key)
    if level is None:
        return
    evidence = st.session_state.get(f"{key}_evidence") or ""
    note = st.session_state.get(f"{key}_note") or ""
    try:
        with writing() as session:
            assessments.record(
                session, respondent_id, question, level, evidence=evidence, note=note
            )
    except Refused as refusal:
        st.session_state[REFUSED] = [str(refusal), evidence, note]


def _steps(place: str, at: int, *, last: bool) -> None:
    def go(to: int) -> None:
        st.session_state[place] = to

    with st.container(horizontal=True):
        st.button("Back", on_click=go, args=(at - 1,), disabled=at == 0)
        st.button("Done" if last else "Next", type="primary", on_click=go, args=(at + 1,))
