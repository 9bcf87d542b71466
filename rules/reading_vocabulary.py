"""vocabulary.yaml → kinds of fact, their attributes, levers, questions and aggregates."""

from __future__ import annotations

from typing import get_args

from rules.language import UnreadableError, parse_test
from rules.nodes import Node, Source
from rules.pack import Aggregate, Ask, Attribute, Kind, Lever, Type

TYPES = get_args(Type)
HOW = ("count", "sum", "most", "least")
ATTRIBUTE = {"type", "unit", "catalogue", "words", "from", "to", "lever", "ask", "title", "made"}
KIND = {"what", "key", "attributes", "catalogue", "list", "made"}
Lists = dict[str, tuple[str, str]]
"""Kind made of a list in a catalogue's entries → (catalogue, name of the list)."""


def read_kinds(node: Node, source: Source) -> tuple[dict[str, Kind], Lists]:
    """Every kind of the vocabulary, the two that rules make themselves included."""
    top = source.mapping(node, {"kinds", "aggregates"}, {"kinds"})
    lists: Lists = {}
    kinds = {"recommended": recommended(), "finding": finding()}
    for name, inside in source.mapping(top.get("kinds"), None, set()).items():
        kinds[name] = _kind(name, inside, source)
        catalogue, listed = inside.get("catalogue"), inside.get("list")
        if listed is not None:
            lists[name] = (source.word(catalogue), source.word(listed))
    if "aggregates" in top:
        for name, inside in source.mapping(top["aggregates"], None, set()).items():
            kinds[name] = _aggregate_kind(name, inside, kinds, source)
    return kinds, lists


def recommended() -> Kind:
    """What earlier stages recommend."""
    words = {name: Attribute(name, "word") for name in ("kind", "target", "of")}
    score = Attribute("score", "number", unit="points")
    attributes = {**words, "score": score, "rank": Attribute("rank", "number")}
    what = "something recommended by an earlier step"
    return Kind("recommended", ("kind", "target", "of"), attributes, what=what, derived=True)


def finding() -> Kind:
    """What earlier stages found."""
    attributes = {name: Attribute(name, "word") for name in ("name", "about", "severity")}
    return Kind("finding", ("name", "about"), attributes, what="something found", derived=True)


def _kind(name: str, node: Node, source: Source) -> Kind:
    parts = source.mapping(node, KIND, {"attributes"})
    inside = source.mapping(parts.get("attributes"), None, set())
    attributes = {word: _attribute(word, body, source) for word, body in inside.items()}
    key = source.words(parts.get("key"))
    for word in key:
        if word not in attributes:
            source.fault(node.line, f"{name}: the key `{word}` is not one of its attributes")
    catalogue = source.word(parts.get("catalogue"))
    return Kind(name, key, attributes, source.word(parts.get("what")), catalogue)


def _attribute(name: str, node: Node, source: Source) -> Attribute:
    parts = source.mapping(node, ATTRIBUTE, {"type"})
    kind = source.word(parts.get("type"))
    if kind not in TYPES:
        source.fault(node.line, f"{name}: the type is one of {', '.join(TYPES)}, not `{kind}`")
    return Attribute(
        name=name,
        type=kind if kind in TYPES else "text",  # type: ignore[arg-type]  # checked above
        unit=source.word(parts.get("unit")),
        catalogue=source.word(parts.get("catalogue")),
        words=source.words(parts.get("words")),
        low=source.number(parts.get("from")),
        high=source.number(parts.get("to")),
        lever=_lever(parts.get("lever"), source),
        ask=_ask(parts.get("ask"), source),
        title=source.word(parts.get("title")),
    )


def _lever(node: Node | None, source: Source) -> Lever | None:
    if node is None:
        return None
    parts = source.mapping(node, {"from", "to", "step", "words"}, set())
    low, high, step = (source.number(parts.get(name)) for name in ("from", "to", "step"))
    return Lever(low, high, step, source.words(parts.get("words")))


def _ask(node: Node | None, source: Source) -> Ask | None:
    if node is None:
        return None
    parts = source.mapping(node, {"page", "question", "help"}, {"page", "question"})
    return Ask(*(source.word(parts.get(name)) for name in ("page", "question", "help")))


def _aggregate_kind(name: str, node: Node, kinds: dict[str, Kind], source: Source) -> Kind:
    parts = source.mapping(node, None, set())
    each = source.word(parts.pop("for each", None))
    what = source.word(parts.pop("what", None))
    key: tuple[str, ...] = ()
    attributes: dict[str, Attribute] = {}
    if each:
        base = kinds.get(each)
        if base is None or len(base.key) != 1:
            source.fault(node.line, f"{name}: `for each` names a kind with one key, not `{each}`")
        else:
            key, held = (each,), base.attributes[base.key[0]]
            attributes[each] = Attribute(each, held.type, catalogue=held.catalogue)
    aggregates = {}
    for word, body in parts.items():
        aggregates[word] = _aggregate(word, body, kinds, source)
        of = kinds.get(aggregates[word].kind)
        summed = of.attributes.get(aggregates[word].of) if of else None
        attributes[word] = Attribute(word, "number", unit=summed.unit if summed else "count")
    return Kind(name, key, attributes, what, for_each=each, aggregates=aggregates)


def _aggregate(name: str, node: Node, kinds: dict[str, Kind], source: Source) -> Aggregate:
    parts = source.mapping(node, {*HOW, "of", "with"}, set())
    how = next((word for word in HOW if word in parts), "count")
    kind = source.word(parts.get(how))
    of = source.word(parts.get("of"))
    if kind not in kinds:
        source.fault(node.line, f"{name}: there is no kind `{kind}` to {how}")
    elif how != "count" and of not in kinds[kind].attributes:
        source.fault(node.line, f"{name}: `of` names the attribute of {kind} to {how}")
    tests = []
    for word, cell in source.mapping(parts["with"], None, set()).items() if "with" in parts else ():
        try:
            tests.append((word, parse_test(source.word(cell))))
        except UnreadableError as error:
            source.fault(cell.line, str(error))
    return Aggregate(how, kind, of, tuple(tests))  # type: ignore[arg-type]  # one of HOW
