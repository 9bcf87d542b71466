"""Spans of quarters, as words say them: `one quarter`, `2 to 3 quarters`."""

from __future__ import annotations

import re

_COUNTED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_COUNTED)})"
_SPAN = re.compile(rf"{_NUMBER}(?: to {_NUMBER})? quarters?", re.IGNORECASE)


def said(first: int, last: int) -> str:
    """`1 quarter`, `2 to 3 quarters`."""
    numbers = f"{first}" if first == last else f"{first} to {last}"
    return f"{numbers} {'quarter' if last == 1 else 'quarters'}"


def read(words: str) -> tuple[int, int]:
    """The earliest and the latest number of quarters; ValueError if the words say no such span."""
    found = _SPAN.fullmatch(words.strip())
    if found is None:
        raise ValueError(f"{words!r} is no span of quarters, such as “two quarters”")
    first, last = (_number(word) for word in (found[1], found[2] or found[1]))
    if not 0 < first <= last:
        raise ValueError(f"{words!r} is no span of quarters, such as “2 to 3 quarters”")
    return first, last


def _number(word: str) -> int:
    return _COUNTED.get(word.lower()) or int(word)
