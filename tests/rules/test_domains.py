"""The set of values that a test admits, held against trying the test on each value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.condition import Between, Compare, Constant, OneOf, Order, Presence, Test, Value
from rules.domains import (
    Domain,
    admitted,
    among,
    everything,
    join,
    known,
    meet,
    samples,
    single,
    within,
)
from rules.pack import Attribute

NUMBERS: list[Value] = [-1, 0, 0.5, 1, 2, 2.5, 3, 4]
WORDS: list[Value] = ["leads", "sales", "image", True, False]
EVERY: list[Value | None] = [None, *NUMBERS, *WORDS]

constants = st.sampled_from([*NUMBERS, *WORDS]).map(Constant)
numbers = st.sampled_from(NUMBERS).map(Constant)
orders = st.sampled_from(["at least", "more than", "at most", "less than"])
tests: st.SearchStrategy[Test] = st.one_of(
    st.builds(OneOf, st.lists(constants, min_size=1, max_size=3).map(tuple), st.booleans()),
    st.builds(Compare, orders, numbers),
    st.builds(Between, numbers, numbers),
    st.builds(Presence, st.booleans()),
)


def passes(test: Test, value: Value | None) -> bool:
    """The meaning of a test, straight from its words."""
    if isinstance(test, Presence):
        return test.known is (value is not None)
    if value is None:
        return False
    if isinstance(test, OneOf):
        alike = [_typed(term.value) == _typed(value) for term in test.terms]
        return any(alike) is not test.negated
    if isinstance(value, bool | str):
        return False
    if isinstance(test, Between):
        return test.low.value <= value <= test.high.value
    return _stands(test.order, value, test.term.value)


def _typed(value: Value) -> tuple[str, Value]:
    return ("number" if not isinstance(value, bool | str) else type(value).__name__), value


def _stands(order: Order, value: float, other: float) -> bool:
    return {
        "at least": value >= other,
        "more than": value > other,
        "at most": value <= other,
        "less than": value < other,
    }[order]


@given(tests, st.sampled_from(EVERY))
def test_a_domain_holds_exactly_the_values_that_pass(test: Test, value: Value | None) -> None:
    assert (value in admitted(test, {})) == passes(test, value)


@given(tests, tests, st.sampled_from(EVERY))
def test_the_meeting_of_two_domains_holds_what_passes_both(
    one: Test, other: Test, value: Value | None
) -> None:
    both = meet(admitted(one, {}), admitted(other, {}))
    assert (value in both) == (passes(one, value) and passes(other, value))


@given(tests, tests, st.sampled_from(EVERY))
def test_the_joining_of_two_domains_holds_what_passes_either(
    one: Test, other: Test, value: Value | None
) -> None:
    either = join(admitted(one, {}), admitted(other, {}))
    assert (value in either) == (passes(one, value) or passes(other, value))


@given(tests, tests)
def test_what_is_within_a_domain_passes_its_test(one: Test, other: Test) -> None:
    if within(admitted(one, {}), admitted(other, {})):
        assert all(passes(other, value) for value in EVERY if passes(one, value))


@given(tests)
def test_a_domain_is_within_itself_and_within_what_it_is_joined_to(test: Test) -> None:
    domain = admitted(test, {})
    assert within(domain, domain)
    assert within(domain, join(domain, single(2)))


@given(tests)
def test_samples_pass_the_test_they_were_drawn_for(test: Test) -> None:
    drawn = samples(known(admitted(test, {})), 12)
    assert all(passes(test, value) for value in drawn)
    assert len(drawn) == len({_typed(value) for value in drawn})


@given(tests)
def test_an_empty_domain_is_one_without_a_sample(test: Test) -> None:
    domain = known(admitted(test, {}))
    assert domain.empty == (samples(domain) == [])


def test_at_least_five_is_impossible_on_a_scale_up_to_three_and_three_is_not() -> None:
    priority = everything(Attribute("priority", "number", low=1, high=3))
    assert meet(priority, admitted(Compare("at least", Constant(5)), {})).empty
    assert not meet(priority, admitted(Compare("at least", Constant(3)), {})).empty
    assert meet(priority, admitted(Compare("more than", Constant(3)), {})).empty


def test_a_closed_list_of_words_admits_no_other_word() -> None:
    sector = everything(Attribute("sector", "word", words=("business", "public")))
    assert "busines" not in sector
    assert "public" in sector


def test_not_a_word_leaves_the_other_words_and_not_the_absence() -> None:
    sector = everything(Attribute("sector", "word", words=("business", "public")))
    left = meet(sector, admitted(OneOf((Constant("public"),), negated=True), {}))
    assert left == single("business")
    assert left.only == "business"


def test_the_values_of_a_catalogue_are_exactly_those_it_holds() -> None:
    held = among([1, 3, None])
    assert [value for value in (None, 1, 2, 3) if value in held] == [None, 1, 3]
    assert Domain().empty
