"""Filling a template: rows as JSON knows them, words in their places, no traces."""

from __future__ import annotations

import json

import pandas as pd

from charts.template import Words, filled

TEMPLATE = {"title": {"text": "", "fontSize": 15}, "layer": [], "height": 1}


def test_rows_are_plain_values_and_what_is_missing_is_nothing() -> None:
    rows = pd.DataFrame({"name": ["A", None], "points": [1.5, None], "at": [0, 1]})
    made = filled(TEMPLATE, Words("T", "D"), 40, {"rows": rows})
    assert json.loads(json.dumps(made, allow_nan=False))["datasets"]["rows"] == [
        {"name": "A", "points": 1.5, "at": 0},
        {"name": None, "points": None, "at": 1},
    ]


def test_words_and_height_stand_in_their_places_and_the_template_stays_as_it_is() -> None:
    before = json.dumps(TEMPLATE)
    made = filled(TEMPLATE, Words("Points", "Two rows.", "Ring: before."), 40, {})
    assert made["title"] == {"text": "Points", "fontSize": 15, "subtitle": ["Ring: before."]}
    assert (made["description"], made["height"]) == ("Two rows.", 40)
    assert json.dumps(TEMPLATE) == before
