"""The two ways in: look at an example, or start with us."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import writing
from services import samples
from services.refusals import Refused
from services.samples import SHOWN, Sample
from ui import frame, links
from ui.text import plain


def ways_in() -> None:
    """See an example, or start with us."""
    st.markdown(
        "Say what you want and how you work today. You get advice on where to be, what to do and "
        "who does it, with its reasons, and it fits the hours you have."
    )
    own, example = st.columns([1, 1.5], gap="medium")
    with own, st.container(border=True, height="stretch"):
        st.subheader("Start with us (10 min)", anchor=False)
        st.markdown(
            "1. Who we are, and who has how many hours\n"
            "2. Eight short questions on how we work today\n"
            "3. What we want, up to three things\n\n"
            "Then the first advice is there. Stop and go on whenever you like."
        )
        if st.button("Start with us", type="primary", icon=":material/flag:", key="start"):
            links.go("begin")
    with example, st.container(border=True, height="stretch"):
        st.subheader("See an example (2 min)", anchor=False)
        st.markdown("Made-up organisations with two years behind them. You can break nothing.")
        examples()


def examples() -> None:
    """All examples, the first ones at once and the others behind "more"; opening one goes there."""
    offered = samples.listed()
    _offer(offered[:SHOWN])
    with st.expander(f"{len(offered) - SHOWN} more examples", icon=":material/more_horiz:"):
        _offer(offered[SHOWN:])


def _offer(offered: Sequence[Sample]) -> None:
    for place, one in zip(st.columns(len(offered)), offered, strict=True):
        with place, st.container(border=True, height="stretch"):
            st.markdown(f"**{plain(one.title)}**")
            st.markdown(plain(one.about))
            if st.button("Look at it", key=f"see_{one.id}", icon=":material/visibility:"):
                _open(one)


def _open(one: Sample) -> None:
    try:
        with st.spinner("Putting two years together …"), writing() as session:
            name = samples.open(session, one.id, on=frame.today()).name
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    else:
        frame.enter(name)
        links.go("overview")
