"""What matches, by nested loops over the definition: slow, short, and alone in its making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import ge, gt, le, lt

from rules.condition import (
    Between,
    Compare,
    OneOf,
    Parameter,
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)
from rules.pack import Fact, Pack, Pattern, Rule

Bound = Mapping[str, Fact]
ORDERS = {"at least": ge, "more than": gt, "at most": le, "less than": lt}


def matches(pack: Pack, rule: Rule, facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """Every tuple of facts that fits `when` and that no `unless` silences, in no order."""
    of_kind = [[fact for fact in facts if fact.kind == p.kind] for p in rule.when]
    for chosen in product(*of_kind):
        bound = {p.alias: fact for p, fact in zip(rule.when, chosen, strict=True)}
        if not all(_fits(pack, p, bound[p.alias], bound) for p in rule.when):
            continue
        silent = any(
            fact.kind == p.kind and _fits(pack, p, fact, bound)
            for p in rule.unless
            for fact in facts
        )
        if not silent:
            yield chosen


def _fits(pack: Pack, pattern: Pattern, fact: Fact, bound: Bound) -> bool:
    return all(_passes(pack, test, fact.values.get(n), bound) for n, test in pattern.tests)


def _passes(pack: Pack, test: Test, value: Value | None, bound: Bound) -> bool:
    def read(term: Term) -> Value | None:
        if isinstance(term, Reference):
            return bound[term.alias].values.get(term.attribute)
        return pack.parameters[term.name].value if isinstance(term, Parameter) else term.value

    if isinstance(test, Presence):
        return (value is not None) is test.known
    others = [read(term) for term in _terms(test)]
    if value is None or None in others:
        return False
    if isinstance(test, OneOf | Same):
        return (value in others) != test.negated
    if isinstance(test, Between):
        return others[0] <= value <= others[1]  # type: ignore[operator]
    return ORDERS[test.order](value, others[0])


def _terms(test: OneOf | Between | Compare | Same) -> tuple[Term, ...]:
    if isinstance(test, OneOf):
        return test.terms
    if isinstance(test, Between):
        return test.low, test.high
    return (test.term,) if isinstance(test, Compare) else (test.reference,)
