"""Pictures of learning, each with its numbers one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from types import ModuleType
from typing import Any

import pandas as pd
import streamlit as st

from charts import balance, expected, hit_rate, loop_days, loop_ledger, multiples
from services.ledger import Compared, Loops
from services.standing_rows import Balance, Line
from services.turns import Turn
from ui import pictures


@dataclass(frozen=True, slots=True)
class Learned:
    """What the pictures are drawn of: the oldest quarter first, the newest turn and score first."""

    loops: Sequence[Loops]
    compared: Sequence[Compared]
    turns: Sequence[Turn]
    balances: Sequence[Balance]
    lines: Sequence[Line]


def section(learned: Learned) -> None:
    """All six: how the work stood, how long a turn takes, and what came of it."""
    st.subheader("How it went, quarter by quarter", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _picture("balance", balance, learned.balances, Balance)
        _picture("expected", expected, learned.compared, Compared)
    with right:
        _picture("days", loop_days, learned.turns, Turn)
        _picture("hits", hit_rate, learned.loops, Loops)
        _picture("ledger", loop_ledger, learned.loops, Loops)
    _picture("factors", multiples, learned.lines, Line)


def _picture(name: str, chart: ModuleType, rows: Sequence[Any], kind: type) -> None:
    """A picture of one of the modules of `charts`; the sentence that stands where there is too
    little for one has no table and is nothing to take along."""
    shown = tuple(rows)
    spec = _drawn(chart, shown, kind, False)
    pictures.show(
        name,
        lambda dark: _drawn(chart, shown, kind, dark),
        None
        if spec["description"] == chart.NOTHING
        else lambda: pd.DataFrame(chart.table(_frame(shown, kind))),
    )


@lru_cache(maxsize=256)
def _drawn(chart: ModuleType, rows: tuple[Any, ...], kind: type, dark: bool) -> dict[str, Any]:
    """Drawn once for the same rows: six pictures take longer than the rest of the page."""
    return dict(chart.spec(_frame(rows, kind), dark=dark))


def _frame(rows: Sequence[Any], kind: type) -> pd.DataFrame:
    return pd.DataFrame(
        [asdict(row) for row in rows], columns=[field.name for field in fields(kind)]
    )
