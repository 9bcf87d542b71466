"""Why a target is advised, why not, and what kept every silent rule silent.

*Why* is read off the advice: its parts add up to the score exactly. *Why not* looks for the rules
that could conclude the target and stayed silent, binds what they conclude to the target, carries
that back through `same as`, and measures how near each came (`explain_nearest.py` defines it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.advice import Advice, Block, Part, Scored, Target
from rules.condition import (
    Constant,
    Expression,
    Negative,
    Operation,
    Parameter,
    Reference,
    Term,
    Value,
)
from rules.explain_facts import Known, Place, bound, known
from rules.explain_nearest import Search
from rules.explain_tests import value_of
from rules.explain_ways import Miss, Way
from rules.explain_words import Teller
from rules.pack import Fact, Pack, Recommend, Rule

State = Literal["recommended", "blocked", "outweighed", "silent"]


@dataclass(frozen=True, slots=True)
class Why:
    """What led to a target's score. `parts` come heaviest first and add up to `hundredths`."""

    kind: str
    target: str
    of: str
    state: State
    hundredths: int
    rank: int | None
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that kept a rule silent: in words, and how far it was from holding."""

    text: str
    distance: float
    miss: Miss


@dataclass(frozen=True, slots=True)
class NearMiss:
    """How near a silent rule came. `facts` are those that fit, in the order of `when`, None for one
    that is not there; `distance` is the sum over the obstacles."""

    rule: Rule
    facts: tuple[Fact | None, ...]
    obstacles: tuple[Obstacle, ...]
    distance: float


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What stands against a target: blocks with their ways out, parts that weigh against it, and
    the rules that would speak for it, nearest first."""

    why: Why
    near: tuple[NearMiss, ...]


def why(advice: Advice, kind: str, target: str, of: str = "") -> Why:
    """What every rule that spoke about a target added or took."""
    scored = _scored(advice, (kind, target, of))
    if scored is None:
        return Why(kind, target, of, "silent", 0, None, (), ())
    parts = sorted(scored.parts, key=lambda part: -abs(part.hundredths))
    return Why(
        kind,
        target,
        of,
        _state(scored),
        scored.hundredths,
        scored.rank,
        tuple(parts),
        scored.blocks,
    )


def why_not(  # noqa: PLR0913  (a target is three words, and one question)
    pack: Pack,
    facts: Sequence[Fact],
    advice: Advice,
    kind: str,
    target: str,
    of: str = "",
    *,
    names: Mapping[str, str] | None = None,
) -> WhyNot:
    """What keeps a target from being advised. `advice` is what the engine made of `facts`; `names`
    are titles of ids that no catalogue knows. Rules that would only weigh against it are left out.
    """
    answer = why(advice, kind, target, of)
    spoke = {part.rule.id for part in answer.parts}
    rules = [rule for rule in _concluding(pack, kind) if rule.id not in spoke]
    if not rules:
        return WhyNot(answer, ())
    there = known(pack, facts, advice, rules[0].stage)
    near = [
        _near(rule, way, there, names or {})
        for rule in rules
        for way in _ways(there, rule, target, of)
        if way.misses
    ]
    return WhyNot(answer, tuple(sorted(near, key=_distance)))


def silent(
    pack: Pack, facts: Sequence[Fact], advice: Advice, names: Mapping[str, str] | None = None
) -> tuple[NearMiss, ...]:
    """Every rule that said nothing, nearest first."""
    spoke = {finding.rule.id for finding in advice.findings}
    for scored in advice.scored:
        spoke |= {part.rule.id for part in scored.parts}
        spoke |= {block.rule.id for block in scored.blocks}
    near = []
    for stage in pack.stages:
        there = known(pack, facts, advice, stage.name)
        for rule in pack.rules:
            if rule.stage == stage.name and rule.id not in spoke:
                way = Search(there, rule, {}).nearest()
                near.append(_near(rule, way, there, names or {}))
    return tuple(sorted(near, key=_distance))


def _scored(advice: Advice, target: Target) -> Scored | None:
    return next((scored for scored in advice.scored if scored.target == target), None)


def _state(scored: Scored) -> State:
    if scored.blocks:
        return "blocked"
    return "outweighed" if scored.rank is None else "recommended"


def _concluding(pack: Pack, kind: str) -> Iterator[Rule]:
    """The rules that can speak for targets of a kind."""
    for rule in pack.rules:
        end = rule.conclusion
        if not isinstance(end, Recommend) or end.kind != kind or end.blocks:
            continue
        if rule.points is None or not _lowers(pack, rule.points):
            yield rule


def _lowers(pack: Pack, points: Expression) -> bool:
    """Whether points are plainly negative, whatever is matched."""
    if isinstance(points, Negative):
        return not _lowers(pack, points.of)
    if isinstance(points, Operation) and points.sign == "*":
        return _lowers(pack, points.left) != _lowers(pack, points.right)
    if isinstance(points, Constant | Parameter):
        value = value_of(pack, points, {})
        return isinstance(value, int | float) and value < 0
    return False


def _ways(there: Known, rule: Rule, target: str, of: str) -> Iterator[Way]:
    """The nearest way to each conclusion of the rule that can be this target; at most one."""
    end = rule.conclusion
    if not isinstance(end, Recommend):
        return
    ways = []
    for term in end.targets:
        given = _given(there.pack, (term, target), (end.of, of))
        values = None if given is None else bound(rule, given)
        if values is not None:
            ways.append(Search(there, rule, values).nearest())
    yield from sorted(ways, key=lambda way: way.distance)[:1]


def _given(pack: Pack, *asked: tuple[Term | None, str]) -> dict[Place, Value] | None:
    """What must hold for the terms to be these words; None if they cannot be."""
    given: dict[Place, Value] = {}
    for term, word in asked:
        if isinstance(term, Reference):
            if not word or given.setdefault((term.alias, term.attribute), word) != word:
                return None
        elif (value_of(pack, term, {}) if term else "") != word:
            return None
    return given


def _near(rule: Rule, way: Way, there: Known, names: Mapping[str, str]) -> NearMiss:
    teller = Teller(there.pack, rule, way, names)
    return NearMiss(
        rule=rule,
        facts=tuple(way.env[pattern.alias] for pattern in rule.when),
        obstacles=tuple(Obstacle(teller.say(miss), miss.distance, miss) for miss in way.misses),
        distance=way.distance,
    )


def _distance(near: NearMiss) -> tuple[float, str]:
    return near.distance, near.rule.id
