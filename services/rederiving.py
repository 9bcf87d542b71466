"""A milestone derives its own advice again, from what was frozen alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from rules import engine
from services import frozen, rulebook, thawing
from services.refusals import Refused

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Rederived:
    """`same`: the advice came out byte for byte as it was frozen; else `differs` says what does
    not, in sentences. `newer` says so if other rules are delivered by now: they were not used."""

    same: bool
    differs: tuple[str, ...] = ()
    newer: str = ""


def rederive(session: Session, milestone_id: int) -> Rederived:
    """Facts, rules and changes of then through the engine of now. It writes nothing."""
    try:
        then = thawing.thaw(session, milestone_id)
    except Refused as refusal:
        return Rederived(False, (str(refusal),))
    pack = then.pack
    derived = engine.recommend(pack, then.facts, then.names)
    text = frozen.advice_text(pack, derived, then.names)
    newer = _newer(then.rules)
    if text == then.advice:
        return Rederived(True, newer=newer)
    differs = []
    if pack.fingerprint != then.rules["fingerprint"]:
        differs.append("This version of the tool reads the rules of then otherwise than it did.")
    differs += _differences(json.loads(then.advice), json.loads(text))
    return Rederived(False, tuple(differs), newer)


def _newer(then: Mapping[str, Any]) -> str:
    now = rulebook.pack()
    if now.fingerprint == then["delivered"]:
        return ""
    if now.version == then["version"]:
        return "The rules that come with the tool were changed since; those of then were used."
    return (
        f"The tool comes with rules of version {now.version} by now; "
        f"those of then, version {then['version']}, were used."
    )


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = list(_targets(then["targets"], now["targets"]))
    more = len(found) - SHOWN
    told = [*found[:SHOWN], *([f"And {more} more." if more > 1 else "And one more."] * (more > 0))]
    if then["findings"] != now["findings"]:
        told.append("What the rules notice beside it differs too.")
    return told


def _targets(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[str]:
    old, new = ({(t["kind"], t["target"], t["of"]): t for t in some} for some in (then, now))
    for key in [*old, *(key for key in new if key not in old)]:
        was, is_ = old.get(key), new.get(key)
        title = (was or is_ or {})["title"]
        if was is None:
            yield f"“{title}” was not spoken of then."
        elif is_ is None:
            yield f"“{title}” is not spoken of any more."
        elif was["hundredths"] != is_["hundredths"]:
            yield f"“{title}” had {_points(was)} points and comes to {_points(is_)}."
        elif was != is_:
            yield f"“{title}” has the same points, for other reasons or in other words."


def _points(target: Mapping[str, Any]) -> str:
    return f"{target['hundredths'] / 100:g}"
