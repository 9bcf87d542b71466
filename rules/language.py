"""Tests, points and comparisons read and printed: one grammar, one printer, inverse of each other.

`parse_test(print_test(test)) == test` for every test, and the same for expressions and comparisons.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

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
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)
from rules.facts import shown
from rules.grammar import UngrammaticalError, read

RESERVED = frozenset(  # as values these must be quoted
    (
        *("known", "unknown", "not", "or", "and", "same", "as", "between", "at", "least"),
        *("most", "more", "less", "than", "is", "yes", "no"),
    )
)
PLAIN = re.compile(r"[^\W\d_]\w*(-\w+)*")
LONGEST = 2_000
MOST_STEPS = 60
SIGNS = {
    ">=": "`at least`",
    "<=": "`at most`",
    "!=": "`not`",
    "<>": "`not`",
    "=": "the value alone, or `is` between two amounts",
    ">": "`more than`",
    "<": "`less than`",
    "/": "`* 0.5` or a parameter",
    "|": "`or`",
    ",": "`or`",
    "&": "two conditions",
}
STRENGTH = {"+": 1, "-": 1, "*": 2}


class UnreadableError(ValueError):
    """A text that is no test, expression or comparison; the message says near what."""


@lru_cache(maxsize=20_000)
def _parse(text: str, start: str) -> Any:
    if len(text) > LONGEST:
        raise UnreadableError(f"longer than {LONGEST:,} characters; make it several rules.")
    if start != "test" and sum(map(text.count, "+-*(")) > MOST_STEPS:
        raise UnreadableError(f"more than {MOST_STEPS} steps; make it simpler.")
    try:
        return read(text, start)
    except UngrammaticalError as error:
        near = f" near {shown(error.rest)}" if error.rest not in ("", text.strip()) else ""
        hint = _hint(text, error.rest, start)
        raise UnreadableError(f"{shown(text)} cannot be read{near}.{hint}") from None


def _hint(text: str, rest: str, start: str) -> str:
    """What to write instead, where that can be guessed."""
    for sign, words in SIGNS.items():
        if sign in text:
            return f" Instead of `{sign}` write {words}."
    if text in RESERVED:
        return f" It is a word of this language; as a value write '\"{text}\"'."
    if start != "test":
        return " Amounts are made of numbers, `$parameters`, `alias.attribute` and + - * ( )."
    if set(rest) & set("+*("):
        return " Sums and products belong in `where`."
    return _respelled(text) or _quoted(text)


def _respelled(text: str) -> str:
    """The test with one misspelled word of the language put right, if it can be read then."""
    for word in dict.fromkeys(re.findall(r"[a-z]{2,}", text)):
        for close in get_close_matches(word, RESERVED - {word}, n=2, cutoff=0.7):
            better = re.sub(rf"\b{word}\b", close, text, count=1)
            with suppress(UngrammaticalError):
                read(better, "test")
                return f" Did you mean {shown(better)}?"
    return ""


def _quoted(text: str) -> str:
    words = text.split()
    if len(words) < 2 or RESERVED & set(words):
        return ""
    return f" As one value write '\"{text}\"'; for several put `or` between them."


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
