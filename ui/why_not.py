"""Why not …? for anything of the catalogue that is not advised."""

from __future__ import annotations

import streamlit as st

from rules import explain
from rules.explain import WhyNot
from rules.targets import catalogue_of
from services.advice import AdviceView
from ui import flips
from ui.text import plain

NEAREST = 3
_NOUN = {"channel": "channel", "activity": "activity", "objective": "objective"}


def ask(view: AdviceView, kind: str) -> None:
    """Choose anything that is not advised, and read what stands against it."""
    advised = {one.target[1] for one in view.recommended(kind)}
    entries = view.pack.catalogues[catalogue_of(view.pack, kind)]
    others = [name for name in entries if name not in advised]
    if not others:
        return
    picked = st.selectbox(
        "Why not …?",
        others,
        index=None,
        format_func=lambda name: view.title(kind, name),
        placeholder=f"Choose any {_NOUN.get(kind, 'thing')} that is not advised",
        key=f"why_not_{kind}",
    )
    if picked:
        with st.container(border=True):
            _answer(explain.why_not(view.pack, view.facts, view.advice, kind, picked,
                                    names=view.names))  # fmt: skip
            flips.folded(view, (kind, picked, ""))


def _answer(found: WhyNot) -> None:
    for block in found.why.blocks:
        st.markdown(f":material/block: {plain(block.sentence)}")
        st.markdown(f":material/door_open: {plain(block.way_out)}")
    for part in found.why.parts:
        sign = "add" if part.hundredths > 0 else "remove"
        st.markdown(f":material/{sign}: {plain(part.sentence)}")
    _near(found)


def _near(found: WhyNot) -> None:
    """The rules that would speak for it, the nearest first, and what each of them misses."""
    if found.near:
        st.markdown("**What would speak for it**")
    elif not found.why.parts and not found.why.blocks:
        st.markdown("No rule speaks about it.")
    for near in found.near[:NEAREST]:
        st.markdown(f"{plain(near.rule.title)}:")
        for obstacle in near.obstacles:
            st.caption(plain(obstacle.text))
