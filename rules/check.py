"""What is wrong with a pack before anyone uses it.

Sound before complete: what is said here is certain or was seen in the engine; what each check
cannot see stands in docs/command-line.md. A pack that cannot be read is only reported for its
faults. Every example is a state that the engine evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rules.cases import Outcome, rules_that_spoke, run_all
from rules.checking.adding import added_up
from rules.checking.constraints import System
from rules.checking.coverage import (
    PARAMETERS_FILE,
    old_parameters,
    unasked,
    untried,
    unused_parameters,
)
from rules.checking.directions import contrary
from rules.checking.findings import Finding, about, example, in_order, of_fault
from rules.checking.overlaps import overlaps
from rules.checking.reach import fruitless_objectives, unreachable_entries
from rules.checking.silence import impossible_tests, silent_for_ever
from rules.checking.witness import Witnesses
from rules.checking.world import read_world
from rules.pack import Pack
from rules.reading import read

__all__ = ["Finding", "Report", "check", "check_folder"]


@dataclass(frozen=True, slots=True)
class Report:
    """A checked folder: how many rules and cases it holds, and what is wrong with it."""

    rules: int
    cases: int
    findings: tuple[Finding, ...]


def check_folder(folder: Path, today: date | None = None) -> Report:
    """Read and check a pack; a pack with faults is reported by these alone."""
    pack, faults = read(folder)
    if pack is None or faults:
        rules, cases = (len(pack.rules), len(pack.cases)) if pack else (0, 0)
        return Report(rules, cases, tuple(in_order([of_fault(fault) for fault in faults])))
    findings = _placed(folder, check(pack, today))
    return Report(len(pack.rules), len(pack.cases), tuple(findings))


def _placed(folder: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings about parameters with the line at which their file names them."""
    file = folder / PARAMETERS_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for finding in findings:
        named = finding.file == PARAMETERS_FILE and not finding.line
        name = finding.message.split("`")[1] if named else ""
        line = next((i for i, text in enumerate(lines, 1) if text.startswith(f"{name}:")), 0)
        yield replace(finding, line=line) if named else finding


def check(pack: Pack, today: date | None = None) -> list[Finding]:
    """Everything wrong with a readable pack, by file and line; `today` dates its parameters."""
    witnesses = Witnesses(read_world(pack))
    systems = {rule.id: witnesses.system(rule) for rule in pack.rules}
    findings = list(_single_rules(systems))
    silent = {finding.rule for finding in findings}
    alive = {name: joined for name, joined in systems.items() if name not in silent}
    findings += overlaps(alive, witnesses)
    for joined in alive.values():
        findings += added_up(joined, witnesses)
    findings += unreachable_entries(alive, pack)
    findings += fruitless_objectives(witnesses)
    findings += contrary(witnesses)
    findings += unasked(witnesses)
    findings += unused_parameters(pack)
    findings += old_parameters(witnesses, today or date.today())
    return in_order([*findings, *_cases(witnesses, silent)])


def _single_rules(systems: dict[str, System]) -> Iterator[Finding]:
    for joined in systems.values():
        yield from impossible_tests(joined.world, joined.rule)
        reason = silent_for_ever(joined)
        if reason:
            yield about(joined.rule, reason)


def _cases(witnesses: Witnesses, silent: set[str]) -> Iterator[Finding]:
    outcomes = run_all(witnesses.world.pack)
    for outcome in outcomes:
        yield from _failed(outcome)
    yield from untried(witnesses, rules_that_spoke(outcomes) | silent)


def _failed(outcome: Outcome) -> Iterator[Finding]:
    case = outcome.case
    for failure in outcome.failures:
        message = f"case “{case.name}”: {failure}"
        yield Finding(case.file, case.line, "", message, example(case.facts))
