"""What is known in two milestones, in words: what is new, what is gone, and what became what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.condition import Value
from rules.facts import key
from rules.pack import Attribute, Fact, Kind
from rules.sentences import print_value
from rules.targets import title
from services import lever_words
from services.accounts import STATUSES
from services.raised import raised
from services.thawing import Thawed

ELSEWHERE = ("factor", "answer", "gap", "objective")
"""Kinds that are a cause of their own."""
FIRST = 3
"""So many of each sort are told, the others counted."""
_NUMBERED = re.compile(r"[a-z]+[0-9]+")
_NOBODY = Fact("", {})


@dataclass(frozen=True, slots=True)
class _Both:
    """One kind of fact in two milestones: how it was and how it is, by what makes it the same."""

    one: Thawed
    other: Thawed
    kind: Kind
    old: Mapping[object, Fact]
    new: Mapping[object, Fact]


def lines(one: Thawed, other: Thawed) -> Iterator[str]:
    """A sentence for each kind of fact in which something is different: the first few of what is
    new, gone or different, and how many more there are."""
    old, new = _by_key(one), _by_key(other)
    for name, kind in other.delivered.kinds.items():
        of = [{k: f for k, f in some.items() if f.kind == name} for some in (old, new)]
        if told := list(_told(_Both(one, other, kind, *of))):
            head = lever_words.TITLES.get(name) or kind.what
            yield f"{raised(head)}: {'; '.join(told)}."


def changes(
    one: Thawed, other: Thawed, kind: Kind, pair: tuple[Fact, Fact], but: Sequence[str] = ()
) -> Iterator[str]:
    """`state of the account: Paused, before In use` for each value that is different."""
    was, now = pair
    for name, attribute in kind.attributes.items():
        before, after = was.values.get(name), now.values.get(name)
        if before != after and name not in (*kind.key, *but):
            called = attribute.title or name.replace("_", " ")
            said = _said(other, attribute, after), _said(one, attribute, before)
            yield f"{called}: {said[0]}, before {said[1]}"


def _told(both: _Both) -> Iterator[str]:
    came, went = both.new.keys() - both.old.keys(), both.old.keys() - both.new.keys()
    if both.kind.key:
        new = [_called(both.other, both.kind, f) for k, f in both.new.items() if k in came]
        gone = [_called(both.one, both.kind, f) for k, f in both.old.items() if k in went]
        yield from (
            f"{word}: {_some(some, ', ')}" for word, some in (("new", new), ("gone", gone)) if some
        )
    different = [line for pair in _pairs(both) for line in _changed(both, pair)]
    if different:
        yield _some(different, "; ")


def _pairs(both: _Both) -> Iterator[tuple[Fact, Fact]]:
    """What was and what is; of which there is only one, nothing may have been known."""
    for k in {**both.old, **both.new}:
        if not both.kind.key or (k in both.old and k in both.new):
            was, now = both.old.get(k, _NOBODY), both.new.get(k, _NOBODY)
            if was != now:
                yield was, now


def _changed(both: _Both, pair: tuple[Fact, Fact]) -> Iterator[str]:
    was, now = pair
    whose = f"{_called(both.other, both.kind, now)}, " if both.kind.key else ""
    found = list(changes(both.one, both.other, both.kind, pair))
    if not found and was.trust != now.trust:
        found = [f"counts {'more' if now.trust > was.trust else 'less'} than before"]
    yield from (f"{whose}{line}" for line in found)


def _some(told: Sequence[str], between: str) -> str:
    """The first few, each once, and how many more."""
    each = list(dict.fromkeys(told))
    more = len(each) - FIRST
    rest = f"{';' if between == '; ' else ''} and {more} more" if more > 0 else ""
    return between.join(each[:FIRST]) + rest


def _called(then: Thawed, kind: Kind, fact: Fact) -> str:
    """What a fact is about: `Mira`, `Families with children · Instagram`."""
    if kind.name in ("accepted", "declined"):
        sort, target = str(fact.values.get("kind")), str(fact.values.get("target"))
        return then.names.get(target) or title(then.delivered, sort, target).replace("_", " ")
    names = ("topic",) if kind.name == "need" else kind.key
    words = [_said(then, kind.attributes[name], fact.values.get(name)) for name in names]
    return " · ".join(words)


def _said(then: Thawed, attribute: Attribute, value: Value | None) -> str:
    """A value in words; who or what has only a number is somebody or something unnamed."""
    if value is None:
        return "not known"
    if value in STATUSES and attribute.name == "status":
        return STATUSES[str(value)]
    said = print_value(then.delivered, attribute, value, then.names).replace("_", " ")
    return "one without a name" if said == value and _NUMBERED.fullmatch(said) else said


def _by_key(then: Thawed) -> dict[object, Fact]:
    """Facts by what makes them the same in two quarters. An expectation that carries over is a new
    row there: it is the same by who has it and about what."""
    found: dict[object, Fact] = {}
    for fact in then.facts:
        if fact.kind == "need":
            said = {name: value for name, value in fact.values.items() if name != "id"}
            whose = tuple(said.get(name) for name in ("source", "function", "topic"))
            found["need", *whose] = replace(fact, values=said)
        elif fact.kind not in ELSEWHERE:
            found[key(then.delivered, fact)] = fact
    return found
