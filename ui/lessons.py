"""Lessons: written down, said otherwise, and made to count among the rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date

import streamlit as st

from models.database import reading, writing
from rules.pack import Amendment
from services import amendments, lessons, rulebook, rulebook_words
from services.lessons import LOOPS, TOUCHES, VERDICTS, Kept, Said
from services.refusals import Refused
from ui import editing, links, promising
from ui.frame import Place
from ui.text import plain

SHOWN = 4
_EMPTY = {"text": "", "verdict": None, "loop": None, "touches": None, "about": None}
_ICONS = {"keep": "check_circle", "change": "change_circle", "stop": "cancel"}


def section(place: Place, kept: Sequence[Kept], today: date, closed: Collection[int]) -> None:
    """A new lesson, the newest ones, and all others folded; those of `closed` quarters stay as they
    were said, and can still change the rules."""
    st.subheader("What did we learn?", anchor=False)
    if not kept:
        st.markdown(
            "No lesson is written down yet. One sentence is enough: what do we keep, change or "
            "stop?"
        )
    for one in kept[:SHOWN]:
        _lesson(place, one, today, closed)
    _new(place)
    if len(kept) > SHOWN:
        fold = st.expander(
            f"Earlier lessons: {len(kept) - SHOWN}", icon=":material/history:",
            key="lessons_before", on_change="rerun",
        )  # fmt: skip
        if fold.open:
            with fold:
                for one in kept[SHOWN:]:
                    _lesson(place, one, today, closed)


def _lesson(place: Place, one: Kept, today: date, closed: Collection[int]) -> None:
    said = one.said
    with st.container(border=True):
        _told(one)
        if one.amendment_id:
            links.page_link("rules", "It changed a rule or a value; look at it there")
        elif said.about and said.touches in ("rule", "parameter"):
            _to_rules(place, one, today)
        if one.quarter_id not in closed:
            _otherwise(one)


def said_then(kept: Sequence[Kept]) -> None:
    """Lessons to be read."""
    for one in kept:
        with st.container(border=True):
            _told(one)


def _told(one: Kept) -> None:
    said = one.said
    st.markdown(f":material/{_ICONS[said.verdict]}: **{VERDICTS[said.verdict]}** · "
                f"{plain(said.text)}")  # fmt: skip
    told = (plain(one.title), LOOPS[said.loop], one.quarter, plain(said.who))
    st.caption(" · ".join(filter(None, told)))


def _otherwise(one: Kept) -> None:
    form = f"lesson_{one.id}"
    kept = {name: value or None for name, value in asdict(one.said).items() if name in _EMPTY}
    seen = editing.fill(form, kept, one.version)
    with st.expander("Say it otherwise", expanded=editing.touched(form)):
        editing.conflict(form, _words)
        _fields(form)
        if st.button("Keep the change", key=f"{form}_keep"):
            said = _said(form, one.said.who)
            with editing.saving(form, seen), writing() as session:
                lessons.restate(session, one.id, said, version=seen)


def _new(place: Place) -> None:
    form = f"new_lesson_{place.quarter_id}"
    editing.fill(form, _EMPTY)
    with st.expander("Write down a lesson", icon=":material/add:", expanded=editing.touched(form)):
        _fields(form)
        if st.button("Keep the lesson", key=f"{form}_keep", type="primary"):
            said = _said(form, promising.who())
            with editing.saving(form), writing() as session:
                lessons.learn(session, place.quarter_id, said)


def _fields(form: str) -> None:
    st.text_area("What did you learn?", key=f"{form}_text", height=80)
    st.segmented_control(
        "What follows?", list(VERDICTS), format_func=VERDICTS.__getitem__, key=f"{form}_verdict"
    )
    st.radio(
        "How deep does it go?", list(LOOPS), format_func=LOOPS.__getitem__, key=f"{form}_loop",
        index=None,
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        touches = editing.choice(form, "touches", "What does it touch?", TOUCHES)
    choices = lessons.choices(touches)
    if st.session_state.get(f"{form}_about") not in choices:
        st.session_state[f"{form}_about"] = None
    with right:
        editing.choice(form, "about", "Which one? You may leave it open", choices)


def _to_rules(place: Place, one: Kept, today: date) -> None:
    """Lets a lesson change the rule or the value that it is about, from this quarter on."""
    form = f"count_{one.id}_{place.quarter_id}"
    with reading() as session:
        standing = amendments.standing(session, place.organisation_id, place.quarter_id)
        pack = rulebook.for_organisation(session, place.organisation_id, place.quarter_id)
    about = one.said.about
    is_rule = one.said.touches == "rule"
    parameter = pack.parameters.get(about)
    now = f"{pack.confidence.get(about, 1.0) * 100:.0f}"
    if not is_rule and parameter is not None:
        now = rulebook_words.printed(parameter)
    change = Amendment(rule=about, confidence=1) if is_rule else Amendment(parameter=about)
    seen = standing.get(amendments.subject(change))
    editing.fill(form, {"amount": now}, seen.id if seen else 0)
    with st.expander("Let it change the rules", expanded=editing.touched(form)):
        editing.conflict(form, lambda theirs: [f"Somebody changed it: {theirs['reason']}"])
        label = "How much should it count with us, in %?" if is_rule else "Which value fits us?"
        st.text_input(label, key=f"{form}_amount")
        st.caption("It counts from this quarter on, with this lesson as its source.")
        if st.button("Change it", key=f"{form}_keep"):
            amount = str(st.session_state[f"{form}_amount"])
            version = editing.version(form)
            with editing.saving(form), writing() as session:
                lessons.amend(
                    session, place.quarter_id, one.id, _change(one, amount), seen=version, on=today
                )


def _change(one: Kept, amount: str) -> Amendment:
    about = one.said.about
    if one.said.touches == "parameter":
        value = amendments.typed(rulebook.pack().parameters[about], amount)
        return Amendment(parameter=about, value=value)
    share = rulebook_words.number(amount, percent=True)
    if share is None:
        raise Refused("Type a number: 0 is not at all, 100 fully, 200 twice.")
    return Amendment(rule=about, confidence=float(share))


def _said(form: str, who: str) -> Said:
    typed = {name: str(value or "") for name, value in editing.typed(form).items()}
    return Said(
        typed["text"], typed["verdict"], typed["loop"], typed["touches"], typed["about"], who
    )


def _words(theirs: editing.Values) -> list[str]:
    verdict = VERDICTS.get(str(theirs["verdict"]), "")
    about = lessons.about_title(str(theirs["touches"]), str(theirs["about"] or ""))
    return [f"{verdict}: {theirs['text']}", about]
