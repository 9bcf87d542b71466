"""What people typed, shown as they typed it."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\u2060"  # invisible; stops links and icons that are made of words after parsing
_MADE_LATER = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: str) -> str:
    """Any text as Markdown that shows exactly its letters, in one line; nothing in it is bold, a
    link, a formula or an icon."""
    one_line = " ".join(text.split())
    return _MARKS.sub(r"\\\1", _MADE_LATER.sub(_JOINER, one_line))
