"""The set of values that a test admits: met, compared, sampled. What `check` reasons with.

A domain is exact for numbers, words and yes/no. A test that names another fact's attribute admits
every known value here; `checking.constraints` joins such attributes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice, pairwise

from rules.condition import (
    Between,
    Compare,
    Constant,
    OneOf,
    Parameter,
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)
from rules.intervals import Interval, beyond, inside, merged, overlap
from rules.pack import Attribute, ParameterValue


@dataclass(frozen=True, slots=True)
class Domain:
    """Numbers in disjoint ascending `intervals`, `words` (yes and no are True and False) or, with
    `all_but`, every word except these; `missing`: the attribute may be absent."""

    intervals: tuple[Interval, ...] = ()
    words: frozenset[Value] = frozenset()
    all_but: bool = False
    missing: bool = False

    def __contains__(self, value: Value | None) -> bool:
        """Whether it holds a value; None asks whether it may be missing."""
        if value is None:
            return self.missing
        if isinstance(value, bool | str):
            return (value in self.words) is not self.all_but
        return any(interval.holds(value) for interval in self.intervals)

    @property
    def empty(self) -> bool:
        return not (self.missing or self.intervals or self.all_but or self.words)

    @property
    def only(self) -> Value | None:
        """The single known value it holds, if there is exactly one and it cannot be missing."""
        if self.missing or self.all_but or len(self.intervals) + len(self.words) != 1:
            return None
        if self.words:
            return next(iter(self.words))
        interval = self.intervals[0]
        return interval.low if interval.low == interval.high else None

    @property
    def low(self) -> float:
        return self.intervals[0].low if self.intervals else math.inf

    @property
    def high(self) -> float:
        return self.intervals[-1].high if self.intervals else -math.inf


EVERY_NUMBER = Interval()
KNOWN = Domain((EVERY_NUMBER,), frozenset(), all_but=True)
MISSING = Domain(missing=True)


def everything(attribute: Attribute, ids: tuple[str, ...] = ()) -> Domain:
    """All that the vocabulary lets an attribute be, absence included; `ids` of its catalogue."""
    if attribute.type == "number":
        low = -math.inf if attribute.low is None else attribute.low
        high = math.inf if attribute.high is None else attribute.high
        return Domain((Interval(low, high),), missing=True)
    if attribute.type == "yes_no":
        return Domain(words=frozenset((True, False)), missing=True)
    closed = attribute.words or ids
    return Domain(words=frozenset(closed), all_but=not closed, missing=True)


def single(value: Value) -> Domain:
    if isinstance(value, bool | str):
        return Domain(words=frozenset((value,)))
    return Domain((Interval(value, value),))


def constant(term: Term, parameters: Mapping[str, ParameterValue]) -> Value | None:
    """The value of a term that no fact can change; None for a reference."""
    match term:
        case Constant(value):
            return value
        case Parameter(name):
            return parameters[name].value
        case Reference():
            return None


def admitted(test: Test, parameters: Mapping[str, ParameterValue]) -> Domain:
    """The values that pass, whatever the attribute; any known one if a reference decides."""
    match test:
        case Presence(known):
            return KNOWN if known else MISSING
        case Same():
            return KNOWN
        case OneOf(terms, negated):
            values = [value for term in terms if (value := constant(term, parameters)) is not None]
            return _none_of(values) if negated else _one_of(values)
        case Between(low, high):
            ends = constant(low, parameters), constant(high, parameters)
            return _numbers(Interval(_number(ends[0]), _number(ends[1])))
        case Compare(order, term):
            value = constant(term, parameters)
            return KNOWN if value is None else _numbers(beyond(order, _number(value)))


def meet(one: Domain, other: Domain) -> Domain:
    """The values that both hold."""
    intervals = (overlap(a, b) for a in one.intervals for b in other.intervals)
    return Domain(
        tuple(interval for interval in intervals if not interval.empty),
        *_common_words(one, other),
        missing=one.missing and other.missing,
    )


def join(one: Domain, other: Domain) -> Domain:
    """The values that either holds."""
    if one.all_but and other.all_but:
        words = one.words & other.words
    elif one.all_but or other.all_but:
        words = one.words - other.words if one.all_but else other.words - one.words
    else:
        words = one.words | other.words
    return Domain(
        merged([*one.intervals, *other.intervals]),
        words,
        one.all_but or other.all_but,
        one.missing or other.missing,
    )


def among(values: Iterable[Value | None]) -> Domain:
    """Exactly these values; None stands for an absent attribute."""
    held = list(values)
    return replace(_one_of([v for v in held if v is not None]), missing=None in held)


def within(one: Domain, other: Domain) -> bool:
    """Whether every value of the first is in the second, absence included."""
    return meet(one, other) == one


def known(domain: Domain) -> Domain:
    return replace(domain, missing=False)


def samples(domain: Domain, wanted: int = 1) -> list[Value]:
    """Up to so many known values of the domain, whole and small numbers first."""
    return list(islice(_values(domain), wanted))


def _values(domain: Domain) -> Iterator[Value]:
    if domain.all_but:
        taken = domain.words
        yield from (f"any{i}" for i in count(1) if f"any{i}" not in taken)
    yield from sorted(domain.words, key=str)
    for interval in domain.intervals:
        yield from inside(interval)


def _number(value: Value | None) -> float:
    return value if isinstance(value, int | float) else math.nan


def _numbers(interval: Interval) -> Domain:
    return Domain(() if interval.empty else (interval,))


def _one_of(values: list[Value]) -> Domain:
    numbers = sorted({v for v in values if not isinstance(v, bool | str)})
    words = frozenset(v for v in values if isinstance(v, bool | str))
    return Domain(tuple(Interval(number, number) for number in numbers), words)


def _none_of(values: list[Value]) -> Domain:
    numbers = sorted({float(v) for v in values if not isinstance(v, bool | str)})
    gaps = pairwise([-math.inf, *numbers, math.inf])
    words = frozenset(v for v in values if isinstance(v, bool | str))
    intervals = tuple(Interval(a, b, a > -math.inf, b < math.inf) for a, b in gaps)
    return Domain(intervals, words, all_but=True)


def _common_words(one: Domain, other: Domain) -> tuple[frozenset[Value], bool]:
    if one.all_but and other.all_but:
        return one.words | other.words, True
    if one.all_but:
        return other.words - one.words, False
    if other.all_but:
        return one.words - other.words, False
    return one.words & other.words, False
