"""Which rules can bear on a target, cut down to it, and which facts these read.

Backwards from the target: the rules that speak about it, then those that make what these read. A
rule that speaks about `strength.channel` is cut down to strengths of that channel, and so, by its
joins, to the shares and accounts of that channel. The cut rules say of the target, in any
scenario, what the whole pack says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rules.condition import (
    Constant,
    OneOf,
    Parameter,
    Reference,
    Same,
    Term,
    Test,
    Value,
    references_in,
    terms_of,
)
from rules.pack import Fact, Find, Pack, Pattern, Recommend, Rule
from rules.terms import ends, expressions

Some = frozenset[Value] | None
"""Values, or all of them."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What must be known of a kind of target (or of a finding): of which targets, and of what they
    belong to."""

    targets: Some
    of: Some

    def __or__(self, other: Goal) -> Goal:
        return Goal(_either(self.targets, other.targets), _either(self.of, other.of))


@dataclass(frozen=True, slots=True)
class Read:
    """Facts of a kind that something reads: those with these values; and which attributes of them.
    `counted`: an attribute whose number itself counts, not only which side of a test it is on."""

    kind: str
    fixed: Mapping[str, frozenset[Value]]
    tests: tuple[tuple[str, Test], ...]
    counted: frozenset[str]

    def meets(self, pack: Pack, fact: Fact) -> bool:
        """Whether the fact, whatever moves it, may be one of them: by its key."""
        keys = pack.kinds[self.kind].key
        return all(fact.values.get(n) in some for n, some in self.fixed.items() if n in keys)


@dataclass(slots=True)
class Reach:
    """The cut rules, in the order of the pack, and all that they read."""

    rules: tuple[Rule, ...] = ()
    reads: list[Read] = field(default_factory=list)


def reach(pack: Pack, kind: str, targets: Some, of: Some = None) -> Reach:
    """Everything that can bear on some targets of a kind; on all of them for their ranks."""
    goals = {kind: Goal(targets, of)}
    while True:
        found = Reach(tuple(cut for rule in pack.rules if (cut := _cut(rule, goals)) is not None))
        found.reads = [read for rule in found.rules for read in reads_of(pack, rule)]
        wanted = dict(goals)
        for read in found.reads:
            for name, goal in _upstream(pack, read):
                wanted[name] = wanted[name] | goal if name in wanted else goal
        if wanted == goals:
            return found
        goals = wanted


def _either(one: Some, other: Some) -> Some:
    return None if one is None or other is None else one | other


def _cut(rule: Rule, goals: Mapping[str, Goal]) -> Rule | None:
    """The rule as far as it bears on a goal; None if it does not."""
    end = rule.conclusion
    if isinstance(end, Find):
        goal = goals.get("finding:" + end.name)
        return None if goal is None else _bound(rule, [(end.about, goal.targets)])
    goal = goals.get(end.kind)
    if goal is None:
        return None
    if len(end.targets) > 1:
        return _several(rule, end, goal)
    return _bound(rule, [(end.targets[0], goal.targets), (end.of, goal.of)])


def _several(rule: Rule, end: Recommend, goal: Goal) -> Rule | None:
    """A rule that speaks about several targets at once is left whole."""
    known = {term.value for term in end.targets if isinstance(term, Constant)}
    all_known = all(isinstance(term, Constant) for term in end.targets)
    return None if goal.targets is not None and all_known and not known & goal.targets else rule


def _bound(rule: Rule, ends: Sequence[tuple[Term | None, Some]]) -> Rule | None:
    """The rule whose ends may only take some values, carried along its joins."""
    fixed: dict[Reference, frozenset[Value]] = {}
    for term, some in ends:
        if some is None or term is None or isinstance(term, Parameter):
            continue
        if isinstance(term, Constant):
            if term.value not in some:
                return None
        else:
            fixed[term] = fixed.get(term, some) & some
    for reference, some in list(fixed.items()):
        for other in _joined(rule, reference):
            fixed[other] = fixed.get(other, some) & some
    when = tuple(_fix(pattern, fixed) for pattern in rule.when)
    unless = tuple(_fix_exception(pattern, fixed) for pattern in rule.unless)
    return replace(rule, when=when, unless=unless)


def _joined(rule: Rule, start: Reference) -> set[Reference]:
    """Every attribute that is the same as this one in every match."""
    same = {start}
    while True:
        more = set(same)
        for pattern in rule.when:
            for name, test in pattern.tests:
                if isinstance(test, Same) and not test.negated:
                    ends = {Reference(pattern.alias, name), test.reference}
                    if ends & same:
                        more |= ends
        if more == same:
            return same
        same = more


def _fix(pattern: Pattern, fixed: Mapping[Reference, frozenset[Value]]) -> Pattern:
    mine = [(ref.attribute, some) for ref, some in fixed.items() if ref.alias == pattern.alias]
    return replace(pattern, tests=(*((name, _one_of(some)) for name, some in mine), *pattern.tests))


def _fix_exception(pattern: Pattern, fixed: Mapping[Reference, frozenset[Value]]) -> Pattern:
    """What an exception is joined to is known as well."""
    known = [
        (name, fixed[test.reference])
        for name, test in pattern.tests
        if isinstance(test, Same) and not test.negated and test.reference in fixed
    ]
    tests = (*((name, _one_of(some)) for name, some in known), *pattern.tests)
    return replace(pattern, tests=tests)


def _one_of(some: frozenset[Value]) -> OneOf:
    return OneOf(tuple(Constant(value) for value in sorted(some, key=str)))


# What cut rules read.


def reads_of(pack: Pack, rule: Rule) -> Iterator[Read]:
    """All that a rule reads, and what stands behind the numbers that it reads."""
    counted = _counted(rule)
    for pattern in (*rule.when, *rule.unless):
        named = frozenset(ref.attribute for ref in counted if ref.alias == pattern.alias)
        read = _read(pattern.kind, pattern.tests, named)
        yield read
        yield from _behind(pack, read)


def _counted(rule: Rule) -> set[Reference]:
    """Attributes whose value itself counts: in sums, joins, comparisons with others and ends."""
    found = {ref for expression in expressions(rule) for ref in references_in(expression)}
    for pattern in (*rule.when, *rule.unless):
        for name, test in pattern.tests:
            others = {term for term in terms_of(test) if isinstance(term, Reference)}
            found |= others | ({Reference(pattern.alias, name)} if others else set())
    return found | {term for term in ends(rule) if isinstance(term, Reference)}


def _read(kind: str, tests: Sequence[tuple[str, Test]], counted: frozenset[str]) -> Read:
    fixed: dict[str, frozenset[Value]] = {}
    for name, test in tests:
        if isinstance(test, OneOf) and not test.negated:
            values = {term.value for term in test.terms if isinstance(term, Constant)}
            if len(values) == len(set(test.terms)):
                fixed[name] = fixed.get(name, frozenset(values)) & values
    return Read(kind, fixed, tuple(tests), counted)


def _behind(pack: Pack, read: Read) -> Iterator[Read]:
    """What an aggregate counts, and for each of what."""
    kind = pack.kinds[read.kind]
    if not kind.aggregates:
        return
    if kind.for_each:
        yield Read(kind.for_each, {}, (), frozenset(pack.kinds[kind.for_each].key))
    touched = {name for name, _ in read.tests} | read.counted
    for name, one in kind.aggregates.items():
        if name in touched:
            referred = {n for n, test in one.tests if isinstance(test, Same)}
            counted = frozenset({one.of} if one.of else set()) | referred
            yield _read(one.kind, one.tests, counted)


def _upstream(pack: Pack, read: Read) -> Iterator[tuple[str, Goal]]:
    """What must be known of earlier stages before these facts are."""
    if read.kind == "recommended":
        ranked = {"rank", "score"} & ({name for name, _ in read.tests} | read.counted)
        targets = None if ranked else read.fixed.get("target")
        decided = [kind for stage in pack.stages for kind in stage.decides]
        for kind in read.fixed.get("kind", decided):
            yield str(kind), Goal(targets, read.fixed.get("of"))
    elif read.kind == "finding":
        ends = [rule.conclusion for rule in pack.rules]
        every = {end.name for end in ends if isinstance(end, Find)}
        for name in read.fixed.get("name", every):
            yield f"finding:{name}", Goal(read.fixed.get("about"), None)
