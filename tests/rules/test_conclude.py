"""From matches to parts, blocks, findings, scores and ranks."""

from __future__ import annotations

import pytest

from rules.advice import Advice, Scored
from rules.condition import (
    Comparison,
    Constant,
    Negative,
    Operation,
    Parameter,
    Reference,
)
from rules.engine import recommend
from rules.pack import Fact, Find, Piece, Recommend
from tests.rules.building import kind, pack, pattern, reference, rule

WISH = kind("wish", ("name",), name="sales", priority=1, channel="forum", whose="Ada")
PRIORITY = Reference("wish", "priority")


def wish(name: str, priority: float | None = None, trust: float = 1.0, **more: str) -> Fact:
    values = {"name": name, "priority": priority, **more}
    return Fact("wish", {n: v for n, v in values.items() if v is not None}, trust)


def advice(*rules: object, facts: list[Fact], **more: object) -> Advice:
    return recommend(pack(rules, [WISH], **more), facts)  # type: ignore[arg-type]


def only(said: Advice) -> Scored:
    (scored,) = said.scored
    return scored


def test_every_match_counts_unless_told_otherwise() -> None:
    scored = only(
        advice(rule("r", pattern("wish"), points=PRIORITY), facts=[wish("a", 2), wish("b", 3)])
    )
    assert [part.hundredths for part in scored.parts] == [200, 300]
    assert scored.hundredths == 500


@pytest.mark.parametrize(
    ("points", "hundredths"),
    [(0.125, 12), (0.375, 38), (0.0049, 0), (0.005, 0), (0.015, 2), (-2.5, -250), (1 / 3, 33)],
)
def test_each_part_is_rounded_once_half_to_even(points: float, hundredths: int) -> None:
    assert (
        only(advice(rule("r", pattern("wish"), points=points), facts=[wish("a")])).hundredths
        == hundredths
    )


def test_the_parts_add_up_to_the_score_exactly() -> None:
    rules = [rule(f"r{i}", pattern("wish"), points=1 / 3) for i in range(7)]
    scored = only(advice(*rules, facts=[wish("a", trust=0.77), wish("b", trust=0.1)]))
    assert scored.hundredths == sum(part.hundredths for part in scored.parts) == 7 * (26 + 3)


def test_a_match_weighs_as_its_least_trusted_fact() -> None:
    two = rule("r", pattern("wish", "one"), pattern("wish", "other"))
    facts = [wish("a", trust=0.5), wish("b", trust=0.9)]
    trusts = [part.trust for part in only(advice(two, facts=facts)).parts]
    assert trusts == [0.5, 0.5, 0.5, 0.9]


def test_a_match_whose_points_cannot_be_known_says_nothing() -> None:
    said = advice(rule("r", pattern("wish"), points=PRIORITY), facts=[wish("a"), wish("b", 1)])
    assert [match.facts[0].values["name"] for match in said.matches] == ["b"]


def test_a_match_without_its_target_says_nothing() -> None:
    rules = [
        rule("channel", pattern("wish"), target="wish.channel"),
        rule(
            "owner",
            pattern("wish"),
            conclusion=Recommend("owner", (Constant("Ada"),), of=reference("wish.channel")),
        ),
    ]
    said = advice(*rules, facts=[wish("a"), wish("b", channel="forum")])
    assert [scored.target for scored in said.scored] == [
        ("channel", "forum", ""),
        ("owner", "Ada", "forum"),
    ]
    assert all(len(scored.parts) == 1 for scored in said.scored)


def test_once_per_value_keeps_the_heaviest_match() -> None:
    once = rule("r", pattern("wish"), points=PRIORITY, once_per=reference("wish.whose"))
    facts = [
        wish("a", -3, whose="Ada"),
        wish("b", 2, whose="Ada"),
        wish("c", 1, whose="Bob"),
        wish("d", 5),
    ]
    parts = only(advice(once, facts=facts)).parts
    assert [part.facts[0].values["name"] for part in parts] == ["a", "c", "d"]


