"""Two closed quarters beside each other: what moved the advice, split by what brought it about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from charts import causes as picture
from charts.wording import number
from models.database import reading
from services import milestones
from services.comparing import Cause, Comparison, Shift
from services.milestones import Closed
from services.refusals import Refused
from services.unchanged import unchanged
from ui import pictures
from ui.text import plain

SHOWN = 8
KINDS = {"channel": "Where to be", "activity": "What to do", "objective": "What to aim for"}


def section(rows: Sequence[Closed]) -> None:
    """Choose any two; as long as there is only one, that is said."""
    st.subheader("Compare two of them", anchor=False)
    if len(rows) < 2:
        st.markdown("From the second closed quarter on, any two can be compared here.")
        return
    titles = {row.id: row.quarter for row in rows}
    left, right = st.columns(2, gap="small")
    one = _choice(left, "From", titles, 1)
    other = _choice(right, "To", titles, 0)
    if one == other:
        st.info("Choose two different quarters.")
        return
    try:
        with st.spinner("Comparing …"), reading() as session:
            found = unchanged(
                session,
                ("compared", one, other),
                lambda: milestones.compare(session, one, other),
            )
    except Refused as refusal:
        st.warning(plain(str(refusal)))
        return
    _whole(found)
    _causes(found.causes)
    _moved(found)


def _choice(where: Any, label: str, titles: dict[int, str], at: int) -> int:
    return int(
        where.selectbox(
            label,
            list(titles),
            index=at,
            format_func=titles.__getitem__,
            key=f"compare_{label.lower()}",
        )
    )


def _whole(found: Comparison) -> None:
    for doubt in found.doubts:
        st.warning(plain(doubt), icon=":material/help:")
    causes = [one for one in found.causes if one.shifts]
    if not causes:
        st.markdown("Both give the same advice, with the same points.")
        return
    first = max(causes, key=_points)
    if not _points(first):
        st.markdown(f"From {found.one} to {found.other}, advice changes places, but no points.")
        return
    st.markdown(
        f"From {found.one} to {found.other}, the largest part of the points that moved, "
        f"{number(_points(first))} of {number(sum(map(_points, causes)))}, comes from "
        f"**{plain(_small(first.title))}**."
    )


def _points(cause: Cause) -> float:
    """The points that a cause gives and takes, together."""
    return sum(abs(shift.by) for shift in cause.shifts) / 100


def _causes(causes: Sequence[Cause]) -> None:
    told = [one for one in causes if one.what or one.shifts]
    for one in told:
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{plain(one.title)}** :small[{_amount(one)}]")
            st.markdown("\n".join(f"- {plain(line)}" for line in one.what))
    same = [plain(_small(one.title)) for one in causes if one not in told]
    if same:
        st.caption(f"The same in both: {', '.join(same)}.")


def _amount(one: Cause) -> str:
    """The points that a cause moves, of how much advice, and what it moves in rank alone."""
    moved = sum(shift.by != 0 for shift in one.shifts)
    ranks = len(one.shifts) - moved
    if not ranks and not moved:
        return "moves nothing"
    if not moved:
        return f"moves {_pieces(ranks)} in place only"
    more = f", and {ranks} more in place only" if ranks else ""
    return f"moves {number(_points(one))} points in {_pieces(moved)}{more}"


def _pieces(count: int) -> str:
    return f"{count} piece{'' if count == 1 else 's'} of advice"


def _moved(found: Comparison) -> None:
    st.markdown("##### What it moved")
    kind = st.segmented_control(
        "Of what",
        list(KINDS),
        default="channel",
        format_func=KINDS.__getitem__,
        key="compare_kind",
        label_visibility="collapsed",
        required=True,
    )
    shifts = [one for one in found.shifts if one.target[0] == kind and one.by]
    if not shifts:
        st.markdown("Nothing gains or loses points here.")
        return
    causes = [one for one in found.causes if any(one.on(shift.target) for shift in shifts)]
    rows = tuple(_row(one, causes) for one in shifts)
    names = ("what", "before", "after", *(one.title for one in causes))
    pictures.show(
        "what-moved",
        lambda dark: _drawn(rows[:SHOWN], names, dark),
        lambda: picture.table(pd.DataFrame(list(rows), columns=list(names))),
        how_to_read="To the right what gained points, to the left what lost them; each colour is "
        "one cause."
        + (f" {len(rows) - SHOWN} more stand in the table." if len(rows) > SHOWN else ""),
    )


Row = tuple[str | float, ...]


def _row(one: Shift, causes: Sequence[Cause]) -> Row:
    """Points before, after, and what each cause gives or takes."""
    parts = [cause.on(one.target) / 100 for cause in causes]
    return one.title, one.before / 100, one.after / 100, *parts


@lru_cache(maxsize=32)
def _drawn(rows: tuple[Row, ...], names: tuple[str, ...], dark: bool) -> dict[str, Any]:
    return picture.spec(pd.DataFrame(list(rows), columns=list(names)), dark=dark)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
