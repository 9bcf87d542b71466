"""Forms that two people may fill in at once: nobody overwrites unseen, and nobody loses a word.

A form's widgets have keys `<form>_<field>`. `fill` puts what is kept into them and remembers at
which version that was; it leaves them alone as soon as somebody has typed. Whoever saves second is
shown what the other one said, keeps every word, and decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from services.refusals import Changed, Refused
from ui.text import plain

Values = Mapping[str, object]


def fill(form: str, kept: Values, version: int = 0) -> int:
    """Put what is kept into the form's widgets, before they are drawn, unless something was typed;
    the version that the form was filled from comes back, to save with."""
    shown = st.session_state.get(f"{form}_shown")
    if not shown or not _held(form, kept) or (shown[0] != version and not touched(form)):
        for name, value in kept.items():
            st.session_state[f"{form}_{name}"] = value
        st.session_state[f"{form}_shown"] = (version, dict(kept))
        return version
    return int(shown[0])


def touched(form: str) -> bool:
    """Whether somebody typed something that is not kept yet."""
    shown = st.session_state.get(f"{form}_shown")
    if not shown:
        return False
    held = _held(form, shown[1])
    return any(shown[1][name] != value for name, value in held.items())


def value(form: str, field: str) -> object:
    """What a field of the form says now."""
    return st.session_state.get(f"{form}_{field}")


def choice(form: str, field: str, label: str, titles: Mapping[str, str]) -> str:
    """A list to choose one id from by its title; "" as long as nothing is chosen."""
    picked = st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose one",
        key=f"{form}_{field}",
    )
    return picked or ""


def clear(form: str) -> None:
    """Forget what was typed; the form is filled anew when it is drawn next."""
    for key in [key for key in st.session_state if str(key).startswith(f"{form}_")]:
        st.session_state.pop(key)


@contextmanager
def saving(form: str, version: int = 0, then: Callable[[], None] | None = None) -> Iterator[None]:
    """Around one act that saves the form; `then` comes after it was kept. What is refused is said;
    what somebody else changed meanwhile is kept for `conflict`; all that was typed stays."""
    try:
        yield
    except Refused as refusal:
        st.warning(plain(str(refusal)))
    except Changed as changed:
        shown = st.session_state.get(f"{form}_shown", (version, {}))
        st.session_state[f"{form}_shown"] = (changed.version or version, shown[1])
        st.session_state[f"{form}_theirs"] = dict(changed.theirs) if changed.theirs else {}
        st.rerun()
    else:
        clear(form)
        if then:
            then()
        st.toast("Kept.", icon=":material/check:")
        st.rerun()


def conflict(form: str, words: Callable[[Values], list[str]]) -> None:
    """Both versions: what the other one said, as `words` tells it, above what was typed here."""
    theirs = st.session_state.get(f"{form}_theirs")
    if theirs is None:
        return
    with st.container(border=True):
        st.warning(str(Changed(None)))
        if not theirs:
            st.markdown("It was taken away by somebody else.")
            return
        st.markdown("**It says now:**")
        for line in words(theirs):
            st.text(line)
        st.markdown("**Yours** stands in the fields. Save again to keep yours instead.")
        st.button("Take theirs", key=f"{form}_take_theirs", on_click=clear, args=(form,))


def _held(form: str, values: Values) -> dict[str, object]:
    keys = {name: f"{form}_{name}" for name in values}
    return {name: st.session_state[key] for name, key in keys.items() if key in st.session_state}
