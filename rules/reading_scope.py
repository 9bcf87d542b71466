"""The words of one rule, or of one aggregate, checked against what they may speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
    Reference,
    Same,
    Term,
    Test,
)
from rules.facts import did_you_mean, misfit, shown
from rules.language import UnreadableError, parse_comparison, parse_expression, parse_test
from rules.nodes import Node, Source, surprise
from rules.pack import Attribute, Pack

NAME = re.compile(r"[a-z][a-z0-9_]*")
DOTTED = re.compile(r"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)")
NUMBER = Attribute("it", "number")
TYPES = {"word": "a word", "text": "a text", "number": "a number", "yes_no": "yes or no"}


class Scope:
    """Where words stand, and what they may name.

    `aliases` maps what can be referred to to its kind, '' for a kind that is not known (said once,
    where it stands). `others` says why an alias that the rule has cannot be named here.
    """

    def __init__(self, pack: Pack, source: Source, rule: str = "") -> None:
        self.pack, self.source, self.rule = pack, source, rule
        self.aliases: dict[str, str] = {}
        self.others: dict[str, str] = {}

    def fault(self, line: int, message: str) -> None:
        self.source.fault(line, message, self.rule)

    def word(self, node: Node | None) -> str:
        """A text of this rule, '' where there is none."""
        return self.source.word(node, self.rule)

    def cells(self, kind: str, body: Node) -> Iterator[tuple[str, Test]]:
        """The tests of one pattern; what is wrong is said and left out."""
        if body.empty:
            return
        attributes = self.pack.kinds[kind].attributes
        for name, cell in self.source.mapping(body, None, (), self.rule).items():
            attribute = attributes.get(name)
            if attribute is None:
                self.fault(cell.line, self.no_attribute(kind, name))
                continue
            test = self.test(attribute, cell)
            if test is not None:
                yield name, test

    def test(self, attribute: Attribute, cell: Node) -> Test | None:
        """One cell, checked against the attribute; None, with a fault, for what is none."""
        text = self.source.scalar(cell, self.rule)
        if cell.text is None:
            return None
        strange = surprise(cell)
        if strange not in ("", "a number"):
            wanted = "write yes or no, a number or a word"
            self.fault(cell.line, f"{attribute.name}: {shown(text)} is read as {strange}; {wanted}")
            return None
        try:
            test = parse_test(text) if self.speaks(attribute, cell) else OneOf((Constant(text),))
        except UnreadableError as error:
            self.fault(cell.line, f"{attribute.name}: {error}")
            return None
        wrong = [one for one in self.misfits(attribute, test) if one]
        if wrong:
            self.fault(cell.line, f"{attribute.name}: {'; '.join(wrong)}")
            return None
        return test

    def speaks(self, attribute: Attribute, cell: Node) -> bool:
        """Whether a cell is a test. In quotes, one word, or one of the attribute's words, is meant
        as it stands; where no word can be meant, quotes change nothing."""
        text = cell.text or ""
        if not cell.quoted or attribute.type not in ("word", "text"):
            return True
        return bool(re.search(r"[\s\"$.]", text)) and text not in attribute.words

    def misfits(self, attribute: Attribute, test: Test) -> Iterator[str]:
        """Why a test does not suit the attribute; '' where it does."""
        match test:
            case OneOf(terms):
                for term in terms:
                    yield self.misfit(attribute, term)
            case Between(low, high):
                yield self.in_order(attribute, low) or self.in_order(attribute, high)
            case Compare(_, term):
                yield self.in_order(attribute, term)
            case Same(reference):
                yield self.misfit(attribute, reference)

    def in_order(self, attribute: Attribute, term: Term) -> str:
        """Only numbers have more and less; whether a number can be reached is not asked here."""
        if attribute.type != "number":
            return f"it is {TYPES[attribute.type]}, and only numbers are compared in size"
        return self.misfit(NUMBER, term)

    def misfit(self, attribute: Attribute, term: Term) -> str:
        """Why a term cannot be compared with the attribute; '' if it can."""
        match term:
            case Constant(value):
                return misfit(self.pack, attribute, value)
            case Parameter(name):
                parameter = self.pack.parameters.get(name)
                if parameter is None:
                    return self.no_parameter(name)
                wrong = misfit(self.pack, attribute, parameter.value)
                return f"`${name}`: {wrong}" if wrong else ""
            case Reference():
                other = self.named(term)
                if other is None or isinstance(other, str):
                    return other or ""
                one, two = (TYPES[a.type].replace("text", "word") for a in (attribute, other))
                written = shown(f"{term.alias}.{term.attribute}")
                return "" if one == two else f"{written} is {two}, where {one} is wanted"

    def named(self, reference: Reference) -> Attribute | str | None:
        """What a reference names, or why it names nothing; None if that was said before."""
        alias, name = reference.alias, reference.attribute
        if alias not in self.aliases:
            if alias in self.others:
                return self.others[alias]
            close = did_you_mean(alias, self.aliases)
            written = shown(f"{alias}.{name}")
            return f"{written}: {shown(alias)} is no pattern of this rule.{close}"
        kind = self.pack.kinds.get(self.aliases[alias])
        if kind is None:
            return None
        return kind.attributes.get(name) or self.no_attribute(kind.name, name)

    def no_attribute(self, kind: str, name: str) -> str:
        attributes = self.pack.kinds[kind].attributes
        close = did_you_mean(name, attributes) or f" It has {', '.join(attributes)}."
        return f"{kind} has no attribute {shown(name)}.{close}"

    def no_parameter(self, name: str) -> str:
        close = did_you_mean(name, self.pack.parameters)
        return f"there is no parameter {shown('$' + name)}.{close}"

    def expression(self, node: Node | None) -> Expression | None:
        """`points`; every part of it is a number."""
        if node is None or node.empty:
            return None
        try:
            expression = parse_expression(self.source.scalar(node, self.rule))
        except UnreadableError as error:
            self.fault(node.line, f"points: {error}")
            return None
        self.numbers(expression, node.line, "points")
        return expression

    def comparison(self, node: Node) -> Comparison | None:
        """One line of `where`; both sides are numbers."""
        try:
            comparison = parse_comparison(self.source.scalar(node, self.rule))
        except UnreadableError as error:
            self.fault(node.line, f"where: {error}")
            return None
        self.numbers(comparison.left, node.line, "where")
        self.numbers(comparison.right, node.line, "where")
        return comparison

    def numbers(self, expression: Expression, line: int, part: str) -> None:
        """A fault for every leaf that is no number."""
        match expression:
            case Operation(_, left, right):
                self.numbers(left, line, part)
                self.numbers(right, line, part)
            case Negative(of):
                self.numbers(of, line, part)
            case leaf:
                wrong = self.misfit(NUMBER, leaf)
                if wrong:
                    self.fault(line, f"{part}: {wrong}")


def check_name(source: Source, line: int, name: str, what: str, taken: Mapping[str, str]) -> bool:
    """Whether a name can be used in rules; `taken` says what else some names mean."""
    if name in taken:
        source.fault(line, f"{shown(name)} {taken[name]}; choose another name for the {what}")
        return False
    if len(name) > 60 or not NAME.fullmatch(name):
        wanted = "small letters, digits and _ with a letter first"
        source.fault(line, f"{shown(name)} is no name for a {what}: {wanted}, as in `free_hours`")
        return False
    return True
