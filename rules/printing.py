"""Findings, advice and explanations as plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rules.advice import Advice, Part, Scored
from rules.check import Report
from rules.explain import WhyNot
from rules.pack import Pack
from rules.targets import title

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
    entries = (catalogue[of] for catalogue in pack.catalogues.values() if of in catalogue)
    return f"{named}: {next((entry.title for entry in entries), of)}" if of else named


def explanation_lines(pack: Pack, answer: WhyNot) -> Iterator[str]:
    """The verdict, its reasons, what blocks, and the rules that came nearest to speaking."""
    why = answer.why
    named = title(pack, why.kind, why.target)
    score = f"{points(why.hundredths)} points"
    yield {
        "recommended": f"{named} is recommended: rank {why.rank}, {score}.",
        "blocked": f"{named} is blocked.",
        "outweighed": f"{named} is not recommended: {score}.",
        "silent": f"No rule speaks about {named}.",
    }[why.state]
    yield from part_lines(why.parts)
    for block in why.blocks:
        yield f"    Blocked: {block.sentence}"
        yield f"    Way out: {block.way_out}"
    if why.state != "recommended":
        for near in answer.near[:SHOWN]:
            yield f"    Not met: {near.rule.title}"
            yield from (f"        {obstacle.text}" for obstacle in near.obstacles)
