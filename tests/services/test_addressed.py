"""What an address holds comes back as it was, or is refused in a sentence."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode

import pytest

from rules.levers import Lever, Move
from services import addressed
from services.addressed import Draft
from services.refusals import Refused

MOVES = (
    Move(Lever("fact", "objective", ("sales",), "priority"), None),
    Move(Lever("fact", "audience_use", ("starter:recruiting", "xing"), "share"), 0.4),
    Move(Lever("parameter", "plan_filling"), 0.9),
    Move(Lever("rule", "channel.heavy-without-need"), False),
)


def text(said: object) -> str:
    packed = zlib.compress(json.dumps(said).encode(), 9)
    return urlsafe_b64encode(packed).decode().rstrip("=")


def test_what_is_written_is_read_again() -> None:
    draft = Draft(3, "today", MOVES)
    assert addressed.read(addressed.written(draft)) == draft


def test_it_is_short() -> None:
    shares = tuple(
        Move(Lever("fact", "audience_use", (f"starter:{name}", f"channel{at}"), "share"), at / 25)
        for name in ("recruiting", "service", "reputation")
        for at in range(25)
    )
    assert 0 < len(addressed.written(Draft(3, "today", shares))) < 1_500


ROW = ["fact", "objective", ["sales"], "priority", 3]


@pytest.mark.parametrize(
    "said",
    [
        "not base64 \u00e4",
        addressed.written(Draft(3, "today", MOVES))[:-8],
        text([2, 3, "today", []]),
        text([1, "3", "today", []]),
        text([1, 3, "today", {}]),
        text([1, 3, "today", [ROW, ROW]]),
        text([1, 3, "today", [["fact", "objective", [["sales"]], "priority", 3]]]),
        text([1, 3, "today", [["fact"]]]),
        text({"a": 1}),
        text([1, 3, "today", [], 5]),
        text("0" * 200_000),
        text(None),
    ],
)
def test_what_is_none_of_ours_is_refused(said: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        addressed.read(said)
