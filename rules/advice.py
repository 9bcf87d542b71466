"""Advice as frozen values: what the rules say, with every part that led to it."""

from __future__ import annotations

from dataclasses import dataclass

from rules.pack import Fact, Rule

Target = tuple[str, str, str]
"""(kind, id, of): `of` is '' for targets that belong to nothing else."""


@dataclass(frozen=True, slots=True)
class Match:
    """One way in which a rule fits: `facts` in the order of its `when` patterns."""

    rule: Rule
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A match's share of a target's score: `hundredths` = points × trust × confidence × 100."""

    rule: Rule
    facts: tuple[Fact, ...]
    points: float
    trust: float
    confidence: float
    hundredths: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Block:
    """A match that blocks a target, and the way out."""

    rule: Rule
    facts: tuple[Fact, ...]
    sentence: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A target that at least one rule spoke about. `rank` is None unless it is recommended
    (positive score and no block). `hundredths` is exactly the sum of the parts'."""

    target: Target
    hundredths: int
    rank: int | None
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the rules noticed; a conflict if it has a severity."""

    rule: Rule
    facts: tuple[Fact, ...]
    name: str
    about: str
    severity: str
    sentence: str
    way_out: str
    trust: float


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything one evaluation says. `scored` is ordered by kind, of, rank (unranked last), id."""

    fingerprint: str
    scored: tuple[Scored, ...]
    findings: tuple[Finding, ...]
    matches: tuple[Match, ...]
