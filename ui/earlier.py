"""What was said about advice before and taken back: nothing is forgotten, and nobody is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st

from rules.advice import Target
from services.advice import AdviceView
from services.recommendations import TakenBack
from ui.text import plain

Earlier = Mapping[Target, Sequence[TakenBack]]
"""What was taken back this quarter, by what it was about, oldest first."""

_SAID = {"accepted": "Taken", "adapted": "Taken, changed", "declined": "Not for you"}


def shown(earlier: Earlier, target: Target) -> None:
    """Earlier answers to one piece of advice, behind a small button; nothing if there are none."""
    _folded([(_SAID[one.said.answer], one) for one in earlier.get(target, ())], "_".join(target))


def owners(view: AdviceView, earlier: Earlier, activity: str) -> None:
    """Who answered for an activity before."""
    told = [
        (f"{view.names.get(name, 'Somebody')} answered for it", one)
        for (kind, name, of), found in earlier.items()
        if (kind, of) == ("owner", activity)
        for one in found
    ]
    _folded(sorted(told, key=lambda row: row[1].made_at), f"owners_{activity}")


def _folded(told: Sequence[tuple[str, TakenBack]], key: str) -> None:
    if not told:
        return
    title = f"Said earlier and taken back: {len(told)}"
    with st.popover(title, icon=":material/history:", key=f"earlier_{key}"):
        for said, one in told:
            why = f": “{plain(one.said.why)}”" if one.said.why else ""
            st.markdown(
                f"**{plain(said)}**, {_by(one.made_at, one.said.who)}{why}  \n"
                f":material/undo: Taken back, {_by(one.undone_at, one.undone_by)}"
            )


def _by(moment: datetime, who: str) -> str:
    day = f"{moment.day} {moment:%B %Y}"
    return f"{day}, {plain(who)}" if who else day
