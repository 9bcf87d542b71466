"""cases/*.yaml → cases: a sentence, facts that fit the vocabulary, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.errors import FactError
from rules.facts import Key, fact_from, key, named
from rules.nodes import Node, Source, what_it_is
from rules.pack import Case, Fact, Pack
from rules.reading_catalogues import plain

FACTS = "`facts` wants a list, as in `- objective: {name: sales}`"


def read_cases(pack: Pack, node: Node, source: Source) -> Iterator[Case]:
    """`- case: sentence, facts: [...], expect: {...}`; one mapping alone is one case."""
    fixed = {key(pack, fact): fact for fact in pack.fixed}
    for item in node.each():
        parts = source.mapping(item, ("case", "facts", "expect"), ("facts",))
        yield Case(
            source.word(parts.get("case")) or source.name,
            tuple(_told_once(pack, parts.get("facts"), source, fixed)),
            _expected(parts.get("expect"), source),
            source.name,
            item.line,
        )


def _expected(node: Node | None, source: Source) -> dict[str, object]:
    return {name: plain(value, source) for name, value in source.mapping(node, None).items()}


def _told_once(
    pack: Pack, listed: Node | None, source: Source, fixed: Mapping[Key, Fact]
) -> Iterator[Fact]:
    """The facts of a case; a fault where one says otherwise than another, or than the pack."""
    kept: dict[Key, tuple[Fact, int]] = {}
    for fact, line in _facts(pack, listed, source):
        name = key(pack, fact)
        known, first = kept.setdefault(name, (fact, line))
        if fixed.get(name, fact) != fact:
            source.fault(line, f"{named(fact, pack)}: the pack says otherwise; leave it out")
        elif known != fact:
            wanted = f"it is said twice, and line {first} says otherwise; keep one"
            source.fault(line, f"{named(fact, pack)}: {wanted}")
        else:
            yield fact


def _facts(pack: Pack, listed: Node | None, source: Source) -> Iterator[tuple[Fact, int]]:
    if listed is None or listed.empty:
        return
    if listed.items is None:
        source.fault(listed.line, f"{FACTS}, not {what_it_is(listed)}")
    for entry in listed.items or ():
        said = source.mapping(entry, None)
        trust = source.number(said.pop("trust", None))
        for kind, body in said.items():
            for row in body.each():
                for fact in _fact(pack, kind, row, 1.0 if trust is None else trust, source):
                    yield fact, row.line


def _fact(pack: Pack, kind: str, row: Node, trust: float, source: Source) -> Iterator[Fact]:
    """The fact of one line; nothing, with a fault, where the vocabulary does not allow it."""
    before = len(source.faults)
    values = {}
    for name, value in source.mapping(row, None).items():
        if value.text is None:
            wanted = "one value is wanted; several of them are several facts"
            source.fault(value.line, f"{kind}.{name}: {wanted}")
        elif not value.empty:
            values[name] = plain(value, source)
    if len(source.faults) > before:
        return
    try:
        yield fact_from(pack, kind, values, trust)
    except FactError as error:
        source.fault(row.line, str(error))
