"""Answers that take long to work out, kept in this process by the facts and rules they rest on."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from rules.keeping import Kept
from services.advice import AdviceView

T = TypeVar("T")

KEPT = 256
"""What was used longest ago goes first."""

_answers: Kept[tuple[Hashable, ...], object] = Kept(KEPT)


def kept(view: AdviceView, what: Hashable, make: Callable[[], T]) -> T:
    """What was worked out from the same facts under the same rules, or else worked out now."""
    key = (view.organisation_id, view.facts_hash, view.pack.fingerprint, what)
    return _answers.get(key, make)  # type: ignore[return-value]  # as `what` was made before
