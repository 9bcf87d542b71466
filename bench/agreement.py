"""Both evaluators on 10,000 random packs, each with facts of its own, and on random levers."""

from __future__ import annotations

from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios
from tests.rules.test_engine_equals_grid import disagreements
from tests.rules.test_levers import differences

CASES = 10_000
WITH_LEVERS = 2_000


def agreement() -> None:
    """Says each difference; the suite runs the first 2,000 of these packs."""
    found = 0
    for number in range(CASES):
        drawn, scenarios = random_pack(number), random_scenarios(number, 1)
        for difference in disagreements(drawn, scenarios, f"seed {number}"):
            found += 1
            print(difference)
    print(f"engine and grid differ in {found} of {CASES:,} random packs and fact sets")
    moved = list(differences(WITH_LEVERS))
    print(*moved, sep="\n", end="\n" if moved else "")
    print(f"and on {len(moved)} of {WITH_LEVERS:,} packs with random levers, three scenarios each")
    assert not found + len(moved), "the two evaluators differ"
