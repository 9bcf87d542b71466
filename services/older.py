"""Whether a what-if was made on older facts or other rules than those of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rules.pack import Fact
from services import facts, lever_words
from services.advice import AdviceView

_PASSING = {("account", "days_quiet")}
"""What changes with the calendar alone makes nothing older."""


@dataclass(frozen=True, slots=True)
class Stale:
    """Why a what-if is older than what is known now: kinds of facts that changed, in words, and
    whether the rules did; `sentence` says it and offers to recalculate."""

    facts: tuple[str, ...]
    rules: bool
    sentence: str


def older(view: AdviceView, basis: Mapping[str, str], fingerprint: str) -> Stale | None:
    """What changed since a what-if was calculated; None if nothing did."""
    now = made_on(view.facts)
    kinds = [name for name in view.pack.kinds if now.get(name) != basis.get(name)]
    rules = view.pack.fingerprint != fingerprint
    if not kinds and not rules:
        return None
    titles = [lever_words.TITLES.get(name) or view.pack.kinds[name].what for name in kinds]
    changed = [*(f"{one[:1].lower()}{one[1:]}" for one in titles), *(["the rules"] * rules)]
    sentence = (
        f"This was made before something changed: {', '.join(changed)}. "
        "Recalculate it to see what it says now; what it said then stays until you do."
    )
    return Stale(tuple(titles), rules, sentence)


def made_on(known: Sequence[Fact]) -> dict[str, str]:
    """By kind, the SHA-256 of its facts."""
    by_kind: dict[str, list[Fact]] = {}
    for fact in known:
        values = {n: v for n, v in fact.values.items() if (fact.kind, n) not in _PASSING}
        by_kind.setdefault(fact.kind, []).append(replace(fact, values=values))
    return {kind: facts.digest(some) for kind, some in by_kind.items()}
