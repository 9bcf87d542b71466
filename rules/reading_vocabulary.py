"""vocabulary.yaml → kinds of fact with their attributes, levers and questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import get_args

from rules.facts import did_you_mean, shown
from rules.nodes import Node, Source
from rules.pack import Ask, Attribute, Kind, Lever, Pack, Type
from rules.reading_aggregates import aggregate_kind
from rules.reading_scope import check_name

ATTRIBUTE = ("type", "unit", "catalogue", "words", "from", "to", "lever", "ask", "title")
KIND = ("what", "key", "attributes", "catalogue", "list")
UNITS = ("share", "hours", "days", "level", "points", "count", "euro")
TAKEN = {
    "recommended": "is what earlier stages recommend",
    "finding": "is what earlier stages found",
    "trust": "says in a case how far a fact is trusted",
}
Lists = dict[str, str]
"""Kind made of a list in a catalogue's entries → the name of the list."""


def read_kinds(
    pack: Pack, node: Node, source: Source, findings: Collection[str]
) -> tuple[dict[str, Kind], Lists]:
    """Every kind of the vocabulary, the two that rules make included. `findings` are the names
    that the rules' findings have."""
    top = source.mapping(node, ("kinds", "aggregates"), ("kinds",))
    decided = tuple(kind for stage in pack.stages for kind in stage.decides)
    kinds = {"recommended": recommended(decided), "finding": finding(tuple(sorted(findings)))}
    lists: Lists = {}
    for name, inside in source.mapping(top.get("kinds"), None).items():
        if check_name(source, inside.line, name, "kind of fact", TAKEN):
            kinds[name] = _kind(pack, name, inside, source)
            listed = source.word(inside.get("list"))
            if listed:
                lists[name] = listed
    for name, inside in source.mapping(top.get("aggregates"), None).items():
        taken = TAKEN | dict.fromkeys(kinds, "is a kind of fact already")
        if check_name(source, inside.line, name, "kind of fact", taken):
            kind = aggregate_kind(replace(pack, kinds=kinds), name, inside, source)
            kinds |= {name: kind}
    return kinds, lists


def recommended(decided: tuple[str, ...]) -> Kind:
    """What earlier stages recommend."""
    attributes = {
        "kind": Attribute("kind", "word", words=decided),
        "target": Attribute("target", "word"),
        "of": Attribute("of", "word"),
        "score": Attribute("score", "number", unit="points"),
        "rank": Attribute("rank", "number"),
    }
    what = "something recommended by an earlier step"
    return Kind("recommended", ("kind", "target", "of"), attributes, what=what, derived=True)


def finding(names: tuple[str, ...]) -> Kind:
    """What earlier stages found."""
    attributes = {
        "name": Attribute("name", "word", words=names),
        "about": Attribute("about", "word"),
        "severity": Attribute("severity", "word", words=("low", "medium", "high")),
    }
    return Kind("finding", ("name", "about"), attributes, what="something found", derived=True)


def _kind(pack: Pack, name: str, node: Node, source: Source) -> Kind:
    parts = source.mapping(node, KIND, ("attributes",))
    attributes = {}
    for word, body in source.mapping(parts.get("attributes"), None).items():
        if check_name(source, body.line, word, "attribute", {}):
            attributes[word] = _attribute(pack, name, word, body, source)
    _check_along(name, attributes, node, source)
    key = source.words(parts.get("key"))
    for word in key:
        if word not in attributes:
            close = did_you_mean(word, attributes)
            source.fault(node.line, f"{name}: the key {shown(word)} is no attribute of it.{close}")
    catalogue = _catalogue(pack, parts.get("catalogue"), source, name)
    if catalogue and not key:
        source.fault(node.line, f"{name}: facts of a catalogue need a `key`, as in `key: id`")
    if "list" in parts and (not catalogue or len(key) != 2):
        wanted = "`catalogue` and a `key` of two: the entry, then what is listed"
        source.fault(node.line, f"{name}: facts made of a list need {wanted}")
    return Kind(name, key, attributes, source.word(parts.get("what")), catalogue)


