"""Whether one test holds, in Python: for aggregates and for counting what a join would cost."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt

from rules.condition import (
    Between,
    Compare,
    Constant,
    OneOf,
    Parameter,
    Presence,
    Same,
    Term,
    Test,
    Value,
)

Read = Callable[[Term], Value | None]
"""What a term stands for: a constant, a parameter or another fact's attribute (None: missing)."""

ORDERS: dict[str, Callable[[float, float], bool]] = {
    "at least": ge,
    "more than": gt,
    "at most": le,
    "less than": lt,
}


def same(one: Value, other: Value) -> bool:
    """Equal and of one type: yes is not 1, while 1.0 is."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def holds(test: Test, value: Value | None, read: Read) -> bool:
    """A missing value (None) passes `unknown` only; so does a reference to a missing one."""
    if isinstance(test, Presence):
        return (value is not None) == test.known
    if value is None:
        return False
    match test:
        case OneOf(terms, negated):
            return any(same(value, _sure(read, term)) for term in terms) != negated
        case Between(low, high):
            return _number(_sure(read, low)) <= _number(value) <= _number(_sure(read, high))
        case Compare(order, term):
            other = read(term)
            return other is not None and ORDERS[order](_number(value), _number(other))
        case Same(reference, negated):
            other = read(reference)
            return other is not None and same(value, other) != negated


def _sure(read: Read, term: Constant | Parameter) -> Value:
    value = read(term)
    if value is None:
        raise LookupError(f"no value for {term}")
    return value


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise TypeError(f"{value!r} is not a number")
    return value
