"""YAML read as plain nodes with their lines; its surprises are faults, never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from rules.errors import Fault
from rules.facts import did_you_mean

LARGEST_FILE = 1_000_000
DEEPEST = 20
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`entries`), with its 1-based line."""

    line: int
    text: str | None = None
    quoted: bool = False
    items: tuple[Node, ...] | None = None
    entries: tuple[tuple[str, Node], ...] | None = None

    def get(self, name: str) -> Node | None:
        """The value under a name of a mapping."""
        return next((node for key, node in self.entries or () if key == name), None)


class Source:
    """One file of a pack while it is read, with the faults found so far in the whole pack."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults

    def fault(self, line: int, message: str, rule: str = "") -> None:
        """Remember what is wrong and go on, so that one reading reports everything."""
        self.faults.append(Fault(self.name, line, rule, message))

    def mapping(
        self, node: Node | None, allowed: set[str] | None, needed: set[str], rule: str = ""
    ) -> dict[str, Node]:
        """A mapping's entries; unknown and missing names are faults."""
        if node is None or node.entries is None:
            self.fault(node.line if node else 1, "here `name: value` lines are wanted", rule)
            return {}
        found = dict(node.entries)
        for name, value in node.entries:
            if allowed is not None and name not in allowed:
                hint = did_you_mean(name, allowed)
                self.fault(value.line, f"`{name}` is not known here.{hint}", rule)
        for name in sorted(needed - set(found)):
            self.fault(node.line, f"`{name}` is missing; please add it", rule)
        return found

    def word(self, node: Node | None, rule: str = "") -> str:
        """A scalar as text; '' for what is none, with a fault."""
        if node is None:
            return ""
        if node.text is None:
            self.fault(node.line, "one word or sentence is wanted here, not a list", rule)
            return ""
        return node.text

    def words(self, node: Node | None, rule: str = "") -> tuple[str, ...]:
        """A word or a list of words."""
        if node is None:
            return ()
        if node.items is not None:
            return tuple(self.word(item, rule) for item in node.items)
        return (self.word(node, rule),)

    def number(self, node: Node | None, rule: str = "") -> float | None:
        """A number, or None where none is given; anything else is a fault."""
        if node is None:
            return None
        if node.text is None or node.quoted or not NUMBER.fullmatch(node.text):
            self.fault(node.line, f"a number is wanted, not `{node.text}`", rule)
            return None
        value = float(node.text)
        return int(value) if value.is_integer() else value


def parse(path: Path, source: Source) -> Node | None:
    """The file's one document; None (with a fault) where it cannot be used."""
    text = _text(path, source)
    if text is None:
        return None
    try:
        events = YAML(typ="safe", pure=True).parse(text)
        node = _document(iter(events), source)
    except _Refused:
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        tab = "; use spaces, not tabs" if "\\t" in str(problem) or "'\t'" in str(problem) else ""
        source.fault(mark.line + 1 if mark else 1, f"this is not YAML: {problem}{tab}")
        return None
    if node is None:
        source.fault(1, "the file is empty")
    return node


class _Refused(Exception):  # noqa: N818  (never leaves this module)
    """The file is refused; the fault is already written down."""


def _text(path: Path, source: Source) -> str | None:
    try:
        raw = path.read_bytes()
    except OSError as error:
        source.fault(0, f"the file cannot be opened ({error.strerror})")
        return None
    if len(raw) > LARGEST_FILE:
        source.fault(0, "the file is larger than 1 MB; split it")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        source.fault(line, "this is not UTF-8 text; save the file as UTF-8")
        return None
    if "\x00" in text:
        source.fault(text[: text.index("\x00")].count("\n") + 1, "there is a NUL byte in it")
        return None
    for number, content in enumerate(text.split("\n"), 1):
        if "\t" in content[: len(content) - len(content.lstrip())]:
            source.fault(number, "a tab at the start of the line; YAML wants spaces")
            return None
    return text


def _document(events: Iterator[Any], source: Source) -> Node | None:
    node = None
    for event in events:
        match type(event).__name__:
            case "DocumentStartEvent" if node is not None:
                source.fault(event.start_mark.line + 1, "a second document; one is wanted")
                raise _Refused
            case "StreamStartEvent" | "DocumentStartEvent" | "DocumentEndEvent" | "StreamEndEvent":
                continue
            case _:
                node = _node(event, events, source, 0)
    return node


def _node(event: Any, events: Iterator[Any], source: Source, depth: int) -> Node:
    line = event.start_mark.line + 1
    name = type(event).__name__
    if name == "AliasEvent" or getattr(event, "anchor", None):
        source.fault(line, "anchors and aliases (& and *) are not allowed; write it out")
        raise _Refused
    if getattr(event, "tag", None) and not str(event.tag).startswith("tag:yaml.org"):
        source.fault(line, f"tags ({event.tag}) are not allowed; write the plain value")
        raise _Refused
    if depth > DEEPEST:
        source.fault(line, f"nested deeper than {DEEPEST} levels")
        raise _Refused
    if name == "ScalarEvent":
        quoted = event.style is not None
        return Node(line, text=str(event.value).strip(), quoted=quoted)
    if name == "SequenceStartEvent":
        inside = _until("SequenceEndEvent", events)
        return Node(line, items=tuple(_node(e, events, source, depth + 1) for e in inside))
    return Node(line, entries=_entries(events, source, depth))


def _until(end: str, events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if type(event).__name__ == end:
            return
        yield event


def _entries(events: Iterator[Any], source: Source, depth: int) -> tuple[tuple[str, Node], ...]:
    found: dict[str, Node] = {}
    for event in _until("MappingEndEvent", events):
        key = _node(event, events, source, depth + 1)
        value = _node(next(events), events, source, depth + 1)
        if key.text is None:
            source.fault(key.line, "a name is wanted before the colon")
        elif key.text in found or (key.text == "<<" and not key.quoted):
            source.fault(key.line, f"`{key.text}` stands here twice; keep one")
        else:
            found[key.text] = value
    return tuple(found.items())
