"""Facts checked against the vocabulary before anything is matched, and how they are told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from rules.condition import Value
from rules.errors import FactError
from rules.pack import Attribute, Fact, Kind, Pack

LARGEST = 2**53
LONGEST = 4_000
SHOWN = 60
Key = tuple[object, ...]


def shown(value: object, mark: str = "`") -> str:
    """A value as it stands in a message: between marks, and never longer than a line."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    text = " ".join(str(value).split())
    return f"{mark}{text if len(text) <= SHOWN else text[:SHOWN] + '…'}{mark}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean ...?`, or nothing where no known word is close."""
    if len(word) > SHOWN:
        return ""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean `{close[0]}`?" if close else ""


def key(pack: Pack, fact: Fact) -> Key:
    """What makes the fact this one and no other, in an order that can be sorted."""
    parts = (fact.values.get(name) for name in pack.kinds[fact.kind].key)
    return (fact.kind, *((_sort(value), "" if value is None else value) for value in parts))


def typed(pack: Pack, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts as a set, whole numbers as ints, without those that the pack itself brings;
    FactError names the first that does not fit."""
    kept: dict[Key, Fact] = {}
    facts = tuple(facts)
    kinds = {fact.kind for fact in facts}
    fixed = {key(pack, fact): fact for fact in pack.fixed if fact.kind in kinds}
    for fact in facts:
        checked = fact_from(pack, fact.kind, fact.values, fact.trust)
        name = key(pack, checked)
        known = fixed[name] if name in fixed else kept.setdefault(name, checked)
        if known != checked:
            raise FactError(f"{named(checked, pack)}: it is said twice, in two ways. Keep one.")
    return tuple(kept.values())


def fact_from(pack: Pack, kind: str, values: Mapping[str, object], trust: float = 1.0) -> Fact:
    """One fact, typed by its kind. FactError says which attribute does not fit, and why."""
    known = pack.kinds.get(kind)
    if known is None:
        close = did_you_mean(str(kind), pack.kinds)
        raise FactError(f"There is no kind of fact {shown(kind)}.{close}")
    if known.derived or known.aggregates:
        raise FactError(f"{kind}: the rules make these facts themselves; leave it out.")
    if isinstance(trust, bool) or not isinstance(trust, int | float) or not 0 <= trust <= 1:
        raise FactError(f"{kind}: trust is a number from 0 to 1, not {shown(trust)}.")
    checked: dict[str, Value] = {}
    for name, value in values.items():
        if value is not None:
            checked[name] = _attribute(pack, known, name, value)
    for name in known.key:
        if name not in checked:
            raise FactError(f"{kind}: `{name}` is missing; it tells this fact from others.")
    return Fact(kind, checked, float(trust))


def misfit(pack: Pack, attribute: Attribute, value: object) -> str:
    """Why a value does not fit an attribute; '' if it does."""
    if attribute.type == "yes_no":
        return "" if isinstance(value, bool) else f"yes or no is wanted, not {shown(value)}"
    if attribute.type == "number":
        return _misfit_number(attribute, value)
    if not isinstance(value, str):
        return f"a word is wanted, not {shown(value)}; put it in quotes if it is one"
    if len(value) > LONGEST:
        return f"a text of more than {LONGEST:,} characters; make it shorter"
    return _misfit_word(pack, attribute, value)


def spoken(value: object, attribute: Attribute) -> object:
    """`yes` and `no` as YAML 1.2 reads them (words) made truth values where the type says so."""
    if attribute.type == "yes_no" and value in ("yes", "no"):
        return value == "yes"
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST:
        return int(value)
    return value


def _attribute(pack: Pack, kind: Kind, name: str, value: object) -> Value:
    attribute = kind.attributes.get(name)
    if attribute is None:
        close = did_you_mean(str(name), kind.attributes)
        raise FactError(f"{kind.name} has no attribute {shown(name)}.{close}")
    said = spoken(value, attribute)
    wrong = misfit(pack, attribute, said)
    if wrong or not isinstance(said, str | int | float | bool):
        raise FactError(f"{kind.name}.{name}: {wrong}")
    return said


def _misfit_word(pack: Pack, attribute: Attribute, value: str) -> str:
    if attribute.words:
        if value in attribute.words:
            return ""
        listed = f" It is one of {', '.join(attribute.words[:12])}."
        close = did_you_mean(value, attribute.words) or listed
        return f"{shown(value)} is not one of its words.{close}"
    catalogue = pack.catalogues.get(attribute.catalogue)
    if catalogue is None or value in catalogue:
        return ""
    close = did_you_mean(value, catalogue)
    return f"{shown(value)} is not in the catalogue {attribute.catalogue}.{close}"


def _misfit_number(attribute: Attribute, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"a number is wanted, not {shown(value)}"
    if not math.isfinite(value) or abs(value) > LARGEST:
        return f"{value} is too large a number"
    low, high = attribute.low, attribute.high
    if low is not None and value < low:
        return f"{value} is below {low}"
    return f"{value} is above {high}" if high is not None and value > high else ""


def _sort(value: Value | None) -> str:
    if value is None:
        return ""
    return "number" if isinstance(value, float) else type(value).__name__.replace("int", "number")


def named(fact: Fact, pack: Pack) -> str:
    """What a fact is about, as a message names it: `objective sales`."""
    words = [str(fact.values[name]) for name in pack.kinds[fact.kind].key if name in fact.values]
    return " ".join([fact.kind, *words])
