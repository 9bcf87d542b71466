"""What is frozen as text, and back: canonical JSON, its hash, facts, advice and rules.

Canonical: keys sorted, no blanks, every letter as itself. The same content is the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rules.advice import Advice, Block, Finding, Part, Scored
from rules.pack import Amendment, Fact, Pack
from rules.reading import load
from rules.targets import title
from services import rulebook


def canonical(said: Any) -> str:
    """Anything of dicts, lists, texts, numbers, yes, no and nothing as canonical JSON."""
    return json.dumps(
        said, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def whole(hashes: Mapping[str, str]) -> str:
    """One hash over the hashes of all parts, by the parts' names."""
    return digest("".join(f"{name} {one}\n" for name, one in sorted(hashes.items())))


def facts_text(facts: Iterable[Fact], names: Mapping[str, str], hash: str) -> str:
    """Facts in an order of their own, with the titles of ids that no catalogue knows."""
    rows = [[fact.kind, dict(fact.values), fact.trust] for fact in facts]
    said = {"facts": sorted(rows, key=canonical), "names": dict(names), "hash": hash}
    return canonical(said)


def facts_of(text: str) -> tuple[tuple[Fact, ...], dict[str, str]]:
    """The facts as they were, and the names."""
    said = json.loads(text)
    return tuple(Fact(kind, values, trust) for kind, values, trust in said["facts"]), said["names"]


def advice_text(pack: Pack, advice: Advice, names: Mapping[str, str]) -> str:
    """All that the rules said: every target with its title, points, rank, reasons and blocks, and
    all findings. Points are whole hundredths, so that no rounding tells two evaluations apart."""
    targets = [_target(pack, one, names) for one in advice.scored]
    findings = [_finding(one) for one in advice.findings]
    return canonical({"targets": targets, "findings": sorted(findings, key=canonical)})


def amendments_of(text: str) -> tuple[Amendment, ...]:
    """The changes of the rules that were in force, as the rules understand them, oldest first."""
    names = ("parameter", "value", "rule", "off", "confidence")
    return tuple(Amendment(**{name: row[name] for name in names}) for row in json.loads(text))


def rules_text() -> str:
    """The files of the rule pack as delivered: path → what stands in it. Its examples, which change
    no advice, are left out."""
    return canonical(rulebook.words())


@lru_cache(maxsize=4)
def pack_of(text: str) -> Pack:
    """The pack that these files hold; PackError if they can no longer be read. What is delivered
    now is read once anyway."""
    files = json.loads(text)
    if files == rulebook.words():
        return rulebook.pack()
    with TemporaryDirectory() as folder:
        for name, words in files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(words, "utf-8")
        return load(Path(folder))


def _target(pack: Pack, scored: Scored, names: Mapping[str, str]) -> dict[str, Any]:
    kind, target, of = scored.target
    called = title(pack, kind, target)
    return {
        "kind": kind,
        "target": target,
        "of": of,
        "title": names.get(target, called),
        "hundredths": scored.hundredths,
        "rank": scored.rank,
        "parts": sorted((_part(part) for part in scored.parts), key=canonical),
        "blocks": sorted((_block(block) for block in scored.blocks), key=canonical),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "rule": part.rule.id,
        "points": part.points,
        "trust": part.trust,
        "confidence": part.confidence,
        "hundredths": part.hundredths,
        "sentence": part.sentence,
    }


def _block(block: Block) -> dict[str, Any]:
    return {"rule": block.rule.id, "sentence": block.sentence, "way_out": block.way_out}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "name": finding.name,
        "about": finding.about,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "way_out": finding.way_out,
        "trust": finding.trust,
    }
