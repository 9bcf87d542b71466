"""Words at the beginning of a sentence."""

from __future__ import annotations


def raised(words: str) -> str:
    """The same with a first letter that is large; months, names and all others stay as they are."""
    return words[:1].upper() + words[1:]
