"""The words of a test as values; `language.py` reads and prints them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneWord

Value = str | int | float | bool
"""What an attribute holds. A word, a number or yes/no; absent attributes are simply not there."""

Order = OneWord["at least", "more than", "at most", "less than"]
Comparator = OneWord["at least", "more than", "at most", "less than", "is", "is not"]


# Terms: what a value is compared with.


@dataclass(frozen=True, slots=True)
class Constant:
    """`3`, `leads`, `yes`."""

    value: Value


@dataclass(frozen=True, slots=True)
class Reference:
    """`activity.hours`: an attribute of another matched fact, by its alias."""

    alias: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$present`: a dated value of parameters.yaml; replaced by a Constant before evaluation."""

    name: str


Term = Constant | Reference | Parameter


# Tests: one cell of a pattern. A missing attribute passes `Presence(known=False)` only.


@dataclass(frozen=True, slots=True)
class OneOf:
    """`leads`, `leads or sales`, `not leads`, `not leads or sales` (none of them), `3`, `yes`."""

    terms: tuple[Constant | Parameter, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Compare:
    """`at least 3`, `less than $hosts_needed`, `at least activity.hours`. Numbers only."""

    order: Order
    term: Term


@dataclass(frozen=True, slots=True)
class Between:
    """`between 2 and 5`, both ends included."""

    low: Constant | Parameter
    high: Constant | Parameter


@dataclass(frozen=True, slots=True)
class Same:
    """`same as alias.attribute`, `not same as alias.attribute`."""

    reference: Reference
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """`known`, `unknown`."""

    known: bool


Test = OneOf | Compare | Between | Same | Presence


def reference_of(test: Test) -> Reference | None:
    """The attribute of another fact that a test compares with; None if it names none."""
    match test:
        case Same(reference, _) | Compare(_, Reference() as reference):
            return reference
        case _:
            return None


def terms_of(test: Test) -> tuple[Term, ...]:
    """Everything that a test compares with, in order."""
    match test:
        case OneOf(terms, _):
            return terms
        case Between(low, high):
            return low, high
        case Compare(_, term):
            return (term,)
        case Same(reference, _):
            return (reference,)
        case Presence():
            return ()


# Expressions: `points:` and both sides of `where:`.


@dataclass(frozen=True, slots=True)
class Operation:
    """`left sign right`, evaluated left to right with the usual precedence."""

    sign: OneWord["+", "-", "*"]
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`."""

    of: Expression


Expression = Constant | Reference | Parameter | Operation | Negative


def terms_in(expression: Expression) -> tuple[Term, ...]:
    """Every constant, parameter and attribute of an expression, in order."""
    match expression:
        case Operation(_, left, right):
            return (*terms_in(left), *terms_in(right))
        case Negative(of):
            return terms_in(of)
        case _:
            return (expression,)


def references_in(expression: Expression) -> tuple[Reference, ...]:
    """Every attribute that an expression reads, in order."""
    return tuple(term for term in terms_in(expression) if isinstance(term, Reference))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line of `where:`; both sides rounded to six decimals before they are compared."""

    left: Expression
    comparator: Comparator
    right: Expression


def six(number: float) -> float:
    """Six decimals by the same float steps as numpy's, so that both evaluators agree exactly."""
    return round(number * 1e6) / 1e6
