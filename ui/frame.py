"""What stands around every page: the organisation and the quarter that it is about."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st
from sqlalchemy.orm import Session

from models.database import database_url, migrate, reading, writing
from services import closed, organisations, quarters, samples
from services.unchanged import unchanged
from ui import acts, editing, links, sealed
from ui.text import plain

ORGANISATION, QUARTER = links.ORGANISATION, links.QUARTER
ENTER, ENTER_QUARTER = links.ENTER, links.ENTER_QUARTER

PLACE, KNOWN, ABSENT = "place", "replaced", "absent"

STYLE = Path(__file__).parent / "assets" / "frame.css"


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are: an organisation and one of its quarters, by their ids."""

    organisation_id: int
    quarter_id: int


_replaced = 0
"""How often everything in the database was replaced since this process began."""


def prepare() -> None:
    """The database as this version needs it, once for each process and database; and a session that
    remembers rows of a database that was replaced since forgets them, lest it show another's. What
    is being typed is remembered."""
    _migrated(database_url())
    if st.session_state.setdefault(KNOWN, _replaced) != _replaced:
        st.session_state.clear()
        st.session_state[KNOWN] = _replaced
    editing.remember()


def replaced() -> None:
    """Everything in the database was replaced: no session's memory is true any more."""
    global _replaced
    _replaced += 1
    st.session_state.clear()


@cache
def _migrated(_url: str) -> None:
    migrate()


def today() -> date:
    """The day on which the tool believes to be; tests move it."""
    return date.today()


def show(here: str) -> None:
    """The menus and the choice of a place, above every page; `here` is the present page's id."""
    st.html(STYLE)
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="frame",
    ):
        menus = st.container(horizontal=True, gap="xsmall", width="content")
        with st.container(
            horizontal=True, gap="xsmall", width="content", vertical_alignment="center", key="where"
        ):
            mark = st.container(width="content", key="example")
            seal = st.container(width="content", key="closed")
            try:
                choose()
            finally:  # the menus lead to the place that is chosen, and are there whatever happens
                with menus:
                    _menus(here)
            with mark:
                _made_up()
            with seal:
                _closed()
    _not_here()
    acts.refused()


def _menus(here: str) -> None:
    for section, title in links.SECTIONS.items():
        pages = [page for page in links.PAGES.values() if page.section == section and page.exists]
        if not pages:
            continue
        inside = any(page.id == here for page in pages)
        # The key names the present page: choosing another page closes the menu.
        with st.popover(title, type="secondary" if inside else "tertiary", key=f"{section}-{here}"):
            for page in pages:
                links.page_link(page.id)


def choose() -> None:
    """Ask for organisation and quarter, both kept in the address of the page."""
    before, st.session_state[PLACE] = found(), None
    st.session_state[ABSENT] = ""
    with reading() as session:
        names = unchanged(
            session, "names", lambda: {row.name: row.id for row in organisations.listed(session)}
        )
    entering = st.session_state.get(ENTER) in names
    if entering:
        st.session_state[ORGANISATION] = st.session_state.pop(ENTER)
    if names:
        name = _chosen("Organisation", ORGANISATION, list(names), 300)
        labels, first = _quarters(names[name])
        if entering:
            wanted = st.session_state.pop(ENTER_QUARTER, "")
            st.session_state[QUARTER] = wanted if wanted in labels else first
        elif before and before.organisation_id != names[name]:  # its quarters are not the other's
            st.session_state[QUARTER] = _common(labels, first)
        label = _chosen("Quarter", QUARTER, list(labels), 260, first)
        st.session_state[PLACE] = (names[name], labels[label])
        _keep_address({ORGANISATION: name, QUARTER: label}, alone=entering)


def _common(options: Container[str], first: str) -> str:
    """The quarter that was open, if it is one of these, else the one to enter with."""
    shown = st.session_state.get(QUARTER)
    return shown if isinstance(shown, str) and shown in options else first


def _keep_address(place: dict[str, str], *, alone: bool) -> None:
    """The address follows what is chosen, so that it can be shared (a widget bound to it would
    leave the first visit's choice out); in one step, as each is one more way back in the browser.
    `alone`: what else it names belongs to another place."""
    if any(st.query_params.get(key) != said for key, said in place.items()):
        if alone:
            st.query_params.from_dict(place)
        else:
            st.query_params.update(place)


