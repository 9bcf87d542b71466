"""Findings, advice and explanations as JSON; docs/command-line.md names every field."""

from __future__ import annotations

from typing import Any

from rules.advice import Advice, Block, Finding, Part, Scored
from rules.check import Report
from rules.explain import NearMiss, WhyNot
from rules.pack import Fact, Pack
from rules.targets import title

Json = dict[str, Any]


def check_json(report: Report) -> Json:
    findings = [
        {
            "file": finding.file,
            "line": finding.line,
            "rule": finding.rule,
            "message": finding.message,
            "example": list(finding.example),
        }
        for finding in report.findings
    ]
    return {"rules": report.rules, "cases": report.cases, "findings": findings}


def advice_json(pack: Pack, advice: Advice) -> Json:
    return {
        "pack": {"name": pack.name, "version": pack.version, "fingerprint": advice.fingerprint},
        "targets": [target_json(pack, scored) for scored in advice.scored],
        "findings": [_finding_json(finding) for finding in advice.findings],
    }


def target_json(pack: Pack, scored: Scored) -> Json:
    kind, target, of = scored.target
    return {
        "kind": kind,
        "target": target,
        "of": of,
        "title": title(pack, kind, target),
        "score": scored.hundredths / 100,
        "rank": scored.rank,
        "parts": [_part_json(part) for part in scored.parts],
        "blocks": [_block_json(block) for block in scored.blocks],
    }


def _part_json(part: Part) -> Json:
    return {
        "rule": part.rule.id,
        "points": part.points,
        "trust": part.trust,
        "confidence": part.confidence,
        "score": part.hundredths / 100,
        "sentence": part.sentence,
        "facts": [fact_json(fact) for fact in part.facts],
    }


def _block_json(block: Block) -> Json:
    return {"rule": block.rule.id, "sentence": block.sentence, "way_out": block.way_out}


def fact_json(fact: Fact) -> Json:
    return {"kind": fact.kind, "values": dict(fact.values), "trust": fact.trust}


def _finding_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule.id,
        "name": finding.name,
        "about": finding.about,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "way_out": finding.way_out,
        "trust": finding.trust,
    }


def explanation_json(pack: Pack, answer: WhyNot) -> Json:
    why = answer.why
    return {
        "kind": why.kind,
        "target": why.target,
        "of": why.of,
        "title": title(pack, why.kind, why.target),
        "state": why.state,
        "score": why.hundredths / 100,
        "rank": why.rank,
        "parts": [_part_json(part) for part in why.parts],
        "blocks": [_block_json(block) for block in why.blocks],
        "near": [_near_json(near) for near in answer.near],
    }


def _near_json(near: NearMiss) -> Json:
    return {
        "rule": near.rule.id,
        "title": near.rule.title,
        "distance": near.distance,
        "obstacles": [
            {"text": obstacle.text, "distance": obstacle.distance} for obstacle in near.obstacles
        ],
    }
