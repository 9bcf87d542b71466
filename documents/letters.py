"""What people typed, made fit for paper and for files: letters only, and not too many of them."""

from __future__ import annotations

import re
import unicodedata

_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDLESS_WORD = re.compile(r"(\S{12})(?=\S)")
_BREAK = "\u200b"
"""Invisible; here a line may end."""


def fit(text: str, most: int) -> str:
    """Any text in one line of at most `most` letters, `…` where it was shortened; without letters
    that steer a machine or turn the text that follows."""
    letters = (" " if unicodedata.category(one) in ("Cc", "Cs") else one for one in text)
    line = " ".join(_TURNS_TEXT.sub("", "".join(letters)).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def on_paper(text: str, most: int) -> str:
    """`fit`, and a word that is longer than a line may be broken."""
    return _ENDLESS_WORD.sub(rf"\1{_BREAK}", fit(text, most))
