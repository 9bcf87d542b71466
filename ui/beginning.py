"""Start with us, step by step: each step keeps what was said before the next one begins."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import assessments, objectives, organisations, people, rulebook
from services.people import HOURS_IN_A_WEEK, Someone
from services.showing import ENOUGH
from ui import editing, frame, joining, links, question, rounds
from ui.frame import Place
from ui.text import plain

STEPS = ("Who we are", "Who has hours", "How we work today", "What we want", "First advice")
AT, ANOTHER = "begin_at", "begin_another"
"""In the session: the step where we are, and whether it is about an organisation that is not there
yet."""
WHO, SOMEBODY = "begin_who", "begin_somebody"


def own() -> Place | None:
    """The organisation that is being begun; None if its name is still to be said."""
    place = frame.found()
    if place is None or st.session_state.get(ANOTHER):
        return None
    with reading() as session:
        row = organisations.get(session, place.organisation_id)
        return place if row and not row.is_example else None


def at(place: Place | None) -> int:
    """The step to show: the one where we are, else the first that is still open."""
    if place is None:
        return 0
    if st.session_state.get(AT, (0, 0))[0] != place.organisation_id:
        go_to(place, _first_open(place))
    return int(st.session_state[AT][1])


def _first_open(place: Place) -> int:
    here = (place.organisation_id, place.quarter_id)
    with reading() as session:
        row = organisations.get(session, place.organisation_id)
        if row is None or not organisations.said_all(organisations.profile(row)):
            return 0
        if not people.listed(session, place.organisation_id):
            return 1
        if objectives.listed(session, place.quarter_id):
            return 4
        running = assessments.running(session, *here)
        if running:
            return 3 if assessments.people(session, running.id)[1] else 2
        return 3 if assessments.results(session, *here).factors else 2


def go_to(place: Place, step: int) -> None:
    """Show this step from now on."""
    st.session_state[AT] = (place.organisation_id, step)


def path(place: Place | None, step: int) -> None:
    """Where we are on the way, and the way back to what was said before."""
    st.progress((step + 1) / len(STEPS), text=f"Step {step + 1} of {len(STEPS)} · {STEPS[step]}")
    if place and step:
        with st.container(horizontal=True, gap="xsmall", key="begin_path"):
            for number, title in enumerate(STEPS[:step]):
                st.button(
                    title,
                    key=f"begin_back_{number}",
                    type="tertiary",
                    icon=":material/check:",
                    on_click=go_to,
                    args=(place, number),
                )


def who_has_hours(place: Place) -> None:
    """People with their hours, one after the other."""
    with reading() as session:
        there = [row.said for row in people.listed(session, place.organisation_id)]
    st.markdown(
        "Say only hours that are real; two a week are enough for a start. A first name will do. "
        "Skills and roles can follow later, on the page “Organisation”."
    )
    for said in there:
        part = rulebook.title("functions", said.function)
        st.markdown(f"- **{plain(said.name)}**, {plain(part)}, {said.hours:g} hours a week")
    _somebody(place, first=not there)
    if there:
        go_on(place, 2)


def _somebody(place: Place, *, first: bool) -> None:
    editing.fill(SOMEBODY, {"name": "", "function": None, "hours": None})
    name_at, function_at, hours_at = st.columns([1, 1.4, 1], gap="small")
    name = name_at.text_input("First name", key=f"{SOMEBODY}_name")
    with function_at:
        functions = rulebook.titles("functions")
        function = editing.choice(SOMEBODY, "function", "Part of the work", functions)
    hours = hours_at.number_input(
        "Hours a week", 0.0, float(HOURS_IN_A_WEEK), None, 0.5, key=f"{SOMEBODY}_hours"
    )
    label = "Add this person" if first else "Add one more"
    if st.button(label, type="primary" if first else "secondary", key="begin_add"):
        said = Someone(name or "", function, -1 if hours is None else hours)
        with editing.saving(SOMEBODY), writing() as session:
            people.add(session, place.organisation_id, said)


def how_we_work(place: Place) -> None:
    """The eight questions, one a screen."""
    question.refused()
    with reading() as session:
        running = assessments.running(session, place.organisation_id, place.quarter_id)
        round_id = running.id if running else 0
    respondent_id = joining.known(round_id)
    if respondent_id is None:
        _before_the_first(place, round_id)
        go_on(place, 3, "Skip this for now", first=False)
        return
    joining.words_to_return(round_id)
    if not question.one_by_one(respondent_id, rounds.questions(8)):
        go_on(place, 3, "Skip this for now", first=False)
        return
    question.thanks(respondent_id, rounds.questions(8))
    _who_counts(place)
    go_on(place, 3)


def _who_counts(place: Place) -> None:
    """As long as nothing may be shown, say what the advice goes by."""
    with reading() as session:
        told = assessments.results(session, place.organisation_id, place.quarter_id).factors
    if not told:
        st.markdown(
            "The advice reads answers only when they may be shown: those of leaders who agreed, or "
            f"from {ENOUGH} people on when the round is closed. Until then it goes by what you "
            "want and the hours you have. Ask the others to answer too."
        )
        links.page_link("assessment", "Where the others answer")


def _before_the_first(place: Place, round_id: int) -> None:
    """Who answers; a round begins with whoever begins, not with a look. Somebody who works alone
    has nobody to be hidden from."""
    with reading() as session:
        row = organisations.get(session, place.organisation_id)
        alone = row is not None and row.staff == 1 and assessments.people(session, round_id)[0] == 0
        before = assessments.results(session, place.organisation_id, place.quarter_id).joined
    if before and not round_id:
        st.info("What was answered in earlier rounds stays as it is. “Begin” opens a new round.")
    if alone:
        _alone(place)
    else:
        joining.ask(round_id)


def _alone(place: Place) -> None:
    st.markdown(
        "Eight questions, five minutes. You work alone, so your answers are shown on the pages of "
        "your organisation at once, and the advice reads them."
    )
    if st.button("Begin", type="primary", key="begin_alone"):
        here = (place.organisation_id, place.quarter_id)
        with writing() as session:
            round_id = assessments.open_round(session, *here).id
            assessments.join(session, round_id, function="leadership", is_leader=True, consent=True)
        st.rerun()


def go_on(place: Place, step: int, label: str = "Go on", *, first: bool = True) -> None:
    """The button to a step; everything that was said is kept already."""
    st.button(
        label,
        key=f"begin_to_{step}",
        type="primary" if first else "tertiary",
        on_click=go_to,
        args=(place, step),
    )


def begin_another() -> None:
    """From now on, the page is about an organisation that is not there yet."""
    st.session_state[ANOTHER] = True
    st.session_state.pop(AT, None)
    editing.clear(WHO)


def begun(organisation_id: int, name: str, step: int) -> None:
    """The page goes on with this organisation from the next run on; `st.rerun()` comes next."""
    st.session_state.pop(ANOTHER, None)
    st.session_state[AT] = (organisation_id, step)
    frame.enter(name)
