"""Reading and printing are inverse, for everything the language can say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.condition import (
    Between,
    Compare,
    Comparison,
    Constant,
    Negative,
    OneOf,
    Operation,
    Parameter,
    Presence,
    Reference,
    Same,
)
from rules.language import (
    UnreadableError,
    parse_comparison,
    parse_expression,
    parse_test,
    print_comparison,
    print_expression,
    print_test,
)

names = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)
numbers = st.integers(-(10**9), 10**9) | st.decimals(-9999, 9999, places=4).map(float)
values = names | st.booleans() | numbers | st.text(max_size=8)
references = st.builds(Reference, names, names)
parameters = st.builds(Parameter, names)
ends = st.builds(Constant, values) | parameters
orders = st.sampled_from(["at least", "more than", "at most", "less than"])
comparators = orders | st.sampled_from(["is", "is not"])
tests = (
    st.builds(Presence, st.booleans())
    | st.builds(Same, references, st.booleans())
    | st.builds(Between, ends, ends)
    | st.builds(Compare, orders, ends | references)
    | st.builds(OneOf, st.lists(ends, min_size=1, max_size=4).map(tuple), st.booleans())
)
expressions = st.recursive(
    st.builds(Constant, numbers) | parameters | references,
    lambda inner: (
        st.builds(Operation, st.sampled_from(["+", "-", "*"]), inner, inner)
        | st.builds(Negative, inner)
    ),
    max_leaves=8,
)


@given(tests)
def test_a_printed_test_reads_back_as_itself(test):
    assert parse_test(print_test(test)) == test


@given(expressions)
def test_a_printed_expression_reads_back_as_itself(expression):
    assert parse_expression(print_expression(expression)) == expression


@given(st.builds(Comparison, expressions, comparators, expressions))
def test_a_printed_comparison_reads_back_as_itself(comparison):
    assert parse_comparison(print_comparison(comparison)) == comparison


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("3", OneOf((Constant(3),))),
        ("not leads", OneOf((Constant("leads"),), negated=True)),
        ("leads or sales", OneOf((Constant("leads"), Constant("sales")))),
        ("at least $present", Compare("at least", Parameter("present"))),
        ("at  least activity.hours", Compare("at least", Reference("activity", "hours"))),
        ("between -2 and 5", Between(Constant(-2), Constant(5))),
        ("yes", OneOf((Constant(True),))),
        ("nothing", OneOf((Constant("nothing"),))),
    ],
)
def test_the_words_of_the_language_mean_what_they_say(text, test):
    assert parse_test(text) == test


@pytest.mark.parametrize("text", ["", "at least", "leads or", "3 >", "not", "a.b.c", "__x__", "("])
def test_what_is_no_test_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadableError, match="cannot be read"):
        parse_test(text)
