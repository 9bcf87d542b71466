"""A number and its usual range: signals by shape and words, breaks, flags, and what is missing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts.xmr import HOW_TO_READ, NO_RANGE, NOTHING, spec, table, told, xmr

TITLE = "Good contacts, contacts a month"
COLUMNS = [
    "on", "label", "value", "said", "stretch", "mean", "low", "high", "signal", "counted",
]  # fmt: skip
NO_FLAGS = pd.DataFrame({"on": [], "says": [], "number": []})


def month(
    number: int,
    value: float,
    signal: str = "",
    stretch: int = 0,
    usual: tuple[float, float, float] | None = (10, 5, 15),
    counted: str = "",
) -> tuple[object, ...]:
    mean, low, high = usual or (None, None, None)
    on, label = f"2026-{number:02d}-01", f"month {number}"
    return on, label, value, f"{value:g} contacts", stretch, mean, low, high, signal, counted


def rows(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


def drawn(*given: tuple[object, ...], flags: pd.DataFrame = NO_FLAGS) -> dict[str, Any]:
    return spec(rows(*given), flags, dark=False, title=TITLE)


def test_signals_are_told_by_shape_and_words_not_by_colour_alone() -> None:
    usual, out, run = drawn(month(1, 10), month(2, 16, "outside"), month(3, 12, "run"))["datasets"][
        "rows"
    ]
    assert [one["shape"] for one in (usual, out, run)] == ["circle", "diamond", "square"]
    assert out["spoken"] == "month 2: 16 contacts, outside the usual range"
    assert run["means"] == "part of a run on one side"
    assert usual["means"] == "none"
    assert len({one["colour"] for one in (usual, out, run)}) == 3


def test_a_signal_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        drawn(month(1, 10), month(2, 10, "odd"))


def test_each_way_of_counting_is_drawn_apart_and_its_beginning_marked() -> None:
    made = drawn(month(1, 10), month(2, 11), month(3, 90, stretch=1, usual=None, counted="calls"))
    assert [one["says"] for one in made["datasets"]["breaks"]] == ["counted anew: calls"]
    detailed = [one for one in made["layer"] if "detail" in one["encoding"]]
    assert len(detailed) == 5
    assert made["datasets"]["ends"] == []


def test_where_a_change_began_the_range_is_new_and_the_line_goes_on() -> None:
    made = drawn(month(1, 10), month(2, 16, "run", stretch=1, usual=(16, 12, 20)))
    assert [one["says"] for one in made["datasets"]["breaks"]] == ["a real change"]
    below = [one["encoding"]["y"] for one in made["layer"] if one["data"]["name"] == "breaks"
             and "text" in one["encoding"]]  # fmt: skip
    assert below == [{"value": "height"}] * 2  # however high the picture is on paper
    assert [one["way"] for one in made["datasets"]["rows"]] == [1, 1]
    assert made["datasets"]["ends"][0]["says"] == "usual up to 20"


def test_the_ends_of_the_usual_range_are_said() -> None:
    made = drawn(month(1, 10), month(2, 11))
    said = [one["says"] for one in made["datasets"]["ends"]]
    assert said == ["usual up to 15", "usual from 5"]
    assert made["title"]["text"] == [TITLE]
    assert " ".join(made["title"]["subtitle"]) == HOW_TO_READ


def test_with_too_few_values_it_says_when_the_range_shows() -> None:
    made = drawn(month(1, 10, usual=None), month(2, 11, usual=None))
    assert " ".join(made["title"]["subtitle"]) == NO_RANGE
    assert made["datasets"]["rows"][0]["mean"] is None


@pytest.mark.parametrize("given", [(), (month(1, 10, usual=None),)])
def test_without_two_values_a_sentence_stands_instead_of_an_empty_frame(
    given: tuple[Any, ...],
) -> None:
    made = drawn(*given)
    assert made["description"] == NOTHING
    assert told(rows(*given)) == NOTHING


def test_decisions_of_the_time_shown_are_numbered_flags() -> None:
    flags = pd.DataFrame(
        {
            "on": ["2025-12-31", "2026-01-05", "2026-03-20", "2026-06-01"],
            "says": ["before", "A newsletter", "Opening hours", "after"],
            "number": ["1", "2", "3", "4"],
        }
    )
    shown = drawn(month(1, 10), month(2, 10), month(3, 10), flags=flags)["datasets"]["flags"]
    assert [one["number"] for one in shown] == ["2", "3"]


def test_the_picture_is_told_in_words() -> None:
    said = told(rows(month(1, 10), month(2, 16, "outside")))
    assert said == (
        "2 values, the last one 16 contacts (month 2). Usual range: 5 to 15. "
        "Signals: month 2 16 contacts, outside the usual range."
    )
    assert told(rows(month(1, 10), month(2, 11))).endswith("No signal.")


def test_the_table_has_the_same_numbers_the_newest_first() -> None:
    newest, oldest = table(rows(month(1, 10, usual=None), month(2, 16, "outside"))).values.tolist()
    assert newest == ["month 2", "16 contacts", "5 to 15", "outside"]
    assert oldest == ["month 1", "10 contacts", "", ""]


def test_the_chart_and_its_specification_are_the_same() -> None:
    given = rows(month(1, 10), month(2, 11))
    made = spec(given, NO_FLAGS, dark=True, title=TITLE)
    assert xmr(given, NO_FLAGS, dark=True, title=TITLE).to_dict() == made


def test_without_decisions_there_are_no_flags_that_somebody_would_hear_of() -> None:
    made = drawn(month(1, 10), month(2, 12))
    assert "flags" not in {layer["data"]["name"] for layer in made["layer"]}
