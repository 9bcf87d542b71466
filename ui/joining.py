"""Before the first question: who will see what, and who is answering."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import assessments, rulebook
from services.refusals import Refused
from ui import frame
from ui.text import plain

PROMISES = """
- **Nobody sees your answers or your notes as yours.** You give no name.
- Figures and notes of a group appear **from five people on**, and only when the round is closed.
  Below five it says "too few to show".
- Notes are then shown word for word. Beside them stands at most “leaders” or “staff”.
- If you lead the organisation, your answers and notes may stand alone and could be recognised.
  Alone they are shown only if you agree, here and now; then they are shown at once.
- Whoever looks after this tool can save everything as a backup and read it: single answers and
  notes too. Nobody signs in here, so others at this computer could do the same.
"""


def respondent(assessment_id: int) -> int:
    """The id of who is answering here; the page stops until that is clear."""
    mine = known(assessment_id)
    if mine is None:
        ask(assessment_id)
        st.stop()
    return mine


def known(assessment_id: int) -> int | None:
    """The id of who is answering here, as soon as that is clear."""
    mine = st.session_state.get(_key(assessment_id)) or alone(assessment_id)
    return None if mine is None else int(mine)


def ask(assessment_id: int) -> None:
    """Who will see what, and who is answering. 0: no round is open; it opens with whoever
    begins."""
    st.header("First: who will see what", anchor=False)
    st.markdown(PROMISES)
    _begin(assessment_id)
    if assessment_id:
        _come_back(assessment_id)


def enter(assessment_id: int, respondent_id: int) -> None:
    """From now on, this respondent answers in this browser."""
    st.session_state[_key(assessment_id)] = respondent_id


def leave(assessment_id: int) -> None:
    """Somebody else may answer on this computer."""
    st.session_state.pop(_key(assessment_id), None)
    st.session_state.pop(f"words_{assessment_id}", None)


def words_to_return(assessment_id: int) -> None:
    """The five words, as long as this browser knows them."""
    words = st.session_state.get(f"words_{assessment_id}")
    if words:
        st.info(
            f"Your five words to come back later: **{words}**. Write them down; only they lead to "
            "your answers.",
            icon=":material/key:",
        )


def _key(assessment_id: int) -> str:
    return f"respondent_{assessment_id}"


def alone(assessment_id: int) -> int | None:
    """The id of who answers in a one-person organisation, as soon as there is one."""
    with reading() as session:
        found = assessments.alone(session, assessment_id)
        return found.id if found else None


def _begin(assessment_id: int) -> None:
    functions = rulebook.titles("functions")
    function = st.selectbox(
        "Which part of the organisation are you from?",
        list(functions),
        index=None,
        format_func=functions.__getitem__,
        placeholder="You may leave this open",
        help="Figures of a part appear too, from five people on, if that finds out nobody else.",
    )
    leads = st.checkbox("I lead the organisation or decide on its money")
    consent = leads and st.checkbox(
        "My answers and notes may be shown as the leaders' side, even if they stand alone"
    )
    if st.button("Begin", type="primary", key="join"):
        try:
            _join(assessment_id, function or "", is_leader=leads, consent=consent)
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            st.rerun()


def _join(assessment_id: int, function: str, *, is_leader: bool, consent: bool) -> None:
    here = frame.current()
    with writing() as session:
        if not assessment_id:
            opened = assessments.open_round(session, here.organisation_id, here.quarter_id)
            assessment_id = opened.id
        joined = assessments.join(
            session, assessment_id, function=function, is_leader=is_leader, consent=consent
        )
        respondent_id, words = joined.id, joined.token
    enter(assessment_id, respondent_id)
    st.session_state[f"words_{assessment_id}"] = words


def _come_back(assessment_id: int) -> None:
    with st.expander("I have begun already", icon=":material/key:"):
        words = st.text_input("Your five words", key="return_words")
        if not st.button("Go on where I was", key="return"):
            return
        with reading() as session:
            found = assessments.returning(session, assessment_id, words)
            respondent_id = found.id if found else None
        if respondent_id is None:
            st.warning("These words are not known in this round. Please look again.")
            return
        enter(assessment_id, respondent_id)
        st.rerun()
