"""Second step into the next quarter: keep, change or drop each objective, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from models.database import reading, writing
from services import next_quarter, objectives, rulebook
from services.next_quarter import Choice, Way
from services.objectives import Stated
from services.refusals import Changed, Refused
from ui import at_step, editing
from ui.text import plain

DO = {"keep": "Keep it", "change": "Change it", "drop": "Drop it"}
GONE = "next_aim_gone"


def section(way: Way, by: str) -> None:
    """Each objective that the quarter begins with; none is chosen beforehand."""
    with reading() as session:
        there = objectives.listed(session, way.id or 0)
        before = next_quarter.steps(session, way.id or 0).get("objectives")
    if st.session_state.pop(GONE, False):
        st.warning("Somebody took one of these away meanwhile. Please look again.")
    if not there:
        st.markdown("Nothing was wanted until now. What you want can be said when it begins.")
    else:
        st.markdown("Is it still what you want most? Dropping one makes room for the others.")
    said: Mapping[str, Any] = before.said if before else {}
    for one in there:
        _one(one, way, said)
    if there:
        st.caption(f"Something new to want? Add it under “What we want” in {way.label}.")
    if st.button("Keep these choices" if there else "Go on", key="choose_keep", type="primary"):
        _keep(there, way, by)


def _one(one: Stated, way: Way, said: Mapping[str, Any]) -> None:
    form = f"next_aim_{one.id}"
    wish = one.wish
    check = wish.check_on if wish.check_on and wish.check_on >= way.starts_on else None
    kept = {
        "do": next((do for do in DO if one.name in said.get(do, ())), None),
        "because": said.get("why", {}).get(one.name, ""),
        "why": wish.why,
        "low": wish.target_low,
        "high": wish.target_high,
        "check": check,
    }
    editing.fill(form, kept, one.version)
    st.markdown(f"**{plain(rulebook.title('objectives', one.name))}**")
    if wish.why:
        st.caption(f"Until now: {plain(wish.why)}")
    editing.conflict(form, _words)
    do = st.segmented_control(
        "What becomes of it?", list(DO), format_func=DO.__getitem__, key=f"{form}_do"
    )
    if do == "change":
        _changed(form)
    if do in {"change", "drop"}:
        st.text_input(f"Why do you {do} it, in a word?", key=f"{form}_because")


def _changed(form: str) -> None:
    st.text_area("Why do you want it now?", key=f"{form}_why", height=80)
    low, high, check = st.columns(3, gap="small")
    low.number_input("Good from", value=None, format="%g", key=f"{form}_low")
    high.number_input("Good up to", value=None, format="%g", key=f"{form}_high")
    check.date_input("Look again on", value=None, format="DD/MM/YYYY", key=f"{form}_check")


def _keep(there: Sequence[Stated], way: Way, by: str) -> None:
    choices = {one.id: choice for one in there if (choice := _choice(one)) is not None}
    try:
        with writing() as session:
            next_quarter.objectives(session, way.id or 0, choices, by)
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    except Changed as changed:
        _collided(changed, way)
        st.rerun()
    else:
        for one in there:
            editing.clear(f"next_aim_{one.id}")
        at_step.leave()
        st.rerun()


def _choice(one: Stated) -> Choice | None:
    """What is chosen; an objective that is changed keeps what is not asked here."""
    form = f"next_aim_{one.id}"
    typed: Mapping[str, Any] = editing.typed(form)
    seen, because = editing.version(form), str(typed["because"] or "")
    match typed["do"]:
        case "keep":
            return Choice("keep", seen)
        case "drop":
            return Choice("drop", seen, why=because)
        case "change":
            check = typed["check"] if isinstance(typed["check"], date) else None
            low, high, why = typed["low"], typed["high"], str(typed["why"] or "")
            wish = replace(one.wish, why=why, target_low=low, target_high=high, check_on=check)
            return Choice("change", seen, wish, because)
    return None


def _collided(changed: Changed, way: Way) -> None:
    """Somebody else changed one meanwhile: theirs is shown beside what was typed here."""
    if changed.theirs is None:
        st.session_state[GONE] = True
        return
    with reading() as session:
        now = objectives.listed(session, way.id or 0)
    for one in now:
        form = f"next_aim_{one.id}"
        if one.version != editing.version(form):
            wish = one.wish
            theirs = {"why": wish.why, "low": wish.target_low, "high": wish.target_high}
            editing.collided(form, Changed(theirs, one.version))


def _words(theirs: editing.Values) -> list[str]:
    ends = [
        f"{word} {theirs[end]:g}"
        for word, end in (("from", "low"), ("up to", "high"))
        if theirs.get(end) is not None
    ]
    return [f"Why: {theirs['why'] or 'nothing said'}", f"Good {' '.join(ends) or 'not said'}"]
