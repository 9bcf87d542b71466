"""One scenario of a grid as whole advice, sentences and all, for what is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rules.advice import Advice, Block, Finding, Match, Part, Scored, Target
from rules.grid_states import Spoken, States, Whole, kept, standing
from rules.grid_tables import Table, Words, plain
from rules.pack import Fact, Find, Pack, Rule, Sentence
from rules.sentences import fill


@dataclass(frozen=True, slots=True)
class Telling:
    """One scenario, with its scores and ranks by target, and what its sentences are made from."""

    pack: Pack
    state: States
    names: Mapping[str, str]
    targets: Sequence[Target]
    words: Words
    score: Whole
    rank: Whole
    made: dict[tuple[int, int], Fact] = field(default_factory=dict)  # by table and row
    at: dict[Target, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.at.update({target: row for row, target in enumerate(self.targets)})

    def facts(self, spoken: Spoken, match: int) -> tuple[Fact, ...]:
        """The facts of a match, in the order of `when`."""
        return tuple(
            self._fact(table, row)
            for table, row in zip(spoken.fit.tables, spoken.fit.rows[match].tolist(), strict=True)
        )

    def _fact(self, table: Table, row: int) -> Fact:
        place = id(table), row
        if place not in self.made:
            fact = self._whole(table, row)
            self.made[place] = self._ranked(fact) if table.kind == "recommended" else fact
        return self.made[place]

    def _whole(self, table: Table, row: int) -> Fact:
        """The fact with all that it says in this scenario, whatever the rule reads of it."""
        if table.source is None or table.origin is None or table.origin[row] < 0:
            return table.fact(row)
        choice = int(table.origin[row])
        option = int(self.state.options[self.state.place[choice], 0])
        there = (table.source.choice == choice) & (table.source.option == option)
        return table.source.fact(int(np.flatnonzero(there)[0]))

    def _ranked(self, fact: Fact) -> Fact:
        """The fact with the score and the rank that it has in this scenario."""
        named = (str(fact.values.get(name, "")) for name in ("kind", "target", "of"))
        row = self.at[tuple(named)]  # type: ignore[index]
        score, rank = plain(float(self.score[row]) / 100), int(self.rank[row])
        return Fact(fact.kind, {**fact.values, "score": score, "rank": rank}, fact.trust)

    def sentence(self, rule: Rule, facts: tuple[Fact, ...], sentence: Sentence) -> str:
        """A sentence of the rule with these facts in it."""
        return fill(self.pack, rule, facts, sentence, self.names)

    def kept(self, spoken: Spoken) -> Iterator[tuple[int, int]]:
        """(index of what was said, its match) of all that stands, in fact-key order."""
        mask = kept(spoken, self.state, np.arange(len(spoken.match)))[:, 0]
        said = np.flatnonzero(mask)
        match = spoken.match[said]
        order = np.argsort(match, kind="stable")
        return zip(said[order].tolist(), match[order].tolist(), strict=True)


def advice(telling: Telling, every: Sequence[Spoken]) -> Advice:
    """What the engine would say in this scenario."""
    words = telling.words
    parts: dict[Target, list[Part]] = {}
    blocks: dict[Target, list[Block]] = {}
    findings: list[Finding] = []
    for spoken in every:
        end = spoken.rule.conclusion
        for said, match in telling.kept(spoken) if len(spoken.match) else ():
            first, second, third = (words.word(code) for code in spoken.about[said].tolist())
            if isinstance(end, Find):
                findings.append(_finding(telling, spoken, match, second))
            elif end.blocks:
                blocks.setdefault((first, second, third), []).append(_block(telling, spoken, match))
            else:
                parts.setdefault((first, second, third), []).append(_part(telling, spoken, match))
    scored = sorted(_scored(telling, parts, blocks), key=_order)
    matches = tuple(_matches(telling, every))
    return Advice(telling.pack.fingerprint, tuple(scored), tuple(findings), matches)


def _scored(
    telling: Telling, parts: Mapping[Target, list[Part]], blocks: Mapping[Target, list[Block]]
) -> Iterator[Scored]:
    """Every target that was spoken about in this scenario."""
    for target in {**parts, **blocks}:
        row = telling.at[target]
        yield Scored(
            target,
            int(telling.score[row]),
            int(telling.rank[row]) or None,
            tuple(parts.get(target, ())),
            tuple(blocks.get(target, ())),
        )


def _order(scored: Scored) -> tuple[str, str, bool, int, str]:
    kind, target, of = scored.target
    return kind, of, scored.rank is None, scored.rank or 0, target


def _part(telling: Telling, spoken: Spoken, match: int) -> Part:
    rule, facts = spoken.rule, telling.facts(spoken, match)
    return Part(
        rule=rule,
        facts=facts,
        points=float(spoken.points[match]),
        trust=float(spoken.trust[match]),
        confidence=telling.pack.confidence.get(rule.id, 1.0),
        hundredths=int(spoken.hundredths[match]),
        sentence=telling.sentence(rule, facts, rule.because),
    )


def _block(telling: Telling, spoken: Spoken, match: int) -> Block:
    rule, facts = spoken.rule, telling.facts(spoken, match)
    return Block(
        rule,
        facts,
        telling.sentence(rule, facts, rule.because),
        telling.sentence(rule, facts, rule.way_out),
    )


def _finding(telling: Telling, spoken: Spoken, match: int, about: str) -> Finding:
    rule, facts = spoken.rule, telling.facts(spoken, match)
    end = rule.conclusion
    return Finding(
        rule=rule,
        facts=facts,
        name=end.name if isinstance(end, Find) else "",
        about=about,
        severity=end.severity if isinstance(end, Find) else "",
        sentence=telling.sentence(rule, facts, rule.because),
        way_out=telling.sentence(rule, facts, rule.way_out),
        trust=float(spoken.trust[match]),
    )


def _matches(telling: Telling, every: Sequence[Spoken]) -> Iterator[Match]:
    for spoken in every:
        if len(spoken.fit):
            mask = standing(spoken, telling.state, np.arange(len(spoken.fit)))[:, 0]
            for match in np.flatnonzero(mask).tolist():
                yield Match(spoken.rule, telling.facts(spoken, match))
