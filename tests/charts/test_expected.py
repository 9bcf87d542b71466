"""Expected against actual: where a mark stands, what is said of it, and what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.expected import MOST, NOTHING, expected, spec, table, told
from charts.theme import BLUE, ORANGE, VERMILION, look

COLUMNS = ["what", "low", "high", "actual", "unit", "result", "quarter"]
LETTER = ("Newsletter", 3, 5, 4, "shares", "met", "Oct–Dec 2026")
FILMS = ("Films", 10, None, 4, "% of views", "not_met", "Jul–Sep 2026")
ANSWERS = ("Answers", None, 24, 20, "hours", "met", "Jul–Sep 2026")
TALK = ("Talks", None, None, None, "", "partly", "Apr–Jun 2026")


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


def marks(*given: tuple[object, ...], dark: bool = False) -> dict[str, dict[str, Any]]:
    return {row["what"]: row for row in spec(rows(*given), dark=dark)["datasets"]["rows"]}


@pytest.mark.parametrize(
    ("actual", "place"), [(3, 1 / 3), (4, 0.5), (5, 2 / 3), (1, 0.04), (99, 0.96)]
)
def test_the_expected_range_is_the_middle_third(actual: float, place: float) -> None:
    found = marks(("A", 3, 5, actual, "", "met", ""))["A"]
    assert (found["begin"], found["end"]) == (1 / 3, 2 / 3)
    assert found["place"] == pytest.approx(place)


def test_a_range_with_one_end_is_open_on_the_other() -> None:
    found = marks(FILMS, ANSWERS)
    assert (found["Films"]["begin"], found["Films"]["end"]) == (1 / 3, 1)
    assert found["Films"]["place"] < 1 / 3
    assert (found["Answers"]["begin"], found["Answers"]["end"]) == (0, 2 / 3)
    assert found["Answers"]["place"] < 2 / 3


def test_a_range_of_one_number_can_be_drawn() -> None:
    assert marks(("A", 0, 0, 0, "", "met", ""))["A"]["place"] == pytest.approx(1 / 3)


def test_what_nobody_counted_is_hollow_and_stands_by_its_word() -> None:
    found = marks(TALK)["Talks"]
    assert (found["fill"], found["colour"]) == (look(False).ground, ORANGE)
    assert found["came"] == "came true in part"


def test_results_are_told_by_shape_words_and_colour() -> None:
    found = marks(LETTER, FILMS, TALK)
    assert {row["shape"] for row in found.values()} == {"circle", "triangle-down", "diamond"}
    assert found["Newsletter"]["came"] == "expected 3 to 5 shares, came 4 shares, came true"
    assert (found["Newsletter"]["fill"], found["Films"]["fill"]) == (BLUE, VERMILION)


def test_older_ones_are_counted_and_stand_in_the_table() -> None:
    many = [LETTER] * (MOST + 3)
    made = spec(rows(*many), dark=False)
    assert len(made["datasets"]["rows"]) == MOST
    assert "In the table: 3 more." in " ".join(made["title"]["subtitle"])
    assert len(table(rows(*many))) == MOST + 3


def test_the_table_has_the_same_in_words() -> None:
    first, second = table(rows(FILMS, TALK)).values.tolist()
    assert first == [
        "Films, Jul–Sep 2026", "at least 10 % of views", "4 % of views", "did not come true"
    ]  # fmt: skip
    assert second[1:4] == ["in words only", "–", "came true in part"]


def test_nothing_scored_is_a_sentence_and_not_an_empty_frame() -> None:
    assert spec(rows(), dark=True)["description"] == NOTHING
    assert told(rows()) == NOTHING
    assert table(rows()).empty


def test_a_result_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        spec(rows(("A", 1, 2, 3, "", "great", "")), dark=False)


def test_the_chart_and_its_specification_are_the_same() -> None:
    for given in (rows(LETTER, TALK), rows()):
        assert expected(given, dark=True).to_dict() == spec(given, dark=True)
