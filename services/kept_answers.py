"""Answers that take long to work out, kept in this process by the facts and rules they rest on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from services.advice import AdviceView

T = TypeVar("T")

KEPT = 256
"""What was used longest ago goes first."""

_answers: OrderedDict[tuple[Hashable, ...], object] = OrderedDict()
_lock = Lock()


def kept(view: AdviceView, what: Hashable, make: Callable[[], T]) -> T:
    """What was worked out from the same facts under the same rules, or else worked out now."""
    key = (view.organisation_id, view.facts_hash, view.pack.fingerprint, what)
    with _lock:
        if key in _answers:
            _answers.move_to_end(key)
            return _answers[key]  # type: ignore[return-value]
    answer = make()
    with _lock:
        _answers[key] = answer
        while len(_answers) > KEPT:
            _answers.popitem(last=False)
    return answer
