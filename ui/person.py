"""One person: the form, and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from services import rulebook
from services.people import HOURS_IN_A_WEEK, Someone
from services.units import Kept as Part
from ui import editing

NO_PART = 0
EMPTY: editing.Values = {
    "name": "",
    "function": None,
    "hours": None,
    "volunteer": False,
    "unit_id": NO_PART,
    "skills": [],
    "roles": [],
}


def values(said: Someone) -> editing.Values:
    """A person as the form's widgets hold it."""
    return {
        "name": said.name,
        "function": said.function,
        "hours": float(said.hours),
        "volunteer": said.volunteer,
        "unit_id": said.unit_id or NO_PART,
        "skills": list(said.skills),
        "roles": list(said.roles),
    }


def fields(form: str, parts: Sequence[Part]) -> Someone:
    """The questions about one person; what they say now, complete or not."""
    left, right = st.columns(2, gap="medium")
    with left:
        name, function, hours = _who(form)
        unit_id = _part(form, parts)
    with right:
        skills = _several(form, "skills", "What do they like to do and do well?", "skills")
        roles = _several(form, "roles", "Which roles do they hold?", "roles")
        volunteer = st.checkbox("Wants to be seen online by name or face", key=f"{form}_volunteer")
        st.caption(
            "Skills and roles may stay empty. Write down only what the person agrees with; whether "
            "to be seen is always their own choice."
        )
    return Someone(name, function, hours, volunteer, unit_id, tuple(skills), tuple(roles))


def _who(form: str) -> tuple[str, str, float]:
    """Name, part of the work and hours a week; -1 as long as no hours are said."""
    name = st.text_input("Name", key=f"{form}_name", help="A first name will do.")
    functions = rulebook.titles("functions")
    which = "Which part of the work do they belong to?"
    function = editing.choice(form, "function", which, functions)
    hours = st.number_input(
        "Hours a week for this",
        0.0,
        float(HOURS_IN_A_WEEK),
        value=None,
        step=0.5,
        placeholder="What is real, not what is hoped for",
        key=f"{form}_hours",
    )
    return name or "", function, -1 if hours is None else hours


def words(theirs: editing.Values) -> list[str]:
    """A person as somebody else has just kept it, line by line."""
    said = Someone(**theirs)  # type: ignore[arg-type]
    first = f"{said.name}, {rulebook.title('functions', said.function)}, {said.hours:g} h a week"
    return [first, *(line for line in [details(said)] if line)]


def details(said: Someone, part: str = "") -> str:
    """Skills, roles and the rest in one line; empty if nothing is known."""
    roles = [rulebook.title("roles", role) for role in said.roles]
    skills = [rulebook.title("skills", skill) for skill in said.skills]
    lines = [part, ", ".join(roles), ", ".join(skills)]
    if said.volunteer:
        lines.append("wants to be seen online")
    return " · ".join(line for line in lines if line)


def _part(form: str, parts: Sequence[Part]) -> int | None:
    """Where the person belongs; not asked as long as there are no parts."""
    if not parts:
        return None
    names = {NO_PART: "No part in particular"} | {part.id: part.said.name for part in parts}
    if editing.value(form, "unit_id") not in names:
        st.session_state[f"{form}_unit_id"] = NO_PART
    picked = st.selectbox(
        "Part of us", list(names), format_func=names.__getitem__, key=f"{form}_unit_id"
    )
    return picked or None


def _several(form: str, field: str, label: str, catalogue: str) -> list[str]:
    titles = rulebook.titles(catalogue)
    return st.multiselect(
        label,
        list(titles),
        format_func=titles.__getitem__,
        placeholder="Choose any",
        key=f"{form}_{field}",
    )
