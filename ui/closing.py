"""Close and go on: what closing means, what would be kept and what is missing, and doing it."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from models.database import reading, writing
from models.organisation import Quarter
from services import before_closing, milestones, next_quarter, quarters
from services.before_closing import Ahead, Gap
from services.days import said as day
from services.milestones import Closed
from services.refusals import Refused
from services.unchanged import unchanged
from ui import beginning_next, by_whom, frame, left_open, links
from ui.frame import Place
from ui.text import plain

MEANS = (
    "Closing keeps this quarter for good, as it stands now: what you knew, what was answered, "
    "decided and promised, the advice, and the rules behind it. **It cannot be opened again.** "
    "Nothing in it changes any more; what turns out to be wrong is corrected by a note with its "
    "date. People, accounts and groups go on as they are."
)


def section(place: Place) -> None:
    """The quarter that is open here, or that it is closed; then the way into the next one."""
    with reading() as session:
        quarter = session.get_one(Quarter, place.quarter_id)
        title, begun = quarters.label(quarter), quarter.starts_on <= frame.today()
        done = milestones.of_quarter(session, place.quarter_id)
        way = next_quarter.way(session, place.quarter_id, frame.today())
    left_open.section(place)
    st.subheader(f"{'Close ' if done is None and begun else ''}{title}", anchor=False)
    if done is not None:
        _closed(done)
    elif begun:
        _close(place, title)
    else:
        st.info("This quarter has not begun yet; it can be closed when it is there.")
        return
    beginning_next.section(place, way, title, closed=done is not None)


def _closed(done: Closed) -> None:
    st.success(
        f"Closed on {day(done.closed_at)} by {plain(done.by)}. It stays as it was. What turns out "
        "to be wrong is corrected under “Closed quarters”.",
        icon=":material/lock:",
    )


def _close(place: Place, title: str) -> None:
    with reading() as session:
        ahead = unchanged(
            session,
            ("before closing", place.quarter_id, frame.today()),
            lambda: before_closing.look(session, *_ids(place), frame.today()),
        )
    st.markdown(MEANS)
    if ahead.unusual:
        st.warning(ahead.unusual, icon=":material/event:")
    left, right = st.columns(2, gap="medium")
    with left:
        _kept(ahead)
    with right:
        _missing(ahead.gaps)
    with st.popover(f"Close {title}", icon=":material/lock:"):
        by = by_whom.ask(place, "Who closes it?")
        st.markdown("Afterwards nothing in this quarter can be changed, by anybody.")
        if st.button("Close it now", key="close_quarter", type="primary"):
            _do(place, by)


def _kept(ahead: Ahead) -> None:
    st.markdown("\n".join(["**This is kept**\n", *(f"- {words}" for words in ahead.kept)]))
    if ahead.rounds:
        few = "The round of questions that is" if ahead.rounds == 1 else "Rounds of questions still"
        st.markdown(f":material/lock: {few} open ends with it; nobody can answer any more.")
    if ahead.what_ifs:
        few = "One what-if" if ahead.what_ifs == 1 else f"{ahead.what_ifs} what-ifs"
        st.markdown(
            f":material/science: {few} about this quarter can still be looked at, and can no "
            "longer be adopted from today on."
        )


def _missing(gaps: tuple[Gap, ...]) -> None:
    if not gaps:
        st.markdown("**Nothing is missing.**")
        return
    st.markdown("**This is missing**, and may stay so; say it before you close, if you know it.")
    st.markdown("\n".join(f"- {plain(gap.text)}" for gap in gaps))
    with st.container(horizontal=True, gap="small"):
        for page in dict.fromkeys(gap.page for gap in gaps):
            links.page_link(page)


def _do(place: Place, by: str) -> None:
    moment = datetime.now(UTC)
    try:
        with writing() as session:
            done = milestones.close(session, *_ids(place), by, on=frame.today(), at=moment)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    ours = done.closed_at == moment
    st.toast(
        "The quarter is closed." if ours else f"{plain(done.by)} was faster: it is closed already.",
        icon=":material/lock:",
    )
    st.rerun()


def _ids(place: Place) -> tuple[int, int]:
    return place.organisation_id, place.quarter_id
