"""The values that rules compare with: where from, since when, and when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from rules.pack import ParameterValue
from services import rulebook, rulebook_words
from services.advice import AdviceView
from services.amendments import Kept
from ui import amending, opening
from ui.text import plain

_PLANNED = "a first plan is put together from the hours you have"
_WEIGHED = "facts are weighed by how well they are known"
_LEARNED = "what came of advice says how much its rules count"


def listed(view: AdviceView, own: Mapping[str, Kept], today: date, *, over: bool) -> None:
    """Every value, what is past its date first."""
    st.markdown(
        "These are the numbers that rules compare with. Most are **starter values** from "
        "experience; put your own in their place as soon as you know better."
    )
    values = view.pack.parameters.values()
    for parameter in sorted(values, key=lambda one: not _past(one, own, today)):
        kept = own.get(f"value {parameter.name}")
        with st.container(border=True):
            headline(parameter, kept, today)
            if opening.is_open(opening.VALUE, parameter.name):
                _closer(view, parameter, kept)
                if not over:
                    amending.of_value(view, parameter, kept)
            opening.button(opening.VALUE, parameter.name)


def headline(parameter: ParameterValue, kept: Kept | None, today: date) -> None:
    """A value with its unit, source and dates."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        shown = plain(rulebook_words.printed(parameter))
        st.markdown(f"{plain(parameter.title)}: **{shown}**", width="content")
        if kept:
            st.badge("Changed by us", icon=":material/edit_note:", color="orange")
        elif rulebook_words.starter(parameter.source):
            st.badge("Starter value", color="gray")
        if _past(parameter, {f"value {parameter.name}": kept} if kept else {}, today):
            st.badge("Past its date", icon=":material/event_busy:", color="red")
    st.caption(plain(_origin(parameter, kept)))


def _closer(view: AdviceView, parameter: ParameterValue, kept: Kept | None) -> None:
    """All of a value: what it was delivered as, its range, and the rules that compare with it."""
    delivered = rulebook.pack().parameters[parameter.name]
    if kept:
        st.caption(f"Delivered as {plain(rulebook_words.printed(delivered))}.")
    st.caption(rulebook_words.limits(parameter))
    rules = rulebook_words.readers(view.pack, parameter.name)
    if not rules:
        wheres = {"plan": _PLANNED, "learn": _LEARNED}
        where = wheres.get(parameter.name.split("_")[0], _WEIGHED)
        st.markdown(f"It is used where {where}.")
        return
    count = "One rule reads" if len(rules) == 1 else f"{len(rules)} rules read"
    with st.expander(f"{count} this value"):
        st.markdown("\n".join(f"- {plain(rule.title)}" for rule in rules))


def _origin(parameter: ParameterValue, kept: Kept | None) -> str:
    """`Source: our own numbers · since 1 October 2026`."""
    if kept:
        return f"Source: {kept.ground.source} · since {_said(kept.starts_on)}"
    said = [f"Source: {parameter.source}"]
    if parameter.since:
        said.append(f"since {_said(parameter.since)}")
    if parameter.check_again:
        said.append(f"to be looked at again by {_said(parameter.check_again)}")
    return " · ".join(said)


def _past(parameter: ParameterValue, own: Mapping[str, Kept], today: date) -> bool:
    """Whether a delivered value should have been looked at again; one's own is as new as it is."""
    if f"value {parameter.name}" in own or parameter.check_again is None:
        return False
    return parameter.check_again < today


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
