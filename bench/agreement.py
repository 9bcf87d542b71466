"""Both evaluators on 10,000 random packs, each with facts of its own."""

from __future__ import annotations

from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios
from tests.rules.test_engine_equals_grid import disagreements

CASES = 10_000


def agreement() -> None:
    """Says each difference; the suite runs the first 2,000 of these packs."""
    found = 0
    for number in range(CASES):
        drawn, scenarios = random_pack(number), random_scenarios(number, 1)
        for difference in disagreements(drawn, scenarios, f"seed {number}"):
            found += 1
            print(difference)
    print(f"engine and grid differ in {found} of {CASES:,} random packs and fact sets")
    assert not found, "the two evaluators differ"
