"""From what matched in a stage to parts, blocks and findings, and from those to scores and ranks.

A rule is prepared once (`clause`): its `where`, points and targets become functions of the facts of
a match, so that a stage costs a few calls for each match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rules.advice import Block, Finding, Match, Part, Target
from rules.aggregates import whole
from rules.arithmetic import Facts, Number, amount, condition, value
from rules.condition import Reference, Term, Value, six
from rules.pack import Fact, Find, Pack, Rule, Sentence

Fill = Callable[[Rule, Facts, Sentence], str]
Known = Callable[[Facts], Value | None]
Said = tuple[str, ...]
"""(kind, target, of), or (name, about) of a finding."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule made ready. `said` holds a (what, of) pair for each target."""

    rule: Rule
    confidence: float
    where: tuple[Callable[[Facts], bool], ...]
    points: Number | None
    said: tuple[tuple[Known, Known], ...]
    once: Callable[[Facts], Value | None] | None


@dataclass(slots=True)
class Conclusions:
    """What the rules of the stages so far have said."""

    matches: list[Match] = field(default_factory=list)
    parts: dict[Target, list[Part]] = field(default_factory=dict)
    blocks: dict[Target, list[Block]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def clause(pack: Pack, rule: Rule) -> Clause:
    """The rule with its parameters filled in."""
    places = {pattern.alias: at for at, pattern in enumerate(rule.when)}

    def known(term: Term | None) -> Known:
        return value(term, places, pack.parameters) if term else _nothing

    end = rule.conclusion
    once: Known | None = None
    if rule.once_per:
        once = known(rule.once_per) if isinstance(rule.once_per, Reference) else _nothing
    return Clause(
        rule=rule,
        confidence=pack.confidence.get(rule.id, 1.0),
        where=tuple(condition(line, places, pack.parameters) for line in rule.where),
        points=amount(rule.points, places, pack.parameters) if rule.points else None,
        said=((known(end.about), _nothing),)
        if isinstance(end, Find)
        else tuple((known(target), known(end.of)) for target in end.targets),
        once=once,
    )


def _nothing(facts: Facts) -> str:
    return ""


def conclude(done: Conclusions, clause: Clause, matched: Iterable[Facts], fill: Fill) -> None:
    """Add what one rule says. `matched` is in fact-key order."""
    rule = clause.rule
    for facts, points, said in _kept(clause, _weighed(done, clause, matched)):
        sentence = fill(rule, facts, rule.because)
        trust = min(fact.trust for fact in facts)
        end = rule.conclusion
        if isinstance(end, Find):
            way_out = fill(rule, facts, rule.way_out)
            done.findings.append(
                Finding(rule, facts, end.name, said[0][0], end.severity, sentence, way_out, trust)
            )
        elif end.blocks:
            block = Block(rule, facts, sentence, fill(rule, facts, rule.way_out))
            for what, of in said:
                done.blocks.setdefault((end.kind, what, of), []).append(block)
        else:
            part = Part(
                rule,
                facts,
                points,
                trust,
                clause.confidence,
                hundredths(points, trust, clause.confidence),
                sentence,
            )
            for what, of in said:
                done.parts.setdefault((end.kind, what, of), []).append(part)


def hundredths(points: float, trust: float, confidence: float) -> int:
    """A match's weight, rounded once: the parts add up to the whole."""
    return round(six(points * trust * confidence) * 100)


def _weighed(
    done: Conclusions, clause: Clause, matched: Iterable[Facts]
) -> Iterator[tuple[Facts, float]]:
    """The matches that stand, with their points; those whose points cannot be known are dropped."""
    for facts in matched:
        if not all(stands(facts) for stands in clause.where):
            continue
        points = 0.0
        if clause.points:
            try:
                points = six(clause.points(facts))
            except KeyError:
                continue
        done.matches.append(Match(clause.rule, facts))
        yield facts, points


Pairs = list[tuple[str, str]]


def _kept(
    clause: Clause, weighed: Iterable[tuple[Facts, float]]
) -> Iterator[tuple[Facts, float, Pairs]]:
    """Each match with the targets it still speaks about, one that lacks a target about none."""
    spoken = [(facts, points, said) for facts, points in weighed if (said := _said(clause, facts))]
    if clause.once is None:
        yield from spoken
        return
    heaviest: dict[tuple[str, str, Value | None], tuple[int, int]] = {}
    for at, (facts, points, said) in enumerate(spoken):
        trust = min(fact.trust for fact in facts)
        weight = abs(hundredths(points, trust, clause.confidence))
        for what, of in said:
            key = (what, of, clause.once(facts))
            if key not in heaviest or weight > heaviest[key][0]:
                heaviest[key] = (weight, at)
    for at, (facts, points, said) in enumerate(spoken):
        left = [pair for pair in said if heaviest[(*pair, clause.once(facts))][1] == at]
        if left:
            yield facts, points, left


def _said(clause: Clause, facts: Facts) -> Pairs:
    """(target, of) pairs, each once; none if one of them is missing."""
    said: dict[tuple[str, str], None] = {}
    for known, of in clause.said:
        what, whose = known(facts), of(facts)
        if what is None or whose is None:
            return []
        said[str(what), str(whose)] = None
    return list(said)


def ranked(done: Conclusions) -> dict[Target, tuple[int, int | None]]:
    """target -> (hundredths, rank) of all that was spoken about; ties share a rank."""
    targets = {**done.parts, **done.blocks}
    score = {t: sum(part.hundredths for part in done.parts.get(t, ())) for t in targets}
    families: dict[tuple[str, str], list[int]] = {}
    for target, reached in score.items():
        if reached > 0 and target not in done.blocks:
            families.setdefault((target[0], target[2]), []).append(-reached)
    for family in families.values():
        family.sort()
    places: dict[Target, tuple[int, int | None]] = {}
    for target, reached in score.items():
        rank = None
        if reached > 0 and target not in done.blocks:
            rank = 1 + families[target[0], target[2]].index(-reached)
        places[target] = reached, rank
    return places


def derived(done: Conclusions, places: Mapping[Target, tuple[int, int | None]]) -> list[Fact]:
    """What later stages see: `recommended` and `finding` facts, each finding as sure as the surest
    match behind it."""
    made = []
    for (kind, target, of), (reached, rank) in places.items():
        if rank is not None:
            values: dict[str, Value] = {"kind": kind, "target": target}
            if of:
                values["of"] = of
            made.append(
                Fact("recommended", {**values, "score": whole(reached / 100), "rank": rank})
            )
    found: dict[tuple[str, str, str], float] = {}
    for finding in done.findings:
        key = (finding.name, finding.about, finding.severity)
        found[key] = max(finding.trust, found.get(key, 0.0))
    for (name, about, severity), trust in found.items():
        values = {"name": name, "about": about, "severity": severity}
        made.append(Fact("finding", {n: v for n, v in values.items() if v}, trust))
    return made
