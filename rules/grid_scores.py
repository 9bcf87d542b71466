"""What the matches of a stage amount to in every scenario: parts, scores, ranks, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rules.condition import Constant, Reference, Term
from rules.grid_joins import Fit, Index, amount, fitting, gathered, rounded
from rules.grid_tables import Codes, Identity, Mask, Numbers, Table, Words, World, folded, settled
from rules.pack import Find, Pack, Recommend, Rule

Whole = NDArray[np.int64]  # [rows, 1 or scenarios]
Triple = tuple[Term | None, Term | None, Term | None]
MISSING = -2  # the code of a target whose attribute is missing


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one rule said. `points`, `trust` and `hundredths` have a row for each match of `fit`;
    `about` and `kept` one for each thing said, `match` telling in which match."""

    rule: Rule
    fit: Fit
    points: Numbers
    trust: Numbers
    hundredths: Whole
    match: Index
    about: Codes  # [said, 3]: codes of kind, target and of; for a finding of name, about and -1
    kept: Mask  # [said, 1 or scenarios]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The targets that a stage spoke about, [targets, scenarios]; rank 0 is not recommended."""

    targets: Codes  # [targets, 3]
    spoken: Mask
    blocked: Mask
    score: Whole
    rank: Whole


def speak(world: World, rule: Rule, confidence: float) -> Spoken:
    """Match one rule and weigh what it says."""
    fit = fitting(world, rule)
    if rule.points is None:
        points = np.zeros((len(fit.rows), 1))
    else:
        points = rounded(amount(world, fit, rule.points))
        known = ~np.isnan(points)
        points = points[(fit.mask & known).any(axis=1)]
        fit = fit.where(known)
    trust = fit.trust()
    weighed = rounded(np.nan_to_num(points) * trust * confidence) * 100
    match, about = _said(world, fit, rule)
    spoken = Spoken(
        rule, fit, points, trust, np.rint(weighed).astype(np.int64), match, about, fit.mask[match]
    )
    return _once_per(spoken) if rule.once_per else spoken


def _said(world: World, fit: Fit, rule: Rule) -> tuple[Index, Codes]:
    """(match, what it is about), each thing once a match; one that lacks a target says nothing."""
    end = rule.conclusion
    if isinstance(end, Find):
        triples: list[Triple] = [(Constant(end.name), end.about, None)]
    else:
        triples = [(Constant(end.kind), target, end.of) for target in end.targets]
    columns = [np.column_stack([_codes(world, fit, t) for t in three]) for three in triples]
    about = np.stack(columns, axis=1)  # [matches, targets, 3]
    whole: Mask = np.all(about > MISSING, axis=(1, 2))
    told = np.tile(whole[:, None], len(triples))
    for later in range(len(triples)):
        for earlier in range(later):
            told[:, later] &= (about[:, later] != about[:, earlier]).any(axis=1)
    return np.nonzero(told)[0], about[told]


def _codes(world: World, fit: Fit, term: Term | None) -> Codes:
    """[matches]: -1 for nothing meant, -2 for nothing there."""
    if isinstance(term, Reference):
        codes = fit.codes(term)
        return np.where(codes < 0, MISSING, codes)
    if term is None:
        return np.full(len(fit.rows), -1, dtype=np.int64)
    value = term.value if isinstance(term, Constant) else world.parameters[term.name]
    return np.full(len(fit.rows), world.words.code(value), dtype=np.int64)


def _once_per(spoken: Spoken) -> Spoken:
    """For each target and value only the heaviest match, the first of equals, scenario by
    scenario."""
    per = spoken.rule.once_per
    by = [spoken.about]
    if isinstance(per, Reference):
        by.append(spoken.fit.codes(per)[spoken.match][:, None])
    _, group = np.unique(np.hstack(by), axis=0, return_inverse=True)
    order = np.argsort(group, kind="stable")  # matches stay in fact-key order
    group, kept = group[order], spoken.kept[order]
    size = len(group)
    weight = np.where(kept, np.abs(spoken.hundredths)[spoken.match[order]], -1)
    heaviest = gathered(np.maximum, group, weight, size, -1)[group]
    place = np.arange(size)[:, None]
    standing = np.where(kept & (weight == heaviest), place, size)
    first = gathered(np.minimum, group, standing, size, size)[group]
    return replace(
        spoken, match=spoken.match[order], about=spoken.about[order], kept=first == place
    )


