"""`points:` and `where:` as functions of the facts of a match, made once for each rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import add, eq, ge, gt, le, lt, mul, ne, sub

from rules.condition import (
    Comparison,
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
    Term,
    Value,
    six,
)
from rules.pack import Fact, ParameterValue

Facts = tuple[Fact, ...]
Places = Mapping[str, int]
"""alias -> index among the facts of a match."""
Parameters = Mapping[str, ParameterValue]
Number = Callable[[Facts], float]
"""Raises KeyError where a matched fact lacks the attribute."""
Known = Callable[[Facts], Value | None]
"""What a term stands for in a match; None where the attribute is missing."""

SIGNS: dict[str, Callable[[float, float], float]] = {"+": add, "-": sub, "*": mul}
COMPARATORS: dict[str, Callable[[float, float], bool]] = {
    "at least": ge,
    "more than": gt,
    "at most": le,
    "less than": lt,
    "is": eq,
    "is not": ne,
}


def amount(expression: Expression, places: Places, parameters: Parameters) -> Number:
    """The expression as a function; floats are computed in the order in which it was written."""
    match expression:
        case Constant(value):
            return _always(float(value))
        case Parameter(name):
            return _always(float(parameters[name].value))
        case Reference(alias, attribute):
            at = places[alias]
            return lambda facts: float(facts[at].values[attribute])
        case Negative(of):
            inner = amount(of, places, parameters)
            return lambda facts: -inner(facts)
        case Operation(sign, left, right):
            return _operation(
                SIGNS[sign], amount(left, places, parameters), amount(right, places, parameters)
            )


def _always(number: float) -> Number:
    return lambda facts: number


def _operation(sign: Callable[[float, float], float], left: Number, right: Number) -> Number:
    return lambda facts: sign(left(facts), right(facts))


def condition(
    comparison: Comparison, places: Places, parameters: Parameters
) -> Callable[[Facts], bool]:
    """One line of `where:`; False where an attribute is missing."""
    left = amount(comparison.left, places, parameters)
    right = amount(comparison.right, places, parameters)
    compare = COMPARATORS[comparison.comparator]

    def stands(facts: Facts) -> bool:
        try:
            return compare(six(left(facts)), six(right(facts)))
        except KeyError:
            return False

    return stands


def value(term: Term, places: Places, parameters: Parameters) -> Known:
    """The term as a function of the facts of a match."""
    match term:
        case Reference(alias, attribute):
            at = places[alias]
            return lambda facts: facts[at].values.get(attribute)
        case Parameter(name):
            known = parameters[name].value
            return lambda facts: known
        case Constant(constant):
            return lambda facts: constant
