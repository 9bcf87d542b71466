"""Choosing against doing: the path, its ends, and in which corner it lies."""

from __future__ import annotations

import pandas as pd
import pytest

from charts import balance

COLUMNS = ["quarter", "inner", "outer", "centre"]


def quarters(*given: tuple[str, float, float, float | None]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


PATH = quarters(
    ("Jan–Mar 2026", 1.0, 0.5, None), ("Apr–Jun 2026", 2.0, 1.5, 1.0), ("Jul–Sep 2026", 3, 2, 3)
)


def test_the_path_goes_through_the_quarters_and_names_its_ends() -> None:
    made = balance.spec(PATH, dark=False)
    dots = made["datasets"]["dots"]
    assert [(dot["inner"], dot["outer"], dot["at"]) for dot in dots] == [
        (1.0, 0.5, 0), (2.0, 1.5, 1), (3.0, 2.0, 2)
    ]  # fmt: skip
    assert [dot["named"] for dot in made["datasets"]["named"]] == ["Jan–Mar 2026", "Jul–Sep 2026"]
    assert "4.25" in str(made["datasets"]["diagonal"])


def test_the_better_we_learn_the_larger_the_dot_and_unknown_is_the_smallest() -> None:
    sizes = [dot["size"] for dot in balance.spec(PATH, dark=True)["datasets"]["dots"]]
    assert sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize(
    ("inner", "outer", "says"),
    [
        (3.0, 2.1, "Choosing and doing keep pace."),
        (3.0, 2.0, "Choosing is 1.0 of 4 ahead of doing."),
        (1.0, 2.5, "Doing is 1.5 of 4 ahead of choosing."),
    ],
)
def test_one_glance_says_which_cycle_is_ahead(inner: float, outer: float, says: str) -> None:
    rows = quarters(("Now", inner, outer, 2.0))
    made = balance.spec(rows, dark=False)
    assert made["description"].startswith(says)
    assert made["title"]["subtitle"][0].startswith(says[:20])


def test_without_a_whole_round_it_says_what_is_missing() -> None:
    assert balance.spec(quarters(), dark=False)["description"] == balance.NOTHING
    assert balance.told(quarters()) == balance.NOTHING


def test_the_table_has_the_same_numbers_and_no_zero_for_unknown() -> None:
    assert balance.table(PATH).values.tolist()[0] == [
        "Jan–Mar 2026", "1.0, by chance", "0.5, not there to by chance", "–"
    ]  # fmt: skip


def test_the_chart_is_its_specification() -> None:
    for rows in (PATH, quarters()):
        assert balance.balance(rows, dark=True).to_dict() == balance.spec(rows, dark=True)
