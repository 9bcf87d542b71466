"""A YAML file read as nodes. What surprises people in YAML is refused in words, never guessed.

Refused: anchors, aliases, tags, directives, merge keys, duplicate names, tabs, characters that
cannot be seen, a second document, nesting deeper than anyone writes, files over 1 MB or not UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from rules.facts import LONGEST, shown
from rules.nodes import Node, Source

LARGEST_FILE = 1_000_000
DEEPEST = 20
MOST_BRACKETS = 100
LONGEST_NAME = 200
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufffe\uffff]"
)
BRACKETS = re.compile(r"[\[\]{}]")
PLAIN_WORDS = (  # of the reader's own messages, in ours
    ("mapping values are not allowed", "a colon within a text; put the whole text in quotes"),
    ("could not find expected ':'", "a line without `name: value`; is a colon or a quote missing?"),
    ("cannot start any token", "a sign that YAML keeps for itself; put the text in quotes"),
    ("unexpected end of stream", "quotes that are opened here are never closed"),
    ("expected <block end>", "the indentation does not fit, or a list lacks its `- `"),
    ("expected ',' or", "a bracket that is never closed, or a comma that is missing"),
    ("unknown escape", "a backslash within double quotes; use single quotes"),
    ("unknown directive", "a line that starts with %; put the text in quotes"),
)


class _Refused(Exception):  # noqa: N818  (never leaves this module)
    """The file is refused; the fault is already written down."""


def parse(path: Path, source: Source) -> Node | None:
    """The file's one document; None, with a fault, where it cannot be used."""
    try:
        text = _text(path, source)
        node = _document(iter(YAML(typ="safe", pure=True).parse(text)), source)
    except _Refused:
        return None
    except (YAMLError, RecursionError, ValueError) as error:
        source.fault(*_unreadable(error))
        return None
    if node is None or node.empty:
        source.fault(1, "the file is empty; write something into it or remove it")
        return None
    return node


def _unreadable(error: Exception) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or "it cannot be read")
    plain = (ours for theirs, ours in PLAIN_WORDS if theirs in problem)
    return (mark.line + 1 if mark else 1), f"this is not YAML: {next(plain, problem)}"


def _refuse(source: Source, line: int, message: str) -> _Refused:
    source.fault(line, message)
    return _Refused()


def _text(path: Path, source: Source) -> str:
    """The file as text without a byte order mark, with nothing in it that cannot be seen."""
    raw = _bytes(path, source)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _refuse(source, line, "this is not UTF-8 text; save the file as UTF-8") from None
    if "\t" in text:
        raise _refuse(source, _line(text, text.index("\t")), "a tab; write spaces instead")
    unseen = UNSEEN.search(text)
    if unseen:
        named = "NUL" if unseen[0] == "\0" else f"U+{ord(unseen[0]):04X}"
        line = _line(text, unseen.start())
        raise _refuse(source, line, f"a character that cannot be seen ({named}); take it out")
    depth = 0
    for bracket in BRACKETS.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MOST_BRACKETS:
            raise _refuse(source, _line(text, bracket.start()), _too_deep())
    return text


def _bytes(path: Path, source: Source) -> bytes:
    try:
        if not path.is_file():
            raise _refuse(source, 0, "this is not a file; put a file of that name there")
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise _refuse(source, 0, f"the file cannot be opened: {reason}") from None
    if len(raw) > LARGEST_FILE:
        raise _refuse(source, 0, "the file is larger than 1 MB; split it")
    return raw


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _too_deep() -> str:
    return f"nested deeper than {DEEPEST} levels; a pack needs few"


def _document(events: Iterator[Any], source: Source) -> Node | None:
    node = None
    for event in events:
        match type(event).__name__:
            case "DocumentStartEvent":
                line = event.start_mark.line + 1
                if node is not None:
                    raise _refuse(source, line, "a second document (---); one file holds one")
                if event.version or event.tags:
                    raise _refuse(source, line, "directives (%) are not allowed; remove the line")
            case "StreamStartEvent" | "DocumentEndEvent" | "StreamEndEvent":
                continue
            case _:
                node = _node(event, events, source, 0)
    return node


def _node(event: Any, events: Iterator[Any], source: Source, depth: int, line: int = 0) -> Node:
    """The node that begins with an event; `line` is that of its name, where it has one."""
    line = line or event.start_mark.line + 1
    kind = type(event).__name__
    if kind == "AliasEvent" or event.anchor:
        raise _refuse(source, line, "anchors and aliases (& and *) are not allowed; write it out")
    if event.tag:
        written = shown(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        raise _refuse(source, line, f"tags ({written}) are not allowed; write the plain value")
    if depth > DEEPEST:
        raise _refuse(source, line, _too_deep())
    if kind == "ScalarEvent":
        return _scalar(event, source, line)
    if kind == "SequenceStartEvent":
        inside = _until("SequenceEndEvent", events)
        return Node(line, items=tuple(_node(one, events, source, depth + 1) for one in inside))
    return Node(line, entries=_entries(events, source, depth))


def _scalar(event: Any, source: Source, line: int) -> Node:
    text = str(event.value).strip()
    if len(text) > LONGEST:
        source.fault(line, f"a text of more than {LONGEST:,} characters; make it shorter")
        text = text[:LONGEST]
    return Node(line, text=text, quoted=bool(event.style))


def _until(end: str, events: Iterator[Any]) -> Iterator[Any]:
    for event in events:
        if type(event).__name__ == end:
            return
        yield event


def _entries(events: Iterator[Any], source: Source, depth: int) -> tuple[tuple[str, Node], ...]:
    found: dict[str, Node] = {}
    for event in _until("MappingEndEvent", events):
        key = _node(event, events, source, depth + 1)
        value = _node(next(events), events, source, depth + 1, key.line)
        if not key.text or len(key.text) > LONGEST_NAME:
            source.fault(key.line, "a short name is wanted before the colon")
        elif key.text == "<<" and not key.quoted:
            source.fault(key.line, "merge keys (<<) are not allowed; write it out")
        elif key.text in found:
            first = f"the first stands in line {found[key.text].line}; keep one"
            source.fault(key.line, f"{shown(key.text)} stands here twice: {first}")
        else:
            found[key.text] = value
    return tuple(found.items())
