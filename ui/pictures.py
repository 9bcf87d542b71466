"""One way for every picture: in the colours of the page, its numbers one click away, to take home.

What nobody asks for is not made: the table when it is opened, the files when they are taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from documents import pictures
from ui import frame

Draw = Callable[[bool], dict[str, Any]]
"""The specification of a picture on a light (False) or a dark page (True)."""

_FILES = (
    ("For a text or a slide (PNG)", "png", "image/png", pictures.png),
    ("To be enlarged (SVG)", "svg", "image/svg+xml", pictures.svg),
)


def show(
    name: str,
    draw: Draw,
    table: Callable[[], pd.DataFrame] | None = None,
    *,
    how_to_read: str = "",
    more: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """The picture called `name` (its file is called so too), a line on how to read it, its numbers
    (with a second table, if there is `more`), and the picture to take along. Without a `table`
    there is nothing to take: it is a sentence."""
    spec = draw(st.context.theme.type == "dark")
    st.vega_lite_chart(spec, theme=None, width="stretch", key=f"picture_{name}")
    if how_to_read:
        st.caption(how_to_read)
    if table is None:
        return
    numbers(name, *(one for one in (table, more) if one))
    take(name, draw)


def numbers(name: str, *tables: Callable[[], pd.DataFrame]) -> None:
    """The same numbers as the picture's, in a fold."""
    fold = st.expander(
        "The same as a table", icon=":material/table:", key=f"table_{name}", on_change="rerun"
    )
    if fold.open:
        for table in tables:
            fold.table(table(), hide_index=True, border="horizontal")


def take(name: str, draw: Draw) -> None:
    """The picture as it looks on paper, in two kinds of files."""
    fold = st.popover(
        "Take this picture",
        icon=":material/download:",
        type="tertiary",
        key=f"take_{name}",
        on_change="rerun",
    )
    if fold.open:
        for label, ending, mime, made in _FILES:
            fold.download_button(
                label,
                data=lambda made=made: made(draw(False)),  # type: ignore[misc]
                file_name=f"{name.replace('_', '-')}-{frame.today():%Y-%m-%d}.{ending}",
                mime=mime,
                key=f"{name}_{ending}",
                on_click="ignore",
                width="stretch",
            )
