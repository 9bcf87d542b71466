"""Sentences with the matched facts in them, and how a value is printed. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.condition import Constant, OneOf, Parameter, Reference, Term, Value
from rules.pack import Attribute, Fact, Find, Pack, Pattern, Rule, Sentence

NAMELESS: Mapping[str, str] = {}
LEVELS = ("not there", "by chance", "agreed", "lived", "learning")


def fill(
    pack: Pack,
    rule: Rule,
    facts: Sequence[Fact],
    text: Sentence,
    names: Mapping[str, str] | None = None,
) -> str:
    """The sentence of one match: `facts` in the order of the rule's `when` patterns."""
    by_alias = {pattern.alias: fact for pattern, fact in zip(rule.when, facts, strict=True)}
    named = names if names is not None else NAMELESS
    pieces = (p.text if p.term is None else _term(pack, p.term, by_alias, named) for p in text)
    return "".join(pieces).strip()


def print_value(
    pack: Pack, attribute: Attribute, value: Value | None, names: Mapping[str, str] | None = None
) -> str:
    """A value as people read it: `35 %`, `4 h`, a catalogue title, a person's name."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _word(pack, attribute.catalogue, value, names if names is not None else NAMELESS)
    return _number(value, attribute.unit)


def awaited(pack: Pack, pattern: Pattern) -> str:
    """What a pattern of findings waits for: `“A quiet house” or “The people are elsewhere”`, each
    the title of the first rule that finds it; empty if it does not say which."""
    test = dict(pattern.tests).get("name")
    if pattern.kind != "finding" or not isinstance(test, OneOf) or test.negated:
        return ""
    titles = {
        rule.conclusion.name: rule.title
        for rule in reversed(pack.rules)
        if isinstance(rule.conclusion, Find)
    }
    named = (str(term.value) for term in test.terms if isinstance(term, Constant))
    return " or ".join(f"“{titles.get(name, name.replace('_', ' '))}”" for name in named)


def _term(pack: Pack, term: Term, by_alias: Mapping[str, Fact], names: Mapping[str, str]) -> str:
    match term:
        case Reference(alias, name):
            fact = by_alias[alias]
            attribute = pack.kinds[fact.kind].attributes[name]
            return print_value(pack, attribute, fact.values.get(name), names)
        case Parameter(name):
            parameter = pack.parameters[name]
            holder = Attribute(name, "number", unit=parameter.unit)
            return print_value(pack, holder, parameter.value, names)
        case Constant(value):
            return str(value)


def _word(pack: Pack, catalogue: str, word: str, names: Mapping[str, str]) -> str:
    if word in names:
        return names[word]
    if catalogue:
        entry = pack.catalogues.get(catalogue, {}).get(word)
        return entry.title if entry else word
    titles = (entries[word].title for entries in pack.catalogues.values() if word in entries)
    return next(titles, word.replace("_", " "))


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{_plain(round(value * 100, 1))} %"
    if unit == "level" and value in range(len(LEVELS)):
        return LEVELS[int(value)]
    shown = _plain(round(value, 2))
    return {
        "hours": f"{shown} h",
        "days": f"{shown} days",
        "euro": f"{shown} €",
    }.get(unit, shown)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)
