"""Which lever moves what: the points that targets gain or lose when a lever goes one step."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from charts import theme
from charts.sensitivity_cells import CELL, LINE, template
from charts.template import Words, drawn, filled
from charts.theme import BLUE, VERMILION, Look, look, mixed, words_on
from charts.wording import HAPPENS, NOT_KNOWN, signed

TITLE = "Points gained or lost by one step"
NOTHING = "There is nothing to move yet. Say what you want and whom you want to reach."
ALL_STILL = "One step alone changes none of these, whichever it is."

TARGETS, LEVERS = 5, 12
"""At most so many targets and levers are drawn; the table holds them all."""

_WORDS, _GAP = 22, 14
"""Pixels for a lever's words, and between levers."""

_LETTERS, _LINES = 11, 5
"""Letters in a line of a header on a phone, and lines of it."""

_STRONGEST = 0.8
"""The share of its colour that the largest change takes, so that its number can be read."""

_IN_CELL = {"enters": " in", "leaves": " out"}


def sensitivity(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> alt.LayerChart:
    """A row a lever and step, a column a target; see `spec`."""
    return drawn(spec(rows, dark=dark, title=title, description=description))


def spec(
    rows: pd.DataFrame, *, dark: bool, title: str = TITLE, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once; the levers that move most come first.

    `rows`: lever (words), step ("one step up", "one step down", or another move in few words),
    target (its name, in the order shown), change (points; missing where there is no such step) and
    mark ("enters", "leaves" or empty). Levers that change nothing are counted, not drawn; where
    none is left, a sentence says so.
    """
    page = look(dark)
    targets = _of(rows, "target")[:TARGETS]
    drawn = _known(rows[rows["target"].isin(targets)])
    levers = _moving(drawn)
    if not levers:
        says = NOTHING if rows.empty else ALL_STILL
        nothing: dict[str, Any] = theme.said_instead(says, page, title).to_dict()
        return nothing
    names = ["\n".join(wrap(name, _LETTERS, max_lines=_LINES, placeholder="…")) for name in targets]
    top = LINE * (max(name.count("\n") for name in names) + 1) + 10
    cells = _cells(drawn, targets, levers[:LEVERS], page).assign(count=len(targets))
    cells["y"] += top
    steps = cells.drop_duplicates(["lever", "step"])
    words = Words(title, description or told(rows), _how_to_read(drawn, len(levers)))
    return filled(
        template(dark),
        words,
        int(cells["y"].max()) + CELL + 2,
        {
            "cells": cells,
            "steps": steps[["step", "short", "y"]],
            "levers": steps.drop_duplicates("lever")[["lever", "y"]],
            "headers": _headers(names, top),
        },
    )


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it: what each lever moves most."""
    known, parts = _known(rows), []
    for lever in _moving(rows)[:LEVERS]:
        own = known[known["lever"] == lever]
        changes = zip(own["change"].fillna(0), own["step"], own["target"], strict=True)
        most, step, target = max(changes, key=lambda one: abs(one[0]))
        parts.append(f"{lever}, {step}: {target} {signed(most)}")
    if not parts:
        return NOTHING if rows.empty else ALL_STILL
    return f"What one step moves most. {'; '.join(parts)}."


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a lever and step, a column a target; all of them, those that move most first."""
    known = _known(rows)
    keys = zip(known["lever"], known["step"], known["target"], strict=True)
    said = dict(zip(keys, known["change"].map(signed) + known["mark"].map(_also), strict=True))
    levers = [*dict.fromkeys([*_moving(rows), *_of(rows, "lever")])]
    pairs = dict.fromkeys((lever, step) for lever, step, _ in said)
    lines = [
        [lever, step, *(said.get((lever, step, name), NOT_KNOWN) for name in _of(rows, "target"))]
        for lever, step in sorted(pairs, key=lambda pair: levers.index(pair[0]))
    ]
    return pd.DataFrame(lines, columns=["What is moved", "How", *_of(rows, "target")])


def _also(mark: str) -> str:
    return f", {HAPPENS[mark]}" if mark else ""


def _of(rows: pd.DataFrame, column: str) -> list[str]:
    return [str(name) for name in rows[column].unique()]


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with numbers for changes and words for marks."""
    return rows.assign(change=pd.to_numeric(rows["change"]), mark=rows["mark"].fillna(""))


def _moving(rows: pd.DataFrame) -> list[str]:
    """Levers that change something, the largest change first; bringing in or out counts first."""
    known = _known(rows)
    found = known.assign(size=known["change"].abs().round(2), marked=known["mark"] != "")
    sizes = found.groupby("lever", sort=False)[["marked", "size"]].max()
    moving = sizes[(sizes["size"] > 0) | sizes["marked"]]
    order = moving.sort_values(["marked", "size"], ascending=False, kind="stable")
    return [str(name) for name in order.index]


def _how_to_read(drawn: pd.DataFrame, moving: int) -> str:
    says = ["A frame: it comes in or drops out."] if (drawn["mark"] != "").any() else []
    still = drawn["lever"].nunique() - moving
    if moving > LEVERS:
        says.append(f"The {LEVERS} that move most; all are in the table.")
    elif still:
        says.append(f"{still} more {'changes' if still == 1 else 'change'} nothing here.")
    return " ".join(says)


def _headers(names: list[str], top: int) -> pd.DataFrame:
    """The targets' names, folded, all ending on one line above their columns."""
    heights = [top - 8 - LINE * (name.count("\n") + 1) for name in names]
    return pd.DataFrame(
        {"name": names, "column": range(len(names)), "count": len(names), "y": heights}
    )


def _cells(rows: pd.DataFrame, targets: list[str], levers: list[str], page: Look) -> pd.DataFrame:
    """What is drawn, with its column and y (pixels from the first lever's words)."""
    shown = rows[rows["lever"].isin(levers)]
    most = float(shown["change"].abs().fillna(0).max()) or 1.0
    heights: dict[tuple[str, str], int] = {}
    below = 0
    for lever in levers:
        below += _WORDS
        for step in _of(shown[shown["lever"] == lever], "step"):
            heights[lever, step] = below
            below += CELL
        below += _GAP
    colours = [_colour(change, most, page) for change in shown["change"]]
    says = shown["change"].map(signed) + shown["mark"].map(lambda mark: _IN_CELL.get(mark, ""))
    return shown.assign(
        column=[targets.index(name) for name in shown["target"]],
        y=[heights[pair] for pair in zip(shown["lever"], shown["step"], strict=True)],
        short=shown["step"].str.split().str[-1],
        colour=colours,
        ink=[
            page.quiet if pd.isna(change) or not round(change, 2) else words_on(colour)
            for change, colour in zip(shown["change"], colours, strict=True)
        ],
        says=says,
        spoken=shown["lever"] + ", " + shown["step"] + ": " + shown["target"] + " " + says,
        happens=shown["mark"].map(lambda mark: HAPPENS.get(mark, "stays in or out as it is")),
    )


def _colour(change: float, most: float, page: Look) -> str:
    """The page's ground at zero; bluer the more points are gained, redder the more are lost."""
    if pd.isna(change):
        return page.ground
    share = 0.12 + (_STRONGEST - 0.12) * abs(change) / most if round(change, 2) else 0.0
    return mixed(page.ground, BLUE if change > 0 else VERMILION, share)
