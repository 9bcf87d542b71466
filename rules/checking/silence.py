"""Tests that nothing can pass, and rules whose tests cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.checking.choices import Budget, choices
from rules.checking.constraints import Slot, System
from rules.checking.findings import Finding, about
from rules.checking.implication import holds
from rules.checking.world import World
from rules.condition import Compare, OneOf, Reference, Same, Test, Value
from rules.domains import MISSING, Domain, admitted, constant, meet
from rules.intervals import beyond
from rules.pack import Attribute, Pattern, Rule


def impossible_tests(world: World, rule: Rule) -> Iterator[Finding]:
    """Each test of a rule that no value in the vocabulary passes, and each word that is no word
    of its attribute's closed list."""
    for pattern in (*rule.when, *rule.unless):
        for name, test in pattern.tests:
            message = _impossible(world, pattern, name, test)
            if message:
                yield about(rule, message, line=pattern.line)


def _impossible(world: World, pattern: Pattern, name: str, test: Test) -> str:
    domain = world.domain(pattern.kind, name)
    attribute = world.pack.kinds[pattern.kind].attributes.get(name)
    where = f"`{pattern.kind}.{name}`"
    strange = _strangers(world, domain, test)
    if strange:
        words = ", ".join(f"`{word}`" for word in strange)
        return f"{where} is never {words}: {_range(world, attribute, domain)}. Correct the word."
    if meet(domain, admitted(test, world.pack.parameters)).empty:
        return (
            f"no value of {where} passes this test: {_range(world, attribute, domain)}. "
            "The rule can never speak this way; correct the test or the vocabulary."
        )
    return ""


def _strangers(world: World, domain: Domain, test: Test) -> list[Value]:
    """The words of a test that its attribute cannot hold."""
    if not isinstance(test, OneOf) or domain.all_but:
        return []
    values = [constant(term, world.pack.parameters) for term in test.terms]
    return [v for v in values if v is not None and v not in replace(domain, missing=False)]


def _range(world: World, attribute: Attribute | None, domain: Domain) -> str:
    if domain.empty or domain == MISSING:
        return "no fact of the pack has it"
    if domain.words:
        words = sorted(str(word) for word in domain.words)
        more = f" and {len(words) - 8} more" if len(words) > 8 else ""
        return "it can be " + ", ".join(words[:8]) + more
    if attribute is not None and attribute.low is not None and attribute.high is not None:
        return f"it goes from {attribute.low:g} to {attribute.high:g}"
    if domain.intervals:
        return f"it goes from {domain.low:g} to {domain.high:g}"
    return "the vocabulary leaves it no such value"


def silent_for_ever(joined: System) -> str:
    """Why a rule can never speak, or '' if that could not be proved."""
    world, rule = joined.world, joined.rule
    for pattern in rule.when:
        if world.pack.kinds[pattern.kind].derived and not world.made(pattern, rule.stage):
            return _never_made(world, pattern)
    for pattern in rule.when:
        if _single_impossible(world, pattern):
            return ""  # said at the test itself
    if joined.conflict and not joined.rowless:
        return (
            f"it can never speak: {joined.conflict}. "
            "Correct or loosen one of these tests, or split the rule."
        )
    return _no_row(joined) or _always_silenced(joined)


def _single_impossible(world: World, pattern: Pattern) -> bool:
    return any(
        meet(world.domain(pattern.kind, name), admitted(test, world.pack.parameters)).empty
        for name, test in pattern.tests
    )


def _never_made(world: World, pattern: Pattern) -> str:
    named = [test for name, test in pattern.tests if name in ("name", "kind", "target")]
    terms = [term for test in named if isinstance(test, OneOf) for term in test.terms]
    words = [str(constant(term, world.pack.parameters)) for term in terms]
    what = f"`{pattern.kind}`" + (f" ({', '.join(words)})" if words else "")
    return (
        f"it can never speak: no rule of an earlier stage makes {what}. "
        "Write that rule, or move this one to a later stage."
    )


def _no_row(joined: System) -> str:
    fixed = [p.kind for p in joined.rule.when if joined.world.pack.kinds[p.kind].catalogue]
    missing = [kind for kind in fixed if kind not in joined.world.fixed]
    budget = Budget()
    found = next(choices(joined, joined.world.fixed, budget), None) if fixed else True
    if (found or budget.spent) and not missing and not joined.rowless:
        return ""
    named = [joined.rowless] if joined.rowless else missing or fixed
    kinds = ", ".join(f"`{kind}`" for kind in dict.fromkeys(named))
    return (
        f"it can never speak: no row of the catalogue ({kinds}) passes its tests. "
        "Add the row it means, or correct the tests."
    )


def _always_silenced(joined: System) -> str:
    for pattern in joined.rule.unless:
        if _surely_there(joined, pattern):
            return (
                f"it can never speak: its `unless` about `{pattern.kind}` always holds when the "
                "rest does. Make the `unless` narrower or take it out."
            )
    return ""


def _surely_there(joined: System, pattern: Pattern) -> bool:
    """Whether a fact of `when`, or a row of the catalogue, always fits an `unless`."""
    names = {p.alias: p.alias for p in joined.rule.when}
    for candidate in joined.rule.when:
        if candidate.kind == pattern.kind and all(
            holds(joined, Slot(candidate.alias, name), test, names) for name, test in pattern.tests
        ):
            return True
    rows = joined.world.fixed.get(pattern.kind, ())
    return any(
        all(_row_passes(joined, row.values.get(name), test) for name, test in pattern.tests)
        for row in rows
    )


def _row_passes(joined: System, value: Value | None, test: Test) -> bool:
    """Whether a value of the catalogue surely passes, whatever the rule matched."""
    if value not in admitted(test, joined.world.pack.parameters):
        return False
    match test:
        case Same(reference, negated):
            domain = joined.domain(reference)
            if negated:
                return value not in domain and not domain.missing
            return domain.only == value
        case Compare(order, Reference() as reference):
            domain = joined.domain(reference)
            ends = (domain.low, domain.high)
            surely = bool(domain.intervals) and not domain.missing
            return surely and all(value in Domain((beyond(order, end),)) for end in ends)
        case _:
            return True
