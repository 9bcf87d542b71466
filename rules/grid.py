"""The rules of a pack over many scenarios at once, on arrays: the second evaluator.

It shares no matching, aggregate or arithmetic with `engine.py`, and the two agree to the last
hundredth: each is the other's proof. What all scenarios have in common, the pack's own facts above
all, is joined once; what differs is a column a scenario (see `grid_tables.py`).

    stage:  aggregates → matches of each rule → scores, blocks, ranks → `recommended`, `finding`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules.advice import Advice, Target
from rules.facts import typed
from rules.grid_advice import advice
from rules.grid_aggregates import aggregated
from rules.grid_facts import from_facts, identity
from rules.grid_scores import Outcome, Spoken, Whole, found, recommended, speak, weighed
from rules.grid_tables import Identity, Mask, Words, World
from rules.pack import Fact, Pack, Rule


@dataclass(frozen=True, slots=True)
class Grid:
    """Advice as columns, one a scenario.

    `score` (hundredths), `rank` (0: not recommended), `spoken` and `blocked` are
    [targets, scenarios], in the order of `targets`; `spoke` is [rules, scenarios], in the order of
    `said`, which is by rule id.
    """

    targets: tuple[Target, ...]
    score: Whole
    rank: Whole
    spoken: Mask
    blocked: Mask
    spoke: Mask
    said: tuple[Spoken, ...]
    words: Words


def evaluate(
    pack: Pack, scenarios: Sequence[Sequence[Fact]], names: Mapping[str, str] | None = None
) -> list[Advice]:
    """Whole advice for each scenario, equal to that of `engine.recommend`. Raises FactError and
    TooManyMatches."""
    if not scenarios:
        return []
    grid = columns(pack, scenarios)
    return [advice(pack, grid, at, names or {}) for at in range(len(scenarios))]


def columns(pack: Pack, scenarios: Sequence[Sequence[Fact]]) -> Grid:
    """Scores and ranks of every target in every scenario, without a sentence."""
    same = identity(pack)
    words = Words()
    own = [typed(pack, facts) for facts in scenarios]
    read = _read(pack, pack.rules)
    tables = {
        kind: from_facts(pack, same, kind, own, words)
        for kind in read
        if not pack.kinds[kind].aggregates
    }
    world = World(tables, words, {name: p.value for name, p in pack.parameters.items()})
    said: list[Spoken] = []
    outcomes: list[Outcome] = []
    for stage in pack.stages:
        rules = [rule for rule in pack.rules if rule.stage == stage.name]
        world = aggregated(pack, same, world, _read(pack, rules))
        now = [speak(world, rule, pack.confidence.get(rule.id, 1.0)) for rule in rules]
        said += now
        outcomes.append(weighed(now, len(own)))
        world = _with_derived(pack, same, world, said, outcomes)
    return _grid(words, said, outcomes, len(own))


def _read(pack: Pack, rules: Sequence[Rule]) -> frozenset[str]:
    """The kinds of fact that rules read, those behind the aggregates among them."""
    read = {pattern.kind for rule in rules for pattern in (*rule.when, *rule.unless)}
    for kind in [pack.kinds[name] for name in read]:
        read |= {aggregate.kind for aggregate in kind.aggregates.values()}
        read |= {kind.for_each} if kind.for_each else set()
    return frozenset(read)


def _with_derived(
    pack: Pack, same: Identity, world: World, said: Sequence[Spoken], outcomes: Sequence[Outcome]
) -> World:
    tables = dict(world.tables)
    if "recommended" in tables:
        tables["recommended"] = recommended(pack, same, world.words, outcomes)
    if "finding" in tables:
        scenarios = outcomes[0].score.shape[1]
        tables["finding"] = found(pack, same, world.words, said, scenarios)
    return replace(world, tables=tables)


def _grid(
    words: Words, said: Sequence[Spoken], outcomes: Sequence[Outcome], scenarios: int
) -> Grid:
    codes = np.concatenate([outcome.targets for outcome in outcomes])
    rules = tuple(sorted(said, key=lambda spoken: spoken.rule.id))
    return Grid(
        targets=tuple(_target(words, row) for row in codes.tolist()),
        score=np.concatenate([outcome.score for outcome in outcomes]),
        rank=np.concatenate([outcome.rank for outcome in outcomes]),
        spoken=np.concatenate([outcome.spoken for outcome in outcomes]),
        blocked=np.concatenate([outcome.blocked for outcome in outcomes]),
        spoke=np.array(
            [np.broadcast_to(s.kept.any(axis=0), scenarios) for s in rules], dtype=np.bool_
        ),
        said=rules,
        words=words,
    )


def _target(words: Words, row: Sequence[int]) -> Target:
    kind, target, of = (words.word(code) for code in row)
    return kind, target, of
