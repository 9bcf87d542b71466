"""How many of a group use which channel, and how good the evidence is."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from models.database import writing
from services import audiences
from services.advice import AdviceView
from services.audiences import GRADES, Kept, Use
from ui import editing, rescue
from ui.text import label, plain

SHOWN = 6
"""So many channels are shown at once, those with the largest share."""
_HOW = {
    "measured": "We measured or asked",
    "sourced": "From a source",
    "estimated": "Our own guess",
}


def table(view: AdviceView, row: Kept) -> None:
    """The channels that they use most, and how each share is known."""
    if not row.uses:
        st.markdown(
            "Nobody knows yet which channels they use. That counts as not known, never as nobody."
        )
        return
    shown = [
        {
            "Channel": plain(view.title("channel", channel)),
            "Use it": _percent(use.share),
            "How we know": _known(view, use),
        }
        for channel, use in row.uses.items()
    ]
    _shown(shown[:SHOWN])
    unknown = len(view.pack.catalogues["channels"]) - len(shown)
    rest = len(shown) - SHOWN
    with st.expander(f"{rest} more") if rest > 0 else st.container():
        if rest > 0:
            _shown(shown[SHOWN:])
        if unknown:
            st.caption(f"Of {unknown} channels the share is not known. That is not the same as 0.")
    _starters(view, row)


def change(view: AdviceView, row: Kept) -> None:
    """Say what is known better of one channel, or that it is not."""
    channels = {name: view.title("channel", name) for name in view.pack.catalogues["channels"]}
    which, begun = f"share_of_{row.id}", _begun(row, channels)
    if which not in st.session_state:
        st.session_state[which] = begun
    with st.expander(
        "Change a share", begun is not None, icon=":material/percent:", key=f"shares_{row.id}"
    ):
        channel = st.selectbox(
            "Which channel?",
            sorted(channels, key=lambda name: channels[name].casefold()),
            index=None,
            format_func=channels.__getitem__,
            placeholder="Choose one",
            key=which,
        )
        if channel:
            _form(view, row, channel)


def _begun(row: Kept, channels: Iterable[str]) -> str | None:
    """The channel of which something is typed that is not kept yet."""
    return next((one for one in channels if editing.touched(f"share_{row.id}_{one}")), None)


def rescued(view: AdviceView) -> None:
    """What was typed about the channels of people that somebody else took away meanwhile."""
    rescue.shown(
        "share",
        "group",
        lambda typed, channel: [f"{view.title('channel', channel)}: {_words(_said(typed))[0]}"],
    )


def _form(view: AdviceView, row: Kept, channel: str) -> None:
    form = f"share_{row.id}_{channel}"
    use = row.uses.get(channel)
    seen = editing.fill(form, _values(view, use), use.version if use else 0)
    editing.conflict(form, _words)
    share, grade, source = _fields(form, view.title("channel", channel))
    st.caption("Leave the share empty if nobody knows; a starter value then comes back, if any.")
    if st.button("Keep this share", key=f"{form}_save", type="primary"):
        said = Use(share or 0.0, grade, source, seen)
        with editing.saving(form, seen), writing() as session:
            audiences.record_share(session, row.id, channel, share, said)


def _fields(form: str, channel: str) -> tuple[float | None, str, str]:
    """The share, 0-1 or not known, how it is known, and from where."""
    percent = st.number_input(
        f"Of 100 of them, how many use {label(channel)}?",
        0.0,
        100.0,
        value=None,
        step=1.0,
        format="%g",
        placeholder="Not known",
        key=f"{form}_percent",
    )
    grade = st.segmented_control(
        "How do you know?", list(_HOW), format_func=_HOW.__getitem__, key=f"{form}_grade"
    )
    source = st.text_input(
        "Where does it come from?",
        key=f"{form}_source",
        placeholder="Asked 40 customers in May",
    )
    return None if percent is None else percent / 100, grade or "", source or ""


def _values(view: AdviceView, use: Use | None) -> dict[str, object]:
    """What is kept as the form holds it; a starter value asks anew how one knows."""
    if use is None:
        return {"percent": None, "grade": None, "source": ""}
    percent = round(use.share * 100, 4)
    if audiences.starter(view.pack, use):
        return {"percent": percent, "grade": None, "source": ""}
    return {"percent": percent, "grade": use.grade, "source": use.source}


def _said(typed: editing.Values) -> editing.Values:
    percent = typed["percent"]
    share = percent / 100 if isinstance(percent, int | float) else None
    return {"share": share, "grade": typed["grade"], "source": typed["source"]}


def _words(theirs: editing.Values) -> list[str]:
    share = theirs.get("share")
    said = _percent(share) if isinstance(share, int | float) else "not known"
    grade = GRADES.get(str(theirs.get("grade")), "")
    return [", ".join(part for part in (said, grade, str(theirs.get("source") or "")) if part)]


def _shown(rows: list[dict[str, str]]) -> None:
    st.table(rows, hide_index=True, border="horizontal")


def _starters(view: AdviceView, row: Kept) -> None:
    """Where the starter values come from."""
    used = {use.source for use in row.uses.values() if audiences.starter(view.pack, use)}
    for source in sorted(used):
        st.caption(
            f"Starter values, estimated: {plain(source)}. What you measure counts more: change it."
        )


def _known(view: AdviceView, use: Use) -> str:
    if audiences.starter(view.pack, use):
        return "starter value, estimated"
    return plain(f"{GRADES[use.grade]}: {use.source}")


def _percent(share: float) -> str:
    return f"{round(share * 100, 1):g} of 100"
