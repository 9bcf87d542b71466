"""What the engine must do whatever the rules are."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from rules import engine
from rules.condition import Constant, OneOf, Operation, Presence, Reference
from rules.engine import recommend
from rules.errors import FactError, TooManyMatches
from rules.pack import Fact, Find, Pack, Piece, Recommend, Stage
from tests.rules.building import at_least, kind, pack, pattern, reference, rule, same_as
from tests.rules.oracle import matches
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios

WISH = kind("wish", ("name",), name="sales", priority=1)
STRENGTH = kind("strength", ("channel", "wish"), channel="forum", wish="sales", score=3)
REACH = kind("reach", ("channel",), channel="forum", share=0.3)


def wish(name: str, priority: float) -> Fact:
    return Fact("wish", {"name": name, "priority": priority})


def spoke(pack: Pack, *facts: Fact) -> list[str]:
    return [match.rule.id for match in recommend(pack, facts).matches]


@pytest.mark.parametrize("number", [1, 60, 61, 65, 200, 500])
def test_any_number_of_rules_speak_about_one_fact(number: int) -> None:
    many = pack([rule(f"r{i:03}", pattern("wish")) for i in range(number)], [WISH])
    assert spoke(many, wish("sales", 1)) == [f"r{i:03}" for i in range(number)]


@pytest.mark.parametrize("number", [65, 200, 500])
def test_any_number_of_joins_meet_in_one_fact(number: int) -> None:
    when = (pattern("wish"), pattern("strength", wish=same_as("wish.name")))
    many = pack([rule(f"r{i:03}", *when) for i in range(number)], [WISH, STRENGTH])
    strength = Fact("strength", {"channel": "forum", "wish": "sales", "score": 4})
    assert len(spoke(many, wish("sales", 1), strength)) == number


def test_one_fact_may_fill_several_patterns() -> None:
    pair = pack([rule("pair", pattern("wish", "one"), pattern("wish", "other"))], [WISH])
    names = [
        tuple(fact.values["name"] for fact in match.facts)
        for match in recommend(pair, [wish("a", 1), wish("b", 2)]).matches
    ]
    assert names == [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]


@pytest.mark.parametrize(("priority", "speaks"), [(2.999999, False), (3, True), (3.0, True)])
def test_at_least_holds_from_its_number_on(priority: float, speaks: bool) -> None:
    three = pack([rule("r", pattern("wish", priority=at_least(3)))], [WISH])
    assert bool(spoke(three, wish("sales", priority))) is speaks


@pytest.mark.parametrize("tiny", [1e-7, 5e-324, 1.5e-17, 0.1 + 0.2, 2.0**53 - 1])
def test_numbers_reach_the_engine_to_the_last_digit(tiny: float) -> None:
    when = (
        pattern("wish", "one", priority=OneOf((Constant(tiny),))),
        pattern("wish", "other", priority=same_as("one.priority"), name=same_as("one.name")),
    )
    exact = pack([rule("r", *when)], [WISH])
    near = math.nextafter(tiny, 0)
    assert len(spoke(exact, wish("a", tiny), wish("b", near))) == 1


@pytest.mark.parametrize(
    "word",
    ['say "hi"', "back\\slash", "new\nline", "zero\0", "ünï🙂", "w0", "yes", "3", "", "x" * 3999],
)
def test_any_word_is_only_a_word(word: str) -> None:
    when = (
        pattern("wish", name=OneOf((Constant(word),))),
        pattern("strength", wish=same_as("wish.name")),
    )
    exact = pack([rule("r", *when)], [WISH, STRENGTH])
    strength = Fact("strength", {"channel": word + "!", "wish": word, "score": 4})
    assert spoke(exact, wish(word, 1), wish(word + " ", 1), strength) == ["r"]


def test_yes_is_neither_one_nor_the_word() -> None:
    thing = kind("thing", ("name",), name="a", open=True, word="yes", number=1)
    when = pattern("thing", open=OneOf((Constant(True),)))
    rules = pack([rule("r", when)], [thing])
    assert spoke(rules, Fact("thing", {"name": "a", "open": True})) == ["r"]
    assert spoke(rules, Fact("thing", {"name": "a", "open": False, "number": 1})) == []
    assert spoke(rules, Fact("thing", {"name": "a", "word": "yes"})) == []


def test_what_is_missing_is_only_unknown() -> None:
    rules = [
        rule("known", pattern("wish", priority=Presence(known=True))),
        rule("not", pattern("wish", priority=OneOf((Constant(1), Constant(2)), negated=True))),
        rule("unknown", pattern("wish", priority=Presence(known=False))),
    ]
    assert spoke(pack(rules, [WISH]), Fact("wish", {"name": "sales"})) == ["unknown"]


def test_a_missing_attribute_silences_neither_other_rules_nor_other_facts() -> None:
    when = (pattern("reach"), pattern("strength", "strong", score=at_least("reach.share")))
    rules = [rule("a", *when), rule("b", *when), rule("c", pattern("reach"))]
    facts = [
        Fact("reach", {"channel": "forum"}),
        Fact("reach", {"channel": "video", "share": 0.2}),
        Fact("strength", {"channel": "forum", "wish": "a", "score": 3}),
        Fact("strength", {"channel": "forum", "wish": "b"}),
    ]
    said = Counter(spoke(pack(rules, [REACH, STRENGTH]), *facts))
    assert said == {"a": 1, "b": 1, "c": 2}


def test_unless_sees_all_of_when() -> None:
    lonely = rule(
        "lonely",
        pattern("wish"),
        pattern("strength", wish=same_as("wish.name")),
        target="strength.channel",
        unless=(pattern("reach", channel=same_as("strength.channel")),),
    )
    facts = [
        wish("sales", 1),
        Fact("strength", {"channel": "forum", "wish": "sales", "score": 3}),
        Fact("strength", {"channel": "video", "wish": "sales", "score": 3}),
        Fact("reach", {"channel": "forum", "share": 0.4}),
    ]
    advice = recommend(pack([lonely], [WISH, STRENGTH, REACH]), facts)
    assert [scored.target[1] for scored in advice.scored] == ["video"]


def test_an_unless_without_a_tie_silences_the_whole_rule() -> None:
    calm = rule("calm", pattern("wish"), unless=(pattern("reach", share=at_least(0.3)),))
    rules = pack([calm], [WISH, REACH])
    assert spoke(rules, wish("a", 1), Fact("reach", {"channel": "forum", "share": 0.29})) == [
        "calm"
    ]
    assert spoke(rules, wish("a", 1), Fact("reach", {"channel": "forum", "share": 0.3})) == []


def test_matches_are_those_of_nested_loops() -> None:
    for seed in range(120):
        drawn, (facts,) = random_pack(seed), random_scenarios(seed, 1)
        everything = [*drawn.fixed, *facts]
        said = recommend(drawn, facts).matches
        for one in drawn.rules:
            kinds = {p.kind for p in (*one.when, *one.unless)}
            if one.where or one.points or not kinds <= {f.kind for f in everything}:
                continue
            if any(drawn.kinds[k].derived or drawn.kinds[k].aggregates for k in kinds):
                continue
            expected = [list(m) for m in matches(drawn, one, everything)]
            found = [list(m.facts) for m in said if m.rule.id == one.id]
            assert len(found) == len(expected), (seed, one.id)
            assert all(m in found for m in expected), (seed, one.id)


def test_no_order_of_rules_or_facts_changes_anything() -> None:
    drawn, (facts,) = random_pack(24), random_scenarios(24, 1)
    expected = recommend(drawn, facts)
    assert expected.matches
    rng = Random(0)
    for number in range(1_000):
        rules, fixed = list(drawn.rules), list(drawn.fixed)
        for shuffled in (rules, fixed, facts):
            rng.shuffle(shuffled)
        if number % 10 == 0:  # a newly compiled pack, then the same one with other orders of facts
            shuffled_pack = replace(
                drawn, rules=tuple(rules), fixed=tuple(fixed), fingerprint=f"shuffle {number}"
            )
        advice = recommend(shuffled_pack, facts)
        assert advice.scored == expected.scored
        assert advice.findings == expected.findings
        assert advice.matches == expected.matches


def test_the_facts_of_one_organisation_never_reach_the_next() -> None:
    drawn, scenarios = random_pack(5), random_scenarios(5, 6)
    alone = []
    for facts in scenarios:
        engine.forget()
        alone.append(recommend(drawn, facts))
    rng = Random(1)
    for _ in range(60):
        at = rng.randrange(len(scenarios))
        assert recommend(drawn, scenarios[at]) == alone[at]


def test_stages_read_what_earlier_ones_recommended_and_found() -> None:
    stages = (Stage("findings", ()), Stage("channels", ("channel",)), Stage("steps", ("step",)))
    rules = [
        rule(
            "loud",
            pattern("wish"),
            stage="findings",
            conclusion=Find("loud", reference("wish.name")),
        ),
        rule("best", pattern("finding", name=OneOf((Constant("loud"),))), target="forum", points=2),
        rule(
            "step",
            pattern("recommended", rank=OneOf((Constant(1),)), score=OneOf((Constant(2),))),
            stage="steps",
            conclusion=Recommend("step", (Reference("recommended", "target"),)),
        ),
    ]
    advice = recommend(pack(rules, [WISH], stages=stages), [wish("sales", 1)])
    assert [scored.target for scored in advice.scored] == [
        ("channel", "forum", ""),
        ("step", "forum", ""),
    ]


def test_sentences_name_what_matched() -> None:
    text = (Piece("You want "), Piece(term=Reference("wish", "name")), Piece("."))
    advice = recommend(
        pack([rule("r", pattern("wish"), because=text)], [WISH]), [wish("p1", 1)], {"p1": "Ada"}
    )
    assert advice.scored[0].parts[0].sentence == "You want Ada."


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (Fact("wish", {"name": "sales", "priority": "abc"}), "priority"),
        (Fact("wish", {"name": "sales", "priority": True}), "priority"),
        (Fact("wish", {"name": "sales", "priority": float("nan")}), "priority"),
        (Fact("wish", {"name": "sales", "priority": 2**53 + 1}), "priority"),
        (Fact("wish", {"name": "x" * 70_000}), "name"),
        (Fact("wish", {"name": 3}), "name"),
        (Fact("wish", {"name": "sales", "prioritiy": 3}), "prioritiy"),
        (Fact("wsh", {"name": "sales"}), "wsh"),
    ],
)
def test_facts_that_do_not_fit_are_refused_by_name(fact: Fact, says: str) -> None:
    rules = pack([rule("r", pattern("wish", priority=at_least(3)))], [WISH])
    with pytest.raises(FactError, match=says):
        recommend(rules, [fact])


def test_a_join_that_could_explode_is_refused_by_name() -> None:
    facts = [wish(f"w{i}", i) for i in range(300)]
    explosive = rule("explosive", pattern("wish", "one"), pattern("wish", "other"))
    with pytest.raises(TooManyMatches, match=r"explosive.*90,000.*same as"):
        recommend(pack([explosive], [WISH]), facts)


def test_many_rules_may_not_explode_together() -> None:
    facts = [wish(f"w{i}", i) for i in range(140)]
    when = (pattern("wish", "one"), pattern("wish", "other"))
    each = [rule(f"r{i}", *when, points=0) for i in range(12)]
    with pytest.raises(TooManyMatches, match=r"200,000.*“r\d"):
        recommend(pack(each, [WISH]), facts)


def test_a_join_that_is_tied_is_not_refused() -> None:
    tied = rule("tied", pattern("wish", "one"), pattern("wish", "other", name=same_as("one.name")))
    narrow = rule(
        "narrow", pattern("wish", "one"), pattern("wish", "other", priority=at_least(290))
    )
    facts = [wish(f"w{i}", i) for i in range(300)]
    said = Counter(spoke(pack([tied, narrow], [WISH]), *facts))
    assert said == {"tied": 300, "narrow": 3_000}


def test_points_are_weighed_by_trust_and_confidence() -> None:
    points = Operation("*", Constant(2), Reference("wish", "priority"))
    rules = pack([rule("r", pattern("wish"), points=points)], [WISH], confidence={"r": 0.5})
    (scored,) = recommend(rules, [Fact("wish", {"name": "sales", "priority": 3}, 0.333)]).scored
    assert scored.hundredths == 100  # 6 x 0.333 x 0.5 = 0.999, rounded once
