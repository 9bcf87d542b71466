"""Every scenario that levers make says what the engine says of the facts after the moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from rules.amending import amended
from rules.engine import recommend
from rules.grid import columns, tell
from rules.levers import Dial, Lever, Move, changes, dials, moved, scenarios
from rules.pack import Amendment, Attribute, Fact, Kind, Pack
from rules.pack import Lever as Range
from tests.rules.random_packs import PARAMETERS, random_pack
from tests.rules.random_world import NUMBERS, SHAPES, WORDS, random_facts
from tests.rules.shop import fact, shop


def random_dials(rng: Random, pack: Pack, facts: Sequence[Fact]) -> list[Dial]:
    """A few levers of every sort, in no order."""
    found = [_on_fact(rng, one) for one in rng.sample(list(facts), min(3, len(facts)))]
    for name in rng.sample(sorted(PARAMETERS), rng.randint(0, 2)):
        now = pack.parameters[name].value
        others = [value for value in PARAMETERS[name] if value != now]
        found.append(Dial(Lever("parameter", name), (now, *others)))
    for rule in rng.sample(pack.rules, rng.randint(0, 2)):
        found.append(Dial(Lever("rule", rule.id), (True, False)))
    return [dial for dial in found if dial is not None]


def _on_fact(rng: Random, one: Fact) -> Dial | None:
    key, domains = SHAPES[one.kind]
    names = [name for name in one.values if name not in key]
    if not names:
        return None
    name = rng.choice(names)
    pool = {"number": NUMBERS, "yes_no": (True, False)}.get(domains[name]) or WORDS[domains[name]]
    now = one.values[name]
    others = [value for value in rng.sample(pool, min(3, len(pool))) if value != now]
    lever = Lever("fact", one.kind, tuple(one.values[part] for part in key), name)
    return Dial(lever, (now, *others, *([None] if rng.random() < 0.5 else [])))


def differences(count: int, seed: int = 0) -> Iterator[str]:
    """Where scenarios made by levers and the engine disagree, over `count` random packs."""
    for number in range(seed, seed + count):
        rng = Random(number)
        pack, facts = random_pack(number), random_facts(rng)
        turned = random_dials(rng, pack, facts)
        settings = np.array(
            [[rng.randrange(len(dial.values)) for dial in turned] for _ in range(3)],
            dtype=np.int32,
        ).reshape(3, len(turned))
        grid = columns(pack, scenarios(pack, facts, turned, settings))
        for at, row in enumerate(settings.tolist()):
            moves = [Move(d.lever, d.values[value]) for d, value in zip(turned, row, strict=True)]
            changed = amended(pack, [one for move in moves for one in _amendment(move)])
            said = recommend(changed, moved(pack, facts, moves))
            if tell(changed, grid, at, {}) != said:
                yield f"seed {number}, scenario {at}: {moves}"


def _amendment(move: Move) -> list[Amendment]:
    if move.lever.what == "parameter":
        return [Amendment(parameter=move.lever.name, value=move.value)]
    off = move.lever.what == "rule" and not move.value
    return [Amendment(rule=move.lever.name, off=True)] if off else []


@pytest.mark.parametrize("seed", range(0, 400, 100))
def test_every_scenario_of_random_levers_is_what_the_engine_says(seed: int) -> None:
    assert not list(differences(100, seed))


def with_levers() -> Pack:
    """The shop, whose hours move free hours along, and whose objectives come and go."""
    kinds = dict(shop().kinds)
    hours = Attribute("hours", "number", low=0, high=40, lever=Range(0, 40, 10, along=("free",)))
    free = Attribute("free", "number", low=0, high=40)
    kinds["clerk"] = Kind(
        "clerk", ("id",), {"id": Attribute("id", "word"), "hours": hours, "free": free}
    )
    stated = kinds["objective"]
    priority = replace(stated.attributes["priority"], low=1, high=3, lever=Range(0, 3, 1))
    kinds["objective"] = replace(stated, attributes={**stated.attributes, "priority": priority})
    return replace(shop(), kinds=kinds, fingerprint="with levers")


HOURS = Lever("fact", "clerk", ("ann",), "hours")
SALES = Lever("fact", "objective", ("sales",), "priority")


def test_a_lever_has_every_step_and_begins_with_how_things_are() -> None:
    (dial,) = dials(with_levers(), [fact("clerk", id="ann", hours=12, free=4)])
    assert dial == Dial(HOURS, (12, 0, 10, 20, 30, 40), step=10)


def test_below_its_range_a_fact_is_gone() -> None:
    (dial,) = dials(with_levers(), [fact("objective", name="sales", priority=2)])
    assert dial.values == (2, None, 1, 3)
    stated = [fact("objective", name="sales", priority=2)]
    assert moved(with_levers(), stated, [Move(SALES, None)]) == ()


def test_a_fact_that_is_not_there_can_come_in() -> None:
    coming = [fact("objective", name="sales", priority=1)]
    (dial,) = dials(with_levers(), [], coming)
    assert dial.values == (None, 1, 2, 3)
    (made,) = moved(with_levers(), [], [Move(SALES, 3)], coming)
    assert made.values == {"name": "sales", "priority": 3}


@pytest.mark.parametrize(("hours", "free"), [(20, 12), (10, 2), (0, 0), (40, 32)])
def test_free_hours_move_along_and_stay_within_their_range(hours: int, free: int) -> None:
    (made,) = moved(
        with_levers(), [fact("clerk", id="ann", hours=12, free=4)], [Move(HOURS, hours)]
    )
    assert made.values == {"id": "ann", "hours": hours, "free": free}


def test_changes_are_all_ways_to_move_so_many_levers_the_fewest_first() -> None:
    pack = with_levers()
    coming = [fact("objective", name=name, priority=1) for name in ("sales", "image", "leads")]
    settings = changes(dials(pack, [], coming), 2)
    assert settings.shape == (1 + 3 * 3 + 3 * 9, 3)
    assert (settings > 0).sum(axis=1).tolist() == [0] + [1] * 9 + [2] * 27
    assert len(np.unique(settings, axis=0)) == len(settings)
