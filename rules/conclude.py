"""From what matched in a stage to parts, blocks and findings, and from those to scores and ranks.

A rule is prepared once (`clause`): its `where`, points and targets become functions of the facts of
a match, so that a stage costs a few calls for each match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rules.advice import Block, Finding, Match, Part, Target
from rules.aggregates import whole
from rules.arithmetic import Facts, Known, Number, amount, condition, value
from rules.condition import Reference, Term, Value, six
from rules.pack import Fact, Find, Pack, Rule
from rules.phrases import Names, Phrase, Printed, phrase

Places = dict[Target, tuple[int, int | None]]
"""target -> (hundredths, rank)."""
Pairs = list[tuple[str, str]]
"""(target, of), or (about, '') of a finding."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule made ready. `said` holds a (what, of) pair for each target."""

    rule: Rule
    confidence: float
    where: tuple[Callable[[Facts], bool], ...]
    points: Number | None
    said: tuple[tuple[Known, Known], ...]
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
    places: Places = field(default_factory=dict)


def clause(pack: Pack, rule: Rule, say: Printed) -> Clause:
    """The rule with its parameters filled in; `say` prints the values in its sentences."""
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
        because=phrase(pack, rule, rule.because, say),
        way_out=phrase(pack, rule, rule.way_out, say),
    )


def _nothing(facts: Facts) -> str:
    return ""


def conclude(done: Conclusions, clause: Clause, matched: Iterable[Facts], names: Names) -> None:
    """Add what one rule says. `matched` is in fact-key order; `names` are titles of ids that no
    catalogue knows."""
    rule, end = clause.rule, clause.rule.conclusion
    for weighed, said in _kept(clause, _weighed(clause, matched, done.matches)):
        facts, points, trust, hundredths = weighed
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


Weighed = tuple[Facts, float, float, int]
"""The facts of a match, its points, trust and hundredths."""


def _weighed(clause: Clause, matched: Iterable[Facts], standing: list[Match]) -> Iterator[Weighed]:
    """The matches that stand; those whose points cannot be known do not. Each is rounded once, so
    that the parts add up to the whole."""
    for facts in matched:
        if clause.where and not all(stands(facts) for stands in clause.where):
            continue
        points = 0.0
        if clause.points:
            try:
                points = six(clause.points(facts))
            except KeyError:
                continue
        standing.append(Match(clause.rule, facts))
        trust = min([fact.trust for fact in facts])
        yield facts, points, trust, round(six(points * trust * clause.confidence) * 100)


def _kept(clause: Clause, weighed: Iterable[Weighed]) -> Iterator[tuple[Weighed, Pairs]]:
    """Each match with the targets it still speaks about, one that lacks a target about none."""
    spoken = [(match, said) for match in weighed if (said := _said(clause, match[0]))]
    if clause.once is None:
        yield from spoken
        return
    heaviest: dict[tuple[str, str, Value | None], tuple[int, int]] = {}
    for at, ((facts, _, _, hundredths), said) in enumerate(spoken):
        for what, of in said:
            key = (what, of, clause.once(facts))
            if key not in heaviest or abs(hundredths) > heaviest[key][0]:
                heaviest[key] = (abs(hundredths), at)
    for at, (match, said) in enumerate(spoken):
        left = [pair for pair in said if heaviest[(*pair, clause.once(match[0]))][1] == at]
        if left:
            yield match, left


def _said(clause: Clause, facts: Facts) -> Pairs:
    """What a match speaks about, each once; nothing if one of them is missing."""
    said: Pairs = []
    for known, of in clause.said:
        what, whose = known(facts), of(facts)
        if what is None or whose is None:
            return []
        if (pair := (str(what), str(whose))) not in said:
            said.append(pair)
    return said


def ranked(done: Conclusions) -> Places:
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
    places: Places = {}
    for target, reached in score.items():
        rank = None
        if reached > 0 and target not in done.blocks:
            rank = 1 + families[target[0], target[2]].index(-reached)
        places[target] = reached, rank
    return places


def recommended(places: Places) -> Iterator[Fact]:
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
