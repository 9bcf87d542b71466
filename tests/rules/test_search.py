"""What would flip it: against trying everything, on random packs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from random import Random

import numpy as np
import pytest

from rules.advice import Target
from rules.grid import columns
from rules.levers import Dial, Lever, Move, changes, scenarios
from rules.pack import Fact, Pack
from rules.search import Flips, Question, flips
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_facts
from tests.rules.shop import fact
from tests.rules.test_levers import random_dials, with_levers


def every_smallest(
    pack: Pack, facts: Sequence[Fact], turned: Sequence[Dial], question: Question
) -> set[frozenset[Lever]]:
    """By trying everything: the sets of levers of which no part is enough."""
    sizes = [range(len(dial.values)) for dial in turned]
    ways = list(product(*sizes))
    settings = np.array(ways, dtype=np.int32).reshape(len(ways), len(turned))
    grid = columns(pack, scenarios(pack, facts, turned, settings))
    if question.target not in grid.targets:
        return set()
    rank = grid.rank[grid.targets.index(question.target)]
    inside = (rank > 0) & (rank <= (question.cut or len(grid.targets)))
    flipped = [
        frozenset((turned[d].lever, int(v)) for d, v in enumerate(row) if v)
        for row, now in zip(settings.tolist(), inside.tolist(), strict=True)
        if now != inside[0]
    ]
    small = [one for one in flipped if len(one) <= question.most]
    smallest = [one for one in small if not any(other < one for other in flipped)]
    return {frozenset(lever for lever, _ in one) for one in smallest}


def asked(rng: Random, pack: Pack, facts: Sequence[Fact]) -> Iterator[Target]:
    """A few of the targets that the rules speak about, and one that they may not."""
    grid = columns(pack, scenarios(pack, facts, [], np.zeros((1, 0), dtype=np.int32)))
    yield from rng.sample(grid.targets, min(2, len(grid.targets)))
    yield ("channel", "video", "")


def differences(count: int, seed: int = 0) -> Iterator[str]:
    """Where the search and trying everything disagree."""
    for number in range(seed, seed + count):
        rng = Random(number)
        pack, facts = random_pack(number), random_facts(rng)
        turned = random_dials(rng, pack, facts)
        for target in asked(rng, pack, facts):
            question = Question(target, cut=rng.choice((None, None, 1, 2)), wanted=1_000)
            found = flips(pack, facts, turned, question)
            levers = {frozenset(move.lever for move in flip.moves) for flip in found.flips}
            wanted = every_smallest(pack, facts, turned, question)
            if levers != wanted:
                yield f"seed {number}, {question}: {levers} and not {wanted}"


@pytest.mark.parametrize("seed", range(0, 120, 40))
def test_the_search_finds_what_trying_everything_finds(seed: int) -> None:
    assert not list(differences(40, seed))


def many_dials(rng: Random, pack: Pack, facts: Sequence[Fact]) -> list[Dial]:
    """More levers than can all be moved at once."""
    drawn = [dial for _ in range(3) for dial in random_dials(rng, pack, facts)]
    return list({dial.lever: dial for dial in drawn}.values())


def by_trying_three(
    pack: Pack, facts: Sequence[Fact], turned: Sequence[Dial], question: Question
) -> set[frozenset[Lever]]:
    """The smallest sets of at most three levers, every way to move them evaluated alone."""
    settings = changes(turned, 3)
    grid = columns(pack, scenarios(pack, facts, turned, settings))
    if question.target not in grid.targets:
        return set()
    rank = grid.rank[grid.targets.index(question.target)]
    inside = (rank > 0) & (rank <= (question.cut or len(grid.targets)))
    flipped: set[frozenset[tuple[Lever, int]]] = set()
    for row in settings[inside != inside[0]].tolist():  # the fewest first
        moved = [(turned[d].lever, value) for d, value in enumerate(row) if value]
        parts = (frozenset(some) for n in (1, 2) for some in combinations(moved, n))
        if not any(part in flipped for part in parts):
            flipped.add(frozenset(moved))
    return {frozenset(lever for lever, _ in one) for one in flipped}


@pytest.mark.parametrize("seed", [2, 100])
def test_what_follows_from_pairs_is_what_trying_three_levers_finds(seed: int) -> None:
    for number in range(seed, seed + 5):
        rng = Random(number)
        pack, facts = random_pack(number), random_facts(rng)
        turned = many_dials(rng, pack, facts)
        for target in asked(rng, pack, facts):
            question = Question(target, cut=rng.choice((None, None, 1, 2)), wanted=10_000)
            found = flips(pack, facts, turned, question)
            levers = {frozenset(move.lever for move in flip.moves) for flip in found.flips}
            assert levers == by_trying_three(pack, facts, turned, question), (number, question)


def test_three_levers_that_no_rule_reads_together_need_not_be_evaluated() -> None:
    pack, facts = random_pack(18), random_facts(Random(18))
    turned = many_dials(Random(18), pack, facts)
    question = Question(("channel", "letter", ""), wanted=10_000, limit=160)
    found = flips(pack, facts, turned, question)
    assert found.most == 3
    assert found.tried > 5 * question.limit


SALES = Lever("fact", "objective", ("sales",), "priority")
IMAGE = Lever("fact", "objective", ("image",), "priority")
COMING = [fact("objective", name=name, priority=1) for name in ("sales", "image")]


def search(facts: Sequence[Fact], target: str, **asked: object) -> Flips:
    """The shop, whose objectives come and go."""
    pack = with_levers()
    turned = [Dial(SALES, (None, 1, 2, 3)), Dial(IMAGE, (None, 1, 2, 3))]
    question = Question(("channel", target, ""), **asked)  # type: ignore[arg-type]
    return flips(pack, facts, turned, question, COMING)


def test_the_nearest_step_that_brings_it_in_is_named() -> None:
    found = search([], "newsletter")
    assert not found.inside
    assert found.flips[0].moves == (Move(SALES, 2),)


def test_a_locked_lever_stays() -> None:
    found = search([], "newsletter", locked=(SALES,))
    assert SALES not in {move.lever for flip in found.flips for move in flip.moves}


def test_in_may_mean_among_the_first() -> None:
    stated = [fact("objective", name="sales", priority=2)]
    assert search(stated, "newsletter").inside
    assert search(stated, "newsletter", cut=1).inside


def test_the_cheapest_way_on_the_same_levers_is_told() -> None:
    dear = search([], "newsletter", effort={SALES: 5.0})
    assert dear.flips[0].effort == 5


def test_a_value_of_the_rules_is_a_lever_like_any_other() -> None:
    pack, facts = random_pack(3), random_facts(Random(3))
    turned = [Dial(Lever("parameter", "present"), (0.35, 0.2, 0.5))]
    found = flips(pack, facts, turned, Question(("channel", "video", "")))
    assert found.levers <= 1
    assert found.most == 3


def test_where_nothing_flips_it_everything_was_tried() -> None:
    found = search([], "nowhere")
    assert found.flips == ()
    assert found.most == 3
