"""cases/*.yaml → cases: a sentence, facts that fit the vocabulary, and what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from rules.errors import FactError
from rules.facts import fact_from
from rules.nodes import Node, Source, what_it_is
from rules.pack import Case, Fact, Pack
from rules.reading_catalogues import plain

FACTS = "`facts` wants a list, as in `- objective: {name: sales}`"


def read_cases(pack: Pack, node: Node, source: Source) -> Iterator[Case]:
    """`- case: sentence, facts: [...], expect: {...}`; one mapping alone is one case."""
    for item in node.each():
        parts = source.mapping(item, ("case", "facts", "expect"), ("facts",))
        yield Case(
            source.word(parts.get("case")) or source.name,
            tuple(_facts(pack, parts.get("facts"), source)),
            _expected(parts.get("expect"), source),
            source.name,
            item.line,
        )


def _expected(node: Node | None, source: Source) -> dict[str, object]:
    return {name: plain(value, source) for name, value in source.mapping(node, None).items()}


def _facts(pack: Pack, listed: Node | None, source: Source) -> Iterator[Fact]:
    if listed is None or listed.empty:
        return
    if listed.items is None:
        source.fault(listed.line, f"{FACTS}, not {what_it_is(listed)}")
    for entry in listed.items or ():
        said = source.mapping(entry, None)
        trust = source.number(said.pop("trust", None))
        for kind, body in said.items():
            for row in body.each():
                yield from _fact(pack, kind, row, 1.0 if trust is None else trust, source)


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
