"""Pictures of learning, each with its numbers one click away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd
import streamlit as st

from charts import balance, expected, hit_rate, loop_days, loop_ledger, multiples
from services.ledger import Compared, Loops
from services.standing_rows import Balance, Line
from services.turns import Turn
from ui import pictures

Spec = Callable[..., dict[str, Any]]
Table = Callable[[pd.DataFrame], pd.DataFrame]


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
    cycles, days = _frame(learned.balances, Balance), _frame(learned.turns, Turn)
    by_quarter, ended = _frame(learned.loops, Loops), _frame(learned.compared, Compared)
    left, right = st.columns(2, gap="large")
    with left:
        _picture("balance", balance.spec, balance.table, cycles)
        _picture("expected", expected.spec, expected.table, ended)
    with right:
        _picture("days", loop_days.spec, loop_days.table, days)
        _picture("hits", hit_rate.spec, hit_rate.table, by_quarter)
        _picture("ledger", loop_ledger.spec, loop_ledger.table, by_quarter)
    _picture("factors", multiples.spec, multiples.table, _frame(learned.lines, Line))


def _picture(name: str, spec: Spec, table: Table, rows: pd.DataFrame) -> None:
    pictures.show(
        name, lambda dark: spec(rows, dark=dark), (lambda: table(rows)) if len(rows) else None
    )


def _frame(rows: Sequence[Any], kind: type) -> pd.DataFrame:
    return pd.DataFrame(
        [asdict(row) for row in rows], columns=[field.name for field in fields(kind)]
    )
