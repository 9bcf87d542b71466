"""What the checks call impossible or implied never turns out otherwise, on random packs."""

from __future__ import annotations

from random import Random

import pytest

from rules.checking.constraints import System
from rules.checking.implication import mappings
from rules.checking.joining import system
from rules.checking.silence import silent_for_ever
from rules.checking.world import read_world
from rules.engine import recommend
from rules.errors import TooManyMatches
from rules.pack import Pack
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_facts

SEEDS = range(150)
STATES = 6


def spoken(pack: Pack, seed: int) -> list[set[str]]:
    """The rules that match, in each of a few random states."""
    rng, spoken = Random(seed), []
    for _ in range(STATES):
        try:
            advice = recommend(pack, random_facts(rng))
        except TooManyMatches:
            continue
        spoken.append({match.rule.id for match in advice.matches})
    return spoken


def systems(pack: Pack) -> dict[str, System]:
    world = read_world(pack)
    return {rule.id: system(world, rule) for rule in pack.rules}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_called_silent_never_speaks_and_implied_rules_speak_together(seed: int) -> None:
    pack = random_pack(seed)
    joined = systems(pack)
    silent = {name for name, one in joined.items() if silent_for_ever(one) or one.conflict}
    implied = [
        (narrow, wide.id)
        for narrow, one in joined.items()
        for wide in pack.rules
        if wide.id != narrow and wide.stage == one.rule.stage and any(mappings(one, wide))
    ]
    for names in spoken(pack, seed):
        assert not silent & names
        assert [wide for narrow, wide in implied if narrow in names and wide not in names] == []
