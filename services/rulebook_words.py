"""Rules and values in plain words: no ids, no dots, no marks that only an author understands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.condition import (
    Between,
    Compare,
    Comparison,
    Constant,
    Expression,
    Negative,
    OneOf,
    Operation,
    Parameter,
    Presence,
    Reference,
    Same,
    Term,
    Test,
    Value,
)
from rules.pack import (
    Attribute,
    Find,
    Kind,
    Pack,
    ParameterValue,
    Pattern,
    Recommend,
    Rule,
    Sentence,
)
from rules.sentences import awaited, print_value
from services.protecting import protecting

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_UNIT_WORDS = {"hours": "hours", "days": "days", "euro": "€", "points": "points"}
_SIGNS = {"+": "plus", "-": "minus", "*": "times"}
_SEVERITY = {"low": "a small snag", "medium": "a snag", "high": "a serious snag"}
_TITLES = {"about": "matter", "name": "finding", "target": "recommendation", "needs": "step before"}
"""What people call attributes that the vocabulary gives no title, because nobody is asked them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A rule in words. `values` names the values it reads; `protects` is set if it keeps people
    safe, their data private or taking part voluntary."""

    id: str
    title: str
    stage: str
    because: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    does: str
    way_out: str
    source: str
    values: tuple[str, ...]
    weighs: bool
    protects: bool


def told(pack: Pack) -> tuple[Told, ...]:
    """Every rule of a pack, in the pack's order."""
    stages = {stage.name: stage.title or stage.name for stage in pack.stages}
    safe = protecting(pack)
    return tuple(
        _Teller(pack, rule).told(stages[rule.stage], protects=rule.id in safe)
        for rule in pack.rules
    )


def number(text: str, *, percent: bool = False) -> float | int | None:
    """A number as people type it, decimals with point or comma, its unit after it or not; None if
    it is none. With `percent`, 35 is 0.35."""
    shortened = re.sub(r"\s*(?:%|€|h|hours?|days?|points?)\s*$", "", text.strip())
    if not _NUMBER.fullmatch(shortened):
        return None
    read = float(shortened.replace(",", "."))
    if percent:
        read = round(read / 100, 6)
    return int(read) if read.is_integer() else read


def printed(parameter: ParameterValue, value: Value | None = None) -> str:
    """A value of a parameter, its own unless another is given: `35 %`, `6 h`."""
    holder = Attribute(parameter.name, "number", unit=parameter.unit)
    return print_value(_NOTHING, holder, parameter.value if value is None else value)


def limits(parameter: ParameterValue) -> str:
    """`It goes from 0 % to 100 %.`; '' where anything goes."""
    low, high = parameter.low, parameter.high
    if low is None or high is None:
        return ""
    unit = _UNIT_WORDS.get(parameter.unit, "")
    if parameter.unit == "share":
        return f"It goes from {low * 100:g} % to {high * 100:g} %."
    return f"It goes from {low:g} to {high:g}{' ' + unit if unit else ''}."


def starter(source: str) -> bool:
    """Whether a source says that nothing but experience stands behind it."""
    return source.lower().startswith("starter value")


def readers(pack: Pack, parameter: str) -> list[Rule]:
    """The rules that read a value."""
    return [rule for rule in pack.rules if parameter in _read(rule)]


_NOTHING = Pack("", "", "", "", (), {}, {}, {}, (), ())


