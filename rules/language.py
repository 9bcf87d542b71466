"""Tests, points and comparisons read and printed: one grammar, one printer, inverse of each other.

`parse_test(print_test(test)) == test` for every test, and the same for expressions and comparisons.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

from lark import Lark, Transformer, v_args
from lark.exceptions import UnexpectedInput, VisitError

from rules.condition import (
    Between,
    Comparator,
    Compare,
    Comparison,
    Constant,
    Expression,
    Negative,
    OneOf,
    Operation,
    Order,
    Parameter,
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)

GRAMMAR = r"""
test: "unknown" -> unknown | "known" -> known
    | "not" "same" "as" reference -> not_same | "same" "as" reference -> same
    | "between" end "and" end -> between
    | order (end | reference) -> compare
    | "not" end ("or" end)* -> none_of | end ("or" end)* -> one_of
?end: constant | parameter
constant: NUMBER -> number | "-" NUMBER -> minus_number | QUOTED -> quoted | WORD -> word
comparison: sum comparator sum
?sum: product | sum "+" product -> plus | sum "-" product -> minus
?product: factor | product "*" factor -> times
?factor: NUMBER -> number | "-" NUMBER -> minus_number | operand
?operand: parameter | reference | "(" sum ")" | "-" operand -> negative
order: "at" "least" -> at_least | "more" "than" -> more_than
     | "at" "most" -> at_most | "less" "than" -> less_than
?comparator: order | "is" "not" -> is_not | "is" -> is_
parameter: "$" WORD
reference: DOTTED
DOTTED.2: /[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*/
NUMBER: /\d+(\.\d+)?/
QUOTED: /"(\\.|[^"\\])*"/
WORD: /[a-z][a-z0-9_]*/
%ignore /\s+/
"""
RESERVED = frozenset(  # as values these must be quoted
    (
        *("known", "unknown", "not", "or", "and", "same", "as", "between", "at", "least"),
        *("most", "more", "less", "than", "is", "yes", "no"),
    )
)
PLAIN = re.compile(r"[a-z][a-z0-9_]*")
LONGEST = 500
STRENGTH = {"+": 1, "-": 1, "*": 2}


class UnreadableError(ValueError):
    """A text that is no test, expression or comparison; the message says near what."""


@v_args(inline=True)
class _Build(Transformer[Any, Any]):
    """Lark's tree made into the values of condition.py; a method for each name in the grammar."""

    unknown = lambda self: Presence(known=False)  # noqa: E731
    known = lambda self: Presence(known=True)  # noqa: E731
    at_least = lambda self: "at least"  # noqa: E731
    more_than = lambda self: "more than"  # noqa: E731
    at_most = lambda self: "at most"  # noqa: E731
    less_than = lambda self: "less than"  # noqa: E731
    is_ = lambda self: "is"  # noqa: E731
    is_not = lambda self: "is not"  # noqa: E731

    def number(self, token: str) -> Constant:
        value = float(token)
        return Constant(int(value) if value.is_integer() else value)

    def minus_number(self, token: str) -> Constant:
        value = self.number(token).value
        return Constant(-value if isinstance(value, int | float) else value)

    def quoted(self, token: str) -> Constant:
        return Constant(str(json.loads(str(token))))

    def word(self, token: str) -> Constant:
        return Constant({"yes": True, "no": False}.get(str(token), str(token)))

    def parameter(self, token: str) -> Parameter:
        return Parameter(str(token))

    def reference(self, token: str) -> Reference:
        return Reference(*str(token).split("."))

    def same(self, reference: Reference) -> Same:
        return Same(reference)

    def not_same(self, reference: Reference) -> Same:
        return Same(reference, negated=True)

    def between(self, low: Any, high: Any) -> Between:
        return Between(low, high)

    def compare(self, order: Order, term: Term) -> Compare:
        return Compare(order, term)

    def one_of(self, *terms: Any) -> OneOf:
        return OneOf(terms)

    def none_of(self, *terms: Any) -> OneOf:
        return OneOf(terms, negated=True)

    def comparison(self, left: Expression, comparator: Comparator, right: Expression) -> Comparison:
        return Comparison(left, comparator, right)

    def plus(self, left: Expression, right: Expression) -> Operation:
        return Operation("+", left, right)

    def minus(self, left: Expression, right: Expression) -> Operation:
        return Operation("-", left, right)

    def times(self, left: Expression, right: Expression) -> Operation:
        return Operation("*", left, right)

    def negative(self, of: Expression) -> Negative:
        return Negative(of)


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", start=["test", "sum", "comparison"])


@cache
def _parse(text: str, start: str) -> Any:
    if len(text) > LONGEST:
        raise UnreadableError(f"longer than {LONGEST} characters; make it several rules")
    try:
        return _Build().transform(_parser().parse(text, start=start))
    except (UnexpectedInput, VisitError, ValueError, RecursionError) as error:
        column = getattr(error, "column", 0)
        near = (
            f" near `{text[column - 1 :][:20]}`" if isinstance(column, int) and column > 0 else ""
        )
        raise UnreadableError(f"`{text}` cannot be read{near}.") from None


def parse_test(text: str) -> Test:
    """`at least 3`, `leads or sales`, `same as strength.channel`; UnreadableError otherwise."""
    test: Test = _parse(text, "test")
    return test


def parse_expression(text: str) -> Expression:
    """`2 * objective.priority - $step`; UnreadableError otherwise."""
    expression: Expression = _parse(text, "sum")
    return expression


def parse_comparison(text: str) -> Comparison:
    """`person.free_hours - activity.hours at least 2`; UnreadableError otherwise."""
    comparison: Comparison = _parse(text, "comparison")
    return comparison


def print_test(test: Test) -> str:
    """The test in the words of the language."""
    match test:
        case Presence(known):
            return "known" if known else "unknown"
        case Same(reference, negated):
            return f"{'not ' if negated else ''}same as {print_term(reference)}"
        case Between(low, high):
            return f"between {print_term(low)} and {print_term(high)}"
        case Compare(order, term):
            return f"{order} {print_term(term)}"
        case OneOf(terms, negated):
            words = " or ".join(print_term(term) for term in terms)
            return f"not {words}" if negated else words


def print_term(term: Term) -> str:
    """A constant, `$parameter` or `alias.attribute`."""
    match term:
        case Constant(value):
            return _value(value)
        case Parameter(name):
            return f"${name}"
        case Reference(alias, attribute):
            return f"{alias}.{attribute}"


def print_expression(expression: Expression) -> str:
    """The expression with no more parentheses than its order needs."""
    match expression:
        case Operation(sign, left, right):
            strength = STRENGTH[sign]
            return f"{_inner(left, strength)} {sign} {_inner(right, strength + 1)}"
        case Negative(of):
            bare = isinstance(of, Reference | Parameter | Negative)
            return f"-{print_expression(of)}" if bare else f"-({print_expression(of)})"
        case _:
            return print_term(expression)


def print_comparison(comparison: Comparison) -> str:
    """One line of `where:`."""
    left, right = print_expression(comparison.left), print_expression(comparison.right)
    return f"{left} {comparison.comparator} {right}"


def _inner(expression: Expression, least: int) -> str:
    text = print_expression(expression)
    weak = isinstance(expression, Operation) and STRENGTH[expression.sign] < least
    return f"({text})" if weak else text


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        plain = PLAIN.fullmatch(value) and value not in RESERVED
        return value if plain else json.dumps(value, ensure_ascii=False)
    return format(Decimal(repr(value)).normalize() + 0, "f")
