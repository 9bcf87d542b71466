"""Five words to come back with: easy to write down, hard to guess (35 thousand million ways)."""

from __future__ import annotations

import secrets

WORDS = tuple(
    """
    acorn amber anchor apple april arrow aspen autumn baker bamboo basil beach berry birch bird
    blue boat bread breeze bridge brook butter candle canoe carrot castle cedar cherry circle clay
    cliff cloud clover coast copper coral cotton cricket crystal daisy dawn delta desert dolphin
    dragon drum eagle earth echo elm ember falcon feather fern field flute forest fountain fox
    garden garlic ginger glass gold goose grape grass green guitar harbour harvest hazel hedge
    heron hill honey horse island ivory ivy jade jasmine juniper kettle kite lake lamp lantern
    leaf lemon lily lion maple marble meadow melon mint mirror moon moss mountain nest nutmeg oak
    ocean olive orange orchid otter owl paper peach pearl pebble pepper pine planet plum pond
    poppy quiet rain raven river robin rose saddle sage sail
    """.split()  # noqa: SIM905  (a list of 129 lines reads no better)
)


def chosen(count: int = 5) -> str:
    """That many words, drawn at random, with spaces between them."""
    return " ".join(secrets.choice(WORDS) for _ in range(count))


def tidied(words: str) -> str:
    """What somebody typed, as it was given: small letters, single spaces, no dashes."""
    return " ".join(words.replace("-", " ").replace(",", " ").casefold().split())
