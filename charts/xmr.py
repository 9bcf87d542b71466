"""A number by month or week with its usual range: what is a signal, and what only up and down."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from charts.template import Words, drawn, filled
from charts.theme import BLUE, ORANGE, VERMILION, look, said_instead
from charts.usual_range import HIGH, template
from charts.wording import cut, number

HOW_TO_READ = (
    "Band: the usual range around the middle line. Diamond: outside of it. Squares: eight in a row "
    "on one side of the middle before them, a real change; the usual range is a new one from there."
)
NO_RANGE = "Dots: the values. The usual range shows from eight values on."
NOTHING = (
    "There is no picture yet: it takes two values, and eight for the usual range. Put in what you "
    "know; what you do not know may stay empty."
)

_TITLE = 46
"""Letters of a title in one line on a phone."""

_SHAPES = {"": "circle", "outside": "diamond", "run": "square"}
_COLOURS = {"": BLUE, "outside": VERMILION, "run": ORANGE}
_SPOKEN = {"": "", "outside": ", outside the usual range", "run": ", part of a run on one side"}


def xmr(
    rows: pd.DataFrame, flags: pd.DataFrame, *, dark: bool, title: str, description: str = ""
) -> alt.LayerChart:
    """A series with its usual range; see `spec`."""
    made = spec(rows, flags, dark=dark, title=title, description=description)
    return drawn(made)


def spec(
    rows: pd.DataFrame, flags: pd.DataFrame, *, dark: bool, title: str, description: str = ""
) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, made at once.

    `rows`, oldest first: on (first day of the month or week, as ISO), label (what it is called),
    value, said (with its unit), stretch (0, 1, … with a usual range of its own each), mean, low and
    high (missing as long as there are too few), signal ("", outside or run: one of the eight that
    told of a change) and counted (how; the same in two stretches if a change parts them). `flags`:
    on, says and number: decisions. Raises KeyError for another signal.
    With fewer than two values a sentence says what is missing.
    """
    page = look(dark)
    if len(rows) < 2:
        nothing: dict[str, Any] = said_instead(NOTHING, page, title).to_dict()
        return nothing
    known = bool(rows["mean"].notna().any())
    words = Words(title, description or told(rows), HOW_TO_READ if known else NO_RANGE)
    data = {"rows": _marked(rows), "flags": in_sight(flags, rows), "breaks": _breaks(rows)}
    made = filled(template(dark), words, HIGH, data | {"ends": _ends(rows)})
    made["title"]["text"] = wrap(title, _TITLE)
    # A layer of no marks would still be a symbol, without a name, to those who listen.
    made["layer"] = [one for one in made["layer"] if len(data.get(_read(one), rows))]
    return made


def _read(layer: dict[str, Any]) -> str:
    """The name of the rows that a layer draws."""
    return str(layer.get("data", {}).get("name", ""))


def told(rows: pd.DataFrame) -> str:
    """The picture in words, for those who do not see it."""
    if len(rows) < 2:
        return NOTHING
    last = rows.iloc[-1]
    signals = [
        f"{label} {said}{_SPOKEN[signal]}"
        for label, said, signal in zip(rows["label"], rows["said"], rows["signal"], strict=True)
        if signal
    ]
    usual = (
        f" Usual range: {number(last['low'])} to {number(last['high'])}."
        if pd.notna(last["mean"])
        else ""
    )
    found = f" Signals: {'; '.join(signals)}." if signals else " No signal."
    return f"{len(rows)} values, the last one {last['said']} ({last['label']}).{usual}{found}"


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """The same numbers in words, newest first."""
    newest = rows.iloc[::-1]
    words = {"": "", "outside": "outside", "run": "a run on one side"}
    return pd.DataFrame(
        {
            "When": newest["label"],
            "Value": newest["said"],
            "Usual range": [
                "" if pd.isna(mean) else f"{number(low)} to {number(high)}"
                for mean, low, high in zip(
                    newest["mean"], newest["low"], newest["high"], strict=True
                )
            ],
            "Signal": newest["signal"].map(words.__getitem__),
        }
    ).reset_index(drop=True)


def _marked(rows: pd.DataFrame) -> pd.DataFrame:
    signals = rows["signal"]
    spoken = [
        f"{label}: {said}{_SPOKEN[signal]}"
        for label, said, signal in zip(rows["label"], rows["said"], signals, strict=True)
    ]
    return rows.assign(
        colour=signals.map(_COLOURS.__getitem__),
        shape=signals.map(_SHAPES.__getitem__),
        size=[150 if signal else 60 for signal in signals],
        means=[_SPOKEN[signal].removeprefix(", ") or "none" for signal in signals],
        spoken=spoken,
        way=(rows["counted"] != rows["counted"].shift()).cumsum(),
    )


def _breaks(rows: pd.DataFrame) -> pd.DataFrame:
    """The first row of each stretch but the first one; `late`: in the right half."""
    first = rows[rows["stretch"] != rows["stretch"].shift()].iloc[1:]
    before = rows["counted"].shift()[first.index]
    says = [_begun(how, how == was) for how, was in zip(first["counted"], before, strict=True)]
    late = [at > len(rows) / 2 for at in first.index]
    return pd.DataFrame({"on": first["on"], "says": says, "late": late})


def _begun(how: str, same: bool) -> str:
    if same:
        return "a real change"
    return f"counted anew: {cut(how, 28)}" if how else "counted anew"


def in_sight(flags: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions of the time that is shown."""
    if flags.empty:
        return pd.DataFrame({"on": [], "says": [], "number": []})
    last = pd.Timestamp(rows["on"].iloc[-1]) + pd.Timedelta(days=31)
    shown = flags[(flags["on"] >= rows["on"].iloc[0]) & (flags["on"] <= f"{last:%Y-%m-%d}")]
    inside: pd.DataFrame = shown.reset_index(drop=True)
    return inside


def _ends(rows: pd.DataFrame) -> pd.DataFrame:
    """The ends of the usual range of the newest stretch."""
    last = rows.iloc[-1]
    if pd.isna(last["mean"]):
        return pd.DataFrame({"on": [], "at": [], "says": [], "above": []})
    ends = [("high", "usual up to"), ("low", "usual from")]
    return pd.DataFrame(
        {
            "on": [last["on"]] * 2,
            "at": [float(last[field]) for field, _ in ends],
            "says": [f"{word} {number(float(last[field]))}" for field, word in ends],
            "above": [True, False],
        }
    )
