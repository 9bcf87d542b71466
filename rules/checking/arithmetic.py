"""Between which numbers an expression lies, given the bounds of what it reads."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from rules.condition import (
    Comparison,
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
)
from rules.domains import constant
from rules.pack import ParameterValue

Bounds = tuple[float, float]
ROUNDING = 2e-6
"""Both sides of a `where` are rounded to six decimals: nothing closer than this is certain."""


def bounds(
    expression: Expression,
    read: Callable[[Reference], Bounds],
    parameters: Mapping[str, ParameterValue],
) -> Bounds:
    """The least and the greatest value; may be wider than the truth, never narrower."""
    match expression:
        case Constant() | Parameter():
            value = constant(expression, parameters)
            number = value if isinstance(value, int | float) else math.nan
            return number, number
        case Reference():
            return read(expression)
        case Negative(of):
            low, high = bounds(of, read, parameters)
            return -high, -low
        case Operation(sign, left, right):
            sides = bounds(left, read, parameters), bounds(right, read, parameters)
            return _combined(sign, *sides)


def _combined(sign: str, left: Bounds, right: Bounds) -> Bounds:
    if sign == "+":
        return left[0] + right[0], left[1] + right[1]
    if sign == "-":
        return left[0] - right[1], left[1] - right[0]
    products = [0.0 if 0 in (a, b) else a * b for a in left for b in right]
    return min(products), max(products)


def certainly_false(comparison: Comparison, of: Callable[[Expression], Bounds]) -> bool:
    """Whether no values within bounds make the comparison hold."""
    (low, high), (least, most) = of(comparison.left), of(comparison.right)
    match comparison.comparator:
        case "at least" | "more than":
            return high < least - ROUNDING
        case "at most" | "less than":
            return low > most + ROUNDING
        case "is":
            return high < least - ROUNDING or low > most + ROUNDING
        case "is not":
            return low == high == least == most


def certainly_true(comparison: Comparison, of: Callable[[Expression], Bounds]) -> bool:
    """Whether all values within bounds make the comparison hold."""
    (low, high), (least, most) = of(comparison.left), of(comparison.right)
    match comparison.comparator:
        case "at least" | "more than":
            return low > most + ROUNDING or (
                comparison.comparator == "at least" and low == high == least == most
            )
        case "at most" | "less than":
            return high < least - ROUNDING or (
                comparison.comparator == "at most" and low == high == least == most
            )
        case "is":
            return low == high == least == most
        case "is not":
            return high < least - ROUNDING or low > most + ROUNDING
