"""The rules of a pack over many scenarios at once, on arrays: the second evaluator.

It shares no matching, aggregate or arithmetic with `engine.py`, and the two agree to the last
hundredth: each is the other's proof. What all scenarios have in common, the pack's own facts above
all, is joined once; what differs is a choice (see `grid_tables.py`).

    stage:  aggregates → matches of each rule → scores, blocks, ranks → `recommended`, `finding`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rules.advice import Advice, Target
from rules.errors import TooManyMatches
from rules.grid_advice import Telling, advice
from rules.grid_aggregates import aggregated
from rules.grid_derived import found, recommended
from rules.grid_facts import Prepared, parameters_of, prepared, tables
from rules.grid_scores import Outcome, weighed
from rules.grid_speaking import speak
from rules.grid_states import Joint, Spoken, Whole, parts, standing
from rules.grid_tables import Mask, Words, World
from rules.grid_varied import Varied, varied
from rules.pack import Fact, Find, Pack, Rule
from rules.scenarios import Scenarios, of_facts


@dataclass(frozen=True, slots=True)
class Grid:
    """Advice as columns, one a scenario.

    `score` (hundredths), `rank` (0: not recommended) and `blocks` (how many) are [targets,
    scenarios], in the order of `targets`; `said` is what each rule said, in order of rule id.
    """

    targets: tuple[Target, ...]
    score: Whole
    rank: Whole
    blocks: Whole
    said: tuple[Spoken, ...]
    joint: Joint
    words: Words

    def spoke(self, rule: str) -> Mask:
        """[scenarios]: where a rule said anything."""
        somewhere: Mask = np.zeros(self.joint.choices.count, dtype=np.bool_)
        for spoken in self.said:
            if spoken.rule.id == rule:
                for support, rows in parts(spoken, np.arange(len(spoken.match))):
                    states = self.joint.of(support)
                    mask = standing(spoken, states, spoken.match[rows])
                    some = np.logical_or.reduce(mask, axis=0, keepdims=True)
                    somewhere |= states.spread(some, len(somewhere))[0]
        return somewhere


def evaluate(
    pack: Pack, scenarios: Sequence[Sequence[Fact]], names: Mapping[str, str] | None = None
) -> list[Advice]:
    """Whole advice for each list of facts, equal to that of `engine.recommend`. Raises FactError
    and TooManyMatches."""
    if not scenarios:
        return []
    try:
        grid = columns(pack, of_facts(pack, scenarios))
    except TooManyMatches:
        if len(scenarios) == 1:
            raise
        half = len(scenarios) // 2  # lists that share little have too many forms together
        return [*evaluate(pack, scenarios[:half], names), *evaluate(pack, scenarios[half:], names)]
    return [tell(pack, grid, at, names or {}) for at in range(len(scenarios))]


def tell(pack: Pack, grid: Grid, scenario: int, names: Mapping[str, str]) -> Advice:
    """One scenario as whole advice, sentences and all. `pack` is as amended in that scenario."""
    telling = Telling(
        pack,
        grid.joint.at(scenario),
        names,
        grid.targets,
        grid.words,
        grid.score[:, scenario],
        grid.rank[:, scenario],
    )
    return advice(telling, grid.said)


def columns(pack: Pack, scenarios: Scenarios, cut: Sequence[Rule] | None = None) -> Grid:
    """Scores and ranks of every target in every scenario, without a sentence. With `cut` rules (see
    `reach.py`), of these alone. Raises TooManyMatches."""
    ready = prepared(pack)
    by_stage: dict[str, list[Rule]] = {}
    for rule in pack.rules if cut is None else cut:
        by_stage.setdefault(rule.stage, []).append(rule)
    words = ready.words.copy()
    differ = varied(scenarios)
    joint = Joint(differ.choices)
    parameters = {name: p.value for name, p in pack.parameters.items()}
    made = tables(pack, ready, scenarios, differ.choices, words)
    world = World(made, words, differ.choices, parameters)
    said: list[Spoken] = []
    outcomes: list[Outcome] = []
    for at, stage in enumerate(pack.stages):
        rules = by_stage.get(stage.name, [])
        if not rules:
            continue
        world = aggregated(pack, ready, world, ready.read[stage.name], (differ, joint))
        now = [spoken for rule in rules for spoken in _spoken(pack, world, rule, differ)]
        said += now
        outcomes.append(weighed(now, joint))
        if any(by_stage.get(later.name) for later in pack.stages[at + 1 :]):
            world = _with_derived(pack, ready, world, (said, now), outcomes[-1], joint)
    return _grid(words, said, outcomes, joint)


def _spoken(pack: Pack, world: World, rule: Rule, differ: Varied) -> Iterable[Spoken]:
    """What a rule says, once for each way in which its parameters are set."""
    confidence = pack.confidence.get(rule.id, 1.0)
    on = [(differ.switched[rule.id], 1)] if rule.id in differ.switched else []
    named = parameters_of(rule) if differ.parameters else ()
    for parameters, also in differ.ways(named, world.parameters):
        under = replace(world, parameters=parameters) if also else world
        spoken = speak(under, rule, confidence, [*on, *also])
        if spoken is not None:
            yield spoken


def _with_derived(
    pack: Pack,
    ready: Prepared,
    world: World,
    told: tuple[Sequence[Spoken], Sequence[Spoken]],
    outcome: Outcome,
    joint: Joint,
) -> World:
    """The world as later stages see it; `told`: what was said so far, and in this stage."""
    said, now = told
    made = dict(world.tables)
    if "recommended" in made:
        made["recommended"] = recommended(pack, ready, made["recommended"], outcome, joint.choices)
    if "finding" in made and any(isinstance(one.rule.conclusion, Find) for one in now):
        made["finding"] = found(pack, world.words, said, joint)
    return replace(world, tables=made)


def _grid(words: Words, said: Sequence[Spoken], outcomes: Sequence[Outcome], joint: Joint) -> Grid:
    count = joint.choices.count
    none = np.zeros((0, count), dtype=np.int64)
    codes = np.concatenate([np.zeros((0, 3), dtype=np.int64), *(o.targets for o in outcomes)])
    return Grid(
        targets=tuple(_target(words, row) for row in codes.tolist()),
        score=np.concatenate([none, *(outcome.score for outcome in outcomes)]),
        rank=np.concatenate([none, *(outcome.rank for outcome in outcomes)]),
        blocks=np.concatenate([none, *(outcome.blocks for outcome in outcomes)]),
        said=tuple(sorted(said, key=lambda spoken: spoken.rule.id)),
        joint=joint,
        words=words,
    )


def _target(words: Words, row: Sequence[int]) -> Target:
    kind, target, of = (words.word(code) for code in row)
    return kind, target, of
