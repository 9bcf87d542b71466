"""rules/*.yaml → rules, each checked against the vocabulary; cases/*.yaml → cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from rules import spans
from rules.condition import Constant, Reference, Term
from rules.facts import did_you_mean, shown
from rules.nodes import Node, Source
from rules.pack import Expectation, Find, Pack, Pattern, Recommend, Rule, Stage
from rules.reading_scope import DOTTED, NAME, Scope
from rules.reading_sentences import read_sentence
from rules.targets import catalogue_of

PARTS = {"id", "title", "when", "unless", "where", "once per", "recommend", "block", "find"}
PARTS |= {"points", "because", "way out", "expect", "source"}
RULE_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
NEEDED = ("id", "title", "when", "because", "source")
MOST_PATTERNS = 16


class RuleReader:
    """One rule while it is read: the pack's words, where it stands, and what its aliases mean."""

    def __init__(self, pack: Pack, source: Source, node: Node, stage: Stage) -> None:
        self.pack, self.source, self.node, self.stage = pack, source, node, stage
        self.id = source.word(node.get("id")) if node.entries is not None else ""
        self.scope = Scope(pack, source, self.id)
        self.aliases = self.scope.aliases

    def fault(self, line: int, message: str) -> None:
        self.source.fault(line, message, self.id)

    def rule(self) -> Rule | None:
        """The rule, or None where it is too broken to be one; all its faults are written down."""
        before = len(self.source.faults)
        parts = self.source.mapping(self.node, PARTS, NEEDED, self.id)
        if self.node.entries is None:
            return None
        rule = self.made(parts)
        self.whole(rule, parts)
        return rule if len(self.source.faults) == before else None

    def made(self, parts: Mapping[str, Node]) -> Rule:
        """The rule from its parts, what is wrong in them left out."""
        if self.id and not RULE_ID.fullmatch(self.id):
            wanted = "use small letters, digits, . _ and -, as in `channel.people-are-there`"
            self.fault(self.node.line, f"{shown(self.id)} is no id for a rule; {wanted}")
        self.foresee(parts)
        when = self.patterns(parts.get("when"), known=True)
        if "when" in parts and parts["when"].items == ():
            self.fault(self.node.line, "`when` needs at least one pattern")
        unless = self.patterns(parts.get("unless"), known=False)
        conclusion = self.conclusion(parts)
        return Rule(
            id=self.id,
            title=self.source.word(parts.get("title"), self.id),
            stage=self.stage.name,
            when=when,
            conclusion=conclusion,
            because=read_sentence(self.scope, parts.get("because")),
            source=self.source.word(parts.get("source"), self.id),
            unless=unless,
            where=tuple(c for c in map(self.scope.comparison, _items(parts.get("where"))) if c),
            once_per=self.once_per(parts.get("once per")),
            points=self.scope.expression(parts.get("points")),
            way_out=read_sentence(self.scope, parts.get("way out")),
            expect=self.expectation(parts.get("expect")),
            file=self.source.name,
            line=self.node.line,
        )

    def whole(self, rule: Rule, parts: Mapping[str, Node]) -> None:
        """What only the whole rule shows: points and ways out where they belong."""
        scores = isinstance(rule.conclusion, Recommend) and not rule.conclusion.blocks
        given = "points" in parts and not parts["points"].empty
        if scores and not given:
            self.fault(self.node.line, "`points` is missing; say how much the advice counts")
        if not scores and given:
            self.fault(self.node.line, "`points` belong to `recommend` only")
        conflict = isinstance(rule.conclusion, Find) and rule.conclusion.severity
        if (conflict or (not scores and isinstance(rule.conclusion, Recommend))) and (
            not rule.way_out
        ):
            self.fault(self.node.line, "`way out` is missing; a block or conflict needs one")
        if len(rule.when) + len(rule.unless) > MOST_PATTERNS:
            self.fault(self.node.line, f"more than {MOST_PATTERNS} patterns; make it several rules")

    def foresee(self, parts: Mapping[str, Node]) -> None:
        """Why the patterns that follow cannot be named before they stand there."""
        others = self.scope.others
        for name, why in (
            ("unless", "is a pattern of `unless`; only those of `when` can be named"),
            ("when", "stands further down; move it up, or turn the two round"),
        ):
            for node in _items(parts.get(name)):
                for head, _ in node.entries or ():
                    alias = head.rpartition(" as ")[2]
                    others[alias] = f"{shown(alias)} {why}"

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
            self.fault(node.line, f"there is no kind of fact {shown(kind)}.{hint}")
            if known:
                self.aliases.setdefault(alias, "")
            return None
        if not NAME.fullmatch(alias):
            wanted = f"write small letters, digits and _, as in `{kind} as another`"
            self.fault(node.line, f"{shown(alias)} cannot be named in this rule; {wanted}")
        if known and alias in self.aliases:
            self.fault(node.line, f"`{alias}` is used twice; write `{kind} as another`")
        tests = tuple(self.scope.cells(kind, body))
        if known:
            self.aliases[alias] = kind
        return Pattern(kind, alias, tests, node.line)

    def once_per(self, node: Node | None) -> Reference | Literal["target"] | None:
        """`target`, or the attribute whose values count once each."""
        if node is None:
            return None
        text = self.source.word(node, self.id)
        if text == "target":
            return "target"
        dotted = DOTTED.fullmatch(text)
        reference = Reference(dotted[1], dotted[2]) if dotted else None
        wrong = self.scope.named(reference) if reference else "write `target` or alias.attribute"
        if isinstance(wrong, str):
            self.fault(node.line, f"once per: {wrong}")
        return reference

    def term(self, node: Node) -> Term:
        """In a conclusion a dotted word is a reference, a bare word a literal."""
        text = self.source.word(node, self.id)
        dotted = DOTTED.fullmatch(text)
        if not dotted or node.quoted:
            return Constant(text)
        reference = Reference(dotted[1], dotted[2])
        found = self.scope.named(reference)
        if isinstance(found, str):
            self.fault(node.line, found)
        elif found is not None and found.type == "number":
            self.fault(node.line, f"{shown(text)} is a number; a target is a word")
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
            self.fault(node.line, f"the severity is low, medium or high, not {shown(severity)}")
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
            close = did_you_mean(kind, self.stage.decides)
            wanted = f"the stage {self.stage.name} does not decide about {shown(kind)}"
            self.fault(node.line, f"{wanted}.{close}")
        each = targets.items if targets.items is not None else (targets,)
        terms = tuple(self.term(item) for item in each)
        self.entries(kind, terms, node.line)
        return Recommend(kind, terms, of, blocks)

    def entries(self, kind: str, terms: tuple[Term, ...], line: int) -> None:
        """Literal targets must be entries of the catalogue that the kind of target names."""
        known = self.pack.catalogues.get(catalogue_of(self.pack, kind))
        for term in terms:
            if known and isinstance(term, Constant) and str(term.value) not in known:
                hint = did_you_mean(str(term.value), known)
                self.fault(line, f"there is no {kind} {shown(term.value)}.{hint}")

    def expectation(self, node: Node | None) -> Expectation | None:
        if node is None:
            return None
        names = ("kpi", "direction", "range", "within")
        parts = self.source.mapping(node, set(names), set(names), self.id)
        if set(parts) != set(names):
            return None
        direction, span, within = (self.source.word(parts[n], self.id) for n in names[1:])
        if direction not in ("up", "down", "hold", "better"):
            words = "up, down, hold or better"
            self.fault(node.line, f"the direction is {words}, not {shown(direction)}")
        try:
            spans.read(within)
        except ValueError:
            self.fault(node.line, f"within is a span such as “two quarters”, not {shown(within)}")
        return Expectation(self.term(parts["kpi"]), direction, span, within)  # type: ignore[arg-type]


def _items(node: Node | None) -> tuple[Node, ...]:
    if node is None:
        return ()
    return node.items if node.items is not None else (node,)
