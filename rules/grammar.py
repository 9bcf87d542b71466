"""The grammar of tests, points and comparisons, and the values that it builds."""

from __future__ import annotations

import json
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
)
from rules.facts import LARGEST

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
parameter: PARAMETER
reference: DOTTED
DOTTED.2: /[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*/
PARAMETER: /\$[a-z][a-z0-9_]*/
NUMBER: /\d+(\.\d+)?/
QUOTED: /"(\\.|[^"\\])*"/
WORD: /[^\W\d_]\w*(-\w+)*/
%ignore /\s+/
"""


class UngrammaticalError(ValueError):
    """A text that the grammar does not know; `rest` is what follows the last thing understood."""

    def __init__(self, rest: str) -> None:
        self.rest = rest
        super().__init__(rest)


def read(text: str, start: str) -> Any:
    """The text as a `test`, a `sum` or a `comparison`; UngrammaticalError otherwise."""
    try:
        return _Build().transform(_parser().parse(text, start=start))
    except (UnexpectedInput, VisitError) as error:
        at = getattr(error, "pos_in_stream", None)
        raise UngrammaticalError(text[at:].strip() if isinstance(at, int) else "") from None


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
        if value > LARGEST:
            raise ValueError("too large")
        return Constant(int(value) if value.is_integer() else value)

    def minus_number(self, token: str) -> Constant:
        value = self.number(token).value
        return Constant(-value if isinstance(value, int | float) else value)

    def quoted(self, token: str) -> Constant:
        return Constant(str(json.loads(str(token))))

    def word(self, token: str) -> Constant:
        return Constant({"yes": True, "no": False}.get(str(token), str(token)))

    def parameter(self, token: str) -> Parameter:
        return Parameter(str(token)[1:])

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
    return Lark(GRAMMAR, parser="lalr", lexer="basic", start=["test", "sum", "comparison"])
