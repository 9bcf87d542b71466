"""Charts become pictures without any network, with their words in them."""

from __future__ import annotations

import struct

import pandas as pd

from charts import xmr
from documents import pictures
from tests.charts.test_xmr import NO_FLAGS, TITLE, month, rows


def drawn(given: pd.DataFrame) -> dict[str, object]:
    return xmr.spec(given, NO_FLAGS, dark=False, title=TITLE)


def test_a_picture_is_large_enough_for_print() -> None:
    made = pictures.png(drawn(rows(month(1, 10), month(2, 16, "outside"))))
    assert made.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", made[16:24])
    assert wide >= 2 * pictures.WIDE
    assert high > 600


def test_a_drawing_holds_its_words_and_fetches_nothing() -> None:
    made = pictures.svg(drawn(rows(month(1, 10), month(2, 16, "outside")))).decode()
    assert TITLE in made
    assert "usual up to 15" in made
    assert "href" not in made.replace("xlink", "")


def test_a_sentence_instead_of_a_picture_can_be_taken_too() -> None:
    assert "two values" in pictures.svg(drawn(rows())).decode()
