"""A page of a quarter that is closed: said in a sentence, with the way to where work goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from models.database import reading
from models.organisation import Quarter
from services import closed, quarters
from services.experiments import Kept as Card
from services.lessons import Kept as Lesson
from services.scoring import Expected
from ui import frame, lessons, links, scoring, testing
from ui.frame import Place

_One = TypeVar("_One")


def told(place: Place) -> bool:
    """Whether the quarter is closed; if it is, that is said, with the way to the running one."""
    with reading() as session:
        done = closed.quarters(session, place.organisation_id)
        rows = [
            (quarters.label(row), row.starts_on <= frame.today())
            for row in quarters.listed(session, place.organisation_id)
            if row.id not in done
        ]
    if place.quarter_id not in done:
        return False
    st.info(
        "This quarter is closed: what was written down stays as it was.", icon=":material/lock:"
    )
    running = next((label for label, begun in rows if begun), rows[-1][0] if rows else "")
    if not running:
        links.page_link("review", "Go on in the next quarter")
    elif st.button(f"Go to {running}", key="go_on", icon=":material/arrow_forward:"):
        frame.turn_to(running)
        st.rerun()
    return True


def taught(
    quarter_id: int, expected: Sequence[Expected], cards: Sequence[Card], kept: Sequence[Lesson]
) -> None:
    """What a closed quarter said of its advice, its tests and its lessons, to be read."""
    with reading() as session:
        row = session.get_one(Quarter, quarter_id)
        first, last = row.starts_on, row.ends_on
    scored = [one for one in expected if one.scored_in == quarter_id]
    ended = [one for one in cards if one.decided_on and first <= one.decided_on <= last]
    learned = [one for one in kept if one.quarter_id == quarter_id]
    _part("What came of it?", scored, scoring.said_then)
    _part("What did we try?", ended, testing.ended_then)
    _part("What did we learn?", learned, lessons.said_then)


def _part(title: str, some: Sequence[_One], show: Callable[[Sequence[_One]], None]) -> None:
    st.subheader(title, anchor=False)
    if some:
        show(some)
    else:
        st.caption("Nothing was written down in this quarter.")
