"""What was written in a file, as plain nodes with their lines; a Source says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from rules.errors import Fault
from rules.facts import LARGEST, did_you_mean, shown

ENOUGH = 200
"""Faults after which reading stops: nobody mends more at once."""

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
LOOKS_LIKE_A_NUMBER = re.compile(
    r"[-+]?(\d[\d_,]*(\.[\d_]*)?|\.\d+)([eE][-+]?\d+)?|0[xob][\da-fA-F_]+|[-+]?\.(inf|nan)", re.I
)
LOOKS_LIKE_A_DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt ].*)?")
TRUTHS = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
NOTHINGS = frozenset(("null", "Null", "NULL", "~"))


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`entries`).

    `line` is 1-based; in a mapping it is the line of the name. `quoted` means that the text was
    marked as text: by quotes, or as a block with `>` or `|`.
    """

    line: int
    text: str | None = None
    quoted: bool = False
    items: tuple[Node, ...] | None = None
    entries: tuple[tuple[str, Node], ...] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return self.text == "" and not self.quoted

    def get(self, name: str) -> Node | None:
        """The value under a name of a mapping."""
        return next((node for key, node in self.entries or () if key == name), None)

    def each(self) -> tuple[Node, ...]:
        """The items of a list; what is no list stands for a list of one."""
        return (self,) if self.items is None else self.items


def what_it_is(node: Node) -> str:
    """A node in words, for messages."""
    if node.items is not None:
        return "a list"
    if node.entries is not None:
        return "a mapping"
    return "nothing" if node.empty else shown(node.text)


def surprise(node: Node) -> str:
    """What other readers of YAML would take an unquoted text for, if not for a word; else ''."""
    text = node.text or ""
    if node.quoted:
        return ""
    if LOOKS_LIKE_A_NUMBER.fullmatch(text):
        return "a number"
    if LOOKS_LIKE_A_DATE.fullmatch(text):
        return "a date"
    if text in TRUTHS:
        return "a truth value"
    return "nothing" if text in NOTHINGS else ""


class EnoughFaults(Exception):  # noqa: N818  (it says when, not what)
    """So many faults were found that reading on would only repeat itself."""


class Source:
    """One file of a pack while it is read, with the faults found so far in the whole pack."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults

    def fault(self, line: int, message: str, rule: str = "") -> None:
        """Remember what is wrong, once, and go on; EnoughFaults once there are too many to be
        read."""
        fault = Fault(self.name, line, rule, message)
        if fault in self.faults:
            return
        if len(self.faults) >= ENOUGH:
            more = f"there are more than {ENOUGH} faults; mend the first ones and try again"
            self.faults.append(Fault(self.name, line, "", more))
            raise EnoughFaults
        self.faults.append(fault)

    def mapping(
        self,
        node: Node | None,
        allowed: Collection[str] | None,
        needed: Collection[str] = (),
        rule: str = "",
    ) -> dict[str, Node]:
        """A mapping's entries without the unknown ones; those and missing names are faults.

        With `allowed` None any name may stand there. No node at all is an empty mapping.
        """
        if node is None:
            return {}
        if node.entries is None:
            wanted = "lines like `name: value` are wanted here"
            self.fault(node.line, f"{wanted}, not {what_it_is(node)}", rule)
            return {}
        found = {}
        for name, value in node.entries:
            if allowed is None or name in allowed:
                found[name] = value
                continue
            hint = did_you_mean(name, allowed) or f" Known here: {', '.join(sorted(allowed))}."
            self.fault(value.line, f"{shown(name)} is not known here.{hint}", rule)
        for name in needed:
            if name not in found or found[name].empty:
                self.fault(node.line, f"`{name}` is missing; please add it", rule)
        return found

    def scalar(self, node: Node | None, rule: str = "") -> str:
        """What was written, number or word; '' with a fault for what is neither. No node is ''."""
        if node is None:
            return ""
        if node.text is None:
            self.fault(node.line, f"a word or a text is wanted, not {what_it_is(node)}", rule)
            return ""
        return node.text

    def word(self, node: Node | None, rule: str = "") -> str:
        """A text as it was written; a fault where other readers would see a number or a date."""
        text = self.scalar(node, rule)
        if node is not None and (wrong := surprise(node)):
            reads = f"{shown(text)} is read as {wrong} where a word is wanted"
            self.fault(node.line, f'{reads}; write "{shown(text, "")}" in quotes', rule)
        return text

    def words(self, node: Node | None, rule: str = "") -> tuple[str, ...]:
        """A word or a list of words."""
        return () if node is None else tuple(self.word(item, rule) for item in node.each())

    def number(self, node: Node | None, rule: str = "") -> float | None:
        """A number; None where none is given or, with a fault, where something else is."""
        if node is None:
            return None
        text = node.text or ""
        if node.quoted or not NUMBER.fullmatch(text):
            hint = "write it plainly, as in 3 or 0.35"
            self.fault(node.line, f"a number is wanted, not {what_it_is(node)}; {hint}", rule)
            return None
        value = float(text)
        if abs(value) > LARGEST:
            self.fault(node.line, f"{shown(text)} is too large a number", rule)
            return None
        return int(value) if value.is_integer() else value

    def date(self, node: Node | None, rule: str = "") -> date | None:
        """A day like 2026-01-31; None where none is given or, with a fault, where it is none."""
        if node is None:
            return None
        try:
            return date.fromisoformat(node.text or "")
        except ValueError:
            self.fault(node.line, f"a date like 2026-01-31 is wanted, not {what_it_is(node)}", rule)
            return None
