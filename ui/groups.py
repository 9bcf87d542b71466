"""Whom we want to reach: groups of people, and how many of them use which channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

import streamlit as st

from models.database import reading, writing
from services import audiences, rulebook
from services.advice import AdviceView
from services.audiences import OLDEST, Group, Kept
from ui import editing, rescue, shares
from ui.acts import act
from ui.text import plain

NEW = "group_new"
_WHERE = {False: "In private", True: "At work, as people of a firm"}


def section(view: AdviceView) -> None:
    """All groups, each with its channels, to be changed or taken away, and a form for one more."""
    with reading() as session:
        rows = audiences.listed(session, view.organisation_id)
    st.subheader("Whom we want to reach", anchor=False)
    if not rows:
        st.markdown(
            "Nobody is named yet. Describe the people who matter most for what you want; which "
            "channels they use is then filled in with starter values."
        )
    rescue.shown("group", "group", lambda typed, _: [_line(Group(**typed))])  # type: ignore[arg-type]
    shares.rescued(view)
    for row in rows:
        _row(view, row)
    with st.expander("Add people to reach", icon=":material/group_add:", expanded=not rows):
        editing.fill(NEW, _likely(view))
        said = fields(NEW)
        if st.button("Add these people", key="group_add", type="primary"):
            with editing.saving(NEW), writing() as session:
                audiences.describe(session, view.organisation_id, said)


def _row(view: AdviceView, row: Kept) -> None:
    form = f"group_{row.id}"
    with st.container(border=True):
        st.markdown(f"**{plain(row.said.name)}** · {plain(about(row.said))}")
        shares.table(view, row)
        shares.change(view, row)
        with st.expander(
            "Change who they are", expanded=editing.touched(form), key=f"who_{row.id}"
        ):
            _change(row, form)


def _change(row: Kept, form: str) -> None:
    seen = editing.fill(form, asdict(row.said), row.version)
    editing.conflict(form, lambda theirs: [_line(Group(**theirs))])  # type: ignore[arg-type]
    said = fields(form)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"{form}_save", type="primary"):
            with editing.saving(form, seen), writing() as session:
                audiences.redescribe(session, row.id, said, version=seen)
        with st.popover("Reach them no longer"):
            st.markdown("The group and what you know of its channels leave this list.")
            st.button("Take it away now", key=f"{form}_remove", on_click=_remove, args=(row.id,))


def fields(form: str) -> Group:
    """Five questions about people to reach; what they say now, complete or not."""
    left, right = st.columns(2, gap="medium")
    with left:
        name = st.text_input(
            "What do you call them?",
            key=f"{form}_name",
            placeholder="Young families nearby",
        )
        business = st.segmented_control(
            "Where do you reach them?",
            list(_WHERE),
            format_func=_WHERE.__getitem__,
            required=True,
            key=f"{form}_business",
        )
    with right:
        youngest, oldest = st.columns(2)
        low = _age(youngest, "From age", f"{form}_age_from")
        high = _age(oldest, "To age", f"{form}_age_to")
        regions = rulebook.titles("regions")
        region = editing.choice(form, "region", "Where do they live?", regions)
    return Group(name or "", bool(business), low, high, region)


def about(said: Group) -> str:
    """Who they are, in one line."""
    ages = _ages(said)
    where = "at work" if said.business else "in private"
    region = rulebook.title("regions", said.region) if said.region else ""
    return " · ".join(part for part in (where, ages, region) if part)


def _line(said: Group) -> str:
    return f"{said.name}: {about(said)}"


def _ages(said: Group) -> str:
    if said.age_from is not None and said.age_to is not None:
        return f"{said.age_from} to {said.age_to} years"
    if said.age_from is not None:
        return f"from {said.age_from} years"
    return f"up to {said.age_to} years" if said.age_to is not None else ""


def _age(column: st.delta_generator.DeltaGenerator, label: str, key: str) -> int | None:
    age = column.number_input(label, 0, OLDEST, value=None, step=1, key=key, placeholder="Any")
    return None if age is None else int(age)


def _likely(view: AdviceView) -> Mapping[str, object]:
    """The empty form: people like those whom the organisation serves, where it is."""
    who = view.fact("organisation")
    region = who.get("region")
    return {
        "name": "",
        "business": who.get("audience") == "business",
        "age_from": None,
        "age_to": None,
        "region": region if region in rulebook.titles("regions") else None,
    }


@act
def _remove(group_id: int) -> None:
    with writing() as session:
        audiences.forget(session, group_id)
    editing.clear(f"group_{group_id}")
    editing.clear(f"share_{group_id}")
