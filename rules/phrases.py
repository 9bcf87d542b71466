"""Sentences made ready: what `sentences.fill` says, with each value printed once and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.arithmetic import Facts, Known, value
from rules.condition import Constant, Parameter, Reference, Value
from rules.pack import Attribute, Pack, Rule, Sentence
from rules.sentences import print_value

Names = Mapping[str, str]
Phrase = Callable[[Facts, Names], str]
Printed = Callable[[Attribute, Value | None, Names], str]

REMEMBERED = 20_000


def printed(pack: Pack) -> Printed:
    """`print_value`, remembering what it printed; words that have a name of their own it asks."""
    known: dict[tuple[str, str, type, Value | None], str] = {}

    def say(attribute: Attribute, value: Value | None, names: Names) -> str:
        if value in names:
            return print_value(pack, attribute, value, names)
        key = (attribute.catalogue, attribute.unit, value.__class__, value)
        text = known.get(key)
        if text is None:
            if len(known) >= REMEMBERED:
                known.clear()
            text = known[key] = print_value(pack, attribute, value, names)
        return text

    return say


def phrase(pack: Pack, rule: Rule, text: Sentence, say: Printed) -> Phrase:
    """The sentence as a function of the facts of a match."""
    places = {pattern.alias: at for at, pattern in enumerate(rule.when)}
    kinds = {pattern.alias: pack.kinds[pattern.kind] for pattern in rule.when}
    parts: list[str | tuple[Known, Attribute]] = []
    for piece in text:
        match piece.term:
            case Reference(alias, name) as term:
                attribute = kinds[alias].attributes[name]
                parts.append((value(term, places, pack.parameters), attribute))
            case Parameter(name) as term:
                holder = Attribute(name, "number", unit=pack.parameters[name].unit)
                parts.append((value(term, places, pack.parameters), holder))
            case Constant(said):
                parts.append(str(said))
            case None:
                parts.append(piece.text)

    def filled(facts: Facts, names: Names) -> str:
        pieces = [
            part if isinstance(part, str) else say(part[1], part[0](facts), names) for part in parts
        ]
        return "".join(pieces).strip()

    return filled
