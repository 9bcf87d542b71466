"""What kept a rule silent, in words for whoever runs the shop.

Needs: audience share at least 35 % (Locals, Instagram); read: 12 %; 23 points short.
Needs: premises yes; nothing known about premises.
Nothing known about an objective the organisation has stated (Recruiting).
Not found: “A quiet house” or “The people are elsewhere”.
Silenced by an offer that was declined (Newsletter).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.condition import (
    Between,
    Compare,
    Constant,
    Expression,
    Negative,
    OneOf,
    Operation,
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)
from rules.explain_tests import amount, value_of
from rules.explain_ways import Miss, Way
from rules.pack import Attribute, Pack, Pattern, Rule
from rules.sentences import awaited, print_value

SIGNS = {"+": "plus", "-": "minus", "*": "times"}


@dataclass(frozen=True, slots=True)
class Teller:
    """Says misses of one rule in words; `names` are titles of ids that no catalogue knows."""

    pack: Pack
    rule: Rule
    way: Way
    names: Mapping[str, str]

    def say(self, miss: Miss) -> str:
        """One miss as a sentence."""
        if miss.why == "fact":
            return self._absent(miss.pattern)
        if miss.why == "where":
            return self._where(miss)
        if miss.why == "unless":
            return f"Silenced by {self._what(miss.pattern.kind)}{self._about(miss)}."
        attribute = self._attribute(miss.pattern, miss.attribute)
        about = self._about(miss)
        if miss.test is None:
            return f"Nothing known about {title(attribute)}{about}, which the rule needs."
        need = f"Needs: {title(attribute)} {self._need(attribute, miss.test)}{about}"
        if miss.why == "value":
            return f"{need}; nothing known about {title(attribute)}."
        read = self._print(attribute, miss.read)
        return f"{need}; read: {read}{_short(attribute, miss)}."

    def _absent(self, pattern: Pattern) -> str:
        held = {
            name: value
            for (alias, name), value in self.way.assumed.items()
            if alias == pattern.alias and not (pattern.kind == "finding" and name == "name")
        }
        about = self._values(pattern.kind, held)
        tests = ", ".join(
            f"{title(self._attribute(pattern, name))} "
            f"{self._need(self._attribute(pattern, name), test)}"
            for name, test in pattern.tests
            if name not in held and not isinstance(test, Same)
            if not (pattern.kind == "finding" and name == "name")
        )
        needs = f"; it needs {tests}" if tests else ""
        if pattern.kind == "recommended":
            return f"Needs a recommendation that is not there{about}{needs}."
        if pattern.kind == "finding":
            what = awaited(self.pack, pattern) or "anything that stands out"
            return f"Not found: {what}{about}{needs}."
        if self.pack.kinds[pattern.kind].catalogue:
            return f"Not in the rule book: {self._what(pattern.kind)}{about}{needs}."
        return f"Nothing known about {self._what(pattern.kind)}{about}{needs}."

    def _where(self, miss: Miss) -> str:
        line = miss.comparison
        if line is None:
            return ""
        sides = [amount(self.pack, side, self.way.env) for side in (line.left, line.right)]
        read = " against ".join("unknown" if side is None else _number(side) for side in sides)
        left, right = self._expression(line.left), self._expression(line.right)
        return f"Needs: {left} {line.comparator} {right}; read: {read}."

    def _expression(self, expression: Expression) -> str:
        if isinstance(expression, Operation):
            left, right = self._expression(expression.left), self._expression(expression.right)
            return f"{left} {SIGNS[expression.sign]} {right}"
        if isinstance(expression, Negative):
            return f"minus {self._expression(expression.of)}"
        if isinstance(expression, Reference):
            pattern = next(p for p in self.rule.when if p.alias == expression.alias)
            return title(self._attribute(pattern, expression.attribute))
        if isinstance(expression, Constant):
            return str(expression.value)
        return self.pack.parameters[expression.name].title or words(expression.name)

    def _need(self, attribute: Attribute, test: Test) -> str:
        """A test in words, with the values that it compares with filled in."""
        if isinstance(test, Presence):
            return "known" if test.known else "not known"
        if isinstance(test, Compare):
            return f"{test.order} {self._term(attribute, test.term)}"
        if isinstance(test, Between):
            low, high = (self._term(attribute, term) for term in (test.low, test.high))
            return f"between {low} and {high}"
        if isinstance(test, OneOf):
            either = " or ".join(self._term(attribute, term) for term in test.terms)
            return f"not {either}" if test.negated else either
        same = self._term(attribute, test.reference)
        return f"not {same}" if test.negated else same

    def _term(self, attribute: Attribute, term: Term) -> str:
        value = value_of(self.pack, term, self.way.env)
        if value is not None:
            return self._print(attribute, value)
        if isinstance(term, Reference):
            pattern = next(p for p in self.rule.when if p.alias == term.alias)
            return f"the {title(self._attribute(pattern, term.attribute))}"
        return "unknown"

    def _print(self, attribute: Attribute, value: Value | None) -> str:
        if value is None:
            return "unknown"
        return print_value(self.pack, attribute, value, self.names)

    def _about(self, miss: Miss) -> str:
        """The key of the fact that was read, in brackets."""
        if miss.fact is None:
            return ""
        key = self.pack.kinds[miss.fact.kind].key
        held = {name: miss.fact.values[name] for name in key if name in miss.fact.values}
        return self._values(miss.fact.kind, held)

    def _values(self, kind: str, held: Mapping[str, Value]) -> str:
        attributes = self.pack.kinds[kind].attributes
        printed = [self._print(attributes[name], value) for name, value in held.items()]
        return f" ({', '.join(printed)})" if printed else ""

    def _what(self, kind: str) -> str:
        return self.pack.kinds[kind].what or words(kind)

    def _attribute(self, pattern: Pattern, name: str) -> Attribute:
        return self.pack.kinds[pattern.kind].attributes[name]


def title(attribute: Attribute) -> str:
    """What people call an attribute."""
    return attribute.title or words(attribute.name)


def words(name: str) -> str:
    """A name as words."""
    return name.replace("_", " ").replace("-", " ")


def _short(attribute: Attribute, miss: Miss) -> str:
    """`; 23 points short`, `; 2 h too much`; nothing for words."""
    read, wanted = miss.read, miss.needed
    if isinstance(read, bool | str | None) or isinstance(wanted, bool | str | None):
        return ""
    if attribute.unit == "share":
        gap = f"{_number(round(abs(wanted - read) * 100, 1))} points"
    else:
        gap = f"{_number(abs(wanted - read))}{' h' if attribute.unit == 'hours' else ''}"
    if wanted == read:
        return ""
    return f"; {gap} short" if read < wanted else f"; {gap} too much"


def _number(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
