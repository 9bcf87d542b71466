"""What was typed about something that somebody else took away meanwhile: never lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import streamlit as st

from models.database import reading
from services import still_there
from ui import editing

WHAT = {
    "account": "took this account away meanwhile",
    "group": "took these people away meanwhile",
    "insight": "took what was heard away meanwhile",
    "message": "took this message away meanwhile",
    "need": "took this expectation away meanwhile",
    "organisation": "took this organisation away meanwhile",
    "part": "took this part away meanwhile",
    "person": "noted meanwhile that this person takes part no longer",
    "promise": "took this promise away meanwhile",
    "wish": "took this wish away meanwhile",
}
"""What somebody else did, by the kind of thing that it was done to."""
Words = Callable[[editing.Values, str], list[str]]
"""Lines that tell the values of a form; with what stands behind the id in the form's name."""


def shown(forms: str, kind: str, words: Words, named: Callable[[int], str] | None = None) -> None:
    """What was typed in forms called `<forms>_<id>` or `<forms>_<id>_<more>` about things of a
    `kind` (one of WHAT) that are gone, below what `named` calls each. Shown until it is put
    aside."""
    lost = f"{forms}_lost"
    for form, number, more in _orphans(forms, kind):
        name = named(number) if named else ""
        told = [*([name] if name else []), *words(editing.typed(form), more)]
        st.session_state[lost] = [*st.session_state.get(lost, ()), *told]
        editing.clear(form)
    if lines := st.session_state.get(lost):
        with st.container(border=True):
            st.warning(f"Somebody else {WHAT[kind]}. You had typed:")
            for line in lines:
                st.text(line)
            st.button("I have seen it", key=f"{forms}_seen", on_click=_put_aside, args=(lost,))


def in_vain(form: str, why: str, words: Callable[[editing.Values], list[str]]) -> None:
    """What was typed in one form that is not shown any more, with a sentence why; until it is put
    aside. Nothing if nothing was typed."""
    if editing.touched(form):
        with st.container(border=True):
            st.warning(f"{why} You had typed:")
            for line in words(editing.typed(form)):
                st.text(line)
            st.button(
                "I have seen it", key=f"{form}_put_aside", on_click=editing.clear, args=(form,)
            )


def _orphans(forms: str, kind: str) -> Iterator[tuple[str, int, str]]:
    """Forms with something typed in them whose thing is gone, each with its id and the rest of its
    name."""
    open_forms = [
        re.fullmatch(rf"({forms}_(\d+)_?(\w*))_filled", str(key)) for key in st.session_state
    ]
    begun = [found.groups() for found in open_forms if found and editing.touched(found[1])]
    if begun:
        with reading() as session:
            gone = still_there.missing(session, kind, (int(number) for _, number, _ in begun))
        for form, number, more in begun:
            if int(number) in gone:
                yield form, int(number), more


def _put_aside(lost: str) -> None:
    st.session_state.pop(lost, None)
