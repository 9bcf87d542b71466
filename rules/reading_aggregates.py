"""The aggregates of vocabulary.yaml: kinds that count and add up other facts as a stage begins."""

from __future__ import annotations

from dataclasses import replace

from rules.facts import did_you_mean, shown
from rules.nodes import Node, Source
from rules.pack import Aggregate, Attribute, Kind, Pack
from rules.reading_scope import Scope, check_name

HOW = ("count", "sum", "most", "least", "mean")


def aggregate_kind(pack: Pack, name: str, node: Node, source: Source) -> Kind:
    """`{for each: kind, attribute: {count: kind, with: {...}}}`; `pack` has the kinds so far."""
    parts = source.mapping(node, None)
    each = source.word(parts.pop("for each", None))
    what = source.word(parts.pop("what", None))
    attributes: dict[str, Attribute] = {}
    held = _key(pack, each)
    if each and held is None:
        close = "" if each in pack.kinds else did_you_mean(each, pack.kinds)
        wanted = f"`for each` names a kind with a key of one attribute, not {shown(each)}"
        source.fault(node.line, f"{name}: {wanted}.{close}")
        each = ""
    elif held is not None:
        attributes[each] = replace(held, name=each, lever=None, ask=None)
    if not parts:
        source.fault(node.line, f"{name}: say what is counted, as in `people: {{count: person}}`")
    aggregates = {}
    for word, body in parts.items():
        taken = {each: "names the fact for which is counted"} if each else {}
        if not check_name(source, body.line, word, "attribute", taken):
            continue
        made = _aggregate(pack, f"{name}.{word}", each, body, source)
        if made is not None:
            aggregates[word], unit, title = made
            attributes[word] = Attribute(word, "number", unit=unit, title=title)
    key = (each,) if each else ()
    return Kind(name, key, attributes, what, for_each=each, aggregates=aggregates)


def _key(pack: Pack, kind: str) -> Attribute | None:
    """The attribute that alone tells facts of a kind apart; None where there is no such kind."""
    base = pack.kinds.get(kind)
    if base is None or len(base.key) != 1:
        return None
    return base.attributes.get(base.key[0])


def _aggregate(
    pack: Pack, where: str, each: str, node: Node, source: Source
) -> tuple[Aggregate, str, str] | None:
    """The aggregate, its unit and its title; None, with a fault, for what is none."""
    parts = source.mapping(node, (*HOW, "of", "with", "title"))
    said = [how for how in HOW if how in parts]
    if len(said) != 1:
        source.fault(node.line, f"{where}: one of {', '.join(HOW)} is wanted")
        return None
    how, kind, of = said[0], source.word(parts[said[0]]), source.word(parts.get("of"))
    wrong = _wrong(pack, how, kind, of)
    if wrong:
        source.fault(node.line, f"{where}: {wrong}")
        return None
    scope = Scope(pack, source)
    if each:
        scope.aliases[each] = each
    tests = tuple(scope.cells(kind, parts["with"])) if "with" in parts else ()
    unit = pack.kinds[kind].attributes[of].unit if of else "count"
    if how == "mean" and unit == "level":
        unit = "points"  # between two levels there is no word
    aggregate = Aggregate(how, kind, of, tests)  # type: ignore[arg-type]  # one of HOW
    return aggregate, unit, source.word(parts.get("title"))


def _wrong(pack: Pack, how: str, kind: str, of: str) -> str:
    """Why this cannot be counted; '' if it can."""
    found = pack.kinds.get(kind)
    if found is None:
        return f"there is no kind of fact {shown(kind)}.{did_you_mean(kind, pack.kinds)}"
    if found.aggregates or found.for_each:
        return f"{kind} is counted itself; count what it is made of"
    if how == "count":
        return "`of` belongs to sum, most, least and mean; counting needs none" if of else ""
    attribute = found.attributes.get(of)
    if attribute is None:
        wanted = f"`of` names the attribute of {kind} to take; {shown(of)} is none"
        return f"{wanted}.{did_you_mean(of, found.attributes)}"
    return "" if attribute.type == "number" else f"{kind}.{of} is no number"
