"""Before and after as pictures, each with its numbers as a table one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts import difference, hours_bar, sensitivity
from models.database import reading
from rules.advice import Finding
from services import steps, tried
from services.differences import OwnerShift, Shift
from services.steps import Moved
from services.tried import Tried
from ui import drafts, flips, links, pictures
from ui.frame import Place
from ui.text import plain

POINTS, HOURS, PEOPLE, HANGS = "Points", "Hours", "People and conflicts", "What it hangs on"
SHOWN, CARDS = 8, 5
KINDS = {"channel": "Where to be", "activity": "What to do", "objective": "What to aim for"}


def section(place: Place, trial: Tried) -> None:
    """One picture at a time, so that every change answers at once."""
    look = st.segmented_control(
        "Look at", [POINTS, HOURS, PEOPLE, HANGS], default=POINTS, key="what_if_look", required=True
    )
    {POINTS: _points, HOURS: _hours, PEOPLE: _people, HANGS: _hangs}[look or POINTS](place, trial)


def _kind(key: str) -> str:
    picked = st.segmented_control(
        "Of what", list(KINDS), default="channel", format_func=KINDS.__getitem__, key=key,
        label_visibility="collapsed", required=True,
    )  # fmt: skip
    return picked or "channel"


def _points(place: Place, trial: Tried) -> None:
    kind = _kind("what_if_kind")
    shifts = [one for one in trial.difference.shifts if one.target[0] == kind]
    if not shifts:
        st.info("Nothing gains or loses points here.")
        return
    shown = shifts[:SHOWN]
    rows = tuple(_row(one) for one in shown)
    more = len(shifts) - len(shown)
    pictures.show(
        "points",
        lambda dark: _dumbbells(rows, dark),
        lambda: difference.table(_frame(_POINTS, [_row(one) for one in shifts])),
        how_to_read=f"{more} more gain or lose points, further down." if more else "",
    )
    _cards(place, trial, "Comes in", trial.difference.entering(kind))
    _cards(place, trial, "Drops out", trial.difference.leaving(kind))
    _another(place, trial, [one for one in shifts if not one.enters and not one.leaves])


def _cards(place: Place, trial: Tried, title: str, some: Sequence[Shift]) -> None:
    if not some:
        return
    st.markdown(f"##### {title}")
    for one in some[:CARDS]:
        with st.container(border=True):
            _told(one)
            flips.folded(trial.after, one.target, lambda more: drafts.also(place, trial, more))
    if len(some) > CARDS:
        names = ", ".join(plain(one.title) for one in some[CARDS:])
        st.caption(f"And after that: {names}.")


def _told(one: Shift) -> None:
    """Where it stands, and the rule that decides it."""
    stands = (
        f"comes in at place {one.rank_after}" if one.enters else f"was at place {one.rank_before}"
    )
    if one.rank_after and not one.enters:
        stands = f"place {one.rank_after}, was {one.rank_before}"
    st.markdown(f"**{plain(one.title)}** :small[{stands}]")
    st.markdown(f"{'No longer: ' if one.lost else ''}{plain(one.sentence)}")


def _another(place: Place, trial: Tried, some: Sequence[Shift]) -> None:
    """Any other that moves: what decides it, and what would flip it."""
    titles = {one.target: one.title for one in some}
    picked = st.selectbox(
        "Ask about another one",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose what stays, with other points",
        key="what_if_another",
    )
    for one in some:
        if one.target == picked:
            with st.container(border=True):
                _told(one)
                flips.shown(trial.after, picked, lambda more: drafts.also(place, trial, more))


_POINTS = ("target", "before", "after", "state", "rule")


def _row(one: Shift) -> tuple[str, float | None, float | None, str, str]:
    state = "enters" if one.enters else "leaves" if one.leaves else ""
    if not state:
        by = one.after - one.before
        state = "rises" if by > 0 else "falls" if by < 0 else "same"
    return one.title, one.before / 100, one.after / 100, state, one.rule_title


def _hours(_: Place, trial: Tried) -> None:
    rows = tuple(
        (name, one.promised, one.activities, one.channels, one.limit)
        for name, one in (
            ("Before", tried.taken(trial.before)),
            ("After", tried.taken(trial.after)),
        )
    )
    pictures.show(
        "hours", lambda dark: _bars(rows, dark), lambda: hours_bar.table(_frame(_HOURS, rows))
    )
    if trial.difference.hours.have[1] is None:
        links.page_link("organisation", "Say who has hours")


_HOURS = ("name", *hours_bar.PARTS, "limit")


def _people(_: Place, trial: Tried) -> None:
    found = trial.difference
    st.markdown("##### Who would answer for what")
    for one in found.owners:
        st.markdown(f"- **{plain(one.title)}**: {plain(_owner(one))}")
    if not found.owners:
        st.markdown("Everybody keeps what they have.")
    _conflicts(found.appear, appear=True)
    _conflicts(found.vanish, appear=False)
    if not found.appear and not found.vanish:
        st.markdown("No conflict appears, and none vanishes.")


def _owner(one: OwnerShift) -> str:
    if not one.before:
        return f"{one.after} would take it on"
    if not one.after:
        return f"{one.before} would not do it any more"
    return f"{one.after} instead of {one.before}"


def _conflicts(some: Sequence[Finding], *, appear: bool) -> None:
    icon = ":material/warning:" if appear else ":material/check_circle:"
    if some:
        st.markdown(f"##### Conflicts that {'appear' if appear else 'vanish'}")
    for one in some:
        st.markdown(f"{icon} {plain(one.sentence)}")
        if one.way_out and appear:
            st.caption(plain(one.way_out))


def _hangs(_: Place, trial: Tried) -> None:
    st.markdown("What one step of each lever would do to what comes first after your change.")
    hangs(trial)


def hangs(trial: Tried) -> None:
    """The sensitivity picture: how much hangs on each lever."""
    kind = _kind("what_if_hangs")
    with reading() as session:
        found = steps.steps(session, trial.after, kind)
    if not found:
        st.info("Nothing is advised here, so it hangs on nothing.")
        return
    pictures.show(
        "steps",
        lambda dark: _cells(found, dark),
        lambda: sensitivity.table(_frame(_STEPS, _moved(found))),
    )


_STEPS = ("lever", "step", "target", "change", "mark")


def _moved(found: Sequence[Moved]) -> list[tuple[object, ...]]:
    return [(one.lever, one.step, one.target, one.change, one.mark) for one in found]


def _frame(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])


@st.cache_data(max_entries=64, show_spinner=False)
def _dumbbells(rows: tuple[tuple[object, ...], ...], dark: bool) -> dict[str, Any]:
    return difference.spec(_frame(_POINTS, rows), dark=dark)


@st.cache_data(max_entries=64, show_spinner=False)
def _bars(rows: tuple[tuple[object, ...], ...], dark: bool) -> dict[str, Any]:
    return hours_bar.spec(_frame(_HOURS, rows), dark=dark)


def _cells(found: Sequence[Moved], dark: bool) -> dict[str, Any]:
    return sensitivity.spec(_frame(_STEPS, _moved(found)), dark=dark)
