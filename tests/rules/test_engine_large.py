"""Packs of hundreds of rules, cut into dozens of rulesets, still say what the arrays say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.engine import recommend
from rules.grid import evaluate
from rules.pack import Pack
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios


def large(seed: int) -> Pack:
    """The rules of sixty random packs in one: about 600 that read the same few kinds."""
    packs = [random_pack(seed * 60 + number) for number in range(60)]
    base = max(packs, key=lambda pack: len(pack.stages))
    named = [(f"{i:02}", pack) for i, pack in enumerate(packs)]
    return replace(
        base,
        fingerprint=f"large {seed}",
        rules=tuple(replace(rule, id=i + rule.id) for i, pack in named for rule in pack.rules),
        confidence={i + rule: sure for i, pack in named for rule, sure in pack.confidence.items()},
    )


@pytest.mark.parametrize("seed", [1, 7])
def test_six_hundred_rules_say_what_the_grid_says(seed: int) -> None:
    pack, scenarios = large(seed), random_scenarios(seed, 2)
    columns = evaluate(pack, scenarios)
    assert [recommend(pack, facts) for facts in scenarios] == columns
    assert all(len(advice.matches) > 500 for advice in columns)
