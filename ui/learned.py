"""Pictures of learning, each with the same as a table one click away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any

import pandas as pd
import streamlit as st

from charts import expected, hit_rate, loop_days, loop_ledger
from services.ledger import Compared, Loops, Turn

Drawn = Callable[..., dict[str, Any]]
Table = Callable[[pd.DataFrame], pd.DataFrame]


def section(loops: Sequence[Loops], compared: Sequence[Compared], turns: Sequence[Turn]) -> None:
    """All four, two beside each other where there is room."""
    st.subheader("How it went, quarter by quarter", anchor=False)
    by_quarter, ended, days = _frame(loops, Loops), _frame(compared, Compared), _frame(turns, Turn)
    left, right = st.columns(2, gap="large")
    with left:
        _picture("ledger", loop_ledger.spec, loop_ledger.table, by_quarter)
        _picture("expected", expected.spec, expected.table, ended)
    with right:
        _picture("hits", hit_rate.spec, hit_rate.table, by_quarter)
        _picture("days", loop_days.spec, loop_days.table, days)


def _picture(name: str, spec: Drawn, table: Table, rows: pd.DataFrame) -> None:
    dark = st.context.theme.type == "dark"
    st.vega_lite_chart(spec(rows, dark=dark), theme=None, width="stretch", key=f"picture_{name}")
    if len(rows):
        fold = st.expander(
            "The same as a table", icon=":material/table:", key=f"table_{name}", on_change="rerun"
        )
        if fold.open:
            fold.table(table(rows), hide_index=True, border="horizontal")


def _frame(rows: Sequence[Any], kind: type) -> pd.DataFrame:
    return pd.DataFrame(
        [asdict(row) for row in rows], columns=[field.name for field in fields(kind)]
    )
