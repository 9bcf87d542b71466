"""The figure-of-eight: what it shows, checked on its specification."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from charts import river
from charts.stream import stream
from charts.theme import LEVEL_COLOURS, level_colour, level_word, mixed, words_on

NAMES = ["Objectives", "Audiences", "Activities", "Ownership"]
NAMES += ["Listening", "Engaging", "Measuring", "Culture"]


def stations(scores: list[float | None], held_back: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "number": range(1, 9),
            "name": NAMES,
            "score": pd.Series(scores, dtype="float64"),
            "held_back": [number == held_back for number in range(1, 9)],
            "note": ["7 answers"] * 8,
        }
    )


def hand_overs(**shares: float) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"start": start, "end": end, "share": shares.get(f"from_{start}")}
            for start, end in river.REACHES
        ]
    )


def drawn(scores: list[float | None], *, held_back: int = 0, dark: bool = False) -> dict[str, Any]:
    chart = stream(
        stations(scores, held_back),
        hand_overs(from_3=0.5),
        dark=dark,
        title="How each factor stands, from 0 to 4",
        description="Listening is lowest, at 1 of 4.",
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows(spec: dict[str, Any], *columns: str) -> list[dict[str, Any]]:
    return [
        row for data in spec["datasets"].values() for row in data if all(c in row for c in columns)
    ]


MIXED: list[float | None] = [3, 2.5, 2, 3, 1, 2, 2, 3]


def test_it_says_its_unit_and_describes_itself() -> None:
    spec = drawn(MIXED)
    assert spec["title"]["text"] == "How each factor stands, from 0 to 4"
    assert spec["description"] == "Listening is lowest, at 1 of 4."


def test_the_bed_is_narrowest_beside_the_weakest_station() -> None:
    widths = rows(drawn(MIXED, held_back=5), "width", "piece", "x")
    narrowest = min(widths, key=lambda row: row["width"])
    assert "5" in narrowest["piece"].split("/")[0].split("-")


def test_the_station_that_holds_back_is_ringed_and_named_to_a_screen_reader() -> None:
    held = [row for row in rows(drawn(MIXED, held_back=5), "fill") if row["held_back"]]
    assert {row["name"] for row in held} == {"Listening"}


def test_a_score_that_is_not_known_is_hollow_and_never_zero() -> None:
    unknown = rows(drawn([None, *MIXED[1:]]), "fill", "says")
    first = next(row for row in unknown if row["number"] == 1)
    assert first["says"] == "not known yet"
    assert first["fill"] == "#FFFFFF"


def test_only_known_hand_overs_carry_water() -> None:
    water = rows(drawn(MIXED), "water", "piece")
    assert {row["piece"].split("/")[0] for row in water} == {"3-4"}


def test_more_is_handed_over_where_more_water_flows() -> None:
    def widest(share: float) -> float:
        chart = stream(
            stations([4] * 8), hand_overs(from_3=share), dark=False, title="", description=""
        )
        return float(max(row["water"] for row in rows(chart.to_dict(), "water", "piece")))

    assert widest(0.2) < widest(0.9)


def test_water_never_leaves_its_bed() -> None:
    chart = stream(stations([0] * 8), hand_overs(from_3=1), dark=False, title="", description="")
    water = max(row["water"] for row in rows(chart.to_dict(), "water", "piece"))
    bed = max(row["width"] for row in rows(chart.to_dict(), "width", "piece"))
    assert water <= bed


def test_a_loop_says_its_mean_only_when_all_of_it_is_known() -> None:
    partly = [None, *MIXED[1:]]
    assert {row["text"] for row in rows(drawn(partly), "text")} == {"Choosing", "Doing\n1.7"}


@pytest.mark.parametrize("dark", [False, True])
def test_light_and_dark_take_the_page_s_colours(dark: bool) -> None:
    spec = drawn([None] * 8, dark=dark)
    assert spec["title"]["color"] == ("#F2F4F8" if dark else "#262A33")


def test_neighbours_meet_where_the_next_reach_begins() -> None:
    for (_, end), (start, after) in zip(river.REACHES, river.REACHES[1:], strict=False):
        last, first = river.way(_, end).iloc[-1], river.way(start, after).iloc[0]
        assert (last.x, last.y) == pytest.approx((first.x, first.y), abs=1e-9)


def test_the_colours_of_levels_run_from_vermilion_to_blue_without_black() -> None:
    assert [level_colour(score) for score in range(5)] == list(LEVEL_COLOURS)
    assert "#000000" not in LEVEL_COLOURS


def test_half_a_level_lies_between_two_words_and_two_colours() -> None:
    assert level_word(2.5) == "agreed to lived"
    assert level_colour(2.5) == mixed(LEVEL_COLOURS[2], LEVEL_COLOURS[3], 0.5)


def test_numbers_can_be_read_on_every_level() -> None:
    assert [words_on(colour) for colour in LEVEL_COLOURS] == [
        "#FFFFFF", "#14171D", "#14171D", "#14171D", "#FFFFFF",
    ]  # fmt: skip


# ---- The banks of the quarter before -----------------------------------------------------------


def banks(scores: list[float | None], before: list[float | None]) -> list[dict[str, Any]]:
    chart = stream(
        stations(scores),
        hand_overs(),
        dark=False,
        title="",
        description="",
        before=pd.DataFrame({"number": range(1, 9), "score": pd.Series(before, dtype="float64")}),
    )
    return rows(chart.to_dict(), "was", "side")


def test_dashed_banks_stand_only_where_the_river_was_otherwise() -> None:
    was: list[float | None] = [*MIXED[:5], 4.0, *MIXED[6:]]
    found = banks(MIXED, was)
    assert {row["line"].split("/")[0] for row in found} == {"5-6", "6-7"}
    assert {row["side"] for row in found} == {1, -1}
    assert max(row["was"] for row in found) == pytest.approx(0.05 + 0.092 * 4)


def test_where_nothing_changed_or_was_not_known_there_are_no_banks() -> None:
    assert banks(MIXED, MIXED) == []
    assert banks([None, *MIXED[1:]], MIXED) == []
    assert banks(MIXED, [None] * 8) == []
