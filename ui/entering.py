"""Numbers put in: one typed, a table pasted, a file read, or the marks of a tally sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from models.database import reading, writing
from services import kpis, measuring, number_words, reading_dates, reading_numbers, rulebook, tally
from services.kpis import Kpi
from services.measuring import Kept, Said
from services.raised import raised
from services.reading_dates import Period
from services.refusals import Refused
from services.tally import Marks
from ui import editing, importing
from ui.text import plain

WAYS = ("Type a value", "Paste a table", "Read a file", "Tally sheet")
PERIODS: dict[Period, str] = {"month": "By month", "week": "By week"}
BACK = {"month": 36, "week": 60}
"""How far back one can type: whole tables reach further."""


def section(organisation_id: int, first: Sequence[str], today: date, *, unknown: bool) -> None:
    """Values of one number, in the way that is easiest; the tally sheet comes first where people
    do not know their numbers. `first`: the numbers of the objectives."""
    st.subheader("Put in numbers", anchor=False)
    way = st.segmented_control(
        "How?", WAYS, default=WAYS[3] if unknown else WAYS[0], required=True, key="way_in"
    )
    of, channel = _which(first, tallied=way == WAYS[3])
    match way:
        case "Type a value":
            _typed(organisation_id, of, channel, today)
        case "Tally sheet":
            _tally(organisation_id, of, channel, today)
        case _:
            pasted = way == WAYS[1]
            importing.section(organisation_id, of, channel, today, pasted=pasted)


def _which(first: Sequence[str], *, tallied: bool) -> tuple[Kpi, str]:
    """Which number, and of which channel, if it is of one alone."""
    known = {name: one for name, one in kpis.every().items() if one.tallied or not tallied}
    names = [name for name in dict.fromkeys([*first, *known]) if name in known]
    left, right = st.columns(2, gap="medium")
    picked = left.selectbox(
        "Which number?", names, format_func=lambda name: known[name].title, key="number_in"
    )
    channels = {"": "All together", **rulebook.titles("channels")}
    channel = right.selectbox(
        "Where?", list(channels), format_func=channels.__getitem__, key="channel_in"
    )
    of = known[picked or names[0]]
    st.caption(plain(f"Counted in {of.unit}: {of.formula}. Where from: {of.where_from}."))
    return of, channel or ""


def _typed(organisation_id: int, of: Kpi, channel: str, today: date) -> None:
    """One value; what is kept already stands in the fields."""
    left, right = st.columns(2, gap="medium")
    period: Period = left.selectbox(
        "By month or by week?", list(PERIODS), format_func=PERIODS.__getitem__, key="period_in"
    )
    day = right.selectbox(
        "When?",
        reading_dates.over(today, period, BACK[period]),
        format_func=lambda day: reading_dates.label(day, period),
        key=f"when_{period}",
    )
    with reading() as session:
        kept = measuring.at(session, organisation_id, (of.id, channel, period, day))
    form = f"value_{of.id}_{channel}_{period}_{day:%Y%m%d}"
    seen = editing.fill(form, _filled(of, kept), kept.version if kept else 0)
    editing.conflict(form, lambda theirs: [_line(of, theirs)])
    _fields(form, of)
    with st.container(horizontal=True):
        if st.button("Keep this value", key=f"{form}_save", type="primary"):
            with editing.saving(form, seen), writing() as session:
                said = _said(form, of, channel, period, day)
                measuring.record(session, organisation_id, said, today=today, seen=seen)
        if kept and st.button("Take it away", key=f"{form}_remove", help="It is unknown again."):
            with editing.saving(form, seen), writing() as session:
                measuring.remove(session, kept.id, version=seen)


def _fields(form: str, of: Kpi) -> None:
    number_at, of_at = st.columns(2, gap="medium")
    number_at.text_input(
        "Value" + (" in per cent" if of.rate else ""),
        key=f"{form}_number",
        placeholder="Empty as long as it is not known",
    )
    of_at.text_input(
        "Out of how many?",
        key=f"{form}_of",
        placeholder="Not said",
        help="How many were asked or looked at. With few, the picture says how sure it is.",
    )
    with st.expander("Where it comes from"):
        st.text_input("Source", key=f"{form}_source")
        st.selectbox(
            "How honest is it?",
            list(number_words.HONEST),
            format_func=lambda one: ": ".join(number_words.HONEST[one]),
            key=f"{form}_visibility",
        )
        st.text_input(
            "How is it counted, if that changed?",
            key=f"{form}_definition",
            help="Another word here than for the value before starts a new stretch of the picture.",
        )


def _filled(of: Kpi, kept: Kept | None) -> dict[str, object]:
    """The fields as they begin."""
    if kept is None:
        return {"number": "", "of": "", "source": "", "visibility": of.visibility, "definition": ""}
    said = kept.said
    return {
        "number": f"{said.value:.12g}",
        "of": str(said.sample_size or ""),
        "source": said.source,
        "visibility": said.visibility,
        "definition": said.definition,
    }


def _said(form: str, of: Kpi, channel: str, period: Period, day: date) -> Said:
    typed = {name: str(editing.value(form, name) or "") for name in _filled(of, None)}
    value = reading_numbers.number(typed["number"])
    if value is None:
        raise Refused("Write down the value. If it is not known, nothing has to be kept.")
    if reading_numbers.per_cent(typed["number"]) and not of.rate:
        raise Refused(f"“{typed['number']}” is a percentage, but this is counted in {of.unit}.")
    size = reading_numbers.number(typed["of"])
    if size is not None and (size < 1 or size != int(size)):
        raise Refused("Out of how many? That is a whole number from 1 on.")
    return Said(
        of.id,
        period,
        day,
        value,
        source=typed["source"],
        sample_size=None if size is None else int(size),
        visibility=typed["visibility"],
        definition=typed["definition"],
        channel=channel,
    )


def _line(of: Kpi, theirs: editing.Values) -> str:
    """A value as somebody else has just kept it."""
    value, source = theirs.get("value"), theirs.get("source")
    said = kpis.said(of, value) if isinstance(value, int | float) else "not known"
    return f"{said} ({source})" if source else said


def _tally(organisation_id: int, of: Kpi, channel: str, today: date) -> None:
    """The marks of the last four weeks; a week that nobody counted stays empty."""
    days = tally.weeks(today)
    form = f"tally_{of.id}_{channel}_{days[0]:%Y%m%d}"
    st.markdown(
        "Put a sheet beside the phone or the till and make a mark each time. A week that nobody "
        "counted stays empty; a week without any mark is 0."
    )
    with reading() as session:
        kept = {
            one.said.starts_on: one
            for one in measuring.listed(session, organisation_id, of.id, channel, "week")
        }
    fields: dict[str, object] = {}
    for at, day in enumerate(days):
        was = kept[day].said if day in kept else None
        fields[f"marks{at}"] = _marks(of, was)
        fields[f"of{at}"] = was.sample_size if was else None
    editing.fill(form, fields)
    for at, (day, column) in enumerate(zip(days, st.columns(len(days), gap="small"), strict=True)):
        with column:
            st.markdown(f"**{raised(reading_dates.label(day, 'week'))}**")
            st.number_input("Marks", 0, 1_000_000, value=None, key=f"{form}_marks{at}")
            if of.rate:
                st.number_input("Out of", 1, 1_000_000, value=None, key=f"{form}_of{at}")
    if st.button("Keep these weeks", key=f"{form}_save", type="primary"):
        sheet = [
            Marks(day, _whole(form, f"marks{at}"), _whole(form, f"of{at}") if of.rate else None)
            for at, day in enumerate(days)
        ]
        emptied = [kept[week.monday] for week in sheet if week.empty and week.monday in kept]
        with editing.saving(form), writing() as session:
            for one in emptied:  # nobody counted after all: unknown again
                measuring.remove(session, one.id, version=one.version)
            if not all(week.empty for week in sheet) or not emptied:
                said = tally.said(of.id, sheet, channel)
                measuring.take_in(session, organisation_id, said, today=today, instead=True)


def _marks(of: Kpi, said: Said | None) -> int | None:
    if said is None:
        return None
    if not of.rate:
        return round(said.value)
    return round(said.value * said.sample_size / 100) if said.sample_size else None


def _whole(form: str, field: str) -> int | None:
    value = editing.value(form, field)
    return int(value) if isinstance(value, int | float) else None
