"""What a change of wishes or groups does to "Where to be", said at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from services import advice
from services.advice import AdviceView
from ui import links
from ui.text import plain

TOP = 5
SEEN, CHANGE = "objectives_seen", "objectives_change"
"""In the session: the top as it was last drawn, and what the last change did to it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the advice stood on when it was last drawn, and the top channels then."""

    place: tuple[int, int]
    facts_hash: str
    top: tuple[str, ...]


def shown(view: AdviceView) -> None:
    """What comes in and goes out among the first channels since the last change made here."""
    place = (view.organisation_id, view.quarter_id)
    top = tuple(one.target[1] for one in view.recommended("channel")[:TOP])
    now, before = Seen(place, view.facts_hash, top), st.session_state.get(SEEN)
    st.session_state[SEEN] = now
    if before is None or before.place != place:
        st.session_state.pop(CHANGE, None)
    elif before.facts_hash != now.facts_hash:
        st.session_state[CHANGE] = (before.top, top)
    if change := st.session_state.get(CHANGE):
        with st.container(border=True):
            st.markdown(":material/swap_vert: **What your change does to where to be**")
            for line in lines(view, *change):
                st.markdown(line)
            if top:
                links.page_link("channels")


def lines(view: AdviceView, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The difference between two tops in sentences, as Markdown."""
    comes, goes = advice.difference(list(before), list(after))
    told = []
    if comes:
        told.append(f"Comes in: {_listed(view, comes)}.")
    if goes:
        told.append(f"Goes out: {_listed(view, goes)}.")
    if before and after and before[0] != after[0]:
        told.append(f"First is now {_listed(view, after[:1])}.")
    elif not told:
        same = "The same channels stand at the top" if after else "No channel is advised yet"
        told.append(f"{same}{', in another order' if tuple(before) != tuple(after) else ''}.")
    return told


def _listed(view: AdviceView, names: Sequence[str]) -> str:
    return ", ".join(f"**{plain(view.title('channel', name))}**" for name in names)
