"""Whether one rule surely matches wherever another does, with the same conclusion.

Decided by mapping each pattern of the wider rule to one of the narrower rule and proving every
test. What it cannot see: a wider rule that needs a catalogue row which is always there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rules.checking.arithmetic import certainly_true
from rules.checking.choices import Budget
from rules.checking.constraints import Slot, System
from rules.condition import (
    Compare,
    Comparison,
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
    Same,
    Term,
    Test,
    references_in,
)
from rules.domains import KNOWN, admitted, constant, meet, within
from rules.pack import Find, Pattern, Rule

Names = Mapping[str, str]
"""Alias in the wider rule -> alias in the narrower one."""


def mappings(narrow: System, wide: Rule) -> Iterator[Names]:
    """Ways in which every match of the narrow rule holds a match of the wide one; all of them
    unless the rules have so many like patterns that the search is cut short."""
    for names in _placed(narrow, list(wide.when), {}, Budget(3_000)):
        stands = _unless_covered(narrow, wide, names) and _where_holds(narrow, wide, names)
        if stands and _points_known(narrow, wide, names):
            yield names


def _placed(
    narrow: System, left: list[Pattern], names: dict[str, str], budget: Budget
) -> Iterator[Names]:
    if not left:
        yield dict(names)
        return
    pattern = left[0]
    for candidate in narrow.rule.when:
        budget.left -= 1
        if candidate.kind == pattern.kind and not budget.spent:
            placed = {**names, pattern.alias: candidate.alias}
            if all(holds(narrow, Slot(candidate.alias, n), t, placed) for n, t in pattern.tests):
                yield from _placed(narrow, left[1:], placed, budget)


def holds(narrow: System, slot: Slot, test: Test, names: Names) -> bool:
    """Whether the narrow rule's slot surely passes a test of the wide rule."""
    if not within(narrow.domain(slot), admitted(test, narrow.world.pack.parameters)):
        return False
    match test:
        case Same(reference, negated):
            other = renamed(reference, names)
            return _known(narrow, other) and (
                _differ(narrow, slot, other) if negated else narrow.same(slot, other)
            )
        case Compare(order, Reference() as reference):
            other = renamed(reference, names)
            upwards = order in ("at least", "more than")
            low, high = (other, slot) if upwards else (slot, other)
            less = order in ("more than", "less than")
            return _known(narrow, other) and narrow.at_most(low, high, less=less)
        case _:
            return True


def renamed(reference: Reference, names: Names) -> Reference:
    return replace(reference, alias=names.get(reference.alias, reference.alias))


def equal(narrow: System, mine: Term | None, other: Term | None, names: Names) -> bool:
    """Whether a term of the narrow rule and one of the wide rule are surely the same value."""
    if mine is None or other is None:
        return mine is other
    return _value(narrow, mine, {}) == _value(narrow, other, names)


def same_expression(
    narrow: System, mine: Expression | None, other: Expression | None, names: Names
) -> bool:
    """Whether both compute the same from the same values, step by step."""
    match mine, other:
        case Operation(sign, a, b), Operation(other_sign, c, d):
            both = same_expression(narrow, a, c, names) and same_expression(narrow, b, d, names)
            return sign == other_sign and both
        case Negative(a), Negative(b):
            return same_expression(narrow, a, b, names)
        case ((Constant() | Reference() | Parameter()), (Constant() | Reference() | Parameter())):
            return equal(narrow, mine, other, names)
        case _:
            return mine is None and other is None


def _value(narrow: System, term: Term, names: Names) -> object:
    if not isinstance(term, Reference):
        return constant(term, narrow.world.pack.parameters)
    slot = renamed(term, names)
    value = narrow.domain(slot).only
    return narrow.root(slot) if value is None else value


def _known(narrow: System, slot: Slot) -> bool:
    return within(narrow.domain(slot), KNOWN)


