"""The rule pack that the product ships, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rules.pack import Pack
from rules.reading import load

FOLDER = Path(__file__).resolve().parent.parent / "rules" / "packs" / "social_media"


@cache
def pack() -> Pack:
    """The checked pack; PackError if somebody broke it."""
    return load(FOLDER)
