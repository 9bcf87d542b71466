"""Who we are: the form, filled in once and changed whenever it is no longer true."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from models.database import writing
from services import organisations, rulebook
from services.organisations import AUDIENCES, LARGEST, SECTORS, Profile
from ui import editing, frame, rescue

EMPTY = {
    "name": "",
    "staff": 1,
    "sector": None,
    "audience": None,
    "region": None,
    "premises": False,
}


def fields(form: str) -> Profile:
    """Six questions about an organisation; `editing.fill` puts in what is known. What they say
    now, complete or not."""
    left, right = st.columns(2, gap="medium")
    with left:
        name = st.text_input("What are you called?", key=f"{form}_name")
        staff = st.number_input(_asked("staff"), 1, LARGEST, step=1, key=f"{form}_staff")
        sector = editing.choice(form, "sector", _asked("sector"), SECTORS)
    with right:
        region = editing.choice(form, "region", _asked("region"), rulebook.titles("regions"))
        audience = editing.choice(form, "audience", "Whom do you serve?", AUDIENCES)
        premises = st.checkbox(
            "People visit us at a shop, an office or another place", key=f"{form}_premises"
        )
    return Profile(name or "", int(staff or 0), sector, audience, region, premises)


def values(said: Profile) -> editing.Values:
    """A profile as the form's widgets hold it; what is not said yet is not chosen yet."""
    return {name: None if value == "" else value for name, value in asdict(said).items()}


def edit(organisation_id: int, version: int, said: Profile) -> None:
    """The form of an organisation that is kept already."""
    form = f"profile_{organisation_id}"
    seen = editing.fill(form, values(said), version)
    editing.conflict(form, words)
    changed = fields(form)
    if st.button("Keep the change", key=f"{form}_save", type="primary"):
        name = " ".join(changed.name.split())
        with editing.saving(form, seen, lambda: _renamed(said.name, name)), writing() as session:
            organisations.update(session, organisation_id, changed, version=seen)


def rescued() -> None:
    """What was typed about an organisation that somebody else took away meanwhile."""
    rescue.shown("profile", "organisation", lambda typed, _: words(typed))


def _renamed(before: str, now: str) -> None:
    if now != before:
        frame.enter(now)


def words(theirs: editing.Values) -> list[str]:
    """A profile line by line; half of one as far as it goes."""
    said = Profile(**theirs)  # type: ignore[arg-type]
    visited = "people visit us" if said.premises else "nobody visits us"
    return [
        f"{said.name}, {said.staff} people",
        f"{SECTORS.get(said.sector, '')} for {AUDIENCES.get(said.audience, '').lower()}",
        f"{rulebook.title('regions', said.region) if said.region else ''}, {visited}",
    ]


def _asked(attribute: str) -> str:
    """The question as the rules ask it."""
    asked = rulebook.pack().kinds["organisation"].attributes[attribute].ask
    return asked.question if asked else attribute
