"""Who takes part: everybody in a line, to be changed, to leave and to come back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.database import reading, writing
from services import leaving, people, rulebook, units
from services.leaving import Ties
from services.people import Kept
from services.units import Kept as Part
from ui import editing, links, person
from ui.acts import act
from ui.text import plain

OPEN, LEAVING = "people_open", "people_leaving"
"""In the session: ids of those whose form is open, and the id of who is about to leave."""
NEW = "person_new"


def section(organisation_id: int) -> None:
    """All who take part, a form for one more, and those who left."""
    with reading() as session:
        rows = people.listed(session, organisation_id)
        left = people.listed(session, organisation_id, active=False)
        parts = units.listed(session, organisation_id)
    _sum(rows)
    for row in rows:
        _row(row, parts)
    for row in left:
        if editing.touched(_form(row.id)):
            _gone(row, parts)
    with st.expander("Add somebody", icon=":material/person_add:", expanded=not rows):
        _new(organisation_id, parts)
    links.page_link("ownership", "See who does what")
    _left([row for row in left if row.said.name != leaving.NAMELESS])


def _sum(rows: Sequence[Kept]) -> None:
    if not rows:
        st.info(
            "Nobody takes part yet. Add yourself first: a name and the hours you really have. "
            "The advice then fits your week."
        )
        return
    hours = sum(row.said.hours for row in rows)
    who = "One person takes" if len(rows) == 1 else f"{len(rows)} people take"
    st.markdown(f"{who} part, with **{hours:g} hours a week** together.")


def _row(row: Kept, parts: Sequence[Part]) -> None:
    said = row.said
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            function = plain(rulebook.title("functions", said.function))
            line = f"**{plain(said.name)}** · {function} · {said.hours:g} h a week"
            st.markdown(line, width="stretch")
            st.button("Change", key=f"change_{row.id}", on_click=_open, args=(row.id,))
        part = next((part.said.name for part in parts if part.id == said.unit_id), "")
        if more := person.details(said, part):
            st.caption(plain(more))
        if st.session_state.get(LEAVING) == row.id:
            _leaving(row)
        elif row.id in st.session_state.get(OPEN, ()):
            _change(row, parts)


def _change(row: Kept, parts: Sequence[Part]) -> None:
    form = _form(row.id)
    seen = editing.fill(form, person.values(row.said), row.version)
    editing.conflict(form, person.words)
    said = person.fields(form, parts)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_save", type="primary"):
            with editing.saving(form, seen, lambda: _shut(row.id)), writing() as session:
                people.update(session, row.id, said, version=seen)
        st.button("Leave it as it was", key=f"{form}_cancel", on_click=_shut, args=(row.id,))
        st.button("Takes part no longer …", key=f"leave_{row.id}", on_click=_leaves, args=(row.id,))


def _gone(row: Kept, parts: Sequence[Part]) -> None:
    """Somebody is being changed here who was taken out elsewhere: what was typed stays."""
    form = _form(row.id)
    with st.container(border=True):
        st.warning(
            f"Somebody else noted meanwhile that {plain(row.said.name)} takes part no longer. "
            "What you typed is still here."
        )
        editing.fill(form, person.values(row.said), row.version)
        said = person.fields(form, parts)
        with st.container(horizontal=True):
            if st.button("Takes part, with my changes", key=f"{form}_back", type="primary"):
                with editing.saving(form, then=lambda: _shut(row.id)), writing() as session:
                    leaving.come_back(session, row.id)
                    version = people.version(session, row.id)
                    people.update(session, row.id, said, version=version)
            st.button("Drop my changes", key=f"{form}_drop", on_click=_shut, args=(row.id,))


def _leaving(row: Kept) -> None:
    """What happens if this person leaves, before it happens."""
    with reading() as session:
        ties = leaving.ties(session, row.id)
    for line in consequences(plain(row.said.name), ties):
        st.markdown(line)
    if ties.promises or ties.owned or ties.deputy:
        links.page_link("ownership", "See who could take over")
    with st.container(horizontal=True):
        if st.button("Yes, takes part no longer", key=f"left_{row.id}", type="primary"):
            with writing() as session:
                leaving.leave(session, row.id)
            _shut(row.id)
            st.rerun()
        st.button("No, stays", key=f"stays_{row.id}", on_click=_leaves, args=(None,))


def consequences(name: str, ties: Ties) -> list[str]:
    """What leaving means, sentence by sentence, as Markdown; `name` is safe to show already."""
    lines = []
    if ties.promises:
        titles = ", ".join(f"“{plain(title)}”" for title in ties.promises)
        stays = "It stays" if len(ties.promises) == 1 else "They stay"
        lines.append(f"{name} answers for {titles}. {stays} in the plan, without an owner.")
    for accounts, does in ((ties.owned, "looks after"), (ties.deputy, "stands in for")):
        if accounts:
            called = ", ".join(plain(account) for account in accounts)
            lines.append(f"{name} {does} {called}. Nobody does so then, until you name somebody.")
    if ties.settled:
        lines.append(f"What {name} has settled already ({ties.settled}) keeps the name.")
    return [*lines, f"{name} moves to those who took part before, and can come back at any time."]


def _new(organisation_id: int, parts: Sequence[Part]) -> None:
    editing.fill(NEW, person.EMPTY)
    said = person.fields(NEW, parts)
    if st.button("Add this person", key="person_add", type="primary"):
        with editing.saving(NEW), writing() as session:
            people.add(session, organisation_id, said)


def _left(rows: Sequence[Kept]) -> None:
    if not rows:
        return
    with st.expander(f"Those who took part before ({len(rows)})", icon=":material/history:"):
        for row in rows:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(row.said.name), width="stretch")
                st.button(
                    "Takes part again", key=f"back_{row.id}", on_click=_come_back, args=(row.id,)
                )
                with st.popover("Forget"):
                    st.markdown(
                        "Name, skills and roles leave this list for good. What was settled stays "
                        "without a name. Decisions, reasons of earlier advice and backups may "
                        "still hold the name, as it was written then."
                    )
                    st.button(
                        "Forget the name", key=f"forget_{row.id}", on_click=_forget, args=(row.id,)
                    )


def _form(person_id: int) -> str:
    return f"person_{person_id}"


def _open(person_id: int) -> None:
    st.session_state[OPEN] = {*st.session_state.get(OPEN, ()), person_id}
    st.session_state.pop(LEAVING, None)


def _shut(person_id: int) -> None:
    st.session_state[OPEN] = {*st.session_state.get(OPEN, ())} - {person_id}
    st.session_state.pop(LEAVING, None)
    editing.clear(_form(person_id))


def _leaves(person_id: int | None) -> None:
    st.session_state[LEAVING] = person_id


@act
def _come_back(person_id: int) -> None:
    with writing() as session:
        leaving.come_back(session, person_id)


@act
def _forget(person_id: int) -> None:
    with writing() as session:
        leaving.forget(session, person_id)
