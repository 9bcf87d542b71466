"""What a series of numbers says, in plain words: usual, outside, changed, or too few to tell."""

from __future__ import annotations

from services import kpis, reading_dates, signals
from services.kpis import Kpi
from services.measuring import Said
from services.series import Series
from services.signals import Limits, Side
from services.targets import Target

HONEST = {
    "owned": ("Your own data", "You counted it or have it from your own accounts and lists."),
    "sampled": ("From a sample", "A part was looked at; it stands for the whole."),
    "estimated": ("Estimated", "Part of it is a guess, or cannot be seen."),
    "invisible": ("Cannot be seen", "Most of it happens where nobody can count."),
}
"""How honest a number is, and what that means."""

ROLES = {
    "lead": "Shows whether you get there",
    "guard": "Must not get worse",
    "learning": "Shows whether you learn",
}


def newest(found: Series) -> str:
    """`9 contacts a month in October 2026`."""
    said = found.newest.said
    return f"{kpis.said(found.kpi, said.value, said.period)} in {_when(said)}"


def says(found: Series) -> str:
    """What the newest value says, in one or two sentences."""
    standing, parts = found.standing, found.stretches
    if standing.state == "few" or not parts or parts[-1].limits is None:
        return _few(found)
    usual = parts[-1].limits
    if standing.state == "usual":
        return f"Within the usual range ({_range(found.kpi, usual)})."
    if standing.state == "outside":
        way = "higher" if standing.side > 0 else "lower"
        return (
            f"Outside the usual range ({_range(found.kpi, usual)}): {way}"
            f"{_good(found.kpi, standing.side)}. What was different?"
        )
    since = found.kept[standing.since or 0].said
    count = len(found.kept) - (standing.since or 0)
    where = "above" if standing.side > 0 else "below"
    return (
        f"A real change since {_when(since)}{_good(found.kpi, standing.side)}: {count} "
        f"{found.shelf.period}s in a row {where} the middle of before. Usual since then: "
        f"{_range(found.kpi, usual)}."
    )


def surely(of: Kpi, said: Said) -> str:
    """Between which shares the true one lies, if few were looked at; "" if that is not needed."""
    if not of.rate or said.sample_size is None or said.sample_size >= signals.FEW:
        return ""
    low, high = signals.wilson(min(1.0, max(0.0, said.value / 100)), said.sample_size)
    return (
        f"Only {said.sample_size} were looked at: the true share lies probably between "
        f"{low * 100:.0f} and {high * 100:.0f} %."
    )


def middle(found: Series) -> str:
    """One's own middle, the yardstick that fits best; "" before eight weeks."""
    if found.middle is None:
        return ""
    return f"Your own middle: {kpis.said(found.kpi, found.middle, found.shelf.period)}."


def aimed(target: Target, unit: bool = True) -> str:
    """`at least 8 contacts a month`; "" without a range."""
    low, high = target.low, target.high
    after = f" {_unit(target)}" if unit else ""
    if low is not None and high is not None:
        return f"{low:g} to {high:g}{after}"
    if low is not None:
        return f"at least {low:g}{after}"
    return f"at most {high:g}{after}" if high is not None else ""


def reached(target: Target, said: Said) -> str:
    """Whether a value is where it should be; "" without a range, or if the range is for a longer
    time than the value."""
    shorter = target.kpi.counted and (
        said.period == "week" or target.kpi.unit.endswith("a quarter")
    )
    place = target.where(said.value)
    if place is None or shorter:
        return ""
    words = {"in": "where it should be", "below": "below the target", "above": "above the target"}
    return words[place]


def _few(found: Series) -> str:
    count, period = found.counted_as_now if found.stretches else 0, found.shelf.period
    anew = " since it is counted in another way" if len(found.stretches) > 1 else ""
    return (
        f"{count} of {signals.ENOUGH} {period}s{anew}: from {signals.ENOUGH} on the usual range "
        "shows."
    )


def _range(of: Kpi, usual: Limits) -> str:
    low, high = (f"{round(value, _places(usual)):g}" for value in (usual.low, usual.high))
    return f"{low} to {high}{' %' if of.rate else ''}"


def _places(usual: Limits) -> int:
    """So many decimals as tell the ends of the range apart."""
    return 0 if usual.high - usual.low >= 20 else 1 if usual.high - usual.low >= 2 else 2


def _good(of: Kpi, side: Side) -> str:
    if of.direction == "hold" or not side:
        return ""
    return ", for the better" if (side > 0) == (of.direction == "up") else ", for the worse"


def _when(said: Said) -> str:
    label = reading_dates.label(said.starts_on, said.period)
    return f"the {label}" if said.period == "week" else label


def _unit(target: Target) -> str:
    return target.unit.replace("percent", "%", 1)
