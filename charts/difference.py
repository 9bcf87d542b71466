"""Before and after: how the points of each target move when something is changed, and why."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from charts.dumbbells import LINE, template
from charts.template import Words, drawn, filled
from charts.theme import BLUE, PHONE, VERMILION, Look, look, said_instead
from charts.wording import HAPPENS, cut, number, signed

TITLE = "Points before and after"
NOTHING = "Nothing is compared yet. Change something, and what moves is shown here."
HOW_TO_READ = "Ring: before. Filled: after. Triangle: comes in or drops out."

_ROW = 64
"""Pixels for a target with one line of why."""

_NAME = 50
"""Letters of a name and what happens to it in one line on a phone."""

_SHAPES = {"enters": "triangle-up", "leaves": "triangle-down"}
_NAMED = ("enters", "leaves", "same")
"""What is said beside the name; that others rise or fall is seen."""


def difference(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A dumbbell a target, the highest after first; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`: target (its name), before and after (points; missing where no rule spoke), state (a key
    of `wording.HAPPENS`) and rule (a short sentence: what decides; may be empty). Raises KeyError
    on another state. Where there are no rows, a sentence says so.
    """
    page = look(dark)
    if rows.empty:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    shown = _marked(rows, page)
    second = bool(shown["folded"].str.contains("\n").any())
    row = _ROW + LINE * second
    shown["level"] = shown["at"] * row + (row - LINE * second) / 2
    words = Words(title, description or told(rows), HOW_TO_READ)
    made = filled(template(dark), words, row * len(shown), {"rows": shown})
    points = [0.0, *shown["before"].dropna(), *shown["after"].dropna()]
    low, high = min(points), max(points)
    ends = {"low": low, "high": high if high > low else 1.0}
    return made | {"params": [{"name": name, "value": value} for name, value in ends.items()]}


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    parts = _spoken(_sorted(rows))
    return f"Points before and after a change. {'; '.join(parts)}." if parts else NOTHING


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers in words, in the order of the picture."""
    order = _sorted(rows)
    words = {
        "What": order["target"],
        "Points before": order["before"].map(number),
        "Points after": order["after"].map(number),
        "Change": order["change"].map(signed),
        "What happens": order["state"].map(HAPPENS.__getitem__),
        "What decides": order["rule"],
    }
    return pd.DataFrame(words)


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    """The highest after first, what no rule speaks for any more last; with the change in points,
    for which no rule counts as nothing."""
    known = rows.assign(
        before=pd.to_numeric(rows["before"]),
        after=pd.to_numeric(rows["after"]),
        rule=rows["rule"].fillna(""),
    )
    order = known.sort_values(
        ["after", "before", "target"], ascending=[False, False, True], na_position="last"
    ).reset_index(drop=True)
    return order.assign(change=order["after"].fillna(0) - order["before"].fillna(0))


def _spoken(order: pd.DataFrame) -> list[str]:
    columns = (order[name] for name in ("target", "state", "before", "after"))
    return [
        f"{target} {HAPPENS[state]}: {number(before)} before, {number(after)} after"
        for target, state, before, after in zip(*columns, strict=True)
    ]


def _marked(rows: pd.DataFrame, page: Look) -> pd.DataFrame:
    """Rows with what is drawn: at (place), colour and shape, whether it goes to the right, and the
    words."""
    order = _sorted(rows)
    states, changes = order["state"], order["change"]
    happens = states.map(HAPPENS.__getitem__)
    also = [f" · {HAPPENS[state]}" if state in _NAMED else "" for state in states]
    by = changes.map(lambda change: signed(change) if round(change, 2) else "no change")
    why = by + order["rule"].map(lambda rule: f" · {rule}" if rule else "")
    return order.assign(
        at=range(len(order)),
        nothing=0,
        happens=happens,
        colour=[_colour(c, state, page) for c, state in zip(changes, states, strict=True)],
        shape=[_SHAPES.get(state, "circle") for state in states],
        right=changes >= 0,
        moved=changes.round(2) != 0,
        said_before=order["before"].map(number),
        said_after=order["after"].map(number),
        spoken=_spoken(order),
        says=order["target"] + also,
        brief=[
            cut(name, _NAME - len(more)) + more
            for name, more in zip(order["target"], also, strict=True)
        ],
        why=why,
        folded=[_folded(words) for words in why],
    )


def _folded(words: str) -> str:
    """In two lines for a phone, shortened where they are not enough."""
    return "\n".join(wrap(words, PHONE, max_lines=2, placeholder=" …"))


def _colour(change: float, state: str, page: Look) -> str:
    if state in _SHAPES:
        return BLUE if state == "enters" else VERMILION
    return page.unknown if round(change, 2) == 0 else BLUE if change > 0 else VERMILION