def _not_here() -> None:
    """That the place which was asked for is not here, once: the address has changed by now."""
    if words := st.session_state.get(ABSENT):
        st.info(words, icon=":material/explore_off:")


def _made_up() -> None:
    """On every page of an example: that nothing is real, and the way back to its beginning."""
    place = found()
    with reading() as session:
        row = organisations.get(session, place.organisation_id) if place else None
        sample_id, name = (row.sample_id, row.name) if row and row.is_example else ("", "")
    if not sample_id:
        return
    with st.popover("Example: nothing here is real", icon=":material/theater_comedy:"):
        st.markdown(
            f"**{plain(name)}** and everybody in it are made up, with all they say and do. Try "
            "whatever you like; it can always be put back as it was."
        )
        if st.button("Put the example back as it was", key="reset_example", width="stretch"):
            with st.spinner("Putting it back …"), writing() as session:
                name = samples.reset(session, sample_id, on=today()).name
            _forget_what_was_open()
            enter(name)
            st.toast("The example is as it was.", icon=":material/check:")
            st.rerun()
        links.page_link("begin", "Start with us")


def _closed() -> None:
    """On every page of a closed quarter: that it is one."""
    place = found()
    if place is not None:
        sealed.mark(place.quarter_id)


def _forget_what_was_open() -> None:
    """Forms of a place that was put back are filled anew; a beginning of one's own stays."""
    for key in [key for key in st.session_state if not str(key).startswith(("begin", KNOWN))]:
        del st.session_state[key]


def current() -> Place:
    """Where we are; without any organisation yet, the page stops with the two ways to begin."""
    place = found()
    if place is None:
        st.info("There is no organisation here yet. Begin with yours, or look at an example first.")
        links.page_link("begin")
        links.page_link("overview", "See an example")
        st.stop()
    return place


def found() -> Place | None:
    """Where we are, None as long as there is no organisation."""
    ids = st.session_state.get(PLACE)
    return Place(*ids) if ids else None


def enter(organisation_name: str, quarter: str = "") -> None:
    """Go on with this organisation and its newest quarter, or the one of this label, from the next
    run on; `st.rerun()` or `links.go()` comes next."""
    st.session_state[ENTER] = organisation_name
    st.session_state[ENTER_QUARTER] = quarter


def turn_to(quarter: str) -> None:
    """Go on in another quarter of the organisation that is open; see `enter`."""
    enter(str(st.session_state[ORGANISATION]), quarter)


def heading(page_id: str) -> None:
    """The page's title with the framework's own words small under it."""
    page = links.PAGES[page_id]
    st.title(page.title, anchor=False)
    st.caption(page.under)


def _chosen(label: str, key: str, options: Sequence[str], width: int, first: str = "") -> str:
    """One of the options: chosen now, else as in the address, else `first` (the first one unless
    there is a better), which is said."""
    first = first or options[0]
    wanted = st.session_state.get(key) or st.query_params.get(key)
    if wanted and wanted not in options and not st.session_state[ABSENT]:
        st.session_state[ABSENT] = f"This {key} is not here; you see {plain(first)}."
    st.session_state[key] = wanted if wanted in options else first
    return st.selectbox(label, options, key=key, label_visibility="collapsed", width=width)


def _quarters(organisation_id: int) -> tuple[dict[str, int], str]:
    """Labels of the organisation's quarters, newest first, and the one to enter with: today's,
    which is begun if it is missing, or what was begun ahead once today's is closed."""
    with reading() as session:
        labels = unchanged(
            session,
            ("quarters", organisation_id, today()),
            lambda: _labels(session, organisation_id),
        )
    if labels[0]:
        return labels
    with writing() as session:
        quarters.ensure(session, organisation_id, today())
    with reading() as session:
        return _labels(session, organisation_id)


def _labels(session: Session, organisation_id: int) -> tuple[dict[str, int], str]:
    """Empty as long as today's quarter has not begun. Once that is closed, what was begun ahead is
    where work goes on."""
    now = quarters.current(session, organisation_id, today())
    if now is None:
        return {}, ""
    rows = quarters.listed(session, organisation_id)
    first = rows[0] if closed.is_closed(session, now.id) else now
    return {quarters.label(row): row.id for row in rows}, quarters.label(first)
