"""What-if on the grid: against naive durable-rules, 100,000 scenarios at once, and the search."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from time import perf_counter, process_time

import numpy as np

from bench import generated
from bench.naive import Naive
from bench.timing import goal, medians
from rules.grid import Grid, columns
from rules.levers import Dial, Lever, Move, Settings, changes, moved, scenarios
from rules.pack import Fact, Pack
from rules.search import Question, flips

OBJECTIVES = 14
SAMPLE = 40
"""Scenarios that naive durable-rules is given; the others take as long each."""


def wishes(facts: Sequence[Fact]) -> list[Dial]:
    """The priority of 14 objectives, each from not wanted up to 5."""
    return [
        _dial(fact, "priority", (None, 1, 2, 3, 4, 5))
        for fact in facts
        if fact.kind.startswith("wish")
    ][:OBJECTIVES]


def everything(facts: Sequence[Fact]) -> list[Dial]:
    """Every number of every fact."""
    steps = {"priority": (None, 1, 2, 3, 4, 5), "share": tuple(range(11))}
    return [
        _dial(fact, name, steps.get(name, tuple(range(7))))
        for fact in facts
        for name, value in fact.values.items()
        if not isinstance(value, str)
    ]


def _dial(fact: Fact, name: str, values: Sequence[int | None]) -> Dial:
    key = tuple(value for value in fact.values.values() if isinstance(value, str))
    now = fact.values[name]
    return Dial(Lever("fact", fact.kind, key, name), (now, *(v for v in values if v != now)))


def against_naive() -> None:
    """All single and pair changes of 14 objectives: scores and ranks on the grid against one
    evaluation by naive durable-rules after another."""
    for size in (200, 3_200):
        pack = generated.pack(size)
        facts = generated.facts(pack)
        turned = wishes(facts)
        settings = changes(turned, 2)
        naive = Naive(pack)
        grid = columns(pack, scenarios(pack, facts, turned, settings))
        some = Random(0).sample(range(len(settings)), SAMPLE)
        tried = [_after(pack, facts, turned, settings[at].tolist()) for at in some]
        for at, after in zip(some, tried, strict=True):
            assert _scores(grid, at) == naive.recommend(after), "results differ"
        each = iter(tried * 3)
        took = medians({"naive": lambda n=naive, e=each: n.recommend(next(e))}, 2 * SAMPLE)
        took |= medians(
            {"grid": lambda p=pack, f=facts, t=turned, s=settings: _columns(p, f, t, s)}, 9
        )
        whole = took["naive"] * len(settings)
        print(f"{size:,} rules, {len(settings):,} scenarios, {SAMPLE} of them proved equal:")
        print(f"  grid                {took['grid']:8.0f} ms")
        print(f"  naive durable-rules {whole:8.0f} ms ({took['naive']:.1f} ms each)")
        wanted = 1_000
        goal("times faster than naive", whole / took["grid"], wanted, at_least=True)


def many() -> None:
    """100,000 scenarios drawn at random: score and rank of every target in each."""
    pack = generated.pack(200)
    facts = generated.facts(pack)
    rng = np.random.default_rng(0)
    for name, turned in (("14 objectives", wishes(facts)), ("all levers", everything(facts))):
        sizes = [len(dial.values) for dial in turned]
        settings = np.stack(
            [rng.integers(0, size, 100_000, dtype=np.int32) for size in sizes], axis=1
        )
        grid = columns(pack, scenarios(pack, facts, turned, settings))
        for at in range(0, 100_000, 5_000):
            alone = columns(pack, scenarios(pack, facts, turned, settings[at : at + 1]))
            assert _scores(grid, at) == _scores(alone, 0), "results differ"
        took = medians(
            {"grid": lambda p=pack, f=facts, t=turned, s=settings: _columns(p, f, t, s)}, 5
        )["grid"]
        goal(f"s for 100,000 scenarios of {name} ({len(turned)})", took / 1000, 1)


def search() -> None:
    """What would flip it, at 200 rules, where everything has to be tried: no target of that name is
    ever recommended, so the answer is the proof that nothing brings it in."""
    pack = generated.pack(200)
    facts = generated.facts(pack)
    for name, turned, most in (
        ("14 objectives, three changes", wishes(facts), 3),
        ("all levers, two changes", everything(facts), 2),
        ("all levers, three changes", everything(facts), 3),
    ):
        target = _lowest(pack, facts)
        started, begun = perf_counter(), process_time()
        found = flips(pack, facts, turned, Question(target, cut=1, most=most))
        took, worked = perf_counter() - started, process_time() - begun
        print(
            f"{name}: {found.levers} of {len(turned)} levers bear on {target[1]}; "
            f"{found.tried:,} scenarios, every way to move {found.most}, {len(found.flips)} ways; "
            f"{worked:.2f} s of CPU"
        )
        goal("s for the search", took, 2)


def _lowest(pack: Pack, facts: Sequence[Fact]) -> tuple[str, str, str]:
    """The channel that is furthest from the first rank."""
    grid = columns(pack, scenarios(pack, facts, [], np.zeros((1, 0), dtype=np.int32)))
    return grid.targets[int(grid.score[:, 0].argmin())]


def _columns(pack: Pack, facts: Sequence[Fact], turned: Sequence[Dial], settings: Settings) -> Grid:
    return columns(pack, scenarios(pack, facts, turned, settings))


def _after(
    pack: Pack, facts: Sequence[Fact], turned: Sequence[Dial], row: Sequence[int]
) -> list[Fact]:
    moves = [Move(d.lever, d.values[v]) for d, v in zip(turned, row, strict=True) if v]
    return list(moved(pack, facts, moves))


def _scores(grid: Grid, at: int) -> dict[str, int]:
    """target -> hundredths of what anything speaks for."""
    return {
        target[1]: int(score)
        for target, score in zip(grid.targets, grid.score[:, at], strict=True)
        if score
    }
