"""Numbers as people and programs write them: `1.234,5`, `1,234.5`, `12 %`, `1 234`, `3 €`.

What can be read in two ways is never guessed: `1.234` is asked about. What is empty is unknown, and
unknown is never 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from services.refusals import Refused

Mark = Literal[",", "."]
"""What marks the decimals."""

LARGEST = 1e12
LONGEST = 100
"""Letters of a cell that may hold a number."""
EMPTY = {
    "", "-", "–", "—", "?", "n/a", "na", "n.a.", "k. a.", "k.a.", "keine angabe", "null", "none",
    "nan", "undefined", "unknown", "unbekannt", "not known", "#n/a", "#nv",
}  # fmt: skip
"""Ways of saying that nothing is known."""

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MONEY = re.compile(r"^(?:[€$£]|eur|chf|usd|gbp)\s*|\s*(?:[€$£]|eur|chf|usd|gbp)$", re.IGNORECASE)
_NUMBER = re.compile(r"^[+-]?(?:[0-9][0-9.,'’ ]*)?[0-9]$|^[+-]?[.,][0-9]+$")
_GROUPS = re.compile(r"^[0-9]{1,3}(?:[.,'’ ][0-9]{3})+$")


class Ambiguous(Refused):
    """A number that may mean two things; `one` and `other` are what they would be."""

    def __init__(self, text: str, one: float, other: float) -> None:
        super().__init__(
            f"“{text}” can be read in two ways: as {one:g}, or as {other:g}. "
            "Say which sign marks the decimals."
        )
        self.text = text


def number(text: str, mark: Mark | None = None) -> float | None:
    """The number that is written, None if it says that nothing is known; a per cent sign is no part
    of it. `mark` is known from elsewhere. Raises Ambiguous, and Refused for what is no number."""
    if len(text) > LONGEST:
        raise Refused(f"“{_short(text)}” is no number.")
    said = _bare(text)
    if said.lower() in EMPTY:
        return None
    if not _NUMBER.match(said):
        raise Refused(f"“{_short(text)}” is no number.")
    sign = -1.0 if said.startswith("-") else 1.0
    value = sign * _read(said.lstrip("+-"), mark, _short(text))
    if abs(value) > LARGEST:
        raise Refused(f"“{_short(text)}” is larger than any number of yours can be.")
    return value + 0.0


def per_cent(text: str) -> bool:
    """Whether it is written as a percentage."""
    return text.strip().endswith("%")


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """The sign that marks the decimals of a column, as far as any of its cells proves it. Refused
    if one cell proves the comma and another one the point."""
    proofs: dict[Mark, str] = {}
    for text in texts:
        if len(text) > LONGEST:
            continue
        said = _bare(text).lstrip("+-")
        if (found := _proved(said)) and _NUMBER.match(said):
            proofs.setdefault(found, text.strip())
    if len(proofs) == 2:
        raise Refused(
            f"In “{proofs[',']}” the comma marks the decimals, in “{proofs['.']}” the point. "
            "Write them all in one way."
        )
    return next(iter(proofs), None)


def _bare(text: str) -> str:
    """Without what stands around a number: spaces, money, a per cent sign; with one kind of minus
    and one kind of space."""
    said = _SPACES.sub(" ", text).strip().replace("−", "-")
    said = said.removesuffix("%").strip()
    said = _MONEY.sub("", said).strip()
    return re.sub(r"^([+-])\s+", r"\1", said)


def _read(said: str, mark: Mark | None, shown: str) -> float:
    proved = _proved(said)
    if proved and mark and proved != mark:
        raise Refused(f"“{shown}” does not fit: elsewhere the {_named(mark)} marks the decimals.")
    mark = proved or mark
    if mark is None and _both_ways(said):
        whole = float(re.sub(r"[.,]", "", said))
        raise Ambiguous(shown, whole, float(said.replace(",", ".")))
    before, found, after = said.rpartition(mark) if mark else (said, "", "")
    if not found:
        before, after = said, ""
    if before and not (before.isdigit() or _grouped(before)):
        raise Refused(f"“{shown}” is no number: its digits are not in groups of three.")
    if after and not after.isdigit():
        raise Refused(f"“{shown}” is no number.")
    return float(f"{re.sub(r'[^0-9]', '', before) or '0'}.{after or '0'}")


def _grouped(digits: str) -> bool:
    """Groups of three with one and the same sign between them."""
    return bool(_GROUPS.match(digits)) and len(set(re.sub(r"\d", "", digits))) == 1


def _both_ways(said: str) -> bool:
    """One comma or point with three digits behind it and a whole group before it."""
    return bool(re.match(r"^[1-9]\d{0,2}[.,]\d{3}$", said))


def _proved(said: str) -> Mark | None:
    """The sign that must mark the decimals of this one number; None if nothing proves it."""
    commas, points = said.count(","), said.count(".")
    if commas and points:
        return "," if said.rfind(",") > said.rfind(".") else "."
    if commas + points == 1 and not _both_ways(said):
        grouped = re.match(r"^[1-9]\d{0,2}(?:['’ ]\d{3})+[.,]\d+$", said)
        plain = re.match(r"^\d*[.,]\d+$", said)
        if grouped or plain:
            return "," if commas else "."
    if commas > 1 or points > 1:
        return "." if commas else ","
    return None


def _named(mark: Mark) -> str:
    return "comma" if mark == "," else "point"


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"
