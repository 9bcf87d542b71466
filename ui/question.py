"""One question a screen, saved as it is answered; used wherever people say how they work today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import streamlit as st

from models.database import reading, writing
from rules.pack import Entry
from services import assessments, rulebook
from services.assessments import Level
from services.raised import raised
from services.refusals import Refused
from ui.acts import act
from ui.text import plain

_OPTIONS: tuple[Level, ...] = (0, 1, 2, 3, 4, "unknown", "not_applicable")
REFUSED = "answer_refused"
"""In the session: why an answer was not kept, and the words that belonged to it."""


def one_by_one(
    respondent_id: int, questions: Sequence[Entry], last: Callable[[str], str] = lambda _: ""
) -> bool:
    """Ask where the respondent left off; True once they have come to the end. `last`: what was said
    to a question the last time, "" for nothing."""
    given = _given(respondent_id)
    place = _place(respondent_id, questions)
    if place not in st.session_state:
        at = _first_open(questions, given)
        _go(respondent_id, questions, at)
    at = int(st.session_state[place])
    if at == len(questions):
        return True
    question = questions[at]
    known = sum(one.id in given for one in questions)
    factor = rulebook.title("factors", str(question.values["factor"]))
    st.progress(known / len(questions), text=f"Question {at + 1} of {len(questions)} · {factor}")
    st.header(plain(question.title), anchor=False)
    if before := last(question.id):
        st.caption(before)
    _answers(respondent_id, question, given.get(question.id))
    _steps(respondent_id, questions, at)
    return False


def thanks(respondent_id: int, questions: Sequence[Entry]) -> None:
    """At the end: that all is kept, what is still open, and the way back into the questions."""
    first = _first_open(questions, given := _given(respondent_id))
    left = sum(one.id not in given for one in questions)
    if left:
        few = "One question is" if left == 1 else f"{left} questions are"
        st.info(f"Thank you. What you answered is kept. {few} still open; you may leave it so.")
    else:
        st.success("Thank you. All your answers are kept, and you may still change them.")
    with st.container(horizontal=True):
        if left:
            st.button("Go to what is open", on_click=_go, args=(respondent_id, questions, first))
        st.button("Look at my answers again", on_click=_go, args=(respondent_id, questions, 0))


def _place(respondent_id: int, questions: Sequence[Entry]) -> str:
    """Where somebody stands among this many questions; a round that became deeper has new ones in
    between, and they are led to these."""
    return f"question_{respondent_id}_{len(questions)}"


@act
def _go(respondent_id: int, questions: Sequence[Entry], to: int) -> None:
    """Show that question from now on, the first one being 0; behind the last one is the end."""
    st.session_state[_place(respondent_id, questions)] = to
    if to == len(questions):
        with writing() as session:
            assessments.finish(session, respondent_id)


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
        format_func=lambda option: raised(words[_OPTIONS.index(option)]),
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


def _steps(respondent_id: int, questions: Sequence[Entry], at: int) -> None:
    last = at + 1 == len(questions)

    def button(words: str, to: int, **more: Any) -> None:
        st.button(words, on_click=_go, args=(respondent_id, questions, to), **more)

    with st.container(horizontal=True):
        button("Back", at - 1, disabled=at == 0)
        button("Done" if last else "Next", at + 1, type="primary")
