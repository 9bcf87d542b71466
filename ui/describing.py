"""Who we are, said for the first time: kept as it is said, as soon as there is a name for it."""

from __future__ import annotations

import streamlit as st

from models.database import reading, writing
from services import organisations
from services.organisations import Profile
from services.refusals import Changed, Refused
from ui import beginning, editing, frame, profile
from ui.beginning import WHO
from ui.frame import Place
from ui.text import plain

ABOUT, ASKED = "begin_about", "begin_asked"
"""In the session: the id of the organisation that is being described, 0 as long as it has none; and
that "Go on" was pressed in the run that gave it its name."""


def who_we_are(place: Place | None) -> None:
    """Six questions; afterwards the organisation is there."""
    about, version, said = _kept(place)
    if place and organisations.said_all(said) and st.session_state.get(ABOUT) != about:
        _again(place, version, said)
        return
    if st.session_state.setdefault(ABOUT, about) != about:
        editing.clear(WHO)
        st.session_state[ABOUT] = about
    editing.fill(WHO, profile.values(said) if about else profile.EMPTY, version)
    editing.conflict(WHO, profile.words)
    now = profile.fields(WHO)
    st.caption(
        "Each answer is kept as soon as you have said what you are called. All of it can be "
        "changed later, on the page “Organisation”."
    )
    asked = st.session_state.pop(ASKED, False)
    go_on = st.button("Go on", type="primary", key="begin_create") or asked
    _act(now, said.name, go_on=go_on)


def _act(now: Profile, called: str, *, go_on: bool) -> None:
    """Keep what is new; with another name the page begins anew, so that its address says it."""
    about, name = st.session_state[ABOUT], called
    to_keep = editing.touched(WHO) and now.name.strip() and not editing.in_conflict(WHO)
    if to_keep or (go_on and not about):
        name = _keep_so_far(now, called)
    if name != called:
        st.session_state[ASKED] = go_on
        st.rerun()
    if go_on and about:
        _go_on(now)


def _kept(place: Place | None) -> tuple[int, int, Profile]:
    """Id, version and what is said of the organisation so far; id 0 if there is none."""
    with reading() as session:
        row = organisations.get(session, place.organisation_id) if place else None
        if row is None:
            return 0, 0, Profile("", 1, "", "", "")
        return row.id, row.version, organisations.profile(row)


def _keep_so_far(now: Profile, called: str) -> str:
    """Keep what stands in the form, complete or not; the name that it is kept under comes back."""
    about, seen = st.session_state[ABOUT], editing.version(WHO)
    try:
        with writing() as session:
            if about:
                row = organisations.update(session, about, now, version=seen, so_far=True)
            else:
                row = organisations.create(session, now, on=frame.today(), so_far=True)
            about, seen, name = row.id, row.version, row.name
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    except Changed as changed:
        editing.collided(WHO, changed)
        st.rerun()
    else:
        editing.kept(WHO, seen)
        st.session_state[ABOUT] = about
        if name != called:
            beginning.begun(about, name, step=0)
        return name
    return called


def _go_on(now: Profile) -> None:
    """The first step is done, if nothing is missing."""
    about, seen, name = st.session_state[ABOUT], editing.version(WHO), " ".join(now.name.split())
    with editing.saving(WHO, seen, lambda: _done(about, name)), writing() as session:
        organisations.update(session, about, now, version=seen)


def _done(about: int, name: str) -> None:
    st.session_state.pop(ABOUT)
    beginning.begun(about, name, step=1)


def _again(place: Place, version: int, said: Profile) -> None:
    profile.edit(place.organisation_id, version, said)
    if editing.touched(f"profile_{place.organisation_id}"):
        st.caption("“Keep the change” keeps what you changed; “Go on” leaves it as it was.")
    beginning.go_on(place, 1)