def _check_along(
    name: str, attributes: Mapping[str, Attribute], node: Node, source: Source
) -> None:
    for word, attribute in attributes.items():
        for other in attribute.lever.along if attribute.lever else ():
            if other == word or other not in attributes or attributes[other].type != "number":
                wrong = f"its lever moves {shown(other)} along, which is no other number of it"
                source.fault(node.line, f"{name}.{word}: {wrong}.{did_you_mean(other, attributes)}")


def _catalogue(pack: Pack, node: Node | None, source: Source, where: str) -> str:
    """The name of a catalogue that the pack has."""
    word = source.word(node)
    if node is not None and word not in pack.catalogues:
        close = did_you_mean(word, pack.catalogues)
        source.fault(node.line, f"{where}: there is no catalogues/{shown(word, '')}.yaml.{close}")
    return word


def _attribute(pack: Pack, kind: str, name: str, node: Node, source: Source) -> Attribute:
    where = f"{kind}.{name}"
    parts = source.mapping(node, ATTRIBUTE, ("type",))
    type_ = _one_of(parts.get("type"), get_args(Type), source, f"{where}: the type")
    unit = _one_of(parts.get("unit"), UNITS, source, f"{where}: the unit")
    attribute = Attribute(
        name=name,
        type=type_ or "text",  # type: ignore[arg-type]  # one of Type
        unit=unit,
        catalogue=_catalogue(pack, parts.get("catalogue"), source, where),
        words=source.words(parts.get("words")),
        low=source.number(parts.get("from")),
        high=source.number(parts.get("to")),
        lever=_lever(parts.get("lever"), source),
        ask=_ask(parts.get("ask"), source),
        title=source.word(parts.get("title")),
    )
    if type_:
        for wrong in _contradictions(attribute):
            source.fault(node.line, f"{where}: {wrong}")
    return attribute


def _contradictions(attribute: Attribute) -> list[str]:
    """What does not go together in an attribute."""
    wrong = []
    low, high, lever = attribute.low, attribute.high, attribute.lever
    if attribute.type != "number" and (low, high, attribute.unit) != (None, None, ""):
        wrong.append("`from`, `to` and `unit` belong to numbers")
    if attribute.type != "word" and (attribute.catalogue or attribute.words):
        wrong.append("`catalogue` and `words` belong to words; write `type: word`")
    if attribute.catalogue and attribute.words:
        wrong.append("give it a `catalogue` or `words`, not both")
    if {"yes", "no"} & set(attribute.words):
        wrong.append("yes and no are no words; write `type: yes_no`")
    if low is not None and high is not None and low > high:
        wrong.append(f"`from` {low} lies above `to` {high}")
    if lever is not None:
        wrong += _bad_lever(attribute, lever)
    return wrong


def _bad_lever(attribute: Attribute, lever: Lever) -> list[str]:
    if attribute.type == "number":
        low, high, step = lever.low, lever.high, lever.step
        if low is None or high is None or step is None or not low < high or step <= 0:
            return ["the lever of a number needs `from` below `to`, and a `step` above 0"]
        return ["a lever of more than 1,000 steps"] if (high - low) / step > 1000 else []
    if (lever.low, lever.high, lever.step) != (None, None, None) or lever.along:
        return ["`from`, `to`, `step` and `along` of a lever belong to numbers"]
    strange = [word for word in lever.words if attribute.words and word not in attribute.words]
    return [f"the lever's {shown(word)} is not one of its words" for word in strange]


def _one_of(node: Node | None, known: tuple[str, ...], source: Source, what: str) -> str:
    word = source.word(node)
    if node is None or node.empty or word in known:
        return word
    close = did_you_mean(word, known)
    source.fault(node.line, f"{what} is one of {', '.join(known)}, not {shown(word)}.{close}")
    return ""


def _lever(node: Node | None, source: Source) -> Lever | None:
    if node is None:
        return None
    parts = source.mapping(node, ("from", "to", "step", "words", "along"))
    low, high, step = (source.number(parts.get(name)) for name in ("from", "to", "step"))
    words, along = (source.words(parts.get(name)) for name in ("words", "along"))
    return Lever(low, high, step, words, along)


def _ask(node: Node | None, source: Source) -> Ask | None:
    if node is None:
        return None
    parts = source.mapping(node, ("page", "question", "help"), ("page", "question"))
    return Ask(*(source.word(parts.get(name)) for name in ("page", "question", "help")))
