"""The course of the river: where the eight stations lie on a figure-of-eight, and the way between.

All positions are in units of a loop's radius, around the crossing, the inner cycle to the left and
y upwards. A loop is a circle; two straight reaches cross between them, like a belt.
"""

from __future__ import annotations

from itertools import pairwise
from math import acos, cos, degrees, pi, radians, sin

import pandas as pd

CENTRE = 1.42
"""How far the middle of a loop lies from the crossing."""

_TOUCH = degrees(acos(1 / CENTRE))  # where the straight reaches leave the circles
_ANGLES = {1: 78.0, 2: 146.0, 3: 214.0, 4: 282.0, 5: 98.0, 6: 0.0, 7: -98.0}
_INNER = (1, 2, 3, 4)

REACHES = ((8, 1), (1, 2), (2, 3), (3, 4), (4, 8), (8, 5), (5, 6), (6, 7), (7, 8))
"""Neighbours along the flow: from the crossing through the inner cycle, then the outer one."""


def place(station: int) -> tuple[float, float]:
    """Where a station lies."""
    if station == 8:
        return 0.0, 0.0
    return _on_circle(station, _ANGLES[station])


def way(start: int, end: int, steps: int = 24) -> pd.DataFrame:
    """The way from one station to its neighbour: columns x, y, along (0-1), evenly walked."""
    if 8 in (start, end):
        points = _through_crossing(start, end, steps)
    else:
        points = _arc(start, _ANGLES[start], _ANGLES[end], steps)
    return _evenly(points, steps)


def _on_circle(station: int, angle: float) -> tuple[float, float]:
    middle = -CENTRE if station in _INNER else CENTRE
    return middle + cos(radians(angle)), sin(radians(angle))


def _arc(station: int, first: float, last: float, steps: int) -> list[tuple[float, float]]:
    return [_on_circle(station, first + (last - first) * i / steps) for i in range(steps + 1)]


def _through_crossing(start: int, end: int, steps: int) -> list[tuple[float, float]]:
    """From a station round its loop to the straight reach and along it, or the other way."""
    station = end if start == 8 else start
    upper = station in {1, 5}
    touch = _TOUCH if upper else -_TOUCH
    if station not in _INNER:
        touch = 180 - touch
    angle = _ANGLES[station] % 360
    points = [*_arc(station, angle, touch % 360, steps), (0.0, 0.0)]
    return points[::-1] if start == 8 else points


def _evenly(points: list[tuple[float, float]], steps: int) -> pd.DataFrame:
    """The same line, walked in equal steps."""
    lengths = [0.0]
    for (x, y), (u, v) in pairwise(points):
        lengths.append(lengths[-1] + abs(complex(u - x, v - y)))
    rows, piece = [], 0
    for step in range(steps + 1):
        goal = lengths[-1] * step / steps
        while piece < len(points) - 2 and lengths[piece + 1] < goal:
            piece += 1
        part = (goal - lengths[piece]) / (lengths[piece + 1] - lengths[piece])
        (x, y), (u, v) = points[piece], points[piece + 1]
        rows.append((x + (u - x) * part, y + (v - y) * part, step / steps))
    return pd.DataFrame(rows, columns=["x", "y", "along"])


def swell(along: float, first: float, last: float) -> float:
    """A width between two stations: each keeps its own for a quarter of the way, so that a narrow
    place can be seen beside its station, and between them it changes gently."""
    part = min(max((along - 0.28) / 0.44, 0.0), 1.0)
    return first + (last - first) * (1 - cos(pi * part)) / 2