@dataclass(frozen=True, slots=True)
class _Teller:
    pack: Pack
    rule: Rule

    def told(self, stage: str, *, protects: bool) -> Told:
        rule, conclusion = self.rule, self.rule.conclusion
        return Told(
            id=rule.id,
            title=rule.title,
            stage=stage,
            because=self._sentence(rule.because),
            when=(*map(self._pattern, rule.when), *map(self._comparison, rule.where)),
            unless=tuple(map(self._pattern, rule.unless)),
            does=self._does(),
            way_out=self._sentence(rule.way_out),
            source=rule.source,
            values=_read(rule),
            weighs=isinstance(conclusion, Recommend) and not conclusion.blocks,
            protects=protects,
        )

    def _sentence(self, text: Sentence) -> str:
        pieces = (p.text if p.term is None else self._term(None, p.term, "‹{}›") for p in text)
        return "".join(pieces).strip()

    def _pattern(self, pattern: Pattern) -> str:
        kind = self.pack.kinds[pattern.kind]
        tests = [
            self._test(kind, kind.attributes[name], test)
            for name, test in pattern.tests
            if (pattern.kind, name) not in (("recommended", "kind"), ("finding", "name"))
        ]
        what = awaited(self.pack, pattern) or kind.what or _words(pattern.kind)
        return f"{what} ({'; '.join(tests)})" if tests else what

    def _test(self, kind: Kind, attribute: Attribute, test: Test) -> str:
        title = _title(kind, attribute)
        match test:
            case Presence(known):
                return f"{title} is {'known' if known else 'not known'}"
            case OneOf(terms, negated):
                either = " or ".join(self._term(attribute, term) for term in terms)
                either = f"not {either}" if negated else either
                return either if kind.key == (attribute.name,) else f"{title}: {either}"
            case Compare(order, term):
                return f"{title} {order} {self._term(attribute, term)}"
            case Between(low, high):
                ends = (self._term(attribute, term) for term in (low, high))
                return f"{title} between {' and '.join(ends)}"
            case Same(reference, negated):
                other = self._name(reference)
                if other == title or kind.key == (attribute.name,):
                    return f"{'not this' if negated else 'this'} {other}"
                return f"{title}: {'not ' if negated else ''}this {other}"

    def _term(self, attribute: Attribute | None, term: Term, mark: str = "this {}") -> str:
        match term:
            case Constant(value):
                holder = attribute or Attribute("", "word")
                return print_value(self.pack, holder, value)
            case Parameter(name):
                return printed(self.pack.parameters[name])
            case Reference():
                return mark.format(self._name(term))

    def _name(self, reference: Reference) -> str:
        pattern = next(p for p in self.rule.when if p.alias == reference.alias)
        kind = self.pack.kinds[pattern.kind]
        return _title(kind, kind.attributes[reference.attribute])

    def _comparison(self, line: Comparison) -> str:
        left, right = self._amount(line.left), self._amount(line.right)
        return f"{left} {line.comparator} {right}"

    def _amount(self, expression: Expression) -> str:
        match expression:
            case Operation(sign, left, right):
                return f"{self._amount(left)} {_SIGNS[sign]} {self._amount(right)}"
            case Negative(of):
                return f"minus {self._amount(of)}"
            case _:
                return self._term(None, expression, "{}")

    def _does(self) -> str:
        conclusion, points = self.rule.conclusion, self.rule.points
        if isinstance(conclusion, Find):
            return f"It points out {_SEVERITY.get(conclusion.severity, 'what it found')}."
        if conclusion.blocks:
            return "It blocks this for as long as it is so, and names the way out."
        if isinstance(points, Constant) and not isinstance(points.value, bool | str):
            side = "for" if points.value >= 0 else "against"
            return f"It speaks {side} it with {_points(abs(points.value))}."
        if isinstance(points, Negative):
            return f"It speaks against it; points: {self._amount(points.of)}."
        return f"It speaks for it; points: {self._amount(points)}." if points else "It speaks."


def _title(kind: Kind, attribute: Attribute) -> str:
    """What an attribute is called, without an article; the key of a catalogue as its kind is."""
    title = attribute.title or _TITLES.get(attribute.name, _words(attribute.name))
    if attribute.name == "id" and not attribute.title:
        title = (kind.what or _words(kind.name)).split(" of ")[0]
    return re.sub(r"^(?:the|an?) ", "", title)


def _points(amount: float) -> str:
    return f"{amount:g} {'point' if amount == 1 else 'points'}"


def _read(rule: Rule) -> tuple[str, ...]:
    """The parameters that a rule reads, each once, in the order of the text."""
    found: dict[str, None] = {}

    def look(thing: object) -> None:
        if isinstance(thing, Parameter):
            found[thing.name] = None
        elif isinstance(thing, tuple):
            for one in thing:
                look(one)
        elif hasattr(thing, "__dataclass_fields__"):
            for name in thing.__dataclass_fields__:
                look(getattr(thing, name))

    look((rule.when, rule.unless, rule.where, rule.points, rule.because, rule.way_out))
    return tuple(found)


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