def _differ(narrow: System, one: Slot, other: Slot) -> bool:
    apart = {frozenset((narrow.root(a), narrow.root(b))) for a, b in narrow.apart}
    pair = frozenset((narrow.root(one), narrow.root(other)))
    return pair in apart or meet(narrow.domain(one), narrow.domain(other)).empty


def _where_holds(narrow: System, wide: Rule, names: Names) -> bool:
    return all(
        certainly_true(_renamed_line(line, names), narrow.bounds_of)
        or any(_same_line(narrow, mine, line, names) for mine in narrow.rule.where)
        for line in wide.where
    )


def _points_known(narrow: System, wide: Rule, names: Names) -> bool:
    """Whether the wide rule's points can be worked out; a match without points does not count."""
    read = references_in(wide.points) if wide.points is not None else ()
    return all(_known(narrow, renamed(reference, names)) for reference in read)


def _same_line(narrow: System, mine: Comparison, other: Comparison, names: Names) -> bool:
    return (
        mine.comparator == other.comparator
        and same_expression(narrow, mine.left, other.left, names)
        and same_expression(narrow, mine.right, other.right, names)
    )


def _renamed_line(line: Comparison, names: Names) -> Comparison:
    return replace(line, left=_moved(line.left, names), right=_moved(line.right, names))


def _moved(expression: Expression, names: Names) -> Expression:
    match expression:
        case Reference():
            return renamed(expression, names)
        case Negative(of):
            return Negative(_moved(of, names))
        case Operation(sign, left, right):
            return Operation(sign, _moved(left, names), _moved(right, names))
        case _:
            return expression


def _unless_covered(narrow: System, wide: Rule, names: Names) -> bool:
    """Whether whatever silences the wide rule silences the narrow rule too."""
    return all(
        any(_silences(narrow, mine, other, names) for mine in narrow.rule.unless)
        for other in wide.unless
    )


def _silences(narrow: System, mine: Pattern, other: Pattern, names: Names) -> bool:
    """Whether every fact that fits the wide rule's `unless` fits the narrow rule's."""
    if mine.kind != other.kind:
        return False
    others = dict(other.tests)
    return all(_follows(narrow, mine.kind, name, test, others, names) for name, test in mine.tests)


def _follows(
    narrow: System, kind: str, name: str, test: Test, others: Mapping[str, Test], names: Names
) -> bool:
    given = others.get(name)
    parameters = narrow.world.pack.parameters
    match test, given:
        case Same(mine, negated), Same(other, other_negated):
            return negated == other_negated and narrow.same(mine, renamed(other, names))
        case Compare(order, Reference() as mine), Compare(other_order, Reference() as other):
            return order == other_order and narrow.same(mine, renamed(other, names))
        case ((Same() | Compare(_, Reference())), _):
            return False
        case _:
            domain = narrow.world.domain(kind, name)
            allowed = domain if given is None else meet(domain, admitted(given, parameters))
            return within(allowed, admitted(test, parameters))


def same_conclusion(narrow: System, wide: Rule, names: Names) -> bool:
    """Whether both recommend, block or find the same, with the same points."""
    mine, other = narrow.rule.conclusion, wide.conclusion
    if isinstance(mine, Find) or isinstance(other, Find):
        return (
            isinstance(mine, Find)
            and isinstance(other, Find)
            and (mine.name, mine.severity) == (other.name, other.severity)
            and equal(narrow, mine.about, other.about, names)
        )
    same_points = same_expression(narrow, narrow.rule.points, wide.points, names)
    return mine.blocks == other.blocks and same_points and same_target(narrow, wide, names)


def same_target(narrow: System, wide: Rule, names: Names) -> bool:
    """Whether the wide rule speaks about every target that the narrow rule speaks about."""
    mine, other = narrow.rule.conclusion, wide.conclusion
    if isinstance(mine, Find) or isinstance(other, Find) or mine.kind != other.kind:
        return False
    return equal(narrow, mine.of, other.of, names) and all(
        any(equal(narrow, target, one, names) for one in other.targets) for target in mine.targets
    )
