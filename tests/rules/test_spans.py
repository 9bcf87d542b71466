"""A span of quarters is said and read in one way."""

from __future__ import annotations

import pytest

from rules import spans
from services import rulebook


@pytest.mark.parametrize(
    ("words", "found"),
    [("one quarter", (1, 1)), ("two quarters", (2, 2)), ("1 quarter", (1, 1)),
     ("2 to 3 quarters", (2, 3)), ("3 to 5 quarters", (3, 5))],
)  # fmt: skip
def test_a_span_is_read_from_words_and_figures(words: str, found: tuple[int, int]) -> None:
    assert spans.read(words) == found
    assert spans.read(spans.said(*found)) == found


@pytest.mark.parametrize(
    "words", ["", "soon", "two months", "a few quarters", "3 to 2 quarters", "0 quarters"]
)
def test_what_is_no_span_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="no span of quarters"):
        spans.read(words)


def test_objectives_say_in_words_what_they_say_in_figures() -> None:
    for entry in rulebook.pack().catalogues["objectives"].values():
        figures = (entry.values["outcome_quarters_from"], entry.values["outcome_quarters_to"])
        assert spans.read(str(entry.values["outcome"])) == figures
