"""Forms that two people may fill in at once: nobody overwrites unseen, and nobody loses a word.

A form's widgets have keys `<form>_<field>`. `fill` puts what is kept into them and remembers at
which version that was; it leaves them alone as soon as somebody has typed. Whoever saves second is
shown what the other one said, keeps every word, and decides. The framework forgets the widgets of
a page that is left: `remember` keeps what was typed in them, and `fill` puts it in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from services.refusals import Changed, Refused
from ui.text import plain

Values = Mapping[str, object]
WAITING = "editing_waiting"
"""In the session: by form, what was typed before the page was loaded anew."""


def fill(form: str, kept: Values, version: int = 0) -> int:
    """Put what is kept into the form's widgets, before they are drawn, unless something was typed;
    the version that the form was filled from comes back, to save with."""
    shown = st.session_state.get(f"{form}_filled")
    if not shown or (shown[0] != version and not touched(form)):
        st.session_state[f"{form}_filled"] = shown = (version, dict(kept))
        st.session_state.pop(f"{form}_typed", None)
        _put(form, kept)
        _again(form, kept, version)
    elif _held(form).keys() != shown[1].keys():
        _put(form, typed(form))
    return int(shown[0])


def remember() -> None:
    """What was typed in any form and is not kept yet; before anything of a page is drawn, lest
    another page is shown this time."""
    for key in map(str, list(st.session_state)):
        if _is_filled(key):
            form = key.removesuffix("_filled")
            st.session_state[f"{form}_typed"] = typed(form)


def unkept() -> dict[str, tuple[int, Values]]:
    """What is typed and not kept, by form: the version it was filled from, the changed fields."""
    forms = [str(key).removesuffix("_filled") for key in st.session_state if _is_filled(key)]
    return {form: (version(form), _changed(form)) for form in forms if touched(form)}


def wait(found: Mapping[str, tuple[int, Values]]) -> None:
    """What `unkept` told before the page was loaded anew; `fill` puts it in again."""
    st.session_state[WAITING] = dict(found)


def waiting() -> frozenset[str]:
    """The forms for which something waits that were not drawn yet."""
    return frozenset(st.session_state.get(WAITING, {}))


def touched(form: str) -> bool:
    """Whether somebody typed something that is not kept yet."""
    _, shown = st.session_state.get(f"{form}_filled", (0, {}))
    return bool(typed(form) != shown)


def typed(form: str) -> dict[str, object]:
    """What the fields of the form say, or said when they were last drawn."""
    _, shown = st.session_state.get(f"{form}_filled", (0, {}))
    return {**shown, **st.session_state.get(f"{form}_typed", {}), **_held(form)}


def version(form: str) -> int:
    """The version from which the form was filled, to save with."""
    return int(st.session_state.get(f"{form}_filled", (0, {}))[0])


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
        collided(form, changed)
        st.rerun()
    else:
        clear(form)
        if then:
            then()
        st.toast("Kept.", icon=":material/check:")
        st.rerun()


def kept(form: str, version: int) -> None:
    """What stands in the form is kept by now, at this version; its fields stay as they are."""
    st.session_state[f"{form}_filled"] = (version, typed(form))


def collided(form: str, changed: Changed) -> None:
    """Somebody else was faster: what they said waits for `conflict`; saving again keeps ours."""
    version, shown = st.session_state.get(f"{form}_filled", (0, {}))
    now = changed.version or (version if changed.theirs else 0)
    st.session_state[f"{form}_filled"] = (now, shown)
    st.session_state[f"{form}_theirs"] = dict(changed.theirs) if changed.theirs else {}


def in_conflict(form: str) -> bool:
    """Whether somebody else changed what the form is about, and nobody has decided yet."""
    return f"{form}_theirs" in st.session_state


def conflict(form: str, words: Callable[[Values], list[str]]) -> None:
    """Both versions: what the other one said, as `words` tells it, above what was typed here."""
    theirs = st.session_state.get(f"{form}_theirs")
    if theirs is None:
        return
    with st.container(border=True):
        st.warning(str(Changed(None)))
        if not theirs:
            st.markdown(
                "They took it away. **Yours** stands in the fields. Save again to keep yours."
            )
            return
        st.markdown("**It says now:**")
        for line in words(theirs):
            st.text(line)
        st.markdown("**Yours** stands in the fields. Save again to keep yours instead.")
        st.button("Take theirs", key=f"{form}_take_theirs", on_click=clear, args=(form,))


def _put(form: str, values: Values) -> None:
    for name, said in values.items():
        st.session_state[f"{form}_{name}"] = said


def _again(form: str, kept: Values, now: int) -> None:
    """Put in what was typed before the page was loaded anew; what another one kept since waits for
    `conflict`."""
    seen, typed_then = st.session_state.get(WAITING, {}).pop(form, (now, {}))
    _put(form, {name: said for name, said in typed_then.items() if name in kept})
    if seen != now:
        collided(form, Changed(dict(kept) if now else None, now))


def _is_filled(key: object) -> bool:
    return str(key).endswith("_filled")


def _changed(form: str) -> Values:
    _, shown = st.session_state[f"{form}_filled"]
    return {name: said for name, said in typed(form).items() if said != shown.get(name)}


def _held(form: str) -> dict[str, object]:
    """What stands in the fields that were drawn last."""
    _, shown = st.session_state.get(f"{form}_filled", (0, {}))
    keys = {name: f"{form}_{name}" for name in shown}
    return {name: st.session_state[key] for name, key in keys.items() if key in st.session_state}
