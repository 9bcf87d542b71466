"""The pictures of the pre-read: numbers with a signal, each with its usual range."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from charts import xmr
from documents.letters import fit
from documents.sheet import LINE, Picture, Pictures
from services import drawn, kpis, number_words
from services.preread import Signal

WIDE, HALF = 760, 400
"""Pixels of a picture as wide as the page, and of one of two."""
NO_FLAGS = pd.DataFrame({"on": [], "says": [], "number": []})


def numbers(signals: Sequence[Signal]) -> Pictures:
    """Each number with its usual range, beside each other."""
    return Pictures(tuple(_number(one, HALF if len(signals) > 1 else WIDE) for one in signals))


def _number(one: Signal, wide: int) -> Picture:
    found = one.found
    said = [{**row, "counted": fit(row["counted"], LINE)} for row in drawn.rows(found)]
    rows = pd.DataFrame(said)
    unit = kpis.unit_of(found.kpi, found.shelf.period)
    title = ", ".join(filter(None, (found.kpi.title, one.where, unit, f"by {found.shelf.period}")))
    spec = xmr.spec(rows, NO_FLAGS, dark=False, title=title)
    spec["title"]["subtitle"] = ""
    says = f"{number_words.newest(found)}. {number_words.says(found)}"
    return Picture(spec, f"{title}. {xmr.told(rows)}", fit(says, LINE), wide, 190)
