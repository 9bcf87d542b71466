"""Many scenarios at once say what each says alone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rules.condition import Constant, Reference, Same
from rules.engine import recommend
from rules.errors import FactError, TooManyMatches
from rules.grid import Grid, columns, evaluate
from rules.grid_tables import ALWAYS
from rules.pack import Fact, Pack, Pattern, Recommend
from rules.scenarios import of_facts
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_facts, random_scenarios
from tests.rules.shop import fact, pattern, rule, shop


def at(grid: Grid, target: str) -> int:
    """The row of a channel."""
    return grid.targets.index(("channel", target, ""))


def only(*rules: object) -> Pack:
    """The shop with these rules alone."""
    return replace(shop(), rules=tuple(rules), fingerprint=repr(rules))  # type: ignore[arg-type]


def stated(name: str, priority: float) -> Fact:
    return fact("objective", name=name, priority=priority)


def used(channel: str, share: float, trust: float = 1.0) -> Fact:
    return fact("use", trust, group="locals", channel=channel, share=share)


def test_scores_are_columns_of_scenarios() -> None:
    scenarios = [[stated("sales", priority), used("newsletter", 0.5)] for priority in (0, 1, 2, 3)]
    grid = columns(shop(), of_facts(shop(), scenarios))
    assert grid.score[at(grid, "newsletter")].tolist() == [0, 500, 1100, 1600]
    assert grid.rank[at(grid, "newsletter")].tolist() == [0, 1, 1, 1]


def test_the_same_advice_as_the_engine_in_every_scenario() -> None:
    scenarios = [
        [],
        [stated("sales", 2), used("newsletter", 0.35)],
        [stated("image", 3), stated("sales", 1), used("forum", 0.9, trust=0.6)],
        [stated("image", 3), fact("host", person="a", channel="forum"), used("forum", 0.34)],
        [
            fact("declined", channel="video"),
            stated("image", 3),
            fact("organisation", premises=True),
        ],
    ]
    assert evaluate(shop(), scenarios) == [recommend(shop(), facts) for facts in scenarios]


@pytest.mark.parametrize("seed", range(12))
def test_together_as_one_by_one(seed: int) -> None:
    pack, scenarios = random_pack(seed), random_scenarios(seed, 25)
    assert evaluate(pack, scenarios) == [evaluate(pack, [facts])[0] for facts in scenarios]


@pytest.mark.parametrize("seed", range(12))
def test_no_order_changes_anything(seed: int) -> None:
    pack, facts = random_pack(seed), random_facts(Random(seed))
    shuffled = replace(
        pack,
        rules=tuple(reversed(pack.rules)),
        fixed=tuple(reversed(pack.fixed)),
        kinds=dict(reversed(pack.kinds.items())),
    )
    assert evaluate(pack, [facts]) == evaluate(shuffled, [facts[::-1]])


def test_each_form_of_a_fact_is_matched_once_however_many_scenarios_see_it() -> None:
    scenarios = [[stated("sales", 2 + step % 5 / 50)] for step in range(100)]
    grid = columns(shop(), of_facts(shop(), scenarios))
    said = next(spoken for spoken in grid.said if spoken.rule.id == "it-fits")
    assert len(said.fit) == 10
    assert grid.spoke("it-fits").tolist() == [True] * 100


def test_what_all_scenarios_share_depends_on_no_choice() -> None:
    scenarios = [[stated("sales", 2), used("forum", step / 10)] for step in range(10)]
    grid = columns(shop(), of_facts(shop(), scenarios))
    said = next(spoken for spoken in grid.said if spoken.rule.id == "it-fits")
    assert (said.choices == ALWAYS).all()


def test_equal_scores_share_a_rank() -> None:
    window = next(rule for rule in shop().rules if rule.id == "shop-window")
    (advice,) = evaluate(only(window), [[fact("organisation", premises=True)]])
    assert [scored.rank for scored in advice.scored] == [1, 1]


def test_of_equal_matches_the_first_in_key_order_is_kept() -> None:
    first = rule(
        "once",
        "channels",
        [pattern("use")],
        Recommend("channel", (Constant("forum"),)),
        points=Constant(1),
        once_per="target",
    )
    (advice,) = evaluate(only(first), [[used("video", 0.1), used("forum", 0.1)]])
    assert [part.facts[0].values["channel"] for part in advice.scored[0].parts] == ["forum"]


@pytest.mark.parametrize("trust", [0.5, 1.0])
def test_of_two_matches_the_heavier_is_kept(trust: float) -> None:
    heavier = rule(
        "once",
        "channels",
        [pattern("use")],
        Recommend("channel", (Constant("forum"),)),
        points=Reference("use", "share"),
        once_per="target",
    )
    facts = [used("forum", 0.2), used("video", 0.3, trust)]
    (advice,) = evaluate(only(heavier), [facts])
    assert advice.scored[0].hundredths == (30 if trust == 1 else 20)


def test_a_rank_that_rules_join_on_makes_rows() -> None:
    pack, scenarios = random_pack(0), random_scenarios(0, 5)
    ranked = rule(
        "by-rank",
        "activities",
        [
            pattern("recommended"),
            Pattern("recommended", "other", (("rank", Same(Reference("recommended", "rank"))),)),
        ],
        Recommend("activity", (Reference("other", "target"),)),
        points=Reference("other", "score"),
    )
    pack = replace(pack, rules=(*pack.rules, ranked), fingerprint="ranked")
    assert evaluate(pack, scenarios) == [recommend(pack, facts) for facts in scenarios]


def test_without_scenarios_there_is_no_advice() -> None:
    assert evaluate(shop(), []) == []


def test_no_facts_at_all_is_a_scenario() -> None:
    grid = columns(shop(), of_facts(shop(), [[]]))
    assert not np.any(grid.rank)


def test_a_fact_that_does_not_fit_is_refused_by_name() -> None:
    with pytest.raises(FactError, match="priority"):
        evaluate(shop(), [[], [fact("objective", name="sales", priority="high")]])


def test_too_many_combinations_are_refused_with_the_name_of_the_rule() -> None:
    crowd = [Pattern("use", f"use{i}", ()) for i in range(4)]
    crowded = rule("crowded", "channels", crowd, Recommend("channel", (Constant("forum"),)))
    facts = [fact("use", group=f"g{i}", channel="forum", share=0.1) for i in range(60)]
    with pytest.raises(TooManyMatches, match="crowded"):
        evaluate(only(crowded), [facts])
