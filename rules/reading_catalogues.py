"""parameters.yaml and catalogues/*.yaml → dated values, entries, and the facts that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from rules.facts import misfit, spoken
from rules.nodes import NUMBER, Node, Source
from rules.pack import Attribute, Entry, Fact, Kind, Pack, ParameterValue
from rules.reading_vocabulary import Lists

PARAMETER = {"value", "title", "unit", "source", "since", "check again", "from", "to"}


def read_parameters(node: Node, source: Source) -> dict[str, ParameterValue]:
    """`name: {value, title, unit, source, since, check again, from, to}` for every parameter."""
    found = {}
    for name, body in source.mapping(node, None, set()).items():
        parts = source.mapping(body, PARAMETER, {"value", "title"})
        value = plain(parts["value"]) if "value" in parts else 0
        found[name] = ParameterValue(
            name=name,
            value=value if isinstance(value, str | int | float | bool) else 0,
            title=source.word(parts.get("title")),
            unit=source.word(parts.get("unit")),
            source=source.word(parts.get("source")),
            since=_date(parts.get("since"), source),
            check_again=_date(parts.get("check again"), source),
            low=source.number(parts.get("from")),
            high=source.number(parts.get("to")),
        )
        holder = Attribute(name, "number", low=found[name].low, high=found[name].high)
        wrong = misfit_plain(holder, found[name])
        if wrong:
            source.fault(body.line, f"{name}: {wrong}")
    return found


def misfit_plain(holder: Attribute, parameter: ParameterValue) -> str:
    """Why a parameter's value lies outside its own range; '' if it does not."""
    value = parameter.value
    if isinstance(value, str | bool):
        return ""
    if holder.low is not None and value < holder.low:
        return f"{value} is below {holder.low}"
    return (
        f"{value} is above {holder.high}" if holder.high is not None and value > holder.high else ""
    )


def read_entries(node: Node, source: Source) -> dict[str, Entry]:
    """The entries of one catalogue by id; a table has none of its own."""
    parts = source.mapping(node, {"kind", "entries", "table", "values", "source", "what"}, set())
    found: dict[str, Entry] = {}
    listed = parts.get("entries")
    for item in listed.items or () if listed else ():
        body = source.mapping(item, None, {"id", "title"})
        name = source.word(body.get("id"))
        if name in found:
            source.fault(item.line, f"the id `{name}` stands twice in this catalogue")
        values = {word: plain(value) for word, value in body.items()}
        found[name] = Entry(name, source.word(body.get("title")), values, item.line)
    return found


def fixed_facts(pack: Pack, name: str, node: Node, source: Source, lists: Lists) -> Iterator[Fact]:
    """The facts that one catalogue gives: of its kind, of kinds made of lists, or of its table."""
    if node.get("table") is not None:
        yield from _table(pack, name, node, source)
        return
    for kind in pack.kinds.values():
        if kind.catalogue != name:
            continue
        for entry in pack.catalogues[name].values():
            rows = _listed(kind, entry, lists) if kind.name in lists else [entry.values]
            for row in rows:
                yield from _fact(pack, kind, row, entry.line, source)


def plain(node: Node) -> object:
    """A node as Python: unquoted numbers are numbers, everything else is words."""
    if node.items is not None:
        return [plain(item) for item in node.items]
    if node.entries is not None:
        return {name: plain(value) for name, value in node.entries}
    text = node.text or ""
    if node.quoted or not NUMBER.fullmatch(text):
        return text
    value = float(text)
    return int(value) if value.is_integer() else value


def _listed(kind: Kind, entry: Entry, lists: Lists) -> Iterator[Mapping[str, object]]:
    _, name = lists[kind.name]
    mine, other = list(kind.attributes)[:2]
    values = entry.values.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        yield {mine: entry.id, **(value if isinstance(value, dict) else {other: value})}


def _table(pack: Pack, name: str, node: Node, source: Source) -> Iterator[Fact]:
    shape = source.mapping(node.get("table"), {"rows", "columns", "value"}, set())
    rows, columns, held = (source.word(shape.get(part)) for part in ("rows", "columns", "value"))
    kind = next((kind for kind in pack.kinds.values() if kind.catalogue == name), None)
    if kind is None:
        return
    for row, cells in source.mapping(node.get("values"), None, set()).items():
        for column, cell in source.mapping(cells, None, set()).items():
            values = {rows: row, columns: column, held: plain(cell)}
            yield from _fact(pack, kind, values, cell.line, source)


def _fact(
    pack: Pack, kind: Kind, row: Mapping[str, object], line: int, source: Source
) -> Iterator[Fact]:
    values = {}
    for name, attribute in kind.attributes.items():
        if row.get(name, "") == "":
            continue
        value = spoken(row[name], attribute)
        wrong = misfit(pack, attribute, value)
        if wrong:
            source.fault(line, f"{kind.name}.{name}: {wrong}")
        elif isinstance(value, str | int | float | bool):
            values[name] = value
    if all(name in values for name in kind.key):
        yield Fact(kind.name, values)


def _date(node: Node | None, source: Source) -> date | None:
    if node is None:
        return None
    try:
        return date.fromisoformat(source.word(node))
    except ValueError:
        source.fault(node.line, f"a date like 2026-01-31 is wanted, not `{node.text}`")
        return None
