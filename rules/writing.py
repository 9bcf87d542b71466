"""How patterns and facts are written for durable-rules: the one form that is safe there.

The kind first, then constants, then joins, then (after joins) an always-true `$or`. Words travel as
short tokens, numbers without an exponent; a list of words is one yes or no, computed before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.condition import (
    Between,
    Compare,
    Constant,
    OneOf,
    Parameter,
    Presence,
    Reference,
    Same,
    Test,
    Value,
)
from rules.pack import Fact, ParameterValue

COMPARE = {"at least": "$gte", "more than": "$gt", "at most": "$lte", "less than": "$lt"}


@dataclass(frozen=True, slots=True)
class Column:
    """What is sent of an attribute: its value, or whether that is one of `among`."""

    attribute: str
    among: frozenset[tuple[bool, Value]] | None = None


class Writing:
    """What one compiled pack has named so far: tokens for words, columns for attributes."""

    def __init__(self, parameters: Mapping[str, ParameterValue]) -> None:
        self.parameters = parameters
        self.tokens: dict[str, str] = {}
        self.columns: dict[str, dict[Column, str]] = {}

    def value(self, value: Value) -> str:
        """A value as JSON: yes and no and words are tokens, so that no type meets another."""
        if isinstance(value, bool):
            return '"yes"' if value else '"no"'
        if isinstance(value, str):
            return self.tokens.setdefault(value, f'"w{len(self.tokens)}"')
        return number(value)

    def column(self, kind: str, column: Column) -> str:
        """The short name under which a column of a kind is sent (never `id` or `sid`)."""
        columns = self.columns.setdefault(kind, {})
        return columns.setdefault(column, f"a{len(columns)}")

    def fact(self, fact: Fact, name: str) -> str:
        """A fact as JSON, with no more than what some rule reads."""
        written = [f'{{"_k":"{fact.kind}"']
        for column, short in self.columns.get(fact.kind, {}).items():
            value = fact.values.get(column.attribute)
            if value is None:
                continue
            if column.among is not None:
                value = typed(value) in column.among
            written.append(f',"{short}":{self.value(value)}')
        written.append(f',"id":"{name}","sid":"0"}}')
        return "".join(written)


def number(value: float) -> str:
    """Every digit, never an exponent; a whole number without a point."""
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return format(Decimal(repr(value)), "f")
    return str(value)


def typed(value: Value) -> tuple[bool, Value]:
    """Yes is not 1."""
    return isinstance(value, bool), value


class Tests:
    """The tests of one pattern, collected: constants first, joins after them."""

    def __init__(self, writing: Writing, kind: str) -> None:
        self.writing = writing
        self.kind = kind
        self.constants: dict[str, None] = {f'{{"_k":"{kind}"}}': None}
        self.joins: list[str] = []

    def text(self) -> str:
        if not self.joins:
            if len(self.constants) == 1:
                return next(iter(self.constants))
            return f'{{"$and":[{",".join(self.constants)}]}}'
        always = f'{{"$or":[{{"_k":"{self.kind}"}}]}}'
        return f'{{"$and":[{",".join([*self.constants, *self.joins, always])}]}}'

    def exists(self, attribute: str, *, known: bool = True) -> None:
        column = self.writing.column(self.kind, Column(attribute))
        self.constants[f'{{"${"ex" if known else "nex"}":{{"{column}":1}}}}'] = None

    def add(
        self, name: str, test: Test, places: Mapping[str, int], kinds: Mapping[str, str]
    ) -> None:
        match test:
            case Presence(known):
                self.exists(name, known=known)
            case OneOf(terms, negated):
                self._one_of(name, [self._constant(term) for term in terms], negated=negated)
            case Between(low, high):
                self._compare(name, "$gte", self._constant(low))
                self._compare(name, "$lte", self._constant(high))
            case Compare(order, Reference() as reference):
                self.exists(name)
                self._join(f'{{"{COMPARE[order]}":{{%s}}}}', name, reference, places, kinds)
            case Compare(order, Constant() | Parameter() as term):
                self._compare(name, COMPARE[order], self._constant(term))
            case Same(reference, negated):
                self.exists(name)
                outer = '{"$neq":{%s}}' if negated else "{%s}"
                self._join(outer, name, reference, places, kinds)

    def _constant(self, term: Constant | Parameter) -> Value:
        if isinstance(term, Constant):
            return term.value
        return self.writing.parameters[term.name].value

    def _one_of(self, name: str, values: Sequence[Value], *, negated: bool) -> None:
        """A single value is compared there; a list here, once for each fact."""
        among = frozenset(typed(value) for value in values)
        if len(among) > 1:
            column = self.writing.column(self.kind, Column(name, among))
            self.constants[f'{{"{column}":"{"no" if negated else "yes"}"}}'] = None
            return
        column = self.writing.column(self.kind, Column(name))
        equal = f'"{column}":{self.writing.value(values[0])}'
        if negated:
            self.exists(name)
        self.constants[f'{{"$neq":{{{equal}}}}}' if negated else f"{{{equal}}}"] = None

    def _compare(self, name: str, operator: str, value: Value) -> None:
        column = self.writing.column(self.kind, Column(name))
        text = self.writing.value(value)
        self.constants[f'{{"{operator}":{{"{column}":{text}}}}}'] = None

    def _join(
        self,
        outer: str,
        name: str,
        reference: Reference,
        places: Mapping[str, int],
        kinds: Mapping[str, str],
    ) -> None:
        here = self.writing.column(self.kind, Column(name))
        there = self.writing.column(kinds[reference.alias], Column(reference.attribute))
        self.joins.append(outer % f'"{here}":{{"p{places[reference.alias]}":"{there}"}}')
