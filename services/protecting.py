"""Which rules keep people safe, their data private, or taking part voluntary."""

from __future__ import annotations

import re

from rules.pack import Rule

_SOURCES = re.compile(r"protect|priva|volunt|consent|secur|safe frame|voice safety")
"""What the source of such a rule says."""
_FACTS = {"volunteer", "voluntary", "two_factor"}


def protects(rule: Rule) -> bool:
    """Whether switching a rule off deserves a word of warning."""
    kinds = {pattern.kind for pattern in (*rule.when, *rule.unless)}
    names = {name for pattern in rule.when for name, _ in pattern.tests}
    return "safety" in kinds or bool(names & _FACTS) or bool(_SOURCES.search(rule.source.lower()))
