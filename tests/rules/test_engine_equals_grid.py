"""Two evaluators, one meaning: each is the other's proof."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.advice import Advice
from rules.engine import recommend
from rules.grid import evaluate
from rules.pack import Fact, Pack
from rules.reading import load
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios

PACK = Path(__file__).parents[2] / "rules" / "packs" / "social_media"


def differences(count: int, seed: int = 0) -> Iterator[str]:
    """Where engine and grid disagree over `count` random packs of one or two fact sets, as
    sentences that name the seed; nothing if they always agree."""
    for number in range(seed, seed + count):
        pack, scenarios = random_pack(number), random_scenarios(number, 1 + number % 2)
        yield from disagreements(pack, scenarios, f"seed {number}")


def disagreements(pack: Pack, scenarios: list[list[Fact]], name: str) -> Iterator[str]:
    """What the two say differently about the same facts."""
    for place, (facts, columns) in enumerate(
        zip(scenarios, evaluate(pack, scenarios), strict=True)
    ):
        advice = recommend(pack, facts)
        if advice != columns:
            yield f"{name}, scenario {place}: {_first_difference(advice, columns)}"


def _first_difference(engine: Advice, grid: Advice) -> str:
    for field in ("scored", "findings", "matches"):
        one, other = getattr(engine, field), getattr(grid, field)
        if one != other:
            only = [entry for entry in one if entry not in other]
            also = [entry for entry in other if entry not in one]
            return f"{field}: engine alone {only[:1]}, grid alone {also[:1]}"
    return "the same fields in another order"


@pytest.mark.parametrize("seed", range(0, 2_000, 250))
def test_engine_and_grid_agree_on_random_packs(seed: int) -> None:
    assert not list(differences(250, seed))


def test_engine_and_grid_agree_on_the_cases_of_the_pack() -> None:
    pack = load(PACK)
    told = [case for case in pack.cases if "speaks" not in case.name]
    others = [case for case in pack.cases if "speaks" in case.name]
    facts = [list(case.facts) for case in (*told, *others[::4])]
    together = (facts[start : start + 8] for start in range(0, len(facts), 8))
    assert not [line for eight in together for line in disagreements(pack, eight, "cases")]
