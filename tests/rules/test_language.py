"""Reading and printing are inverse, for everything the language can say."""

from __future__ import annotations

import re
from contextlib import suppress

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
spaces = st.sampled_from([" ", "  ", "\n "])
written_ends = st.sampled_from(["3", "03.50", "-7", "leads", "büro-zeit", '"3 \\"x"', "$a", "yes"])
written_tests = (
    st.tuples(st.just("not ") | st.just(""), st.lists(written_ends, min_size=1), spaces).map(
        lambda parts: parts[0] + f"{parts[2]}or ".join(parts[1])
    )
    | st.tuples(orders, spaces, written_ends | st.just("other.hours")).map("".join)
    | st.tuples(st.just("between"), written_ends, st.just("and"), written_ends).map("  ".join)
)
written_sums = st.recursive(
    st.sampled_from(["3", "0.250", "-7", "$a", "one.hours"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from([" + ", "-", " - ", "*"]), inner).map("".join)
        | inner.map("({})".format)
        | inner.map("-({})".format)
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


@given(written_tests)
def test_a_test_however_written_is_printed_so_that_it_reads_the_same(text):
    printed = print_test(parse_test(text))
    assert parse_test(printed) == parse_test(text)
    assert print_test(parse_test(printed)) == printed


@given(written_sums, comparators, written_sums)
def test_a_comparison_however_written_is_printed_so_that_it_reads_the_same(left, words, right):
    text = f"{left}  {words} {right}"
    printed = print_comparison(parse_comparison(text))
    assert parse_comparison(printed) == parse_comparison(text)
    assert print_comparison(parse_comparison(printed)) == printed


PRINTED = """
unknown; known; 3; -0.5; yes; no; leads; not leads; leads or sales or $best; "not"; at least 3
not "after work" or 7; more than other.hours; at most $limit; less than 2.5
between 2 and $most; same as other.name; not same as other.name
"""


@pytest.mark.parametrize("text", re.findall(r"[^;\s][^;\n]*", PRINTED))
def test_a_test_well_written_is_printed_as_it_was_written(text):
    assert print_test(parse_test(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "2 * a.b - $c",
        "a.b - (c.d - 3)",
        "a.b - c.d - 3",
        "2 * (a.b + 3)",
        "-(a.b + 3) * -a.b",
        "a.b * (c.d * e.f)",
        "0.000001 + 9007199254740992",
    ],
)
def test_points_well_written_are_printed_as_they_were_written(text):
    assert print_expression(parse_expression(text)) == text


@given(st.text(max_size=40) | st.text("atles13.$*+-()\"' ", max_size=40))
def test_any_text_is_a_test_or_is_refused_with_a_sentence(text):
    for parse in (parse_test, parse_expression, parse_comparison):
        with suppress(UnreadableError):
            parse(text)


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
