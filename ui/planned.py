"""The plan as a whole: by person and week, what is settled, and when objectives are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from charts import hours_people
from services import people, plan, weeks
from services.advice import AdviceView
from services.objectives import Stated
from services.weeks import Person, Week
from ui import links, pictures, promises, saying
from ui.text import plain


def by_person(promised: Sequence[plan.Kept], everybody: Sequence[people.Kept], today: date) -> None:
    """Everybody with their weeks; those who promised nothing are named in one line."""
    given = [(one.id, one.said.name, one.said.hours) for one in everybody]
    there = weeks.by_person(promised, given, today)
    if promised:
        _together(there)
    for person in there:
        if person.weeks:
            _person(person, today)
    free = [plain(one.name) for one in there if not one.weeks and one.given]
    if free and promised:
        st.caption(f"Nothing in hand: {', '.join(free)}.")


def hours(promised: Sequence[plan.Kept], everybody: Sequence[people.Kept], today: date) -> None:
    """Who carries how much, as a picture; what nobody answers for is there too."""
    given = [(one.id, one.said.name, one.said.hours) for one in everybody]
    rows = pd.DataFrame(
        [
            (one.name or "Nobody yet", one.given, one.planned, None)
            for one in weeks.by_person(promised, given, today)
        ],
        columns=["name", "given", "planned", "logged"],
    )
    pictures.show(
        "hours-by-person",
        lambda dark: hours_people.spec(rows, dark=dark),
        (lambda: hours_people.table(rows))
        if hours_people.told(rows) != hours_people.NOTHING
        else None,
    )


def from_before(left: Sequence[plan.Kept], quarter_id: int, today: date) -> None:
    """What earlier quarters left in hand: settled here, or taken along."""
    if not left:
        return
    st.subheader("Still in hand from before", anchor=False)
    st.markdown("Say how these went, or take them along into this quarter.")
    for one in left:
        promises.promise(one, today)
        st.button(
            "Take it along",
            key=f"along_{one.id}",
            icon=":material/move_up:",
            on_click=saying.take_along,
            args=(one, quarter_id),
        )


def checks(view: AdviceView, wanted: Sequence[Stated], today: date) -> None:
    """On which day each objective is looked at again."""
    if not wanted:
        return
    st.subheader("When we look again", anchor=False)
    for one in wanted:
        title, day = plain(view.title("objective", one.name)), one.wish.check_on
        if day is None:
            st.markdown(f":material/target: **{title}** · no day yet")
        else:
            over = " · this day has passed" if day < today else ""
            st.markdown(f":material/event_repeat: **{title}** · {promises.dated(day, today)}{over}")
    if any(one.wish.check_on is None for one in wanted):
        links.page_link("objectives", "Say when to look again")


def settled(promised: Sequence[plan.Kept], today: date) -> None:
    """What is done, and what was not; it can be taken up again."""
    over = [one for one in promised if not one.in_hand]
    if not over:
        return
    done = sum(one.standing.state == "done" for one in over)
    title = f"Settled: {done} done, {len(over) - done} not done"
    with st.expander(title, icon=":material/task_alt:", expanded=promises.begun(over)):
        for one in over:
            promises.promise(one, today)


def _person(person: Person, today: date) -> None:
    if person.owner_id is None:
        st.subheader("Who?", anchor=False)
        st.markdown("Nobody answers for these yet.")
        links.page_link("ownership", "Say who does it")
    else:
        st.subheader(plain(person.name), anchor=False)
        st.caption(_hours(person))
    for week in person.weeks:
        st.markdown(f"**{_week(week, today)}**")
        for one in week.promises:
            promises.promise(one, today)


def _together(there: Sequence[Person]) -> None:
    """Hours that everybody planned, of those that everybody gave."""
    planned = round(sum(one.planned for one in there), 2)
    given = round(sum(one.given or 0 for one in there), 2)
    if not given:
        st.markdown(
            f"**{planned:g} h a week** are planned. Nobody has said yet how many there are."
        )
        links.page_link("organisation", "Say who has hours")
    elif planned > given:
        st.markdown(
            f":material/warning: **{planned:g} h a week** are planned, and {given:g} h are given. "
            "Move something to a later day, or leave something out."
        )
    else:
        st.markdown(f"**{planned:g} h a week** are planned, of {given:g} h that are given.")


def _hours(person: Person) -> str:
    planned = f"{person.planned:g} h a week planned"
    if person.given is None:
        return planned
    if person.planned > person.given:
        more = round(person.planned - person.given, 2)
        return f"{planned}, {person.given:g} h given: {more:g} h more than there are"
    return f"{planned}, {person.given:g} h given"


def _week(week: Week, today: date) -> str:
    if week.when == "overdue":
        return "Overdue"
    if week.when == "this week":
        return "This week"
    if week.monday is None:
        return "Without a date"
    return f"Week of {week.monday.day} {week.monday:%B}"
