"""Points for each reason: words that clearly belong to the bar below them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.parts import TITLE, parts

LETTERS = 12


def layers(*points: float) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    rows = pd.DataFrame({"reason": [f"Reason {n}" for n, _ in enumerate(points)], "points": points})
    drawn = parts(rows, dark=False, title="Points", description="Points for each reason").to_dict()
    return drawn, drawn["layer"]


def test_words_stand_nearer_to_their_own_bar_than_to_the_one_above() -> None:
    drawn, (bars, _, _, words) = layers(3, 2, -1)
    row = (drawn["height"] - TITLE) / 3
    bar, at = bars["mark"]["height"], bars["mark"]["yOffset"]
    middle = words["mark"]["dy"]
    below = (at - bar / 2) - (middle + LETTERS / 2)
    above = row - (at + bar / 2) + (middle - LETTERS / 2)
    assert below > 0
    assert above > 2 * below


def test_one_reason_alone_has_as_much_room_as_one_of_many() -> None:
    (alone, _), (many, _) = layers(3), layers(3, 2, 1)
    assert alone["height"] - TITLE == (many["height"] - TITLE) / 3


def test_what_speaks_against_points_to_the_left_with_a_minus_sign() -> None:
    drawn, _ = layers(3, -1)
    (rows,) = drawn["datasets"].values()
    assert [row["label"] for row in rows] == ["+3", "−1"]
