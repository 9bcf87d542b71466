"""What we want: stated objectives in order, each with its why and its numbers, if there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import streamlit as st

from models.database import writing
from services import objectives, rulebook
from services.objectives import Stated, Wish
from services.refusals import Refused
from ui import editing
from ui.frame import Place
from ui.text import plain


def add(place: Place, wanted: Sequence[Stated]) -> None:
    """One more from the list, in plain words, as long as there is room."""
    if len(wanted) >= objectives.MOST:
        st.caption("Three are enough for a quarter. Drop one before you add another.")
        return
    entries = rulebook.pack().catalogues["objectives"]
    names = [name for name in entries if name not in {one.name for one in wanted}]
    picked = st.selectbox(
        "What do you want to reach?",
        names,
        index=None,
        format_func=lambda name: str(entries[name].values["wish"]),
        placeholder="Choose one",
        key="wish_new",
    )
    if st.button("We want this", key="wish_add", type="primary", disabled=picked is None):
        try:
            with writing() as session:
                objectives.state(session, place.organisation_id, place.quarter_id, str(picked))
        except Refused as refusal:
            st.warning(plain(str(refusal)))
        else:
            st.session_state.pop("wish_new", None)
            st.rerun()


def row(place: Place, wanted: Sequence[Stated], one: Stated) -> None:
    """One objective: move it up, drop it, or say more about it."""
    names = [other.name for other in wanted]
    with st.container(border=True):
        title = plain(rulebook.title("objectives", one.name))
        st.markdown(f"##### {one.position}. {title}")
        with st.container(horizontal=True):
            if one.position > 1:
                at = one.position - 1
                order = [*names[: at - 1], one.name, names[at - 1], *names[at + 1 :]]
                st.button("Move up", key=f"up_{one.name}", on_click=_order,
                          args=(place.quarter_id, order))  # fmt: skip
            st.button("Drop it", key=f"drop_{one.name}", on_click=_drop, args=(one.id,))
        form = f"wish_{one.id}"
        with st.expander("Why, and how we will see it", expanded=editing.touched(form)):
            _form(form, one)


def _form(form: str, one: Stated) -> None:
    kept = asdict(one.wish)
    kept |= {name: kept[name] or None for name in ("lead_kpi", "guard_kpi")}
    seen = editing.fill(form, kept, one.version)
    editing.conflict(form, _words)
    why = st.text_area("Why do you want it?", key=f"{form}_why", max_chars=1000, height=80)
    unknown = st.checkbox("I don't know my numbers", key=f"{form}_numbers_unknown")
    st.caption("That is a full answer: you begin with a tally sheet, and no advice waits for it.")
    lead, guard = (
        _kpi("Which number would show it?", f"{form}_lead_kpi"),
        _kpi("Which number must not get worse?", f"{form}_guard_kpi"),
    )
    low_at, high_at, unit_at = st.columns(3)
    low = low_at.number_input("Target from", value=None, key=f"{form}_target_low")
    high = high_at.number_input("Target to", value=None, key=f"{form}_target_high")
    unit = unit_at.text_input("Counted in", key=f"{form}_target_unit", max_chars=40)
    check = st.date_input("Look again on", value=None, key=f"{form}_check_on")
    if st.button("Keep this", key=f"{form}_save"):
        said = Wish(why or "", lead, guard, low, high, unit or "", check, unknown)
        with editing.saving(form, seen), writing() as session:
            objectives.restate(session, one.id, said, version=seen)


def _kpi(label: str, key: str) -> str:
    titles = rulebook.titles("kpis")
    picked = st.selectbox(label, list(titles), index=None, format_func=titles.__getitem__,
                          placeholder="None yet", key=key)  # fmt: skip
    return picked or ""


def _words(theirs: editing.Values) -> list[str]:
    low, high, unit = (theirs.get(name) for name in ("target_low", "target_high", "target_unit"))
    lead, guard = str(theirs.get("lead_kpi") or ""), str(theirs.get("guard_kpi") or "")
    return [
        f"Why: {theirs.get('why') or 'nothing said'}",
        f"Number: {rulebook.title('kpis', lead) if lead else 'none'}; "
        f"not worse: {rulebook.title('kpis', guard) if guard else 'none'}",
        f"Target: {low if low is not None else '?'} to {high if high is not None else '?'} {unit}",
        f"Look again on: {theirs.get('check_on') or 'no day'}; "
        f"numbers {'not known' if theirs.get('numbers_unknown') else 'may be known'}",
    ]


def _order(quarter_id: int, names: Sequence[str]) -> None:
    with writing() as session:
        objectives.reorder(session, quarter_id, names)


def _drop(objective_id: int) -> None:
    with writing() as session:
        objectives.drop(session, objective_id)
