"""rules/*.yaml → rules, each checked against the vocabulary; cases/*.yaml → cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

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
from rules.facts import did_you_mean, misfit, spoken
from rules.language import UnreadableError, parse_comparison, parse_expression, parse_test
from rules.nodes import Node, Source
from rules.pack import (
    Attribute,
    Expectation,
    Find,
    Pack,
    Pattern,
    Piece,
    Recommend,
    Rule,
    Sentence,
    Stage,
)

PARTS = {"id", "title", "when", "unless", "where", "once per", "recommend", "block", "find"}
PARTS |= {"points", "because", "way out", "expect", "source"}
DOTTED = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
SLOT = re.compile(r"\{([^{}]*)\}")
MOST_PATTERNS = 16


class RuleReader:
    """One rule while it is read: the pack's words, where it stands, and what its aliases mean."""

    def __init__(self, pack: Pack, source: Source, node: Node, stage: Stage) -> None:
        self.pack, self.source, self.node, self.stage = pack, source, node, stage
        self.id = source.word(node.get("id")) if node.entries is not None else ""
        self.aliases: dict[str, str] = {}

    def fault(self, line: int, message: str) -> None:
        self.source.fault(line, message, self.id)

    def rule(self) -> Rule | None:
        """The rule, or None where it is too broken to be one; all its faults are written down."""
        before = len(self.source.faults)
        needed = {"id", "title", "when", "because", "source"}
        parts = self.source.mapping(self.node, PARTS, needed, self.id)
        when = self.patterns(parts.get("when"), known=True)
        if parts and not when:
            self.fault(self.node.line, "`when` needs at least one pattern")
        unless = self.patterns(parts.get("unless"), known=False)
        conclusion = self.conclusion(parts)
        rule = Rule(
            id=self.id,
            title=self.source.word(parts.get("title"), self.id),
            stage=self.stage.name,
            when=when,
            conclusion=conclusion,
            because=self.sentence(parts.get("because")),
            source=self.source.word(parts.get("source"), self.id),
            unless=unless,
            where=tuple(c for c in map(self.comparison, _items(parts.get("where"))) if c),
            once_per=self.once_per(parts.get("once per")),
            points=self.expression(parts.get("points")),
            way_out=self.sentence(parts.get("way out")),
            expect=self.expectation(parts.get("expect")),
            file=self.source.name,
            line=self.node.line,
        )
        self.whole(rule)
        return rule if len(self.source.faults) == before else None

    def whole(self, rule: Rule) -> None:
        """What only the whole rule shows: points and ways out where they belong."""
        scores = isinstance(rule.conclusion, Recommend) and not rule.conclusion.blocks
        if scores and rule.points is None:
            self.fault(self.node.line, "`points` is missing; say how much the advice counts")
        if not scores and rule.points is not None:
            self.fault(self.node.line, "`points` belong to `recommend` only")
        conflict = isinstance(rule.conclusion, Find) and rule.conclusion.severity
        if (conflict or (not scores and isinstance(rule.conclusion, Recommend))) and (
            not rule.way_out
        ):
            self.fault(self.node.line, "`way out` is missing; a block or conflict needs one")
        if len(rule.when) + len(rule.unless) > MOST_PATTERNS:
            self.fault(self.node.line, f"more than {MOST_PATTERNS} patterns; make it several rules")

    def patterns(self, node: Node | None, *, known: bool) -> tuple[Pattern, ...]:
        return tuple(p for p in (self.pattern(n, known) for n in _items(node)) if p)

    def pattern(self, node: Node, known: bool) -> Pattern | None:
        """`- kind as alias: {attribute: test}`; `known` patterns may be referred to later."""
        if node.entries is None or len(node.entries) != 1:
            self.fault(node.line, "a pattern is one kind of fact: `- kind: {attribute: test}`")
            return None
        head, body = node.entries[0]
        kind, _, alias = head.partition(" as ")
        alias = alias or kind
        if kind not in self.pack.kinds:
            hint = did_you_mean(kind, self.pack.kinds)
            self.fault(node.line, f"there is no kind of fact `{kind}`.{hint}")
            return None
        if known and alias in self.aliases:
            self.fault(node.line, f"`{alias}` is used twice; write `{kind} as another`")
        tests = tuple(self.cells(kind, body))
        if known:
            self.aliases[alias] = kind
        return Pattern(kind, alias, tests, node.line)

    def cells(self, kind: str, body: Node) -> list[tuple[str, Test]]:
        """The tests of one pattern."""
        found: list[tuple[str, Test]] = []
        if body.text == "":
            return found
        attributes = self.pack.kinds[kind].attributes
        for name, cell in self.source.mapping(body, None, set(), self.id).items():
            attribute = attributes.get(name)
            if attribute is None:
                hint = did_you_mean(name, attributes)
                self.fault(cell.line, f"{kind} has no attribute `{name}`.{hint}")
                continue
            test = self.test(attribute, cell)
            if test is not None:
                found.append((name, test))
        return found

    def test(self, attribute: Attribute, cell: Node) -> Test | None:
        """One cell, checked against the attribute's type and range."""
        try:
            text = self.source.word(cell, self.id)
            plain = not cell.quoted or " " in text
            test: Test = parse_test(text) if plain else OneOf((Constant(text),))
        except UnreadableError as error:
            self.fault(cell.line, f"{attribute.name}: {error}")
            return None
        wrong = "; ".join(filter(None, self.misfits(attribute, test)))
        if wrong:
            self.fault(cell.line, f"{attribute.name}: {wrong}")
            return None
        return test

    def misfits(self, attribute: Attribute, test: Test) -> list[str]:
        """Why a test does not suit the attribute."""
        match test:
            case OneOf(terms):
                return [self.term_misfit(attribute, term) for term in terms]
            case Between(low, high):
                return [self.ordered(attribute, low), self.ordered(attribute, high)]
            case Compare(_, term):
                return [self.ordered(attribute, term)]
            case Same(reference):
                return [self.term_misfit(attribute, reference)]
            case _:
                return []

    def ordered(self, attribute: Attribute, term: Term) -> str:
        if attribute.type != "number":
            return f"it is a {attribute.type}, so it cannot be compared in size"
        in_range = not isinstance(term, Constant) or isinstance(term.value, bool | str)
        return self.term_misfit(attribute, term) if in_range else ""

    def term_misfit(self, attribute: Attribute, term: Term) -> str:
        match term:
            case Constant(value):
                return misfit(self.pack, attribute, spoken(value, attribute))
            case Parameter(name):
                parameter = self.pack.parameters.get(name)
                if parameter is None:
                    return f"there is no parameter `${name}`.{self.close_parameter(name)}"
                return misfit(self.pack, attribute, parameter.value)
            case Reference():
                other = self.attribute(term)
                if isinstance(other, str):
                    return other
                same = other.type == attribute.type
                return "" if same else f"a {attribute.type} is never the same as a {other.type}"

    def close_parameter(self, name: str) -> str:
        return did_you_mean(name, self.pack.parameters)

    def attribute(self, reference: Reference) -> Attribute | str:
        """What a reference names, or why it names nothing."""
        kind = self.aliases.get(reference.alias)
        if kind is None:
            hint = did_you_mean(reference.alias, self.aliases)
            return f"`{reference.alias}` is no earlier pattern of this rule.{hint}"
        attributes = self.pack.kinds[kind].attributes
        if reference.attribute not in attributes:
            hint = did_you_mean(reference.attribute, attributes)
            return f"{kind} has no attribute `{reference.attribute}`.{hint}"
        return attributes[reference.attribute]

    def comparison(self, node: Node) -> Comparison | None:
        """One line of `where:`; both sides are numbers."""
        try:
            comparison = parse_comparison(self.source.word(node, self.id))
        except UnreadableError as error:
            self.fault(node.line, f"where: {error}")
            return None
        self.numbers(comparison.left, node.line)
        self.numbers(comparison.right, node.line)
        return comparison

    def expression(self, node: Node | None) -> Expression | None:
        if node is None:
            return None
        try:
            expression = parse_expression(self.source.word(node, self.id))
        except UnreadableError as error:
            self.fault(node.line, f"points: {error}")
            return None
        self.numbers(expression, node.line)
        return expression

    def numbers(self, expression: Expression, line: int) -> None:
        """Every leaf of an expression must be a number."""
        match expression:
            case Operation(_, left, right):
                self.numbers(left, line)
                self.numbers(right, line)
            case Negative(of):
                self.numbers(of, line)
            case _:
                wrong = self.term_misfit(Attribute("it", "number"), expression)
                if wrong:
                    self.fault(line, wrong)

    def once_per(self, node: Node | None) -> Reference | Literal["target"] | None:
        """`target`, or the attribute whose values count once each."""
        if node is None:
            return None
        text = self.source.word(node, self.id)
        if text == "target":
            return "target"
        reference = Reference(*text.split(".", 1)) if DOTTED.fullmatch(text) else None
        wrong = self.attribute(reference) if reference else "write `target` or alias.attribute"
        if isinstance(wrong, str):
            self.fault(node.line, f"once per: {wrong}")
        return reference

    def sentence(self, node: Node | None) -> Sentence:
        """Text with `{alias.attribute}` and `{$parameter}` in it."""
        text = " ".join(self.source.word(node, self.id).split())
        pieces: list[Piece] = []
        at = 0
        for slot in SLOT.finditer(text):
            pieces.append(Piece(text=text[at : slot.start()]))
            pieces.append(Piece(term=self.slot(slot[1], node.line if node else 0)))
            at = slot.end()
        pieces.append(Piece(text=text[at:]))
        return tuple(piece for piece in pieces if piece.text or piece.term is not None)

    def slot(self, inside: str, line: int) -> Term:
        term: Term = Constant(inside)
        wrong = f"`{{{inside}}}` is neither an attribute of a pattern nor a `$parameter`"
        if DOTTED.fullmatch(inside):
            term = Reference(*inside.split("."))
            found = self.attribute(term)
            wrong = found if isinstance(found, str) else ""
        elif inside.startswith("$"):
            term = Parameter(inside[1:])
            known = inside[1:] in self.pack.parameters
            wrong = "" if known else f"there is no `{inside}`.{self.close_parameter(inside[1:])}"
        if wrong:
            self.fault(line, wrong)
        return term

    def term(self, node: Node) -> Term:
        """In a conclusion a dotted word is a reference, a bare word a literal."""
        text = self.source.word(node, self.id)
        if not DOTTED.fullmatch(text) or node.quoted:
            return Constant(text)
        reference = Reference(*text.split("."))
        found = self.attribute(reference)
        if isinstance(found, str):
            self.fault(node.line, found)
        elif found.type == "number":
            self.fault(node.line, f"`{text}` is a number; a target is a word")
        return reference

    def conclusion(self, parts: Mapping[str, Node]) -> Recommend | Find:
        said = [name for name in ("recommend", "block", "find") if name in parts]
        if len(said) != 1:
            self.fault(self.node.line, "one of `recommend`, `block` or `find` is wanted")
            return Find("")
        node = parts[said[0]]
        return self.find(node) if said[0] == "find" else self.decision(node, said[0] == "block")

    def find(self, node: Node) -> Find:
        parts = self.source.mapping(node, {"name", "about", "severity"}, {"name"}, self.id)
        severity = self.source.word(parts.get("severity"), self.id)
        if severity not in ("", "low", "medium", "high"):
            self.fault(node.line, f"the severity is low, medium or high, not `{severity}`")
        about = self.term(parts["about"]) if "about" in parts else None
        name = self.source.word(parts.get("name"), self.id)
        return Find(name, about, severity)  # type: ignore[arg-type]  # checked above

    def decision(self, node: Node, blocks: bool) -> Recommend:
        parts = self.source.mapping(node, None, set(), self.id)
        of = self.term(parts.pop("of")) if "of" in parts else None
        if len(parts) != 1:
            self.fault(node.line, "one kind of target is wanted: `{channel: ...}`")
            return Recommend("", ())
        (kind, targets), *_ = parts.items()
        if kind not in self.stage.decides:
            self.fault(node.line, f"the stage {self.stage.name} does not decide about `{kind}`")
        each = targets.items if targets.items is not None else (targets,)
        terms = tuple(self.term(item) for item in each)
        self.entries(kind, terms, node.line)
        return Recommend(kind, terms, of, blocks)

    def entries(self, kind: str, terms: tuple[Term, ...], line: int) -> None:
        """Literal targets must be entries of the catalogue that the kind of target names."""
        known = self.pack.catalogues.get(f"{kind}s") or self.pack.catalogues.get(kind)
        for term in terms:
            if known and isinstance(term, Constant) and str(term.value) not in known:
                hint = did_you_mean(str(term.value), known)
                self.fault(line, f"there is no {kind} `{term.value}`.{hint}")

    def expectation(self, node: Node | None) -> Expectation | None:
        if node is None:
            return None
        names = ("kpi", "direction", "range", "within")
        parts = self.source.mapping(node, set(names), set(names), self.id)
        if set(parts) != set(names):
            return None
        direction, span, within = (self.source.word(parts[n], self.id) for n in names[1:])
        if direction not in ("up", "down", "hold"):
            self.fault(node.line, f"the direction is up, down or hold, not `{direction}`")
        return Expectation(self.term(parts["kpi"]), direction, span, within)  # type: ignore[arg-type]


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if node.items is not None else (node,)
