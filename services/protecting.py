"""Which rules keep people safe, their data private, or taking part voluntary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules.condition import Constant, OneOf
from rules.pack import Find, Pack, Rule

_SOURCES = re.compile(r"protect|priva|volunt|consent|secur|safe frame|voice safety")
"""What the source of such a rule says."""
_FACTS = {"volunteer", "voluntary", "two_factor", "admins"}


def protecting(pack: Pack) -> frozenset[str]:
    """The rules of which switching off deserves a word of warning: those that protect, and those
    that speak because such a rule has found something."""
    own = {rule.id for rule in pack.rules if _by_itself(rule)}
    conclusions = (rule.conclusion for rule in pack.rules if rule.id in own)
    found = {one.name for one in conclusions if isinstance(one, Find)}
    return frozenset(own | {rule.id for rule in pack.rules if found & set(_awaited(rule))})


def _by_itself(rule: Rule) -> bool:
    kinds = {pattern.kind for pattern in (*rule.when, *rule.unless)}
    names = {name for pattern in rule.when for name, _ in pattern.tests}
    return "safety" in kinds or bool(names & _FACTS) or bool(_SOURCES.search(rule.source.lower()))


def _awaited(rule: Rule) -> Iterator[object]:
    """The names of the findings that make a rule speak."""
    for pattern in rule.when:
        if pattern.kind != "finding":
            continue
        for name, test in pattern.tests:
            if name == "name" and isinstance(test, OneOf) and not test.negated:
                yield from (term.value for term in test.terms if isinstance(term, Constant))
