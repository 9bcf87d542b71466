"""One test on one value: whether it holds, what it needed, and by how much it was missed."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan, nan

from rules.arithmetic import COMPARATORS
from rules.condition import (
    Between,
    Compare,
    Comparison,
    Constant,
    Expression,
    Negative,
    OneOf,
    Operation,
    Parameter,
    Term,
    Test,
    Value,
    six,
)
from rules.holding import holds as passes
from rules.pack import Attribute, Fact, Pack

Env = Mapping[str, Fact | None]  # by alias; None for a fact that is only assumed
LEAST = 0.01  # what fails is never quite there


def value_of(pack: Pack, term: Term, env: Env) -> Value | None:
    """What a term stands for; None if it is missing."""
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Parameter):
        return pack.parameters[term.name].value
    fact = env.get(term.alias)
    return fact.values.get(term.attribute) if fact else None


def holds(pack: Pack, test: Test, read: Value | None, env: Env) -> bool:
    """Whether a test holds for the value read."""
    return passes(test, read, lambda term: value_of(pack, term, env))


def needed(pack: Pack, test: Test, read: Value | None, env: Env) -> Value | None:
    """The nearest value, or the border of the values, that would pass; None if no one value."""
    if isinstance(test, Compare):
        return value_of(pack, test.term, env)
    if isinstance(test, Between):
        low, high = (value_of(pack, term, env) for term in (test.low, test.high))
        return high if _number(read) > _number(high) else low
    if isinstance(test, OneOf) and not test.negated:
        values = [value for term in test.terms if (value := value_of(pack, term, env)) is not None]
        gaps = [abs(_number(value) - _number(read)) for value in values]
        return values[gaps.index(min(gaps))] if not isnan(gaps[0]) or len(gaps) == 1 else None
    return None


def distance(attribute: Attribute, read: Value | None, wanted: Value | None) -> float:
    """0.01 to 1: the difference of two numbers as a share of the attribute's range, else 1. Without
    a declared range the larger of the two numbers, at least 1, stands for it."""
    gap = abs(_number(read) - _number(wanted))
    if isnan(gap):
        return 1.0
    low, high = attribute.low, attribute.high
    if low is not None and high is not None and high > low:
        span = high - low
    else:
        span = max(abs(_number(read)), abs(_number(wanted)), 1.0)
    return six(min(1.0, max(LEAST, gap / span)))


def _number(value: Value | None) -> float:
    """NaN, which is neither more nor less than anything, for what is no number."""
    return nan if value is None or isinstance(value, str | bool) else float(value)


def amount(pack: Pack, expression: Expression, env: Env) -> float | None:
    """A sum or product; None if something in it is missing."""
    if isinstance(expression, Negative):
        number = amount(pack, expression.of, env)
        return None if number is None else -number
    if not isinstance(expression, Operation):
        value = value_of(pack, expression, env)
        return None if value is None or isinstance(value, str) else float(value)
    left, right = (amount(pack, side, env) for side in (expression.left, expression.right))
    if left is None or right is None:
        return None
    if expression.sign == "+":
        return left + right
    return left - right if expression.sign == "-" else left * right


def apart(pack: Pack, comparison: Comparison, env: Env) -> float | None:
    """How far a line of `where` is from holding, 0.01 to 1; 0 if it holds, None if unknown."""
    left, right = amount(pack, comparison.left, env), amount(pack, comparison.right, env)
    if left is None or right is None:
        return None
    left, right = six(left), six(right)
    if COMPARATORS[comparison.comparator](left, right):
        return 0.0
    return six(min(1.0, max(LEAST, abs(left - right) / max(abs(left), abs(right), 1.0))))
