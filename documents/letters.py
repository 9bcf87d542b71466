"""What people typed, made fit for paper and for files: letters only, and not too many of them."""

from __future__ import annotations

import re
import unicodedata

_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDLESS_WORD = re.compile(r"(\S{12})(?=\S)")
_BREAK = "\u200b"
"""Invisible; here a line may end."""

LEFT_OUT = "□"
"""Stands on paper for a sign that cannot be printed."""

_LATIN = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F)),
    *((0x2013, 0x2013), (0x2026, 0x2026), (0x2212, 0x2212), (0x25A1, 0x25A1)),  # – … − □
)
_PRINTED = (
    *_LATIN,
    *((0x180, 0x2FF), (0x1E00, 0x1EFF)),  # more Latin
    *((0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3FF)),  # Greek
    *((0x400, 0x482), (0x48A, 0x4FF), (0x531, 0x556)),  # Cyrillic, Armenian
    *((0x5D0, 0x5EA), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x669)),  # Hebrew, Arabic
    *((0x2010, 0x2015), (0x2018, 0x2022), (0x2030, 0x203A), (0x20A0, 0x20BF)),  # marks, money
    *((0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193)),
)
"""First and last of the signs that the fonts inside typst have; a test prints them all."""


def fit(text: str, most: int) -> str:
    """Any text in one line of at most `most` letters, `…` where it was shortened; without letters
    that steer a machine or turn the text that follows."""
    letters = (" " if _steers(one) else one for one in text)
    line = " ".join(_TURNS_TEXT.sub("", "".join(letters)).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def on_paper(text: str, most: int) -> str:
    """`fit`, and a word that is longer than a line may be broken."""
    return breakable(fit(text, most))


def breakable(text: str) -> str:
    """The same letters; a word that is longer than a line may be broken."""
    return _ENDLESS_WORD.sub(rf"\1{_BREAK}", text)


def printable(text: str, *, latin: bool = False) -> str:
    """The text with LEFT_OUT for every sign that the fonts inside typst do not have, `latin`: that
    is not a Latin letter; what has no shape at all is dropped."""
    ranges = _LATIN if latin else _PRINTED
    signs = (one for one in unicodedata.normalize("NFC", text) if not _shapeless(one))
    return "".join(one if _within(ranges, one) else LEFT_OUT for one in signs)


def all_printed() -> str:
    """Every sign that stands on paper as it is."""
    return "".join(chr(code) for first, last in _PRINTED for code in range(first, last + 1))


def _steers(sign: str) -> bool:
    """What no text has: control codes, halves of pairs, and codes that are never a sign."""
    never = ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"
    return never or unicodedata.category(sign) in ("Cc", "Cs")


def _shapeless(sign: str) -> bool:
    """Joiners, marks of direction, and what chooses between shapes; not the place for a break."""
    chooses = "\ufe00" <= sign <= "\ufe0f" or "\U000e0000" <= sign <= "\U000e0fff"
    return sign != _BREAK and (chooses or unicodedata.category(sign) == "Cf")


def _within(ranges: tuple[tuple[int, int], ...], sign: str) -> bool:
    return sign == _BREAK or any(first <= ord(sign) <= last for first, last in ranges)
