"""One scenario of a grid as whole advice, sentences and all, for what is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rules.advice import Advice, Block, Finding, Match, Part, Scored, Target
from rules.grid_scores import Spoken
from rules.grid_tables import Table, cell
from rules.pack import Fact, Find, Pack, Rule, Sentence
from rules.sentences import fill

if TYPE_CHECKING:
    from rules.grid import Grid


@dataclass(frozen=True, slots=True)
class Scenario:
    """One column of a grid, and what its sentences are made from."""

    pack: Pack
    at: int
    names: Mapping[str, str]
    made: dict[tuple[int, int], Fact] = field(default_factory=dict)  # by table and row

    def facts(self, spoken: Spoken, match: int) -> tuple[Fact, ...]:
        """The facts of a match, in the order of `when`."""
        return tuple(
            self._fact(table, row)
            for table, row in zip(spoken.fit.tables, spoken.fit.rows[match].tolist(), strict=True)
        )

    def _fact(self, table: Table, row: int) -> Fact:
        place = id(table), row
        if place not in self.made:
            self.made[place] = table.fact(row, self.at)
        return self.made[place]

    def sentence(self, rule: Rule, facts: tuple[Fact, ...], sentence: Sentence) -> str:
        """A sentence of the rule with these facts in it."""
        return fill(self.pack, rule, facts, sentence, self.names)

    def kept(self, spoken: Spoken) -> Iterator[tuple[int, int]]:
        """(index of what was said, its match) of all that stands, in fact-key order."""
        for said, match in sorted(enumerate(spoken.match.tolist()), key=lambda pair: pair[1]):
            if cell(spoken.kept, said, self.at):
                yield said, match


def advice(pack: Pack, grid: Grid, at: int, names: Mapping[str, str]) -> Advice:
    """What the engine would say in this scenario."""
    scenario = Scenario(pack, at, names)
    words = grid.words
    parts: dict[Target, list[Part]] = {}
    blocks: dict[Target, list[Block]] = {}
    findings: list[Finding] = []
    for spoken in grid.said:
        end = spoken.rule.conclusion
        for said, match in scenario.kept(spoken):
            first, second, third = (words.word(code) for code in spoken.about[said].tolist())
            if isinstance(end, Find):
                findings.append(_finding(scenario, spoken, match, second))
            elif end.blocks:
                blocks.setdefault((first, second, third), []).append(
                    _block(scenario, spoken, match)
                )
            else:
                parts.setdefault((first, second, third), []).append(_part(scenario, spoken, match))
    scored = sorted(_scored(grid, at, parts, blocks), key=_order)
    matches = tuple(_matches(scenario, grid))
    return Advice(pack.fingerprint, tuple(scored), tuple(findings), matches)


def _scored(
    grid: Grid, at: int, parts: Mapping[Target, list[Part]], blocks: Mapping[Target, list[Block]]
) -> Iterator[Scored]:
    """Every target that was spoken about in this scenario."""
    for row, target in enumerate(grid.targets):
        if grid.spoken[row, at]:
            yield Scored(
                target,
                int(grid.score[row, at]),
                int(grid.rank[row, at]) or None,
                tuple(parts.get(target, ())),
                tuple(blocks.get(target, ())),
            )


def _order(scored: Scored) -> tuple[str, str, bool, int, str]:
    kind, target, of = scored.target
    return kind, of, scored.rank is None, scored.rank or 0, target


def _part(scenario: Scenario, spoken: Spoken, match: int) -> Part:
    rule, facts = spoken.rule, scenario.facts(spoken, match)
    return Part(
        rule=rule,
        facts=facts,
        points=float(cell(spoken.points, match, scenario.at)),
        trust=float(cell(spoken.trust, match, scenario.at)),
        confidence=scenario.pack.confidence.get(rule.id, 1.0),
        hundredths=int(cell(spoken.hundredths, match, scenario.at)),
        sentence=scenario.sentence(rule, facts, rule.because),
    )


def _block(scenario: Scenario, spoken: Spoken, match: int) -> Block:
    rule, facts = spoken.rule, scenario.facts(spoken, match)
    return Block(
        rule,
        facts,
        scenario.sentence(rule, facts, rule.because),
        scenario.sentence(rule, facts, rule.way_out),
    )


def _finding(scenario: Scenario, spoken: Spoken, match: int, about: str) -> Finding:
    rule, facts = spoken.rule, scenario.facts(spoken, match)
    end = rule.conclusion
    return Finding(
        rule=rule,
        facts=facts,
        name=end.name if isinstance(end, Find) else "",
        about=about,
        severity=end.severity if isinstance(end, Find) else "",
        sentence=scenario.sentence(rule, facts, rule.because),
        way_out=scenario.sentence(rule, facts, rule.way_out),
        trust=float(cell(spoken.trust, match, scenario.at)),
    )


def _matches(scenario: Scenario, grid: Grid) -> Iterator[Match]:
    for spoken in grid.said:
        for match in range(len(spoken.fit.rows)):
            if cell(spoken.fit.mask, match, scenario.at):
                yield Match(spoken.rule, scenario.facts(spoken, match))
