"""Hours as a bar: pieces that add up, the line of what may be planned, and what is left."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.hours_bar import NOTHING, hours_bar, spec, table, told

COLUMNS = ["name", "promised", "activities", "channels", "limit"]
BEFORE = ("Before", 5.0, 6.5, 2.0, 17.0)
AFTER = ("After", 5.0, 11.0, 4.5, 17.0)


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


def drawn(*given: tuple[object, ...], dark: bool = False) -> dict[str, Any]:
    return spec(rows(*given), dark=dark)


def test_the_pieces_stand_end_to_end_and_add_up() -> None:
    pieces = drawn(BEFORE)["datasets"]["pieces"]
    assert [(row["part"], row["start"], row["end"]) for row in pieces] == [
        ("Promised work", 0, 5),
        ("Activities", 5, 11.5),
        ("Channels", 11.5, 13.5),
    ]


def test_what_takes_no_hours_is_no_piece() -> None:
    pieces = drawn(("This quarter", 0, 3, 0, 10))["datasets"]["pieces"]
    assert [row["part"] for row in pieces] == ["Activities"]


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        (13.51, "Before: 13.5 h of 13.51 h, 0.01 h left"),
        (13.5, "Before: 13.5 h of 13.5 h, all taken"),
        (13.49, "Before: 13.5 h of 13.49 h, 0.01 h too many"),
        (None, "Before: 13.5 h; nobody has given hours yet"),
    ],
)
def test_the_words_above_a_bar_say_what_is_left(limit: float | None, says: str) -> None:
    assert drawn((*BEFORE[:4], limit))["datasets"]["bars"][0]["says"] == says


def test_before_and_after_share_one_scale() -> None:
    assert {row["longest"] for row in drawn(BEFORE, AFTER)["datasets"]["bars"]} == {20.5}


def test_the_line_stands_at_the_limit_and_only_where_there_is_one() -> None:
    lines = drawn(BEFORE, ("After", 1, 1, 1, None))["datasets"]["limits"]
    assert [(row["name"], row["start"]) for row in lines] == [("Before", 17)]
    assert "subtitle" not in drawn(("After", 1, 1, 1, None))["title"]


def test_free_hours_are_drawn_only_where_some_are_left() -> None:
    free = drawn(BEFORE, AFTER)["datasets"]["free"]
    assert [(row["name"], row["start"], row["end"]) for row in free] == [("Before", 13.5, 17)]


@pytest.mark.parametrize("given", [(), (("Before", 0, 0, 0, None),), (("Before", 0, 0, 0, 0),)])
def test_nothing_to_add_up_is_a_sentence(given: tuple[tuple[object, ...], ...]) -> None:
    assert drawn(*given)["description"] == NOTHING


def test_hours_that_nobody_planned_yet_still_show_the_room() -> None:
    assert "Before: 0 h of 17 h, 17 h left" in drawn(("Before", 0, 0, 0, 17))["description"]


def test_the_title_says_the_unit_and_the_picture_describes_itself() -> None:
    made = drawn(BEFORE, dark=True)
    assert made["title"]["text"] == "Hours a week"
    assert made["title"]["color"] == "#F2F4F8"
    assert "Promised work 5 h, Activities 6.5 h, Channels 2 h" in made["description"]
    assert told(rows()) == NOTHING


def test_the_table_has_the_same_numbers_and_what_is_left() -> None:
    found = table(rows(BEFORE, AFTER, ("Later", 0.1, 0.2, 0, None)))
    assert list(found.columns) == [
        "Plan", "Promised work", "Activities", "Channels", "Together", "May be planned", "Left",
    ]  # fmt: skip
    assert found.values.tolist() == [
        ["Before", "5 h", "6.5 h", "2 h", "13.5 h", "17 h", "3.5 h"],
        ["After", "5 h", "11 h", "4.5 h", "20.5 h", "17 h", "3.5 h too many"],
        ["Later", "0.1 h", "0.2 h", "0 h", "0.3 h", "–", "–"],
    ]


def test_the_chart_and_its_specification_are_the_same() -> None:
    for given in (rows(BEFORE, ("After", 1, 2, 3, None)), rows()):
        assert hours_bar(given, dark=True).to_dict() == spec(given, dark=True)
