"""What we don't know yet: the open questions whose answers would change the advice most.

Each open question is tried with a few answers it could get, all of them at once on the grid, and
weighs as much as the ranking moves: places at the top count more than places below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rules import grid
from rules.checking.coverage import readings
from rules.condition import Constant, Parameter, Test, Value, terms_of
from rules.errors import RulesError
from rules.pack import Attribute, Fact, Pack, Rule
from rules.scenarios import of_facts
from services.advice import AdviceView
from services.kept_answers import kept

TRIED = 3
"""Answers tried for each question."""

DECIDED = ("objective", "channel", "activity", "owner")
"""Advice that people decide on; how numbers are measured or what comes next does not count."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open question, the page where it is asked, and how much its answer could move the ranking
    (the most by which reciprocal ranks differ, added over all targets)."""

    kind: str
    attribute: Attribute
    page: str
    weight: float

    @property
    def question(self) -> str:
        """In plain words."""
        return self.attribute.ask.question if self.attribute.ask else self.attribute.title


def questions(view: AdviceView, most: int = 3) -> list[Open]:
    """The open questions that would change the advice most; those that change nothing are left
    out."""
    weighed = kept(view, "missing", lambda: _weighed(view))
    return [one for one in weighed if one.weight > 0][:most]


def _weighed(view: AdviceView) -> tuple[Open, ...]:
    read = constants(view.pack)
    tried = [
        (kind, attribute, value)
        for kind, name in view.unknown
        if (kind, name) in read and (attribute := view.pack.kinds[kind].attributes[name])
        for value in candidates(view.pack, attribute, read[kind, name])
    ]
    if not tried:
        return ()
    scenarios = [view.facts, *(answered(view.facts, k, a.name, v) for k, a, v in tried)]
    try:
        moved = _moved(grid.columns(view.pack, of_facts(view.pack, scenarios)))
    except RulesError:
        return ()
    weights: dict[tuple[str, str], Open] = {}
    for (kind, attribute, _), weight in zip(tried, moved, strict=True):
        key = (kind, attribute.name)
        if key not in weights or weight > weights[key].weight:
            page = attribute.ask.page if attribute.ask else ""
            weights[key] = Open(kind, attribute, page, round(float(weight), 6))
    return tuple(sorted(weights.values(), key=lambda one: -one.weight))


def answered(facts: Sequence[Fact], kind: str, name: str, value: Value) -> tuple[Fact, ...]:
    """The facts with one attribute more of a kind with a single fact."""
    held = next((fact for fact in facts if fact.kind == kind), Fact(kind, {}))
    more = Fact(kind, {**held.values, name: value}, held.trust)
    return (*(fact for fact in facts if fact.kind != kind), more)


def candidates(pack: Pack, attribute: Attribute, tested: Sequence[Value]) -> Sequence[Value]:
    """A few answers that the rules tell apart: yes and no, the words, or numbers at and beside
    those that rules compare with."""
    if attribute.type == "yes_no":
        return [True, False]
    if attribute.type == "word":
        words = attribute.words or tuple(pack.catalogues.get(attribute.catalogue, ()))
        named = [word for word in words if word in tested]
        return [*named, *(word for word in words if word not in named)][:TRIED]
    numbers = sorted({float(n) for n in tested if isinstance(n, int | float)})
    low = attribute.low if attribute.low is not None else 0.0
    high = attribute.high if attribute.high is not None else max([*numbers, 1.0]) * 2
    step = 0.01 if high <= 1 else 1
    beside = {near for n in numbers for near in (n - step, n, n + step) if low <= near <= high}
    spread = sorted(beside or {low, high})
    at = np.linspace(0, len(spread) - 1, min(TRIED, len(spread))).round().astype(int)
    return [int(n) if float(n).is_integer() else float(n) for n in (spread[i] for i in at)]


def constants(pack: Pack) -> dict[tuple[str, str], list[Value]]:
    """By kind and attribute that rules read: the values they are compared with."""
    found: dict[tuple[str, str], list[Value]] = {}
    for rule in pack.rules:
        for reading in readings(pack, rule):
            found.setdefault((reading.kind, reading.attribute), [])
        for kind, name, test in _tests(rule):
            found[kind, name].extend(_values(pack, test))
    return found


def _moved(columns: grid.Grid) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By how much each scenario after the first moves the ranking of the first."""
    counted = np.array([target[0] in DECIDED for target in columns.targets], dtype=bool)
    rank = columns.rank[counted]
    places = np.where(rank > 0, 1.0 / np.maximum(rank, 1), 0.0)
    moved: np.ndarray[tuple[int], np.dtype[np.float64]] = np.abs(places[:, 1:] - places[:, :1]).sum(
        axis=0
    )
    return moved


def _tests(rule: Rule) -> Iterator[tuple[str, str, Test]]:
    for pattern in (*rule.when, *rule.unless):
        for name, test in pattern.tests:
            yield pattern.kind, name, test


def _values(pack: Pack, test: Test) -> Iterator[Value]:
    for term in terms_of(test):
        if isinstance(term, Constant):
            yield term.value
        elif isinstance(term, Parameter):
            yield pack.parameters[term.name].value
