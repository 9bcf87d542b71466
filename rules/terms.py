"""What stands in a rule and decides what it says: its sums, what it speaks about, all its terms."""

from __future__ import annotations

from typing import Literal

from rules.condition import Expression, Reference, Term, terms_in, terms_of
from rules.pack import Find, Rule

End = Term | Literal["target"] | None


def expressions(rule: Rule) -> list[Expression]:
    """Points and both sides of each `where`: what must be known for a match to count."""
    sides = [side for line in rule.where for side in (line.left, line.right)]
    return sides if rule.points is None else [*sides, rule.points]


def ends(rule: Rule) -> tuple[End, ...]:
    """What a rule speaks about, and what it counts once."""
    end = rule.conclusion
    if isinstance(end, Find):
        return (end.about,)
    return (*end.targets, end.of, rule.once_per)


def terms(rule: Rule) -> list[End]:
    """Everything that decides what a rule says; its sentences aside."""
    tests = [test for pattern in (*rule.when, *rule.unless) for _, test in pattern.tests]
    found: list[End] = [term for test in tests for term in terms_of(test)]
    found += [term for expression in expressions(rule) for term in terms_in(expression)]
    return [*found, *ends(rule)]


def references(rule: Rule, alias: str) -> set[str]:
    """The attributes of the fact behind an alias that anything in the rule refers to."""
    referred = (term for term in terms(rule) if isinstance(term, Reference))
    return {term.attribute for term in referred if term.alias == alias}
