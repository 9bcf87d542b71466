"""Putting a what-if on the shelf: its name, who thought of it, a note; and where others find it."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from models.database import writing
from services import scenarios
from services.shelved import Kept, Said
from services.tried import Tried
from ui import drafts, editing, frame
from ui.drafts import Draft
from ui.frame import Place
from ui.text import plain


def keep(place: Place, trial: Tried, draft: Draft, kept: Kept | None) -> None:
    """The form for what is tried now; one taken from the shelf can be kept as it is now."""
    form = f"scenario_{place.organisation_id}_{draft.kept_id}"
    said = kept.said if kept else Said("", ())
    editing.fill(form, _filled(said), kept.version if kept else 0)
    typing = editing.touched(form) or editing.in_conflict(form)
    title = "Keep what you changed" if kept else "Keep it on the shelf"
    with st.expander(title, icon=":material/shelves:", expanded=typing):
        _form(form)
        with st.container(horizontal=True):
            again = kept is not None and st.button(
                "Keep it as it is now", type="primary", key=f"{form}_again"
            )
            new = st.button(
                "Keep it as another one" if kept else "Keep it",
                type="secondary" if kept else "primary",
                key=f"{form}_new",
            )
        if again or new:
            _keep(place, trial, draft, form, kept if again else None)


def _form(form: str) -> None:
    editing.conflict(form, _words)
    name, author = st.columns([2, 1])
    name.text_input(
        "What do you call it?",
        key=f"{form}_name",
        placeholder="New colleagues instead of sales",
    )
    author.text_input(
        "Who thought of it?",
        key=f"{form}_author",
        placeholder="You may leave this empty",
    )
    st.text_area("A note for those who open it", key=f"{form}_note", height=80)


def _keep(place: Place, trial: Tried, draft: Draft, form: str, kept: Kept | None) -> None:
    typed = editing.typed(form)
    said = Said(
        name=str(typed["name"] or ""),
        moves=trial.moves,
        author=str(typed["author"] or ""),
        note=str(typed["note"] or ""),
        begins=draft.begins,
    )
    read = replace(kept, version=editing.version(form)) if kept else None
    done: list[Kept] = []

    def then() -> None:
        drafts.take(place, done[0])
        st.query_params[drafts.SCENARIO] = str(done[0].id)

    with editing.saving(form, then=then):
        done.append(_written(trial, said, read))


def _written(trial: Tried, said: Said, kept: Kept | None) -> Kept:
    with writing() as session:
        if kept is None:
            return scenarios.keep(session, trial.before, said)
        return scenarios.restate(session, trial.before, kept, said)


def _filled(said: Said) -> dict[str, object]:
    return {"name": said.name, "author": said.author, "note": said.note}


def _words(theirs: editing.Values) -> list[str]:
    """What somebody else made of it meanwhile."""
    lines = theirs["lines"]
    told = [str(line) for line in lines] if isinstance(lines, list | tuple) else []
    return [f"{theirs['name']}, {theirs['author']}", *told, str(theirs["note"])]


def opened(kept: Kept) -> None:
    """Which what-if of the shelf is open, from whom, and where others find it."""
    said = kept.said
    by = f" by {plain(said.author)}" if said.author else ""
    day = kept.made_at
    st.markdown(f":material/shelves: **{plain(said.name)}**{by}, {day.day} {day:%B %Y}")
    if said.note:
        st.text(said.note)
    if link := _link(kept):
        with st.popover("Show it to others", icon=":material/share:"):
            st.markdown("Whoever may open this tool sees it under this address:")
            st.code(link, language=None)


def _link(kept: Kept) -> str:
    """The address of a what-if; '' where nobody else could open it."""
    address = urlsplit(st.context.url or "")
    host = address.hostname or ""
    if not host or host == "localhost" or host.endswith(".localhost") or _own(host):
        return ""
    place = {frame.ORGANISATION: st.session_state[frame.ORGANISATION], drafts.SCENARIO: kept.id}
    return f"{address.scheme}://{address.netloc}/what_if?{urlencode(place)}"


def _own(host: str) -> bool:
    """Whether an address means this machine, whoever reads it."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_loopback or found.is_unspecified
