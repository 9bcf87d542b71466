"""Levers by targets: what is drawn and what only counted, signs, frames, and readable numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.sensitivity import ALL_STILL, LEVERS, NOTHING, TARGETS, sensitivity, spec, table, told
from charts.theme import look

UP, DOWN = "one step up", "one step down"
COLUMNS = ["lever", "step", "target", "change", "mark"]
HIRING = "How much hiring matters"
HOURS = "Hours of Ann"
SOME = (
    (HIRING, UP, "Instagram", 8.0, ""),
    (HIRING, UP, "YouTube", 2.0, "enters"),
    (HIRING, DOWN, "Instagram", -4.5, "leaves"),
    (HIRING, DOWN, "YouTube", 0.0, ""),
    (HOURS, UP, "Instagram", 12.25, None),
    (HOURS, DOWN, "Instagram", None, None),
    ("How we learn", UP, "Instagram", 0.0, ""),
)


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


def drawn(*given: tuple[object, ...], dark: bool = False) -> dict[str, Any]:
    return spec(rows(*given), dark=dark)


def cells(made: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = made["datasets"]["cells"]
    return found


def cell(lever: str, step: str, target: str, *, dark: bool = False) -> dict[str, Any]:
    wanted = (lever, step, target)
    return next(
        row
        for row in cells(drawn(*SOME, dark=dark))
        if (row["lever"], row["step"], row["target"]) == wanted
    )


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_changes_carry_their_sign_and_what_comes_in_or_drops_out_says_so() -> None:
    assert cell(HIRING, UP, "Instagram")["says"] == "+8"
    assert cell(HIRING, UP, "YouTube")["says"] == "+2 in"
    assert cell(HIRING, DOWN, "Instagram")["says"] == "−4.5 out"
    assert cell(HIRING, DOWN, "YouTube")["says"] == "0"


def test_every_cell_is_spoken_in_words() -> None:
    assert cell(HIRING, UP, "YouTube")["spoken"] == f"{HIRING}, {UP}: YouTube +2 in"


def test_no_change_and_no_such_step_take_the_page_s_ground() -> None:
    for dark in (False, True):
        assert cell(HIRING, DOWN, "YouTube", dark=dark)["colour"] == look(dark).ground
    missing = cell(HOURS, DOWN, "Instagram")
    assert (missing["says"], missing["colour"]) == ("–", look(False).ground)


def test_levers_that_bring_something_in_or_out_come_first_then_the_largest_change() -> None:
    order = sorted({(row["y"], row["lever"]) for row in cells(drawn(*SOME))})
    assert [lever for _, lever in order] == [HIRING, HIRING, HOURS, HOURS]


def test_a_lever_that_changes_nothing_is_counted_and_not_drawn() -> None:
    made = drawn(*SOME)
    assert "How we learn" not in {row["lever"] for row in cells(made)}
    assert " ".join(made["title"]["subtitle"]).endswith("1 more changes nothing here.")


def test_a_frame_is_explained_only_where_there_is_one() -> None:
    assert "A frame" in " ".join(drawn(*SOME)["title"]["subtitle"])
    assert "subtitle" not in drawn((HOURS, UP, "Instagram", 1.0, ""))["title"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sign", [1, -1])
def test_every_number_can_be_read_on_its_cell(dark: bool, sign: int) -> None:
    many = [(f"Lever {at}", UP, "Instagram", sign * at, "") for at in range(LEVERS)]
    for row in cells(drawn(*many, dark=dark)):
        assert contrast(row["colour"], row["ink"]) >= 4.5, row


def test_more_levers_than_fit_are_left_to_the_table() -> None:
    many = [(f"Lever {at}", UP, "Instagram", at + 1, "") for at in range(LEVERS + 1)]
    made = drawn(*many)
    assert len(cells(made)) == LEVERS
    assert f"The {LEVERS} that move most" in " ".join(made["title"]["subtitle"])
    assert len(table(rows(*many))) == LEVERS + 1


def test_more_targets_than_fit_are_left_to_the_table() -> None:
    many = [(HOURS, UP, f"Channel {at}", at + 1, "") for at in range(TARGETS + 1)]
    assert {row["target"] for row in cells(drawn(*many))} == {f"Channel {at}" for at in range(5)}
    assert f"Channel {TARGETS}" in table(rows(*many)).columns


def test_names_are_folded_to_the_width_of_a_column_on_a_phone() -> None:
    made = drawn((HOURS, UP, "LinkedIn profiles of your people", 1, ""))
    names = [row["name"] for row in made["datasets"]["headers"]]
    assert names == ["LinkedIn\nprofiles of\nyour people"]


@pytest.mark.parametrize(
    ("given", "says"), [((), NOTHING), ((("A", UP, "Instagram", 0.0, ""),), ALL_STILL)]
)
def test_nothing_to_show_is_a_sentence(given: tuple[tuple[object, ...], ...], says: str) -> None:
    assert drawn(*given)["description"] == says
    assert told(rows(*given)) == says


def test_the_picture_says_what_each_lever_moves_most() -> None:
    assert f"{HIRING}, {UP}: Instagram +8" in drawn(*SOME)["description"]
    assert drawn(*SOME)["title"]["text"] == "Points gained or lost by one step"


def test_the_table_has_every_lever_and_a_dash_where_nothing_is_known() -> None:
    found = table(rows(*SOME))
    assert list(found.columns) == ["What is moved", "How", "Instagram", "YouTube"]
    assert found.values.tolist() == [
        [HIRING, UP, "+8", "+2, comes in"],
        [HIRING, DOWN, "−4.5, drops out", "0"],
        [HOURS, UP, "+12.25", "–"],
        [HOURS, DOWN, "–", "–"],
        ["How we learn", UP, "0", "–"],
    ]


def test_the_chart_and_its_specification_are_the_same() -> None:
    for given in (rows(*SOME), rows()):
        assert sensitivity(given, dark=True).to_dict() == spec(given, dark=True)
