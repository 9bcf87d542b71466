"""The aggregates of the vocabulary for one organisation, computed as a stage begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rules.condition import Constant, Parameter, Reference, Same, Term, Value
from rules.holding import holds
from rules.pack import Aggregate, Fact, Kind, Pack

ByKind = Mapping[str, Sequence[Fact]]


def aggregated(pack: Pack, kinds: Sequence[str], facts: ByKind) -> list[Fact]:
    """One fact for each fact of the for-each kind (a single one without), for the aggregate kinds
    named. They never count each other: `facts` holds none of them."""
    made: list[Fact] = []
    for name in kinds:
        made += _of_kind(pack, pack.kinds[name], facts)
    return made


def _of_kind(pack: Pack, kind: Kind, facts: ByKind) -> Iterator[Fact]:
    counted = {
        name: _Counted(pack, aggregate, facts.get(aggregate.kind, ()))
        for name, aggregate in kind.aggregates.items()
    }
    each = facts.get(kind.for_each, ()) if kind.for_each else (None,)
    keys = pack.kinds[kind.for_each].key if kind.for_each else ()
    for fact in each:
        values: dict[str, Value] = {}
        if fact:
            values = {name: fact.values[own] for name, own in zip(kind.key, keys, strict=True)}
        trust = 1.0
        for name, column in counted.items():
            passing = column.passing(fact)
            trust = min([trust, *(one.trust for one in passing)])
            number = _number(column.aggregate, passing)
            if number is not None:
                values[name] = number
        yield Fact(kind.name, values, trust)


class _Counted:
    """The facts one aggregate may count, kept by the value that its first join asks for."""

    def __init__(self, pack: Pack, aggregate: Aggregate, facts: Sequence[Fact]) -> None:
        self.pack = pack
        self.aggregate = aggregate
        self.facts = facts if aggregate.how == "count" else _having(facts, aggregate.of)
        self.join = next(
            ((n, t.reference) for n, t in aggregate.tests if isinstance(t, Same) and not t.negated),
            None,
        )
        self.by_value: dict[Value, list[Fact]] = {}
        if self.join:
            for fact in _having(self.facts, self.join[0]):
                self.by_value.setdefault(fact.values[self.join[0]], []).append(fact)

    def passing(self, each: Fact | None) -> list[Fact]:
        """Those that pass all tests beside this fact of the for-each kind."""

        def read(term: Term) -> Value | None:
            match term:
                case Constant(value):
                    return value
                case Parameter(name):
                    return self.pack.parameters[name].value
                case Reference(_, attribute):
                    return each.values.get(attribute) if each else None

        near = self.facts
        if self.join:
            wanted = read(self.join[1])
            near = () if wanted is None else self.by_value.get(wanted, ())
        return [
            fact
            for fact in near
            if all(holds(t, fact.values.get(n), read) for n, t in self.aggregate.tests)
        ]


def _having(facts: Sequence[Fact], attribute: str) -> list[Fact]:
    return [fact for fact in facts if attribute in fact.values]


def _number(aggregate: Aggregate, facts: Sequence[Fact]) -> float | None:
    """Sums are of whole millionths, so that no order of facts changes them; so are means."""
    if aggregate.how == "count":
        return len(facts)
    numbers = [float(fact.values[aggregate.of]) for fact in facts]
    millionths = sum(round(number * 1e6) for number in numbers)
    if aggregate.how == "sum":
        return whole(millionths / 1e6)
    if not numbers:
        return None
    if aggregate.how == "mean":
        return whole(round(millionths / len(numbers)) / 1e6)
    return whole(max(numbers) if aggregate.how == "most" else min(numbers))


def whole(number: float) -> float:
    """2.0 as 2: equal numbers must look alike where they are joined."""
    return int(number) if float(number).is_integer() else number
