"""What a table says and could not be read, by row and column."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from services.reading_columns import Fault
from ui.text import plain

SHOWN = 12


def faults(some: Sequence[Fault], one: str, then: str = "") -> None:
    """The first of them and how many more, each called `one`; `then` is what to do about it.
    Nothing if all was read."""
    if not some:
        return
    lines = [
        f"- Row {fault.row}{f', {plain(fault.column)}' if fault.column else ''}: {plain(fault.why)}"
        for fault in some[:SHOWN]
    ]
    if len(some) > SHOWN:
        lines.append(f"- … and {len(some) - SHOWN} more")
    count = f"One {one} was" if len(some) == 1 else f"{len(some)} {one}s were"
    st.warning(f"{count} not read and will not be kept{then}:\n\n" + "\n".join(lines))
