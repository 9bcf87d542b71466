"""What a check says: where, which rule, what and what to do, and a state that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rules.condition import Value
from rules.errors import Fault
from rules.pack import Fact, Rule

Example = tuple[dict[str, dict[str, Value]], ...]
"""Facts as a case writes them: `({"objective": {"name": "sales"}}, ...)`; empty if none helps."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a pack. `rule` is '' where it is about no rule; `line` 0 if unknown."""

    file: str
    line: int
    rule: str
    message: str
    example: Example = field(default=())

    def __str__(self) -> str:
        return str(Fault(self.file, self.line, self.rule, self.message))


def about(rule: Rule, message: str, facts: Iterable[Fact] | None = None, line: int = 0) -> Finding:
    """A finding about one rule, at its own line unless a line inside it is given."""
    return Finding(rule.file, line or rule.line, rule.id, message, example(facts or ()))


def of_fault(fault: Fault) -> Finding:
    return Finding(fault.file, fault.line, fault.rule, fault.message)


def example(facts: Iterable[Fact]) -> Example:
    return tuple({fact.kind: dict(fact.values)} for fact in facts)


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """By file, line, rule and message; said once."""
    unique = {(f.file, f.line, f.rule, f.message): f for f in findings}
    return [unique[key] for key in sorted(unique)]
