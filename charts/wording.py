"""How charts, and the tables beside them, say numbers and what becomes of a target."""

from __future__ import annotations

import pandas as pd

HAPPENS = {
    "enters": "comes in",
    "leaves": "drops out",
    "rises": "rises",
    "falls": "falls",
    "same": "stays as it is",
}
"""What becomes of a target between before and after, in words."""

NOT_KNOWN = "–"


def number(value: float) -> str:
    """At most two decimals and a real minus: `12.5`, `−3`; a dash where it is missing."""
    return NOT_KNOWN if pd.isna(value) else f"{_rounded(value):.10g}".replace("-", "−")


def signed(value: float) -> str:
    """A change with its sign: `+4`, `−2.5`, `0`; a dash where it is missing."""
    return f"+{number(value)}" if _rounded(value) > 0 else number(value)


def hours(value: float) -> str:
    """Hours as they are said: `4.5 h`; a dash where they are missing."""
    return NOT_KNOWN if pd.isna(value) else f"{number(value)} h"


def cut(words: str, most: int) -> str:
    """At most so many letters, `…` where some are missing."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _rounded(value: float) -> float:
    """Whole hundredths, without a negative zero."""
    return value if pd.isna(value) else round(float(value), 2) + 0.0
