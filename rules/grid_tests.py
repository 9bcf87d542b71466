"""Tests that look at one fact only, over a whole column of facts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rules.condition import (
    Between,
    Comparator,
    Compare,
    Constant,
    OneOf,
    Parameter,
    Presence,
    Reference,
    Test,
    Value,
)
from rules.grid_tables import Codes, Mask, Numbers, Table

Parameters = Mapping[str, Value]
COMPARE: Mapping[Comparator, Callable[[Numbers, Numbers | float], Mask]] = {
    "at least": np.greater_equal,
    "more than": np.greater,
    "at most": np.less_equal,
    "less than": np.less,
    "is": np.equal,
    "is not": np.not_equal,
}


def passes(table: Table, name: str, test: Test, parameters: Parameters) -> Mask:
    """[rows]: whether a test that looks at nothing else holds."""
    if name in table.numbers:
        return _number_passes(table.numbers[name], test, parameters)
    codes = table.codes[name]
    known: Mask = codes >= 0
    if isinstance(test, Presence):
        return np.equal(known, test.known)
    if isinstance(test, OneOf):
        wanted = [table.words.code(value_of(term, parameters)) for term in test.terms]
        return known & _among(codes, wanted, test.negated)
    return np.zeros_like(known)


def _number_passes(numbers: Numbers, test: Test, parameters: Parameters) -> Mask:
    known = ~np.isnan(numbers)
    if isinstance(test, Presence):
        return np.equal(known, test.known)
    if isinstance(test, OneOf):
        wanted = [number_of(term, parameters) for term in test.terms]
        return known & _among(numbers, wanted, test.negated)
    if isinstance(test, Between):
        low, high = number_of(test.low, parameters), number_of(test.high, parameters)
        return (numbers >= low) & (numbers <= high)
    if isinstance(test, Compare) and not isinstance(test.term, Reference):
        return COMPARE[test.order](numbers, number_of(test.term, parameters))
    return np.zeros_like(known)


def _among(values: Codes | Numbers, wanted: Sequence[float], negated: bool) -> Mask:
    """Tests name a few values only, for which this is quicker than a sorted search."""
    found: Mask = np.zeros(len(values), dtype=np.bool_)
    for one in wanted:
        found |= values == one
    return ~found if negated else found


def value_of(term: Constant | Parameter, parameters: Parameters) -> Value:
    """What a constant or a parameter stands for."""
    return term.value if isinstance(term, Constant) else parameters[term.name]


def number_of(term: Constant | Parameter, parameters: Parameters) -> float:
    """The same as a number; NaN, which passes no test, for a word."""
    value = value_of(term, parameters)
    return float("nan") if isinstance(value, bool | str) else float(value)
