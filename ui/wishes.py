"""What we want: stated objectives in order, each with its why and its numbers, if there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

import streamlit as st

from models.database import writing
from rules.advice import Scored
from rules.pack import Entry
from services import objectives, rulebook
from services.advice import AdviceView
from services.objectives import Stated, Wish
from services.refusals import Refused
from ui import editing, expectations, rescue
from ui.acts import act
from ui.frame import Place
from ui.text import plain


def section(place: Place, wanted: Sequence[Stated]) -> None:
    """What is wanted in its order, and room for more."""
    st.subheader("What you want", anchor=False)
    st.markdown(
        "At most three, and one done well beats three done by halves. The first counts most in the "
        "advice."
    )
    rescue.shown("wish", "wish", lambda typed, _: _words(typed))
    for one in wanted:
        row(place, wanted, one)
    add(place, wanted)


def suggested(view: AdviceView, ranking: Sequence[Scored]) -> None:
    """What the rules would want, one click from being wanted."""
    if ranking:
        st.subheader("What your answers suggest", anchor=False)
        expectations.suggestions(view, ranking)


def add(place: Place, wanted: Sequence[Stated]) -> None:
    """One more from the list, in plain words, as long as there is room."""
    if len(wanted) >= objectives.MOST:
        st.markdown("Three are enough for a quarter. Drop one before you add another.")
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
    with st.container(border=True):
        title = plain(rulebook.title("objectives", one.name))
        st.markdown(f"##### {one.position}. {title}")
        for line in _told(one):
            st.markdown(plain(line))
        with st.container(horizontal=True):
            if one.position > 1:
                order = _earlier([other.name for other in wanted], one.name)
                st.button("Move up", key=f"up_{one.name}", on_click=_order,
                          args=(place.quarter_id, order))  # fmt: skip
            st.button("Drop it", key=f"drop_{one.name}", on_click=_drop, args=(one.id,))
        form = f"wish_{one.id}"
        with st.expander(
            "Why, and how we will see it", expanded=editing.touched(form), key=f"open_{form}"
        ):
            _form(form, one)


def _form(form: str, one: Stated) -> None:
    kept = asdict(one.wish)
    kept |= {name: kept[name] or None for name in ("lead_kpi", "guard_kpi")}
    seen = editing.fill(form, kept, one.version)
    editing.conflict(form, _words)
    why = st.text_area("Why do you want it?", key=f"{form}_why", height=80)
    unknown = st.checkbox("We don't know our numbers", key=f"{form}_numbers_unknown")
    if unknown:
        st.markdown(
            "That is a full answer. You begin with a tally sheet for four weeks; no advice waits "
            "for a number. Everything below may stay empty."
        )
    lead, guard = _numbers(form, one.name)
    low, high, unit = _target(form)
    check = st.date_input(
        "When do you look again?",
        value=None,
        key=f"{form}_check_on",
        format="DD/MM/YYYY",
        help=_usual_day(one.name),
    )
    if st.button("Keep this", key=f"{form}_save", type="primary"):
        day = check if isinstance(check, date) else None
        said = replace(
            one.wish,
            why=why or "",
            lead_kpi=lead,
            guard_kpi=guard,
            target_low=low,
            target_high=high,
            target_unit=unit,
            check_on=day,
            numbers_unknown=unknown,
        )
        if guard != one.wish.guard_kpi:
            said = replace(said, guard_low=None, guard_high=None)
        with editing.saving(form, seen), writing() as session:
            objectives.restate(session, one.id, said, version=seen)


def _numbers(form: str, objective: str) -> tuple[str, str]:
    """The number that shows it and the one that must not get worse; the usual ones come first."""
    left, right = st.columns(2, gap="medium")
    with left:
        lead = _kpi("Which number shows it?", f"{form}_lead_kpi", objective, "lead_kpi")
    with right:
        guard = _kpi("Which must not get worse?", f"{form}_guard_kpi", objective, "guard_kpi")
    return lead, guard


def _target(form: str) -> tuple[float | None, float | None, str]:
    """A range, not a point: between which two values is it good?"""
    low_at, high_at, unit_at = st.columns(3, gap="medium")
    return (
        low_at.number_input("Good from", value=None, format="%g", key=f"{form}_target_low"),
        high_at.number_input("Good up to", value=None, format="%g", key=f"{form}_target_high"),
        unit_at.text_input("Counted in", key=f"{form}_target_unit", placeholder="orders a month"),
    )


def _usual_day(objective: str) -> str:
    values = rulebook.pack().catalogues["objectives"][objective].values
    return f"First signs show after {values['signal']}."


def _kpi(label: str, key: str, objective: str, usual: str) -> str:
    pack = rulebook.pack()
    first = str(pack.catalogues["objectives"][objective].values[usual])
    near = [name for name, kpi in pack.catalogues["kpis"].items() if _shows(kpi, objective)]
    names = list(dict.fromkeys([first, *near, *pack.catalogues["kpis"]]))
    picked = st.selectbox(
        label,
        names,
        index=None,
        format_func=rulebook.titles("kpis").__getitem__,
        placeholder="None yet",
        key=key,
    )
    st.caption(f"Usual: {plain(rulebook.title('kpis', first))}")
    return picked or ""


def _shows(kpi: Entry, objective: str) -> bool:
    listed = kpi.values.get("objectives")
    return isinstance(listed, list | tuple) and objective in listed


def _words(theirs: editing.Values) -> list[str]:
    """An objective as somebody else has just kept it, line by line."""
    said = Wish(**theirs)  # type: ignore[arg-type]
    lead, guard = (
        rulebook.title("kpis", name) if name else "none" for name in (said.lead_kpi, said.guard_kpi)
    )
    target = _range(said.target_low, said.target_high, said.target_unit)
    return [
        f"Why: {said.why or 'nothing said'}",
        f"Number: {lead}; must not get worse: {guard}",
        f"Target: {target or 'none'}",
        f"Look again: {_day(said.check_on) if said.check_on else 'no day'}",
        f"Numbers: {'not known' if said.numbers_unknown else 'may be known'}",
    ]


def _told(one: Stated) -> list[str]:
    """What is said about an objective, in a few lines."""
    values, wish = rulebook.pack().catalogues["objectives"][one.name].values, one.wish
    lines = [
        f"{values['wish']}. First signs after {values['signal']}, results after "
        f"{values['outcome']}."
    ]
    if wish.why:
        lines.append(f"Because: {wish.why}")
    if wish.lead_kpi:
        target = _range(wish.target_low, wish.target_high, wish.target_unit)
        number = rulebook.title("kpis", wish.lead_kpi)
        lines.append(f"We see it by “{number}”{f', {target}' if target else ''}.")
    if wish.guard_kpi:
        lines.append(f"“{rulebook.title('kpis', wish.guard_kpi)}” must not get worse.")
    if wish.check_on:
        lines.append(f"We look again on {_day(wish.check_on)}.")
    return lines


def _range(low: float | None, high: float | None, unit: str) -> str:
    """The target in words; empty if there is none."""
    if low is not None and high is not None:
        return f"{low:g} to {high:g} {unit}".strip()
    if low is not None:
        return f"at least {low:g} {unit}".strip()
    return f"at most {high:g} {unit}".strip() if high is not None else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _earlier(names: list[str], name: str) -> list[str]:
    """The order with one of them a place further up."""
    at = names.index(name)
    return [*names[: at - 1], name, names[at - 1], *names[at + 1 :]]


@act
def _order(quarter_id: int, names: Sequence[str]) -> None:
    with writing() as session:
        objectives.reorder(session, quarter_id, names)


@act
def _drop(objective_id: int) -> None:
    with writing() as session:
        objectives.drop(session, objective_id)
    editing.clear(f"wish_{objective_id}")
