"""Numbers that were counted here: what each says and does not know, and how to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from models.database import reading, writing
from services import keeping_numbers, kpis, reading_dates
from services.case_kpis import Counted
from services.keeping_numbers import Beside
from services.refusals import Changed, Refused
from ui import aiming, links
from ui.text import plain

SAID = "counted_said"
"""In the session: what came of keeping a number, said once above all of them."""


@dataclass(frozen=True, slots=True)
class Time:
    """Between which days it is counted, both included; `month` if that is one month."""

    first: date
    last: date
    month: date | None = None


def time(key: str, whole: Time, months: Sequence[date], today: date) -> Time:
    """The quarter, or one of its months in which there is something, chosen here; the last one that
    is over comes first, since its numbers can be kept."""
    offered = [None, *months]
    over = [at for at, month in enumerate(offered) if month and keeping_numbers.over(month, today)]
    picked = st.segmented_control(
        "Of which time?",
        offered,
        default=offered[over[-1]] if over else None,
        format_func=lambda one: _called(one, today),
        key=key,
        required=True,
    ) if months else None  # fmt: skip
    if picked is None:
        return whole
    return Time(picked, min(reading_dates.ends(picked, "month"), whole.last), picked)


def section(organisation_id: int, found: Sequence[Counted], when: Time, today: date) -> None:
    """Each number with what it says and does not know, and the button that keeps it if the month
    is over."""
    if words := st.session_state.pop(SAID, ""):
        st.info(plain(words))
    over = when.month is not None and keeping_numbers.over(when.month, today)
    for one in found:
        with st.container(border=True):
            _told(one)
            if over and when.month and one.says:
                _keep(organisation_id, one, when.month, today)
    if not over:
        st.caption(
            "A month that is over can be kept among your numbers; choose one above."
            if when.month is None
            else "As soon as this month is over, you can keep its numbers."
        )
    links.page_link("measuring", "See what your numbers say over time")


def value(one: Counted) -> str:
    """`75 %`, or that it is not known, or of too few."""
    of = kpis.kpi(one.kpi)
    if one.value is None:
        return "not known yet"
    said = kpis.said(of, one.value)
    return said if one.says else f"{said}, of too few to say something"


def surely(one: Counted) -> str:
    """Between which shares the true one lies, if there are few; "" if that is not needed."""
    if one.low is None or one.high is None:
        return ""
    return (
        f"These are few: the true share lies probably between {one.low:.0f} and {one.high:.0f} %."
    )


def _told(one: Counted) -> None:
    of = kpis.kpi(one.kpi)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(of.title)}**", width="content")
        aiming.badge(of.visibility)
    many = f"{one.of} {one.what}" + ("s" if one.of != 1 else "")
    counted = f"Counted from {many}." if one.of else f"No {one.what} tells it yet."
    st.markdown(f"**{plain(value(one))}**. {plain(' '.join([counted, surely(one)]))}")
    if one.notes:
        st.caption(plain(" ".join(one.notes)))


def _keep(organisation_id: int, one: Counted, month: date, today: date) -> None:
    with reading() as session:
        beside = keeping_numbers.beside(session, organisation_id, one, month)
    label = reading_dates.label(month, "month")
    if beside.same:
        st.caption(f":material/check: Kept among your numbers for {label}.")
        return
    kept = beside.kept
    if kept:
        source = f" ({kept.said.source})" if kept.said.source else ""
        said = kpis.said(kpis.kpi(one.kpi), kept.said.value)
        st.caption(plain(f"Kept for {label} so far: {said}{source}."))
    words = "Put it in the place of what is kept" if kept else "Keep as this month's number"
    st.button(
        words,
        key=f"keep_{one.kpi}",
        on_click=_kept,
        args=(organisation_id, beside, today),
        help=f"{label} then stands under “Our numbers”, with this tool as its source.",
    )


def _kept(organisation_id: int, beside: Beside, today: date) -> None:
    seen = beside.kept.version if beside.kept else 0
    try:
        with writing() as session:
            keeping_numbers.keep(session, organisation_id, beside.said, today=today, seen=seen)
    except Refused as refusal:
        st.session_state[SAID] = str(refusal)
    except Changed:
        st.session_state[SAID] = "Somebody else has just kept another value. Look at it below."
    else:
        title = kpis.kpi(beside.said.kpi).title
        label = reading_dates.label(beside.said.starts_on, "month")
        st.session_state[SAID] = f"“{title}” is kept for {label}."


def _called(month: date | None, today: date) -> str:
    if month is None:
        return "The quarter"
    so_far = "" if keeping_numbers.over(month, today) else " so far"
    return f"{month:%B}{so_far}"


def months_of(days: Iterable[date]) -> list[date]:
    """The first days of the months in which these days lie."""
    return sorted({one.replace(day=1) for one in days})


def day(on: date | None) -> str:
    """`3 May 2026`; "" for none."""
    return f"{on.day} {on:%B %Y}" if on else ""


def one_of(
    form: str, field: str, label: str, names: Mapping[int, str], placeholder: str = "Nobody yet"
) -> int | None:
    """A list to choose one person from by name; None as long as nobody is chosen."""
    return st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=placeholder,
        key=f"{form}_{field}",
    )
