"""Hours by person: given, planned, and what nobody wrote down."""

from __future__ import annotations

import pandas as pd

from charts import hours_people

COLUMNS = ["name", "given", "planned", "logged"]


def people(*given: tuple[str, float | None, float, float | None]) -> pd.DataFrame:
    return pd.DataFrame(list(given), columns=COLUMNS)


ANN, BEN, CLEO = ("Ann", 5.0, 3.0, None), ("Ben", 3.0, 4.5, None), ("Cleo", None, 1.0, None)


def test_who_carries_more_than_there_is_comes_first_and_what_is_over_is_marked() -> None:
    made = hours_people.spec(people(ANN, BEN), dark=False)
    assert [row["name"] for row in made["datasets"]["rows"]] == ["Ben", "Ann"]
    (over,) = made["datasets"]["over"]
    assert (over["start"], over["planned"]) == (3.0, 4.5)
    assert made["datasets"]["rows"][0]["brief"] == "Ben · 1.5 h more than there are"
    assert made["params"] == [{"name": "most", "value": 5.0}]


def test_hours_that_nobody_gave_are_not_said_and_never_zero() -> None:
    (row,) = hours_people.table(people(CLEO)).values.tolist()
    assert row == ["Cleo", "–", "1 h", "–"]
    assert "1 h planned; hours not said" in hours_people.told(people(CLEO))


def test_it_says_whether_hours_are_written_down() -> None:
    without = hours_people.spec(people(ANN), dark=False)
    assert hours_people.NOT_LOGGED[:20] in " ".join(without["title"]["subtitle"])
    with_hours = hours_people.spec(people(("Ann", 5.0, 3.0, 6.5)), dark=False)
    assert "Dot: what it really took." in " ".join(with_hours["title"]["subtitle"])
    assert with_hours["datasets"]["logged"][0]["logged"] == 6.5
    assert with_hours["params"][0]["value"] == 6.5


def test_without_any_hours_a_sentence_says_so() -> None:
    for rows in (people(), people(("Ann", 0.0, 0.0, None))):
        assert hours_people.spec(rows, dark=True)["description"] == hours_people.NOTHING


def test_the_chart_is_its_specification() -> None:
    for rows in (people(ANN, BEN), people()):
        made = hours_people.hours_people(rows, dark=True).to_dict()
        assert made == hours_people.spec(rows, dark=True)
