"""On which levers each rule depends, itself and by way of findings, advice and aggregates.

Scores and blocks are sums over rules. Where no rule depends on three levers at once, what moving
all three does to a sum follows from what two of them do (see `pairs.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.facts import key
from rules.grid_facts import parameters_in, parameters_of
from rules.levers import Dial, place
from rules.pack import Fact, Find, Pack, Recommend, Rule
from rules.reach import Read, reads_of

Dials = frozenset[int]
NOTHING: Dials = frozenset()


def supports(
    pack: Pack,
    rules: Sequence[Rule],
    turned: Sequence[Dial],
    known: Sequence[Fact],
    kind: str,
) -> set[Dials]:
    """The dials on which each rule about a kind of target depends. `rules` are cut to what bears on
    it; `known` are all facts on which dials are."""
    facts = {key(pack, fact): fact for fact in known}
    there = [facts[place(pack, d.lever)] if d.lever.what == "fact" else None for d in turned]
    reads = {rule.id: list(reads_of(pack, rule)) for rule in rules}
    found = {rule.id: _own(pack, rule, reads[rule.id], turned, there) for rule in rules}
    while True:
        after = {
            rule.id: found[rule.id].union(*_derived(pack, rules, reads[rule.id], found))
            for rule in rules
        }
        if after == found:
            return {found[rule.id] for rule in rules if _about(rule, {kind})}
        found = after


def _own(
    pack: Pack,
    rule: Rule,
    reads: Sequence[Read],
    turned: Sequence[Dial],
    there: Sequence[Fact | None],
) -> Dials:
    """The dials on what a rule reads: on a fact all of them, whatever it reads of the fact."""
    named = parameters_of(rule).union(*(parameters_in(read.tests) for read in reads))

    def bears(dial: Dial, fact: Fact | None) -> bool:
        if fact is None:
            return dial.lever.name in ({rule.id} if dial.lever.what == "rule" else named)
        return any(read.kind == fact.kind and read.meets(pack, fact) for read in reads)

    pairs = enumerate(zip(turned, there, strict=True))
    return frozenset(at for at, (dial, fact) in pairs if bears(dial, fact))


def _derived(
    pack: Pack, rules: Sequence[Rule], reads: Sequence[Read], found: Mapping[str, Dials]
) -> list[Dials]:
    """What the rules depend on whose findings or advice are read."""
    names: set[object] = set()
    kinds: set[object] = set()
    for read in reads:
        if read.kind == "finding":
            every = {rule.conclusion.name for rule in rules if isinstance(rule.conclusion, Find)}
            names |= read.fixed.get("name", every)
        elif read.kind == "recommended":
            kinds |= read.fixed.get("kind", {k for stage in pack.stages for k in stage.decides})
    return [found[rule.id] for rule in rules if _finds(rule, names) or _about(rule, kinds)]


def _finds(rule: Rule, names: set[object]) -> bool:
    return isinstance(rule.conclusion, Find) and rule.conclusion.name in names


def _about(rule: Rule, kinds: set[object] | set[str]) -> bool:
    return isinstance(rule.conclusion, Recommend) and rule.conclusion.kind in kinds
