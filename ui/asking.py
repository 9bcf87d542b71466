"""What the rules ask and nobody has answered yet: first what would change the advice most.

Each answer is kept as it is given. Taking an answer away makes it "not known" again, never "no".
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading, writing
from rules.pack import Pack
from rules.sentences import print_value
from services import circumstances, missing
from services.advice import AdviceView
from services.circumstances import Known, Question, Value
from ui import editing, links
from ui.text import plain

Answers = dict[tuple[str, str], Known]


def beside(view: AdviceView, page: str) -> None:
    """Beside the advice: the open questions that would change it most, each answered here or on its
    own page; and, folded, everything else that this page asks."""
    place = (view.organisation_id, view.quarter_id)
    with reading() as session:
        known = circumstances.recorded(session, *place)
    asked = {(one.kind, one.attribute.name): one for one in circumstances.asked(view.pack, page)}
    first = missing.questions(view)
    here = [key for one in first if (key := (one.kind, one.attribute.name)) in asked]
    typing = [key for key in asked if editing.touched(_form(asked[key])) and key not in here]
    if first:
        st.subheader("What we don't know yet", anchor=False)
        st.markdown("These answers would change the advice most. None of them has to be given.")
    for one in first:
        key = (one.kind, one.attribute.name)
        if key in here:
            _question(view.pack, place, asked[key], known)
        else:
            st.markdown(f"{plain(one.question)}")
            if one.page in links.PAGES:
                links.page_link(one.page, f"Answer it under “{links.PAGES[one.page].title}”")
    rest = [one for key, one in asked.items() if key not in here]
    _rest(view.pack, page, place, rest, known, open_now=bool(typing))


def folded(view: AdviceView, page: str) -> None:
    """Everything that a page asks, on pages where no advice stands."""
    place = (view.organisation_id, view.quarter_id)
    with reading() as session:
        known = circumstances.recorded(session, *place)
    asked = circumstances.asked(view.pack, page)
    typing = any(editing.touched(_form(one)) for one in asked)
    _rest(view.pack, page, place, asked, known, open_now=typing)


def _rest(
    pack: Pack,
    page: str,
    place: tuple[int, int],
    rest: Sequence[Question],
    known: Answers,
    *,
    open_now: bool,
) -> None:
    if not rest:
        return
    told = sum((one.kind, one.attribute.name) in known for one in rest)
    title = f"What else the rules may ask here: {told} of {len(rest)} answered"
    fold = st.expander(
        title,
        icon=":material/help:",
        expanded=open_now,
        key=f"questions_{page}",
        on_change="rerun",
    )
    if not (fold.open or open_now):
        return
    with fold:
        for one in rest:
            _question(pack, place, one, known)


def _question(pack: Pack, place: tuple[int, int], one: Question, known: Answers) -> None:
    """One question, kept when it is answered; if somebody else answered it meanwhile, both answers
    are shown and this one is kept when it is confirmed."""
    form, key = _form(one), (one.kind, one.attribute.name)
    kept = known.get(key)
    before = _shown(one, kept.value) if kept else None
    seen = editing.fill(form, {"value": before}, kept.version if kept else 0)
    editing.conflict(form, lambda theirs: [_told(pack, one, theirs.get("value"))])
    _widget(pack, one, f"{form}_value")
    now = editing.value(form, "value")
    in_conflict = f"{form}_theirs" in st.session_state
    if in_conflict and not st.button("Keep mine", key=f"{form}_mine"):
        return
    if in_conflict or now != before:
        note = kept.note if kept else ""
        with editing.saving(form, seen), writing() as session:
            circumstances.record(session, place, key, _value(one, now), note=note, version=seen)


def _widget(pack: Pack, one: Question, key: str) -> None:
    attribute = one.attribute
    helped = attribute.ask.help if attribute.ask else ""
    if attribute.type == "yes_no":
        st.segmented_control(one.text, ["Yes", "No"], key=key, help=helped or None)
    elif attribute.type == "word":
        words = attribute.words or tuple(pack.catalogues.get(attribute.catalogue, ()))
        st.selectbox(
            one.text,
            words,
            index=None,
            key=key,
            format_func=lambda word: print_value(pack, attribute, word).replace("_", " "),
            placeholder="Not known",
            help=helped or None,
        )
    else:
        share = 100.0 if attribute.unit == "share" else 1.0
        st.number_input(
            f"{one.text} (in per cent)" if share > 1 else one.text,
            None if attribute.low is None else attribute.low * share,
            None if attribute.high is None else attribute.high * share,
            value=None,
            step=1.0 if attribute.unit != "hours" else 0.5,
            format="%g",
            key=key,
            placeholder="Not known",
            help=helped or None,
        )


def _shown(one: Question, value: Value) -> object:
    """An answer as its widget holds it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, str):
        return value
    return round(float(value) * (100 if one.attribute.unit == "share" else 1), 6)


def _value(one: Question, held: object) -> Value | None:
    """What a widget holds as it is kept; None is "not known"."""
    if one.attribute.type == "yes_no":
        return None if held is None else held == "Yes"
    if isinstance(held, int | float):
        return round(float(held) / (100 if one.attribute.unit == "share" else 1), 6)
    return held if isinstance(held, str) else None


def _told(pack: Pack, one: Question, value: object) -> str:
    if not isinstance(value, str | int | float | bool):
        return "not known"
    return print_value(pack, one.attribute, value).replace("_", " ")


def _form(one: Question) -> str:
    return f"asked_{one.kind}_{one.attribute.name}"
