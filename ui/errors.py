"""The one place where errors are shown: a plain sentence for people, the details for the log."""

from __future__ import annotations

import logging

import streamlit as st
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from rules.errors import PackError, RulesError
from services.refusals import Changed, Refused
from ui.text import plain

log = logging.getLogger("crossroads")

SHOWN = 10
CHECK = "python -m rules check rules/packs/social_media"
"""What lists every fault of the rules, for those who put them right."""


def show(error: Exception) -> None:
    """Say what happened and what to do; the traceback goes to the log only."""
    log.error("A page failed", exc_info=error)
    st.error(sentence(error), icon=":material/sentiment_dissatisfied:")
    if isinstance(error, PackError):
        _faults(error)
    if st.button("Try again", icon=":material/refresh:", key="try-again"):
        st.rerun()


def sentence(error: Exception) -> str:
    """What a person needs to know about an error."""
    match error:
        case Refused() | Changed():
            return plain(str(error))
        case StaleDataError():
            return (
                "Somebody else changed this at the same moment. Your change was not kept; "
                "please look at theirs and try again."
            )
        case OperationalError():
            return (
                "The database does not answer just now. What was saved before is safe; "
                "please try again in a moment."
            )
        case PackError():
            return (
                "The rules cannot be read just now, so there is no advice. What you saved before "
                "is safe. Most likely somebody changed a file of the rules and is not done yet, or "
                "made a slip. Please tell whoever looks after this tool; what has to be put right "
                "stands below. Then try again."
            )
        case RulesError():
            return plain(str(error))
    return (
        "Something went wrong on this page. What you saved before is safe. Please try again; if "
        "it happens again, tell whoever looks after this tool. The details are in its log."
    )


def _faults(error: PackError) -> None:
    """The first faults of the rules and how to find the others, folded: few people need them."""
    with st.expander("For whoever looks after this tool", icon=":material/build:"):
        for fault in error.faults[:SHOWN]:
            st.text(str(fault))
        if len(error.faults) > SHOWN:
            st.text(f"… and {len(error.faults) - SHOWN} more. All of them:")
        st.code(CHECK, language=None)
