"""Why, why not, and how near each silent rule came."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from rules.condition import Compare, Constant, Operation, Reference, Same
from rules.engine import recommend
from rules.explain import NearMiss, WhyNot, silent, why, why_not
from rules.explain_facts import Known, known
from rules.explain_nearest import STEPS, Search
from rules.explain_ways import Way
from rules.grid import evaluate
from rules.pack import Fact, Find, Pattern, Recommend, Rule
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_facts
from tests.rules.shop import fact, pattern, rule, shop

NAMES = {"locals": "Locals"}


def not_advised(facts: list[Fact], target: str) -> WhyNot:
    """Why the shop does not hear of a channel."""
    return why_not(shop(), facts, recommend(shop(), facts), "channel", target, names=NAMES)


def near(answer: WhyNot, rule_id: str) -> NearMiss:
    """How near one rule came."""
    return next(miss for miss in answer.near if miss.rule.id == rule_id)


def sales(priority: float = 2) -> Fact:
    return fact("objective", name="sales", priority=priority)


def locals_use(share: float, channel: str = "newsletter") -> Fact:
    return fact("use", group="locals", channel=channel, share=share)


def test_the_parts_of_why_add_up_to_the_score() -> None:
    advice = recommend(shop(), [sales(), fact("organisation", premises=True, trust=0.5)])
    answer = why(advice, "channel", "newsletter")
    assert [part.rule.id for part in answer.parts] == ["it-fits", "shop-window"]
    assert sum(part.hundredths for part in answer.parts) == answer.hundredths == 200
    assert answer.state == "recommended"


def test_why_says_so_where_nobody_spoke() -> None:
    assert why(recommend(shop(), []), "channel", "newsletter").state == "silent"


def test_the_parts_add_up_in_random_packs() -> None:
    for seed in range(40):
        advice = evaluate(random_pack(seed), [random_facts(Random(seed))])[0]
        for scored in advice.scored:
            answer = why(advice, *scored.target)
            assert sum(part.hundredths for part in answer.parts) == scored.hundredths


def test_a_share_too_small_is_named_with_what_is_short() -> None:
    miss = not_advised([sales(), locals_use(0.12)], "newsletter").near[0]
    assert miss.rule.id == "people-are-there"
    assert [obstacle.text for obstacle in miss.obstacles] == [
        "Needs: audience share at least 35 % (Locals, Newsletter); read: 12 %; 23 points short."
    ]
    assert miss.distance == 0.23


@pytest.mark.parametrize(("share", "silent_still"), [(0.34, True), (0.35, False)])
def test_a_rule_is_silent_up_to_its_border(share: float, silent_still: bool) -> None:
    answer = not_advised([sales(), locals_use(share)], "newsletter")
    assert ("people-are-there" in {miss.rule.id for miss in answer.near}) is silent_still


def test_of_several_facts_the_nearest_is_shown() -> None:
    facts = [
        sales(),
        locals_use(0.12),
        fact("use", group="guests", channel="newsletter", share=0.3),
    ]
    assert near(not_advised(facts, "newsletter"), "people-are-there").distance == 0.05


def test_facts_of_other_targets_are_no_near_miss() -> None:
    miss = near(not_advised([sales(), locals_use(0.34, "forum")], "newsletter"), "people-are-there")
    assert miss.obstacles[0].miss.why == "fact"
    assert miss.obstacles[0].text == (
        "Nothing known about people's use of a channel (Newsletter); "
        "it needs audience share at least 35 %."
    )


def test_a_value_that_nobody_gave_is_called_unknown() -> None:
    miss = near(not_advised([sales(), fact("organisation", staff=3)], "newsletter"), "shop-window")
    assert miss.obstacles[0].text == "Needs: premises yes; nothing known about premises."
    assert miss.distance == 1


def test_a_missing_objective_is_named() -> None:
    miss = near(not_advised([], "video"), "it-fits")
    assert miss.obstacles[0].text == (
        "Nothing known about an objective you have stated (Image); it needs priority at least 1."
    )
    assert miss.facts[0] is None
    assert miss.facts[1] == fact("strength", channel="video", objective="image", score=5)


def test_an_exception_that_silences_is_named() -> None:
    answer = not_advised([sales(), fact("declined", channel="newsletter")], "newsletter")
    assert near(answer, "it-fits").obstacles[0].text == (
        "Silenced by an offer you declined (Newsletter)."
    )


def test_a_where_that_fails_shows_both_sides() -> None:
    miss = near(not_advised([sales(priority=1)], "newsletter"), "it-fits")
    assert miss.obstacles[0].text == "Needs: priority times score at least 8; read: 5 against 8."
    assert miss.distance == 0.375


def test_a_blocked_target_shows_its_way_out() -> None:
    answer = not_advised([sales(), locals_use(0.5, "forum")], "forum")
    assert answer.why.state == "blocked"
    assert [block.way_out for block in answer.why.blocks] == ["Find another host."]


def test_what_weighs_against_a_target_is_not_offered_as_a_way_in() -> None:
    answer = not_advised([], "video")
    assert answer.why.state == "outweighed"
    assert "costly" not in {miss.rule.id for miss in answer.near}


def test_rules_for_other_targets_are_left_out() -> None:
    assert "shop-window" not in {miss.rule.id for miss in not_advised([], "forum").near}


def test_nearest_comes_first() -> None:
    for target in ("newsletter", "forum", "video"):
        distances = [miss.distance for miss in not_advised([sales()], target).near]
        assert distances == sorted(distances)


def test_an_earlier_recommendation_that_is_not_there_is_named() -> None:
    advice = recommend(shop(), [])
    answer = why_not(shop(), [], advice, "activity", "calendar")
    assert answer.near[0].obstacles[0].text == (
        "Needs a recommendation that is not there; it needs rank at most 1."
    )


def test_what_the_rule_book_fixes_counts_as_farther() -> None:
    ties = rule(
        "community",
        "channels",
        [pattern("channel", type=shop().rules[2].when[0].tests[0][1])],
        Recommend("channel", (Reference("channel", "id"),)),
        points=Constant(1),
    )
    pack = replace(shop(), rules=(ties,), fingerprint="ties")
    answer = why_not(pack, [], recommend(pack, []), "channel", "video")
    assert answer.near[0].distance == 2
    assert (
        answer.near[0].obstacles[0].text == "Needs: type community (Video channel); read: network."
    )


@pytest.mark.parametrize(("factor", "offered"), [(-3, True), (3, False)])
def test_two_minuses_do_not_lower(factor: int, offered: bool) -> None:
    points = Operation("*", Constant(-2), Constant(factor))
    window = next(rule for rule in shop().rules if rule.id == "shop-window")
    pack = replace(shop(), rules=(replace(window, points=points),), fingerprint=f"by {factor}")
    answer = why_not(pack, [], recommend(pack, []), "channel", "video")
    assert bool(answer.near) is offered


def test_every_silent_rule_is_explained_and_no_other() -> None:
    facts = [sales(), locals_use(0.12)]
    advice = recommend(shop(), facts)
    assert {miss.rule.id for miss in silent(shop(), facts, advice)} == {
        "people-are-there",
        "shop-window",
    }


def test_silent_rules_of_random_packs_have_something_that_is_missing() -> None:
    for seed in range(150):
        pack, facts = random_pack(seed), random_facts(Random(seed))
        (advice,) = evaluate(pack, [facts])
        spoke = {part.rule.id for scored in advice.scored for part in scored.parts}
        spoke |= {block.rule.id for scored in advice.scored for block in scored.blocks}
        spoke |= {finding.rule.id for finding in advice.findings}
        told = silent(pack, facts, advice)
        assert {miss.rule.id for miss in told} == {rule.id for rule in pack.rules} - spoke
        assert all(miss.obstacles and miss.distance > 0 for miss in told), f"seed {seed}"
        assert all(obstacle.text for miss in told for obstacle in miss.obstacles)


def test_no_way_is_nearer_than_the_one_that_is_found() -> None:
    for seed in range(60):
        pack, facts = random_pack(seed), random_facts(Random(seed))
        (advice,) = evaluate(pack, [facts])
        for ruled in pack.rules:
            there = known(pack, facts, advice, ruled.stage)
            search = Search(there, ruled, {})
            found = search.nearest().distance
            if len(ruled.when) < 4 and search.steps <= STEPS:
                assert found == exhaustive(there, ruled), f"seed {seed}, {ruled.id}"


def exhaustive(there: Known, ruled: Rule) -> float:
    """The distance of the nearest way, every way walked to its end."""
    search = Search(there, ruled, {})
    aliases = frozenset(pattern.alias for pattern in ruled.when)
    search.plan = replace(search.plan, later=aliases)
    ways = [Way({}, {}, ())]
    for place in range(len(ruled.when)):
        ways = [longer for way in ways for longer in search._longer(place, way)]
    return min(way.distance for way in ways)


def test_a_search_among_many_facts_ends() -> None:
    channels = (("channel", Same(Reference("strength", "channel"))),)
    uses = [Pattern("use", f"use{i}", (*channels, ("share", few(i)))) for i in range(4)]
    crowded = rule("crowded", "channels", [pattern("strength"), *uses], Find("crowded"))
    facts = [fact("use", group=f"g{i}", channel="forum", share=0.1) for i in range(40)]
    there = Known(shop(), {"strength": shop().fixed[3:], "use": facts})
    search = Search(there, crowded, {("strength", "channel"): "forum"})
    assert len(search.nearest().misses) == 4
    assert search.steps < STEPS + 100


def few(least: int) -> Compare:
    return Compare("at least", Constant(0.2 + least / 10))
