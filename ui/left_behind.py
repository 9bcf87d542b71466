"""What was typed in forms that are not shown any more, because somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from ui import editing, rescue


def told(
    prefix: str,
    shown: Collection[str],
    why: str,
    words: Callable[[editing.Values], list[str]],
) -> None:
    """Forms whose names begin with `prefix` and are not among those shown: what was typed in them,
    below why they are gone; until it is put aside."""
    keys = [str(key) for key in st.session_state]
    for key in keys:
        form = key.removesuffix("_filled")
        if key.endswith("_filled") and form.startswith(prefix) and form not in shown:
            rescue.in_vain(form, why, words)
