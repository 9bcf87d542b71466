"""Skills and roles of people, filled in where they are missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from models.database import reading, writing
from services import people, rulebook
from services.people import Kept
from ui import editing, links, rescue
from ui.text import plain

_FIELDS = {
    "roles": "Which roles does this person hold?",
    "skills": "What does this person like to do and do well?",
}


def section(rows: Sequence[Kept]) -> None:
    """A form for each person; open at once if nothing is known of anybody."""
    known = any(row.said.roles or row.said.skills for row in rows)
    st.subheader("Skills and roles", anchor=False)
    st.markdown(
        "The more is known, the better the rules know whom to ask. Write down only what the "
        "person agrees with; both may stay empty."
    )
    for row in rows:
        _person(row, expanded=not known and len(rows) == 1)
    links.page_link("organisation", "Hours, and who else takes part")


def rescued() -> None:
    """What was typed about somebody who takes part no longer, as somebody else noted meanwhile."""
    rescue.shown("roles", "person", lambda typed, _: _words(typed), _called)


def _called(person_id: int) -> str:
    with reading() as session:
        return people.name(session, person_id)


def _person(row: Kept, *, expanded: bool) -> None:
    said, form = row.said, f"roles_{row.id}"
    held = [rulebook.title("roles", one) for one in said.roles]
    held += [rulebook.title("skills", one) for one in said.skills]
    title = f"{plain(said.name)}: {plain(', '.join(held)) or 'nothing written down yet'}"
    theirs = f"{form}_theirs" in st.session_state
    with st.expander(title, expanded=expanded or theirs, key=f"{form}_fold"):
        seen = editing.fill(form, {"roles": list(said.roles), "skills": list(said.skills)},
                            row.version)  # fmt: skip
        editing.conflict(form, _words)
        picked = {field: _several(form, field) for field in _FIELDS}
        if st.button("Keep", key=f"{form}_keep", type="primary"):
            mine = replace(said, roles=picked["roles"], skills=picked["skills"])
            with editing.saving(form, seen), writing() as session:
                people.update(session, row.id, mine, version=seen)


def _several(form: str, field: str) -> tuple[str, ...]:
    titles = rulebook.titles(field)
    return tuple(
        st.multiselect(
            _FIELDS[field],
            list(titles),
            format_func=titles.__getitem__,
            placeholder="Choose any",
            key=f"{form}_{field}",
        )
    )


def _words(theirs: editing.Values) -> list[str]:
    """Roles and skills as somebody else has just kept them."""
    lines = []
    for field in _FIELDS:
        names = theirs.get(field)
        listed = names if isinstance(names, list | tuple) else ()
        lines.append(", ".join(rulebook.title(field, str(one)) for one in listed) or "none")
    return [f"Roles: {lines[0]}", f"Skills: {lines[1]}"]