def test_once_per_target_keeps_one_for_each_target() -> None:
    once = rule("r", pattern("wish"), points=PRIORITY, target="wish.channel", once_per="target")
    facts = [
        wish("a", 1, channel="forum"),
        wish("b", 2, channel="forum"),
        wish("c", 2, channel="forum"),
        wish("d", 1, channel="video"),
    ]
    said = advice(once, facts=facts)
    kept = {s.target[1]: [part.facts[0].values["name"] for part in s.parts] for s in said.scored}
    assert kept == {"forum": ["b"], "video": ["d"]}  # b and c weigh alike: b is first by its key


def test_a_list_recommends_each_target_once() -> None:
    both = Recommend("channel", (Constant("forum"), reference("wish.channel")))
    said = advice(rule("r", pattern("wish"), conclusion=both), facts=[wish("a", channel="forum")])
    assert only(said).hundredths == 100


def test_ties_share_a_rank_and_the_next_one_is_skipped() -> None:
    rules = [
        rule(t, pattern("wish"), target=t, points=p)
        for t, p in (("a", 2), ("b", 3), ("c", 3), ("d", 1))
    ]
    said = advice(*rules, facts=[wish("x")])
    assert [(s.target[1], s.rank) for s in said.scored] == [("b", 1), ("c", 1), ("a", 3), ("d", 4)]


@pytest.mark.parametrize(("points", "rank"), [(0.01, 1), (0, None), (-1, None)])
def test_only_a_positive_score_is_recommended(points: float, rank: int | None) -> None:
    scored = only(advice(rule("r", pattern("wish"), points=points), facts=[wish("a")]))
    assert scored.rank == rank
    assert len(scored.parts) == 1


def test_a_blocked_target_has_no_rank_whatever_its_score() -> None:
    block = Recommend("channel", (Constant("forum"),), blocks=True)
    way_out = (Piece("Ask "), Piece(term=Reference("wish", "name")))
    rules = [
        rule("good", pattern("wish"), points=9),
        rule("video", pattern("wish"), target="video"),
        rule("never", pattern("wish"), conclusion=block, way_out=way_out),
    ]
    video, forum = advice(*rules, facts=[wish("Ada")]).scored
    assert (video.target[1], video.rank) == ("video", 1)
    assert (forum.hundredths, forum.rank, forum.blocks[0].way_out) == (900, None, "Ask Ada")


def test_findings_are_listed_once_per_match_and_known_once() -> None:
    find = Find("loud", reference("wish.channel"), "medium")
    facts = [
        wish("a", trust=0.3, channel="forum"),
        wish("b", trust=0.8, channel="forum"),
        wish("c"),
    ]
    said = advice(rule("r", pattern("wish"), conclusion=find), facts=facts)
    assert [(f.name, f.about, f.severity, f.trust) for f in said.findings] == [
        ("loud", "forum", "medium", 0.3),
        ("loud", "forum", "medium", 0.8),
    ]


@pytest.mark.parametrize(
    ("comparator", "stands"),
    [
        ("at least", [3, 4]),
        ("more than", [4]),
        ("at most", [2, 3]),
        ("less than", [2]),
        ("is", [3]),
        ("is not", [2, 4]),
    ],
)
def test_where_compares_sums_and_products(comparator: str, stands: list[int]) -> None:
    left = Operation("-", Operation("*", Constant(2), PRIORITY), Negative(Parameter("one")))
    line = Comparison(left, comparator, Constant(7))  # type: ignore[arg-type]
    facts = [wish("a"), wish("b", 2), wish("c", 3), wish("d", 4)]
    said = advice(rule("r", pattern("wish"), where=(line,)), facts=facts, parameters={"one": 1})
    assert [match.facts[0].values["priority"] for match in said.matches] == stands


def test_where_rounds_both_sides_to_six_decimals() -> None:
    tenths = Operation("+", Constant(0.1), Constant(0.2))
    line = Comparison(tenths, "is", Constant(0.3))
    assert advice(rule("r", pattern("wish"), where=(line,)), facts=[wish("a")]).matches
