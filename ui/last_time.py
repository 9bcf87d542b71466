"""What was answered the last time, beside each question: to be read, never chosen beforehand."""

from __future__ import annotations

import streamlit as st

from charts.theme import level_word
from models.database import reading
from services import asking_again
from services.asking_again import Last

WORDS = "last_words"
"""In the session: the five words of an earlier round, as somebody typed them."""


def known(assessment_id: int) -> Last:
    """The last answers before this round: one's own with the words of then, else those of all
    together, as far as they may be shown."""
    with reading() as session:
        typed = str(st.session_state.get(WORDS) or "")
        return asking_again.last_answers(session, assessment_id, typed)


def told(last: Last, question: str) -> str:
    """`Last time you said: agreed (2 of 4)`; "" where nothing is known."""
    level = last.levels.get(question)
    if level is None:
        return ""
    who = "you said" if last.own else "all of you together said"
    return f"Last time {who}: {level_word(level)} ({level:g} of 4)."


def ask(last: Last) -> None:
    """The five words of then lead to one's own answers; nobody else's can be seen with them."""
    if not last.levels and not st.session_state.get(WORDS):
        return
    with st.expander("What did I say the last time?", icon=":material/history:"):
        st.text_input("Your five words of the last time", key=WORDS, persist_state="session")
        if st.session_state.get(WORDS) and not last.own:
            st.warning("These words are not known in an earlier round. Please look again.")
        elif last.own:
            st.markdown("Your own answers stand beside the questions now.")
