"""Loops over time: days of a turn, hits by quarter, and the ledger of both loops."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from charts import hit_rate, loop_days, loop_ledger

STEPS = ["what", "signal", "insight", "decision", "change", "check"]
WHOLE = (
    "Newsletter", date(2026, 1, 1), date(2026, 1, 11), date(2026, 2, 1), date(2026, 2, 3),
    date(2026, 4, 1),
)  # fmt: skip
SHORT = ("Films", None, None, date(2026, 3, 1), None, date(2026, 3, 11))
ALONE = ("Talks", None, None, date(2026, 3, 1), None, None)


def turns(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=STEPS)


def by_quarter(*given: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=["quarter", "single", "double", "hits", "scored"])


FIRST = ("Jul–Sep 2026", 2, 1, 0.5, 4)
SECOND = ("Oct–Dec 2026", 0, 0, 1.0, 1)
SILENT = ("Apr–Jun 2026", 0, 0, None, 0)


def data(made: dict[str, Any], name: str = "rows") -> list[dict[str, Any]]:
    return list(made["datasets"][name])


# ---- Days of a turn ----------------------------------------------------------------------------


def test_a_turn_is_as_long_as_its_days_and_each_step_has_its_mark() -> None:
    made = loop_days.spec(turns(WHOLE, SHORT), dark=False)
    assert [row["days"] for row in data(made)] == [90, 10]
    assert [row["at"] for row in data(made, "steps")] == [0, 10, 31, 33, 90, 0, 10]
    assert len({row["shape"] for row in data(made, "steps")}) == 5
    assert data(made)[0]["brief"] == "Newsletter · 90 days"


def test_the_median_is_one_line_through_all() -> None:
    made = loop_days.spec(turns(WHOLE, SHORT), dark=False)
    assert {row["middle"] for row in data(made)} == {50}
    assert "takes 50 days (median)" in made["description"]
    assert made["params"] == [{"name": "most", "value": 90.0}]


def test_the_longest_wait_is_marked_and_said_at_the_head() -> None:
    made = loop_days.spec(turns(WHOLE, ("B", *WHOLE[1:])), dark=False)
    assert [(row["start"], row["end"]) for row in data(made, "waits")] == [(33, 90)] * 2
    assert "between change and check, 57 days (median)" in " ".join(made["title"]["subtitle"])
    once = loop_days.spec(turns(WHOLE), dark=False)
    assert data(once, "waits") == []
    assert "longest" not in once["description"]


def test_steps_of_one_day_stand_side_by_side() -> None:
    day = date(2026, 3, 1)
    made = loop_days.spec(turns(("A", None, None, day, day, date(2026, 4, 1))), dark=False)
    assert [row["aside"] for row in data(made, "steps")] == [0, 1, 0]


def test_a_turn_with_one_step_is_no_turn_yet() -> None:
    assert loop_days.spec(turns(ALONE), dark=False)["description"] == loop_days.NOTHING
    assert loop_days.told(turns()) == loop_days.NOTHING
    assert len(data(loop_days.spec(turns(SHORT, ALONE), dark=True))) == 1


def test_the_table_has_the_date_of_each_step() -> None:
    (row,) = loop_days.table(turns(SHORT)).values.tolist()
    assert row == ["Films", "decision 1 Mar 2026, check 11 Mar 2026", "10"]


def test_a_turn_within_a_day_can_be_drawn() -> None:
    same = ("A", None, date(2026, 3, 1), date(2026, 3, 1), None, None)
    assert loop_days.spec(turns(same), dark=False)["params"][0]["value"] == 1.0


# ---- Hits by quarter ---------------------------------------------------------------------------


def test_hits_are_percent_with_how_many_beside_them() -> None:
    made = hit_rate.spec(by_quarter(SILENT, FIRST, SECOND), dark=False)
    assert [(row["percent"], row["says"]) for row in data(made)] == [(50, "of 4"), (100, "of 1")]
    assert "Jul–Sep 2026: 50% of 4" in made["description"]


@pytest.mark.parametrize("given", [(), (SILENT,), (SILENT, FIRST)])
def test_one_quarter_is_no_line(given: tuple[tuple[object, ...], ...]) -> None:
    made = hit_rate.spec(by_quarter(*given), dark=True)
    assert made["description"] == hit_rate.NOTHING


def test_the_table_has_quarters_without_scores_too() -> None:
    first, second = hit_rate.table(by_quarter(SILENT, FIRST)).values.tolist()
    assert (first, second) == (["Apr–Jun 2026", "–", "0"], ["Jul–Sep 2026", "50%", "4"])


# ---- The ledger of both loops ------------------------------------------------------------------


def test_done_better_stands_above_and_questioned_below() -> None:
    made = loop_ledger.spec(by_quarter(FIRST, SECOND), dark=False)
    assert [row["height"] for row in data(made)] == [2, -1, 0, 0]
    assert [row["says"] for row in data(made)] == ["2", "1", "", ""]
    assert made["params"] == [{"name": "most", "value": 2.0}]


def test_without_a_lesson_the_ledger_is_a_sentence() -> None:
    for given in (by_quarter(), by_quarter(SILENT, SECOND)):
        assert loop_ledger.spec(given, dark=False)["description"] == loop_ledger.NOTHING
        assert loop_ledger.told(given) == loop_ledger.NOTHING


def test_the_table_of_the_ledger_has_the_same_counts() -> None:
    assert loop_ledger.table(by_quarter(FIRST)).values.tolist() == [["Jul–Sep 2026", "2", "1"]]


# ---- All three ---------------------------------------------------------------------------------


def test_charts_and_their_specifications_are_the_same() -> None:
    for given in (turns(WHOLE), turns()):
        assert loop_days.loop_days(given, dark=True).to_dict() == loop_days.spec(given, dark=True)
    for rows in (by_quarter(FIRST, SECOND), by_quarter()):
        assert hit_rate.hit_rate(rows, dark=True).to_dict() == hit_rate.spec(rows, dark=True)
        made = loop_ledger.loop_ledger(rows, dark=True).to_dict()
        assert made == loop_ledger.spec(rows, dark=True)
