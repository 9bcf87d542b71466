"""The gap map: topics, voices and the corner where it matters most."""

from __future__ import annotations

import pandas as pd

from charts.gap_map import gap_map

TOPICS = pd.DataFrame(
    [("Helping people", 5.0, 1.0, 3), ("Finding staff", 5.0, 1.0, 1), ("Selling", 3.0, 3.5, 2)],
    columns=["topic", "importance", "current", "voices"],
)
VOICES = pd.DataFrame(
    [("Helping people", "Leadership", 4, 3), ("Helping people", "Customers", 5, 0)],
    columns=["topic", "voice", "importance", "current"],
)


def spec() -> dict:  # type: ignore[type-arg]
    chart = gap_map(TOPICS, VOICES, dark=True, title="What matters", description="Three topics.")
    return chart.to_dict()


def test_topics_on_one_spot_share_a_name_instead_of_covering_each_other() -> None:
    names = [row["name"] for data in spec()["datasets"].values() for row in data if "name" in row]
    assert sorted(names) == ["Helping people\nFinding staff", "Selling"]


def test_every_voice_is_joined_to_the_middle_of_its_topic() -> None:
    threads = [row for data in spec()["datasets"].values() for row in data if "x2" in row]
    assert {(row["voice"], row["x2"], row["y2"]) for row in threads} == {
        ("Leadership", 1.0, 5.0),
        ("Customers", 1.0, 5.0),
    }


def test_both_axes_say_their_range() -> None:
    text = str(spec())
    assert "How important it is (1 to 5)" in text
    assert "How well it works today (0 to 4)" in text


def test_names_of_neighbours_in_a_row_go_above_and_below_it() -> None:
    row = pd.DataFrame(
        [("What people say of us all the time", 4.0, 1.0, 1), ("Selling", 4.0, 2.0, 1)],
        columns=["topic", "importance", "current", "voices"],
    )
    layers = gap_map(row, VOICES, dark=False, title="", description="").to_dict()["layer"]
    lifts = [layer["mark"]["dy"] for layer in layers if "dy" in layer["mark"]]
    assert sorted(lift > 0 for lift in lifts) == [False, True]


def arrows(*before: tuple[str, float, float]) -> list[dict[str, object]]:
    was = pd.DataFrame(list(before), columns=["topic", "importance", "current"])
    made = gap_map(TOPICS, VOICES, dark=False, title="", description="", before=was).to_dict()
    own = VOICES["voice"].tolist()
    return [
        row
        for data in made["datasets"].values()
        for row in data
        if "x2" in row and row.get("voice") not in own
    ]


def test_an_arrow_leads_from_where_a_topic_was_and_only_if_it_moved() -> None:
    (arrow,) = arrows(("Selling", 4.0, 1.0), ("Helping people", 5.0, 1.0), ("Gone", 1.0, 1.0))
    assert (arrow["topic"], arrow["x2"], arrow["y2"], arrow["current"]) == ("Selling", 1, 4, 3.5)
    assert arrows() == []
