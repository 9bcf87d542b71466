"""What would flip it: the smallest changes that bring something in or out, to try at once."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from models.database import reading
from rules.advice import Target
from rules.levers import Move
from services import flipping
from services.advice import AdviceView
from services.flipping import Way
from ui import drafts, links
from ui.frame import Place
from ui.text import plain

Try = Callable[[tuple[Move, ...]], None]
"""What happens with the moves of a way that somebody wants to try."""


def folded(view: AdviceView, target: Target, attempt: Try | None = None) -> None:
    """Behind a fold, since finding it takes a moment. Without `attempt`, trying opens *What if*."""
    key = "_".join(target)
    fold = st.expander("What would flip it", key=f"flip_{key}", on_change="rerun")
    if fold.open:
        with fold:
            shown(view, target, attempt)


def shown(view: AdviceView, target: Target, attempt: Try | None = None) -> None:
    """How sure it is, each way with a button to try it, and what was looked at."""
    key = "_".join(target)
    deep = bool(st.session_state.get(f"deep_{key}"))
    with st.spinner("Trying every way …"), reading() as session:
        found = flipping.ways(session, view, target, deep=deep)
        sure = flipping.sure(session, view, target) if found.inside else ""
    if sure:
        st.markdown(f":material/anchor: {plain(sure)}")
    if found.ways:
        st.markdown("**It drops out if**" if found.inside else "**It comes in if**")
    for at, way in enumerate(found.ways):
        _way(view, way, f"try_{key}_{at}", attempt)
    st.caption(plain(found.tried))
    if found.more and not deep:
        st.button(
            "Try three changes together too, which takes some seconds",
            key=f"deeper_{key}",
            on_click=_deeper,
            args=(key,),
        )


def _way(view: AdviceView, way: Way, key: str, attempt: Try | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(way.words), width="stretch")
        clicked = st.button("Try it", key=key, icon=":material/science:")
    if clicked and attempt is not None:
        attempt(way.moves)
        st.rerun()
    elif clicked:
        drafts.begin_with(Place(view.organisation_id, view.quarter_id), view, way.moves)
        links.go("what_if")


def _deeper(key: str) -> None:
    st.session_state[f"deep_{key}"] = True
