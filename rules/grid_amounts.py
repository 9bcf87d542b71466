"""Arithmetic on whole columns of matches: `where` and `points`."""

from __future__ import annotations

import numpy as np

from rules.condition import (
    Comparison,
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
)
from rules.grid_fit import Fit
from rules.grid_tables import Mask, Numbers, World
from rules.grid_tests import COMPARE, number_of


def amount(world: World, fit: Fit, expression: Expression) -> Numbers:
    """[rows]: a sum or product, in the order it is written; NaN if anything is missing."""
    if isinstance(expression, Reference):
        return fit.numbers(expression)
    if isinstance(expression, Constant | Parameter):
        return np.full(len(fit), number_of(expression, world.parameters))
    if isinstance(expression, Negative):
        return -amount(world, fit, expression.of)
    return _operated(
        expression, amount(world, fit, expression.left), amount(world, fit, expression.right)
    )


def _operated(operation: Operation, left: Numbers, right: Numbers) -> Numbers:
    if operation.sign == "+":
        return left + right
    return left - right if operation.sign == "-" else left * right


def holds(world: World, fit: Fit, comparison: Comparison) -> Mask:
    """[rows]: both sides known and, to six decimals, as the comparison says."""
    left = rounded(amount(world, fit, comparison.left))
    right = rounded(amount(world, fit, comparison.right))
    known = ~(np.isnan(left) | np.isnan(right))
    return known & COMPARE[comparison.comparator](left, right)


def rounded(numbers: Numbers) -> Numbers:
    """Six decimals, by the same float steps as `condition.six`."""
    return np.rint(numbers * 1e6) / 1e6
