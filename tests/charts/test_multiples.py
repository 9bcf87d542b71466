"""The eight factors side by side: groups apart, gaps where nobody may be shown."""

from __future__ import annotations

import pandas as pd

from charts import multiples

COLUMNS = ["factor", "number", "quarter", "at", "group", "median", "low", "high"]
QUARTERS = ("Jul–Sep 2025", "Oct–Dec 2025", "Apr–Jun 2026")
PLACES = (0, 1, 3)


def lines(*hidden: tuple[str, int]) -> pd.DataFrame:
    """Two factors in three quarters, one of them without a round between; a group is `hidden` in a
    round."""
    return pd.DataFrame(
        [
            (name, number, QUARTERS[n], PLACES[n], group, 1.0 + n, 1.0 + n, 2.0)
            for number, name in ((1, "What we want"), (8, "How we learn"))
            for group in ("Leaders", "Staff")
            for n in range(3)
            if (group, n) not in hidden
        ],
        columns=COLUMNS,
    )


def test_a_quarter_without_a_round_keeps_its_place_and_the_line_goes_on() -> None:
    dots = multiples.spec(lines(), dark=False)["datasets"]["dots"]
    own = [dot for dot in dots if (dot["number"], dot["group"]) == (1, "Staff")]
    assert [round(dot["along"], 2) for dot in own] == [0.0, 0.33, 1.0]
    assert len({dot["run"] for dot in own}) == 1
    assert len({dot["run"] for dot in dots}) == 4


def test_no_line_goes_across_a_round_in_which_too_few_answered() -> None:
    dots = multiples.spec(lines(("Staff", 1)), dark=True)["datasets"]["dots"]
    own = [dot for dot in dots if (dot["number"], dot["group"]) == (8, "Staff")]
    assert len(own) == len({dot["run"] for dot in own}) == 2


def test_the_band_is_the_middle_half_of_each_group() -> None:
    bands = multiples.spec(lines(), dark=False)["datasets"]["bands"]
    assert {(band["low"], band["high"]) for band in bands if band["at"] == 0} == {(1.0, 2.0)}


def test_each_year_stands_once_under_each_panel() -> None:
    years = multiples.spec(lines(), dark=False)["datasets"]["years"]
    assert [year["says"] for year in years if year["number"] == 1] == ["2025", "2026"]


def test_one_quarter_is_no_line_and_the_sentence_says_what_is_missing() -> None:
    for rows in (lines().head(0), lines().query("at == 0")):
        assert multiples.spec(rows, dark=False)["description"] == multiples.NOTHING
        assert multiples.told(rows) == multiples.NOTHING


def test_the_table_has_a_column_a_quarter_and_a_dash_for_the_hidden() -> None:
    table = multiples.table(lines(("Staff", 1)))
    assert list(table.columns) == ["Factor, and who", *QUARTERS]
    assert table.values.tolist()[1] == ["What we want: staff", "1 (1–2)", "–", "3 (3–2)"]


def test_it_says_in_words_from_where_to_where() -> None:
    assert "What we want, staff: from 1 to 3" in multiples.told(lines())


def test_the_chart_is_its_specification() -> None:
    for rows in (lines(), lines().head(0)):
        assert multiples.multiples(rows, dark=True).to_dict() == multiples.spec(rows, dark=True)
