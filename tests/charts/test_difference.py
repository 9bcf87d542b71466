"""Before and after: order, marks that need no colour, reasons, and what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.difference import NOTHING, difference, spec, table, told
from charts.theme import BLUE, PHONE, VERMILION

COLUMNS = ["target", "before", "after", "state", "rule"]
RISES = ("Instagram", 30.0, 34.0, "rises", "Young applicants are on Instagram")
ENTERS = ("Review sites", None, 18.0, "enters", "Applicants compare employers")
LEAVES = ("Facebook page", 24.0, 9.75, "leaves", "Local people over forty are there")
GONE = ("Pinterest", 6.0, None, "leaves", None)
SAME = ("Newsletter", 16.0, 16.0, "same", "")


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


def drawn(*given: tuple[object, ...], dark: bool = False) -> dict[str, Any]:
    return spec(rows(*given), dark=dark)


def marks(*given: tuple[object, ...]) -> dict[str, dict[str, Any]]:
    return {row["target"]: row for row in drawn(*given)["datasets"]["rows"]}


def test_the_highest_after_comes_first_and_what_has_none_last() -> None:
    order = sorted(marks(GONE, LEAVES, ENTERS, SAME, RISES).values(), key=lambda row: row["at"])
    assert [row["target"] for row in order] == [
        "Instagram", "Review sites", "Newsletter", "Facebook page", "Pinterest",
    ]  # fmt: skip


def test_entering_and_leaving_are_told_by_shape_and_words_not_by_colour_alone() -> None:
    found = marks(RISES, ENTERS, LEAVES)
    assert found["Review sites"]["shape"] == "triangle-up"
    assert found["Review sites"]["says"] == "Review sites · comes in"
    assert found["Facebook page"]["shape"] == "triangle-down"
    assert found["Facebook page"]["says"] == "Facebook page · drops out"
    assert found["Instagram"]["says"] == "Instagram"
    assert {row["colour"] for row in found.values()} == {BLUE, VERMILION}


def test_a_long_name_on_a_phone_leaves_room_for_what_happens() -> None:
    long = "A name of many words that goes on where a phone has ended"
    assert marks((long, 3.0, 1.0, "leaves", ""))[long]["brief"] == (
        "A name of many words that goes on whe… · drops out"
    )


def test_every_mark_is_spoken_in_words() -> None:
    found = marks(ENTERS, LEAVES)
    assert found["Review sites"]["spoken"] == "Review sites comes in: – before, 18 after"
    assert found["Facebook page"]["spoken"] == "Facebook page drops out: 24 before, 9.75 after"


def test_the_change_stands_before_the_rule_that_decides() -> None:
    found = marks(RISES, LEAVES, GONE, SAME)
    assert found["Instagram"]["why"] == "+4 · Young applicants are on Instagram"
    assert found["Facebook page"]["why"] == "−14.25 · Local people over forty are there"
    assert found["Pinterest"]["why"] == "−6"
    assert found["Newsletter"]["why"] == "no change"


def test_points_that_are_not_known_are_a_dash_and_never_zero() -> None:
    assert marks(ENTERS)["Review sites"]["said_before"] == "–"
    assert marks(GONE)["Pinterest"]["said_after"] == "–"


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [(30, 34, [0, 34]), (-2, -5, [-5, 0]), (0, 0, [0, 1]), (None, None, [0, 1])],
)
def test_no_points_are_always_in_the_picture(
    before: float | None, after: float | None, ends: list[float]
) -> None:
    params = drawn(("A", before, after, "same", ""))["params"]
    assert [param["value"] for param in params] == ends


def test_a_long_reason_takes_two_lines_on_a_phone_and_no_more() -> None:
    long = marks(("A", 1.0, 2.0, "rises", "many words " * 40))["A"]["folded"]
    assert len(long.split("\n")) == 2
    assert max(len(line) for line in long.split("\n")) <= PHONE
    assert long.endswith("…")


def test_two_targets_of_one_name_keep_a_row_each() -> None:
    first, second = drawn(RISES, RISES)["datasets"]["rows"]
    assert first["level"] < second["level"]


def test_nothing_to_compare_is_a_sentence_and_not_an_empty_frame() -> None:
    made = drawn()
    assert made["description"] == NOTHING
    said = [row["says"] for data in made["datasets"].values() for row in data]
    assert " ".join(said).replace("\n", " ") == NOTHING


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        drawn(("A", 1.0, 2.0, "vanishes", ""))


def test_the_title_says_the_unit_and_the_picture_describes_itself() -> None:
    made = drawn(RISES, ENTERS, dark=True)
    assert made["title"]["text"] == "Points before and after"
    assert made["title"]["color"] == "#F2F4F8"
    assert "Review sites comes in: – before, 18 after" in made["description"]
    assert told(rows()) == NOTHING


def test_the_table_has_the_same_numbers_in_the_same_order() -> None:
    first, second = table(rows(LEAVES, ENTERS)).values.tolist()
    assert first == ["Review sites", "–", "18", "+18", "comes in", "Applicants compare employers"]
    assert second[:5] == ["Facebook page", "24", "9.75", "−14.25", "drops out"]


def test_the_chart_and_its_specification_are_the_same() -> None:
    for given in (rows(RISES, ENTERS, GONE), rows()):
        assert difference(given, dark=True).to_dict() == spec(given, dark=True)


def test_one_filling_leaves_no_trace_in_the_next() -> None:
    before = drawn(RISES)
    drawn(LEAVES, GONE)
    assert drawn(RISES) == before
