"""A difference by cause: pieces that add up, told in words, and a sentence where nothing moved."""

from __future__ import annotations

import pandas as pd

from charts.causes import NOTHING, spec, table, told

ROWS = pd.DataFrame(
    [("A shop window", 8.0, 71.0, 3.0, 60.0), ("Leaflets", 5.0, 4.0, -2.0, 1.0)],
    columns=["what", "before", "after", "What they answered", "What we want"],
)


def test_every_cause_of_every_piece_of_advice_is_drawn_and_they_add_up() -> None:
    for dark in (False, True):
        made = spec(ROWS, dark=dark)
        pieces = made["layer"][0]["data"]["values"]
        assert sum(one["points"] for one in pieces) == 62
        assert made["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-2.0, 63.0]


def test_little_looks_little() -> None:
    made = spec(ROWS.tail(1), dark=False)
    assert made["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-2.0, 3.0]


def test_the_same_is_told_in_words_and_as_a_table() -> None:
    assert "Leaflets: 5 before, 4 after, What they answered −2, What we want +1" in told(ROWS)
    assert list(table(ROWS)["Why"]) == [
        "What they answered +3, What we want +60",
        "What they answered −2, What we want +1",
    ]


def test_where_nothing_moved_a_sentence_says_so() -> None:
    nothing = ROWS.head(0)
    assert told(nothing) == NOTHING
    assert spec(nothing, dark=False)["description"] == NOTHING
