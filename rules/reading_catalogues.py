"""catalogues/*.yaml → entries to show, and the facts that come with the pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.condition import Value
from rules.facts import did_you_mean, misfit, shown
from rules.language import PLAIN, RESERVED
from rules.nodes import Node, Source, surprise
from rules.pack import Attribute, Entry, Fact, Kind, Pack
from rules.reading_vocabulary import Lists

TOP = ("kind", "entries", "table", "values", "source", "what")
Row = Mapping[str, Node]


def read_entries(node: Node, source: Source) -> dict[str, Entry]:
    """The entries of one catalogue by id; a table has none of its own."""
    parts = source.mapping(node, TOP)
    if node.entries is not None and ("entries" in parts) == ("table" in parts):
        source.fault(node.line, "a catalogue has either `entries` or a `table` with `values`")
    listed = parts.get("entries")
    found: dict[str, Entry] = {}
    for item in listed.each() if listed and not listed.empty else ():
        body = source.mapping(item, None, ("id", "title"))
        name = source.word(body.get("id"))
        wrong = _bad_id(name) if "id" in body else ""
        if name in found:
            wrong = f"the id {shown(name)} stands in line {found[name].line} too; choose another"
        if wrong:
            source.fault(item.line, wrong)
            continue
        values = {word: plain(value, source) for word, value in body.items()}
        found[name] = Entry(name, source.word(body.get("title")), values, item.line)
    return found


def _bad_id(name: str) -> str:
    if name in RESERVED:
        return f"{shown(name)} is a word of the rule language; choose another id"
    if len(name) > 60 or not PLAIN.fullmatch(name):
        return f"{shown(name)} is no id; use letters, digits, _ and -, with a letter first"
    return ""


def plain(node: Node, source: Source) -> object:
    """A node as Python: unquoted numbers are numbers, everything else is words."""
    if node.items is not None:
        return [plain(item, source) for item in node.items]
    if node.entries is not None:
        return {name: plain(value, source) for name, value in node.entries}
    text = node.text or ""
    strange = surprise(node)
    if strange == "a number":
        return source.number(node)
    if strange not in ("", "a date"):
        wanted = "write yes, no, a number like 3 or 0.35, or a text in quotes"
        source.fault(node.line, f"{shown(text)} is read as {strange} by some; {wanted}")
    return text


def fixed_facts(
    pack: Pack, name: str, node: Node, source: Source, lists: Lists
) -> Iterator[tuple[Fact, int]]:
    """The facts that one catalogue gives, with their lines: of its kind, of kinds that are made
    of lists in its entries, or of its table."""
    kinds = [kind for kind in pack.kinds.values() if kind.catalogue == name]
    _check_kind(pack, kinds, name, node, source)
    if node.get("table") is not None:
        yield from _table(pack, kinds, node, source)
        return
    listed = node.get("entries")
    for kind in kinds:
        for item in listed.each() if listed else ():
            row = dict(item.entries or ())
            rows = _listed(kind, row, lists[kind.name], source) if kind.name in lists else [row]
            for one in rows:
                yield from _fact(pack, kind, one, item.line, source)


def _check_kind(pack: Pack, kinds: list[Kind], name: str, node: Node, source: Source) -> None:
    said = node.get("kind")
    word = source.word(said)
    if said is None or word in {kind.name for kind in kinds}:
        return
    named = pack.kinds.get(word)
    close = "" if named else did_you_mean(word, [kind.name for kind in kinds] or pack.kinds)
    wanted = f"no kind {shown(word)} of the vocabulary has `catalogue: {name}`"
    source.fault(said.line, f"{wanted}; say so there, or take this line out.{close}")


def _listed(kind: Kind, row: Row, name: str, source: Source) -> Iterator[Row]:
    """A row for every item of an entry's list: the entry's id and the item's own values."""
    if len(kind.key) != 2 or "id" not in row or name not in row or row[name].empty:
        return
    mine, other = kind.key
    for item in row[name].each():
        own = dict(item.entries) if item.entries is not None else {other: item}
        yield {mine: row["id"], **own}


def _table(pack: Pack, kinds: list[Kind], node: Node, source: Source) -> Iterator[tuple[Fact, int]]:
    shape = source.mapping(
        node.get("table"), ("rows", "columns", "value"), ("rows", "columns", "value")
    )
    rows, columns, held = (source.word(shape.get(part)) for part in ("rows", "columns", "value"))
    if not kinds:
        source.fault(node.line, "no kind of the vocabulary is filled by this table")
        return
    kind = kinds[0]
    unknown = [word for word in (rows, columns, held) if word and word not in kind.attributes]
    for word in unknown:
        close = did_you_mean(word, kind.attributes)
        source.fault(node.line, f"{kind.name} has no attribute {shown(word)}.{close}")
    if unknown or len(shape) < 3:
        return
    for row, cells in source.mapping(node.get("values"), None).items():
        for column, cell in source.mapping(cells, None).items():
            first, second = (Node(cell.line, word, quoted=True) for word in (row, column))
            values = {rows: first, columns: second, held: cell}
            yield from _fact(pack, kind, values, cell.line, source)


def _fact(
    pack: Pack, kind: Kind, row: Row, line: int, source: Source
) -> Iterator[tuple[Fact, int]]:
    """The fact of a row: what the kind's attributes name, typed; nothing with a part of its key
    missing."""
    values = {}
    for name, attribute in kind.attributes.items():
        if name in row and not row[name].empty:
            said = typed_value(pack, f"{kind.name}.{name}", attribute, row[name], source)
            if said is not None:
                values[name] = said
    missing = [name for name in kind.key if name not in row or row[name].empty]
    if missing:
        source.fault(
            line, f"{kind.name}: `{missing[0]}` is missing; it tells this fact from others"
        )
    elif all(name in values for name in kind.key):
        yield Fact(kind.name, values), line


def typed_value(
    pack: Pack, where: str, attribute: Attribute, node: Node, source: Source
) -> Value | None:
    """What a node says, by the attribute's type and range; None, with a fault, if it does not."""
    if node.text is None:
        wanted = "one value is wanted; values that are lists need a kind of their own"
        source.fault(node.line, f"{where}: {wanted}")
        return None
    before = len(source.faults)
    value: Value | None
    if attribute.type == "number":
        value = source.number(node)
    elif attribute.type == "yes_no":
        value = node.text if node.quoted else {"yes": True, "no": False}.get(node.text, node.text)
    else:
        value = source.word(node)
    if value is None or len(source.faults) > before:
        return None
    wrong = misfit(pack, attribute, value)
    if wrong:
        source.fault(node.line, f"{where}: {wrong}")
        return None
    return value
