"""Which rules spoke in a quarter, and about what."""

from __future__ import annotations

from dataclasses import replace

from rules import explain
from rules.advice import Scored, Target
from rules.pack import Recommend
from services.advice import AdviceView


def spoken(view: AdviceView) -> dict[str, list[str]]:
    """By rule that spoke: titles of what it spoke about, each once; a finding is its sentence."""
    found: dict[str, dict[str, None]] = {}
    for scored in view.advice.scored:
        called = _called(view, scored.target)
        for rule in _speaking(scored):
            found.setdefault(rule, {})[called] = None
    for finding in view.advice.findings:
        found.setdefault(finding.rule.id, {})[finding.sentence] = None
    for match in view.advice.matches:
        if isinstance(match.rule.conclusion, Recommend):
            found.setdefault(match.rule.id, {})
    return {rule: list(about) for rule, about in found.items()}


def examples(view: AdviceView, rule: str) -> list[str]:
    """What a rule said this quarter, its sentences filled in, each once."""
    said: list[str] = []
    for scored in view.advice.scored:
        said += [part.sentence for part in scored.parts if part.rule.id == rule]
        said += [block.sentence for block in scored.blocks if block.rule.id == rule]
    said += [one.sentence for one in view.advice.findings if one.rule.id == rule]
    return list(dict.fromkeys(said))


def missing(view: AdviceView, rule: str) -> list[str]:
    """What kept a silent rule silent, nearest first; nothing for a rule that is switched off."""
    alone = replace(view.pack, rules=tuple(one for one in view.pack.rules if one.id == rule))
    found = explain.silent(alone, view.facts, view.advice, view.names)
    return [obstacle.text for near in found for obstacle in near.obstacles]


def _speaking(scored: Scored) -> list[str]:
    return [
        *(part.rule.id for part in scored.parts),
        *(block.rule.id for block in scored.blocks),
    ]


def _called(view: AdviceView, target: Target) -> str:
    kind, name, of = target
    called = view.title(kind, name)
    return f"{called} (“{view.title('activity', of)}”)" if of else called
