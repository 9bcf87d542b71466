"""What a case can expect of advice; whatever does not hold is said as a sentence.

    top channel: [google_profile, newsletter]     the ranking begins with exactly these
    top 5 channel: {at least: 4, of: [a, b, c, d, e]}
    recommended: {channel: [a, b]}                among the recommended ones
    not recommended: {channel: c}
    blocked: {channel: [d]}
    found: [finding-name]       not found: [...]
    spoke: [rule.id]            silent: [rule.id]

Where targets belong to something, `top owner of newsletter: [p1]` and `recommended: {owner:
{newsletter: p1}}` name it. `top channel: []` expects that none is recommended. Equal ranks are
listed in the order of their ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rules.advice import Advice, Scored
from rules.facts import did_you_mean
from rules.pack import Find, Pack
from rules.targets import decided_kinds

TOP = re.compile(r"top(?: (\d+))? (\w+)(?: of (\w+))?")


def unmet(pack: Pack, advice: Advice, name: str, wanted: object) -> Iterator[str]:
    """Why one expectation of a case does not hold; nothing if it does."""
    top = TOP.fullmatch(name)
    if top:
        yield from _top(pack, advice, top, wanted)
    elif name in OF_TARGETS:
        yield from _targets(pack, advice, name, wanted)
    elif name in OF_NAMES:
        known = _rule_ids(pack) if name in ("spoke", "silent") else _findings(pack)
        for word in _words(wanted):
            if word not in known:
                yield f"{name}: there is no `{word}`.{did_you_mean(word, known)}"
            elif (word in OF_NAMES[name](advice)) == (name in ("silent", "not found")):
                yield f"{name}: `{word}` {'did' if name in ('silent', 'not found') else 'did not'}"
    else:
        known = {"top channel", *OF_TARGETS, *OF_NAMES}
        yield f"`{name}` is nothing that a case can expect.{did_you_mean(name, known)}"


def ranking(advice: Advice, kind: str, of: str = "") -> list[Scored]:
    """The recommended targets of a kind, best first, equal ones by id; of one thing or of all."""
    chosen = [
        scored
        for scored in advice.scored
        if scored.rank is not None and scored.target[0] == kind and of in ("", scored.target[2])
    ]
    return sorted(chosen, key=lambda scored: (scored.rank or 0, scored.target[1:]))


def _top(pack: Pack, advice: Advice, top: re.Match[str], wanted: object) -> Iterator[str]:
    number, kind, of = top.groups()
    if kind not in decided_kinds(pack):
        yield f"{top[0]}: no stage decides `{kind}`.{did_you_mean(kind, decided_kinds(pack))}"
        return
    ranked = [scored.target[1] for scored in ranking(advice, kind, of or "")]
    if isinstance(wanted, Mapping):
        yield from _enough(top[0], ranked[: int(number or 5)], wanted)
        return
    words = _words(wanted)
    size = int(number) if number else max(len(words), 1)
    if ranked[:size] != words:
        expected = ", ".join(words) or "none"
        yield f"{top[0]}: expected {expected}; the ranking is {_listed(ranked[: size + 3])}"


def _enough(name: str, first: list[str], wanted: Mapping[object, object]) -> Iterator[str]:
    named = _words(wanted.get("of"))
    least = wanted.get("at least", len(named))
    hits = sum(word in first for word in named)
    if not isinstance(least, int) or hits < least:
        yield f"{name}: only {hits} of at least {least} are in {_listed(first)}"


def _targets(pack: Pack, advice: Advice, name: str, wanted: object) -> Iterator[str]:
    if not isinstance(wanted, Mapping):
        yield f"{name}: write which kind, as in `{name}: {{channel: [newsletter]}}`"
        return
    for kind, targets in wanted.items():
        if kind not in decided_kinds(pack):
            close = did_you_mean(str(kind), decided_kinds(pack))
            yield f"{name}: no stage decides `{kind}`.{close}"
            continue
        for target, of in _each(targets):
            scored = _spoken(advice, str(kind), target, of)
            if not OF_TARGETS[name](scored):
                yield f"{name}: {kind} `{target}`{f' of `{of}`' if of else ''} {_state(scored)}"


def _each(targets: object) -> Iterator[tuple[str, str]]:
    """(target, what it belongs to), '' where that is left open."""
    if isinstance(targets, Mapping):
        for of, words in targets.items():
            yield from ((word, str(of)) for word in _words(words))
    else:
        yield from ((word, "") for word in _words(targets))


def _spoken(advice: Advice, kind: str, target: str, of: str) -> list[Scored]:
    return [
        scored
        for scored in advice.scored
        if scored.target[:2] == (kind, target) and of in ("", scored.target[2])
    ]


def _recommended(scored: list[Scored]) -> bool:
    return any(one.rank is not None for one in scored)


def _blocked(scored: list[Scored]) -> bool:
    return any(one.blocks for one in scored)


def _state(scored: list[Scored]) -> str:
    if not scored:
        return "was not spoken about"
    best = max(scored, key=lambda one: one.hundredths)
    if _blocked(scored):
        return f"is blocked by `{next(one for one in scored if one.blocks).blocks[0].rule.id}`"
    points = best.hundredths / 100
    return f"has {points:g} points" + (f" and rank {best.rank}" if best.rank else "")


OF_TARGETS: dict[str, Callable[[list[Scored]], bool]] = {
    "recommended": _recommended,
    "not recommended": lambda scored: not _recommended(scored),
    "blocked": _blocked,
    "not blocked": lambda scored: not _blocked(scored),
}


def _spoke(advice: Advice) -> set[str]:
    return {match.rule.id for match in advice.matches}


def _found(advice: Advice) -> set[str]:
    return {finding.name for finding in advice.findings}


OF_NAMES: dict[str, Callable[[Advice], set[str]]] = {
    "found": _found,
    "not found": _found,
    "spoke": _spoke,
    "silent": _spoke,
}


def _rule_ids(pack: Pack) -> set[str]:
    return {rule.id for rule in pack.rules}


def _findings(pack: Pack) -> set[str]:
    return {rule.conclusion.name for rule in pack.rules if isinstance(rule.conclusion, Find)}


def _words(wanted: object) -> list[str]:
    if wanted is None:
        return []
    return [str(word) for word in wanted] if isinstance(wanted, list | tuple) else [str(wanted)]


def _listed(ranked: list[str]) -> str:
    return ", ".join(ranked) or "empty"
