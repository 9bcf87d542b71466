"""A what-if that is worked on, as a short text that the address of the page can hold.

It is somebody's own until it is kept, so it lies in no row: a reload, or Back, brings it again.
What an address holds is checked like everything from outside.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from rules.levers import Move
from services import moves
from services.board import Begins
from services.refusals import Refused

FORM = 1
LONGEST = 4_000
"""Letters that an address may be asked to hold; browsers and proxies take twice as many."""
UNPACKED = 100_000
UNREADABLE = (
    "The change in the address of this page cannot be read; it may be cut short, or older than "
    "this version. Nothing is changed here yet."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """From which quarter, from when on, and what is moved."""

    quarter_id: int
    begins: Begins
    moves: tuple[Move, ...]


def written(draft: Draft) -> str:
    """The text; '' if it would be too long for an address."""
    rows = [list(row.values()) for row in moves.written(draft.moves)]
    said = json.dumps([FORM, draft.quarter_id, draft.begins, rows], separators=(",", ":"))
    text = urlsafe_b64encode(zlib.compress(said.encode(), 9)).decode().rstrip("=")
    return text if len(text) <= LONGEST else ""


def read(text: str) -> Draft:
    """What a text holds. Refused if it is none of ours."""
    try:
        form, quarter_id, begins, rows = json.loads(_unpacked(text))
    except (ValueError, TypeError, RecursionError, zlib.error, NotBase64):
        raise Refused(UNREADABLE) from None
    if form != FORM or not isinstance(quarter_id, int) or not isinstance(rows, list):
        raise Refused(UNREADABLE)
    names = ("what", "name", "key", "attribute", "value")
    told = [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]
    found = moves.read(told)
    if len(found) != len(rows) or len({move.lever for move in found}) != len(found):
        raise Refused(UNREADABLE)
    return Draft(quarter_id, "today" if begins == "today" else "next_quarter", found)


def _unpacked(text: str) -> bytes:
    if len(text) > LONGEST:
        raise ValueError("too long")
    packed = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    opening = zlib.decompressobj()
    said = opening.decompress(packed, UNPACKED)
    if opening.unconsumed_tail or not opening.eof:
        raise ValueError("too long, or cut short")
    return said
