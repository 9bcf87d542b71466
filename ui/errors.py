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


def show(error: Exception) -> None:
    """Say what happened and what to do; the traceback goes to the log only."""
    log.error("A page failed", exc_info=error)
    st.error(sentence(error), icon=":material/sentiment_dissatisfied:")
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
                "The rules cannot be read, so there is no advice just now. Whoever changed them "
                "last finds every fault with: python -m rules check rules/packs/social_media"
            )
        case RulesError():
            return plain(str(error))
    return (
        "Something went wrong on this page. What you saved before is safe. Please try again; if "
        "it happens again, tell whoever looks after this tool. The details are in its log."
    )
