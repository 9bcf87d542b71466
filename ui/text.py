"""What people typed, shown as they typed it."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_JOINER = "\u2060"  # invisible; stops links and icons that are made of words after parsing
_MADE_LATER = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)
_IN_PAIRS = re.compile(r"([*`~$]|:(?=\S*\[))")
_BROKEN_UP = re.compile(
    r"(?<=[-!#&+:;<=>@\[\\\]|])(?!\s)|(?=\[)|(?<=_)|(?=_)"  # within a line
    r"|^(?=[-#>+])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])"  # what begins a list, a title, a quote
)


def plain(text: str) -> str:
    """Any text as Markdown that shows exactly its letters, in one line; nothing in it is bold, a
    link, a formula or an icon."""
    one_line = " ".join(text.split())
    return _MARKS.sub(r"\\\1", _MADE_LATER.sub(_JOINER, one_line))


def label(text: str) -> str:
    """Any text as the label of a field, which is Markdown to the eye and read aloud as it stands:
    what `plain` marks with backslashes is broken up by a letter that nobody sees or hears. Only
    stars, waves, backticks, dollars and a colon before brackets keep their backslash."""
    one_line = _MADE_LATER.sub(_JOINER, " ".join(text.split()))
    return _IN_PAIRS.sub(r"\\\1", _BROKEN_UP.sub(_JOINER, one_line))
