"""Advice as plain lines for a terminal, and as JSON whose fields docs/command-line.md names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rules.advice import Advice, Finding, Part, Scored
from rules.check import Report
from rules.checking.reach import catalogue_of
from rules.pack import Fact, Pack

Json = dict[str, Any]
SHOWN = 10
"""Targets of one kind shown in a terminal; JSON holds all."""


def check_lines(report: Report) -> Iterator[str]:
    """One line for each finding, its example below, and a last line that counts."""
    for finding in report.findings:
        yield str(finding)
        for fact in finding.example:
            for kind, values in fact.items():
                yield f"    - {kind}: {written(values)}"
    number = len(report.findings)
    said = "nothing to correct" if not number else f"{number} to correct"
    yield f"{report.rules} rules, {report.cases} cases: {said}."


def written(values: object) -> str:
    """A value as a case file writes it on one line."""
    if isinstance(values, dict):
        return "{" + ", ".join(f"{name}: {written(value)}" for name, value in values.items()) + "}"
    if isinstance(values, bool):
        return "yes" if values else "no"
    return f"{values:g}" if isinstance(values, float) else str(values)


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


def advice_lines(pack: Pack, advice: Advice) -> Iterator[str]:
    """The ranking of each kind with its reasons, what is blocked, and what stands out."""
    for finding in advice.findings:
        yield f"Stands out: {finding.sentence}"
        if finding.way_out:
            yield f"    Way out: {finding.way_out}"
    for (kind, of), group in groupby(advice.scored, key=lambda s: (s.target[0], s.target[2])):
        scored = list(group)
        yield ""
        yield heading(pack, kind, of)
        yield from _ranked(pack, [one for one in scored if one.rank is not None])
        for one in scored:
            for block in one.blocks:
                yield f"    not {title(pack, kind, one.target[1])}: {block.sentence}"
                yield f"        Way out: {block.way_out}"


def _ranked(pack: Pack, recommended: Sequence[Scored]) -> Iterator[str]:
    if not recommended:
        yield "    nothing is recommended"
    for one in recommended[:SHOWN]:
        yield f"{one.rank:>3}. {title(pack, *one.target[:2])} ({points(one.hundredths)} points)"
        yield from part_lines(one.parts)
    if len(recommended) > SHOWN:
        yield f"     and {len(recommended) - SHOWN} more"


def part_lines(parts: Sequence[Part]) -> Iterator[str]:
    """Each reason with its points, the weightiest first."""
    for part in sorted(parts, key=lambda part: -abs(part.hundredths)):
        yield f"    {points(part.hundredths):>8}  {part.sentence}"


def points(hundredths: int) -> str:
    return f"{hundredths / 100:g}"


def heading(pack: Pack, kind: str, of: str) -> str:
    """The stage's title in the pack's words, and what its targets belong to."""
    named = next((stage.title for stage in pack.stages if kind in stage.decides), "") or kind
    owner = next((t for other in pack.catalogues if (t := _in(pack, other, of))), of)
    return f"{named}: {owner}" if of else named


def title(pack: Pack, kind: str, target: str) -> str:
    """The catalogue's title of a target; its id where it has none."""
    return _in(pack, catalogue_of(pack, kind), target) or target


def _in(pack: Pack, catalogue: str, entry: str) -> str:
    found = pack.catalogues.get(catalogue, {}).get(entry)
    return found.title if found else ""


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
        "blocks": [
            {"rule": block.rule.id, "sentence": block.sentence, "way_out": block.way_out}
            for block in scored.blocks
        ],
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