def weighed(said: Sequence[Spoken], scenarios: int) -> Outcome:
    """Scores, blocks and ranks of everything that the rules of a stage said."""
    said = [spoken for spoken in said if isinstance(spoken.rule.conclusion, Recommend)]
    everything = [spoken.about for spoken in said] or [np.zeros((0, 3), dtype=np.int64)]
    targets, place = np.unique(np.concatenate(everything), axis=0, return_inverse=True)
    shape = len(targets), scenarios
    spoken_about = np.zeros(shape, dtype=np.bool_)
    blocked = np.zeros(shape, dtype=np.bool_)
    score = np.zeros(shape, dtype=np.int64)
    begun = 0
    for spoken in said:
        at = place[begun : begun + len(spoken.about)]
        begun += len(spoken.about)
        np.logical_or.at(spoken_about, at, spoken.kept)
        if _blocks(spoken.rule):
            np.logical_or.at(blocked, at, spoken.kept)
        else:
            np.add.at(score, at, np.where(spoken.kept, spoken.hundredths[spoken.match], 0))
    return Outcome(targets, spoken_about, blocked, score, _ranks(targets, score, blocked))


def _blocks(rule: Rule) -> bool:
    return isinstance(rule.conclusion, Recommend) and rule.conclusion.blocks


def _ranks(targets: Codes, score: Whole, blocked: Mask) -> Whole:
    """1 + the recommended targets of the same kind and `of` with a higher score; 0 for others."""
    recommended = (score > 0) & ~blocked
    counted = np.where(recommended, score, 0)
    rank = np.zeros_like(score)
    for family in np.unique(targets[:, [0, 2]], axis=0):
        mine = np.flatnonzero((targets[:, [0, 2]] == family).all(axis=1))
        for target in mine:
            rank[target] = 1 + (counted[mine] > counted[target]).sum(axis=0)
    return np.where(recommended, rank, 0)


# What later stages see.


def recommended(pack: Pack, same: Identity, words: Words, outcomes: Sequence[Outcome]) -> Table:
    """The facts `recommended` of all stages so far."""
    targets = np.concatenate([outcome.targets for outcome in outcomes])
    rank = np.concatenate([outcome.rank for outcome in outcomes])
    score = np.concatenate([outcome.score for outcome in outcomes])
    table = Table(
        kind="recommended",
        words=words,
        codes=dict(zip(("kind", "target", "of"), targets.T, strict=True)),
        numbers={"score": folded(score / 100), "rank": folded(rank.astype(np.float64))},
        present=folded(rank > 0),
        trust=np.ones((len(targets), 1)),
    )
    return settled(pack, same, table)


def found(
    pack: Pack, same: Identity, words: Words, said: Sequence[Spoken], scenarios: int
) -> Table:
    """The facts `finding` of all stages so far, each as sure as the surest match behind it."""
    finds = [spoken for spoken in said if isinstance(spoken.rule.conclusion, Find)]
    rows = [_finding(spoken, words) for spoken in finds]
    findings, place = np.unique(
        np.concatenate([np.zeros((0, 3), dtype=np.int64), *rows]), axis=0, return_inverse=True
    )
    present = np.zeros((len(findings), scenarios), dtype=np.bool_)
    trust = np.zeros((len(findings), scenarios))
    begun = 0
    for spoken in finds:
        at = place[begun : begun + len(spoken.about)]
        begun += len(spoken.about)
        np.logical_or.at(present, at, spoken.kept)
        np.maximum.at(trust, at, np.where(spoken.kept, spoken.trust[spoken.match], 0.0))
    codes = dict(zip(("name", "about", "severity"), findings.T, strict=True))
    return settled(pack, same, Table("finding", words, codes, {}, folded(present), folded(trust)))


def _finding(spoken: Spoken, words: Words) -> Codes:
    end = spoken.rule.conclusion
    severity = end.severity if isinstance(end, Find) else ""
    code = words.code(severity) if severity else -1
    return np.column_stack([spoken.about[:, :2], np.full(len(spoken.about), code)])
