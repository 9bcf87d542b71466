"""Everything that can go wrong with rules, each as a sentence: where, what, what to do.

RulesError
 ├─ PackError        the pack cannot be loaded; carries every fault found, not only the first
 ├─ FactError        a fact does not fit the vocabulary (named before anything is matched)
 └─ TooManyMatches   a rule whose join could explode on these facts
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with a pack: `file` relative to the pack, 1-based `line`, rule id or ''."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file} line {self.line}" if self.line else self.file
        return f"{where}{f', rule `{self.rule}`' if self.rule else ''}: {self.message}"


class RulesError(Exception):
    """The root: `str(error)` is fit to be shown to a user."""


class PackError(RulesError):
    """A pack that cannot be used, with all its faults in order of file and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FactError(RulesError):
    """A fact that the vocabulary does not allow."""


class TooManyMatches(RulesError):  # noqa: N818  (it is what happened, said as the user reads it)
    """A rule joins more combinations of facts than one evaluation may hold the server for."""
