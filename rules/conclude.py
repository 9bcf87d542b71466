"""From what matched in a stage to parts, blocks and findings, and from those to scores and ranks.

A rule is prepared once (`clause`): its `where`, points and targets become functions of the facts of
a match, so that a stage costs a few calls for each match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rules.advice import Block, Finding, Match, Part, Target
from rules.aggregates import whole
from rules.arithmetic import Facts, Known, Number, Places, amount, condition, value
from rules.condition import Constant, Expression, Parameter, Reference, Term, Value, six
from rules.pack import Fact, Find, Pack, Rule
from rules.phrases import Names, Phrase, Printed, phrase

Standings = dict[Target, tuple[int, int | None]]
"""target -> (hundredths, rank)."""
Pairs = list[tuple[str, str]]
"""(target, of), or (about, '') of a finding."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule made ready. `about` is what a match speaks about: nothing if a target is missing."""

    rule: Rule
    confidence: float
    where: tuple[Callable[[Facts], bool], ...]
    points: Number
    about: Callable[[Facts], Pairs]
    once: Known | None
    because: Phrase
    way_out: Phrase


@dataclass(slots=True)
class Conclusions:
    """What the rules of a stage have said, and what that makes of its targets."""

    matches: list[Match] = field(default_factory=list)
    parts: dict[Target, list[Part]] = field(default_factory=dict)
    blocks: dict[Target, list[Block]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: Standings = field(default_factory=dict)


def clause(pack: Pack, rule: Rule, say: Printed) -> Clause:
    """The rule with its parameters filled in; `say` prints the values in its sentences."""
    places = {pattern.alias: at for at, pattern in enumerate(rule.when)}
    points = rule.points or Constant(0)
    once: Known | None = None
    if rule.once_per:
        by = rule.once_per
        once = value(by, places, pack.parameters) if isinstance(by, Reference) else _nothing
    return Clause(
        rule=rule,
        confidence=pack.confidence.get(rule.id, 1.0),
        where=tuple(condition(line, places, pack.parameters) for line in rule.where),
        points=_rounded(amount(points, places, pack.parameters), points),
        about=_about(pack, rule, places),
        once=once,
        because=phrase(pack, rule, rule.because, say),
        way_out=phrase(pack, rule, rule.way_out, say),
    )


def _rounded(number: Number, points: Expression) -> Number:
    """Points to six decimals; those that are a plain number are rounded here and now."""
    if isinstance(points, Constant | Parameter):
        known = six(number(()))
        return lambda facts: known
    return lambda facts: six(number(facts))


def _about(pack: Pack, rule: Rule, places: Places) -> Callable[[Facts], Pairs]:
    def known(term: Term | None) -> Known:
        return value(term, places, pack.parameters) if term else _nothing

    end = rule.conclusion
    targets = (end.about,) if isinstance(end, Find) else end.targets
    of = None if isinstance(end, Find) else end.of
    if not of and len(targets) == 1:
        return _one(known(targets[0]))
    reads, owner = [known(target) for target in targets], known(of)

    def pairs(facts: Facts) -> Pairs:
        whose = owner(facts)
        said = [read(facts) for read in reads]
        if whose is None or None in said:
            return []
        return [(str(what), str(whose)) for what in dict.fromkeys(said)]

    return pairs


def _one(read: Known) -> Callable[[Facts], Pairs]:
    """The usual case: one target that belongs to nothing else."""

    def pair(facts: Facts) -> Pairs:
        what = read(facts)
        return [] if what is None else [(str(what), "")]

    return pair


def _nothing(facts: Facts) -> str:
    return ""


def conclude(done: Conclusions, clause: Clause, matched: Iterable[Facts], names: Names) -> None:
    """Add what one rule says. `matched` is in fact-key order; `names` are titles of ids that no
    catalogue knows."""
    rule, end = clause.rule, clause.rule.conclusion
    spoken = list(_spoken(clause, matched, done.matches))
    if clause.once:
        spoken = _heaviest(spoken, clause.once)
    for facts, points, trust, hundredths, said in spoken:
        sentence = clause.because(facts, names)
        if isinstance(end, Find):
            way_out = clause.way_out(facts, names)
            done.findings.append(
                Finding(rule, facts, end.name, said[0][0], end.severity, sentence, way_out, trust)
            )
        elif end.blocks:
            block = Block(rule, facts, sentence, clause.way_out(facts, names))
            for what, of in said:
                done.blocks.setdefault((end.kind, what, of), []).append(block)
        else:
            part = Part(rule, facts, points, trust, clause.confidence, hundredths, sentence)
            for what, of in said:
                done.parts.setdefault((end.kind, what, of), []).append(part)


Spoken = tuple[Facts, float, float, int, Pairs]
"""The facts of a match, its points, trust and hundredths, and what it speaks about."""


def _spoken(clause: Clause, matched: Iterable[Facts], standing: list[Match]) -> Iterator[Spoken]:
    """The matches that stand; those whose points cannot be known do not. Each is rounded once, so
    that the parts add up to the whole."""
    rule, confidence = clause.rule, clause.confidence
    for facts in matched:
        if clause.where and not all(stands(facts) for stands in clause.where):
            continue
        try:
            points = clause.points(facts)
        except KeyError:
            continue
        standing.append(Match(rule, facts))
        said = clause.about(facts)
        if said:
            trust = facts[0].trust
            if len(facts) > 1:
                trust = min([fact.trust for fact in facts])
            yield facts, points, trust, round(six(points * trust * confidence) * 100), said


def _heaviest(spoken: Sequence[Spoken], once: Known) -> list[Spoken]:
    """`once per`: for each target and value the heaviest match, the first of equals."""
    kept: dict[tuple[str, str, Value | None], tuple[int, int]] = {}
    for at, (facts, _, _, hundredths, said) in enumerate(spoken):
        for what, of in said:
            key = (what, of, once(facts))
            if key not in kept or abs(hundredths) > kept[key][0]:
                kept[key] = (abs(hundredths), at)
    left = []
    for at, (facts, points, trust, hundredths, said) in enumerate(spoken):
        still = [pair for pair in said if kept[(*pair, once(facts))][1] == at]
        if still:
            left.append((facts, points, trust, hundredths, still))
    return left


def ranked(done: Conclusions) -> Standings:
    """Score and rank of all that was spoken about; ties share a rank, None is not recommended."""
    score = {
        target: sum([part.hundredths for part in done.parts.get(target, ())])
        for target in (*done.parts, *done.blocks)
    }
    families: dict[tuple[str, str], list[int]] = {}
    for target, reached in score.items():
        if reached > 0 and target not in done.blocks:
            families.setdefault((target[0], target[2]), []).append(-reached)
    for family in families.values():
        family.sort()
    places: Standings = {}
    for target, reached in score.items():
        rank = None
        if reached > 0 and target not in done.blocks:
            rank = 1 + families[target[0], target[2]].index(-reached)
        places[target] = reached, rank
    return places


def recommended(places: Standings) -> Iterator[Fact]:
    """What later stages see of a stage's targets."""
    for (kind, target, of), (reached, rank) in places.items():
        if rank is not None:
            values: dict[str, Value] = {"kind": kind, "target": target}
            if of:
                values["of"] = of
            yield Fact("recommended", {**values, "score": whole(reached / 100), "rank": rank})


def found(findings: Iterable[Finding]) -> Iterator[Fact]:
    """What later stages see of findings, each as sure as the surest match behind it."""
    trust: dict[tuple[str, str, str], float] = {}
    for finding in findings:
        key = (finding.name, finding.about, finding.severity)
        trust[key] = max(finding.trust, trust.get(key, 0.0))
    for (name, about, severity), surest in trust.items():
        values = {"name": name, "about": about, "severity": severity}
        yield Fact("finding", {name: value for name, value in values.items() if value}, surest)
