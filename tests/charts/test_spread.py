"""The spread: groups side by side, empty lanes where there are too few to show."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.spread import spread


def drawn(*rows: tuple[object, ...]) -> dict[str, Any]:
    columns = ["factor", "number", "group", "median", "low", "high", "lowest"]
    table = pd.DataFrame(list(rows), columns=columns)
    spec: dict[str, Any] = spread(table, dark=False, title="Answers", description="").to_dict()
    return spec


LEADERS = ("Listening", 5, "Leaders", 3.0, 3.0, 3.0, 3.0)
STAFF = ("Listening", 5, "Staff", 1.0, 0.0, 2.0, 0.0)
HIDDEN = ("Listening", 5, "Staff", None, None, None, None)


def groups(spec: dict[str, Any]) -> list[str]:
    return sorted(row["group"] for data in spec["datasets"].values() for row in data)


def test_leaders_and_staff_stand_side_by_side() -> None:
    assert groups(drawn(LEADERS, STAFF)) == ["Leaders", "Staff"]


def test_a_group_that_may_not_be_shown_leaves_no_number_in_the_chart() -> None:
    assert groups(drawn(LEADERS, HIDDEN)) == ["Leaders"]
    assert "Staff" in str(drawn(LEADERS, HIDDEN)["layer"])


def test_one_group_alone_needs_no_legend() -> None:
    assert "'legend': None" in str(drawn(STAFF))
