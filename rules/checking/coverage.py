"""What a pack holds that nothing uses, and what its rules read that nobody is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.checking.findings import Finding, about, example
from rules.checking.witness import Witnesses
from rules.condition import (
    Parameter,
    reference_of,
    references_in,
    terms_of,
)
from rules.pack import Attribute, Fact, Kind, Pack, ParameterValue, Rule
from rules.terms import expressions, terms

PARAMETERS_FILE = "parameters.yaml"
READ_ELSEWHERE = ("trust_", "plan", "learn", "office_", "heard_", "count_")
"""Parameters whose names begin so weigh facts as they are gathered, or say how a plan is made, what
is learned of rules, or how what is heard and answered is counted; no rule has to name them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An attribute that a rule reads, straight or through an aggregate; '' is the kind itself."""

    kind: str
    attribute: str


def unasked(witnesses: Witnesses) -> Iterator[Finding]:
    """Attributes that a rule reads and no page asks for, each at the first rule that reads it, with
    a state that nobody could enter and in which the rule speaks."""
    pack = witnesses.world.pack
    seen: set[Reading] = set()
    for rule in pack.rules:
        for reading in readings(pack, rule):
            if reading not in seen:
                seen.add(reading)
                if not _asked(pack.kinds[reading.kind], reading.attribute):
                    yield about(rule, _unasked_message(reading), _state(witnesses, rule))


def readings(pack: Pack, rule: Rule) -> Iterator[Reading]:
    """Every attribute that decides whether or how strongly a rule speaks."""
    kinds = {pattern.alias: pattern.kind for pattern in (*rule.when, *rule.unless)}
    for pattern in (*rule.when, *rule.unless):
        yield Reading(pattern.kind, "")
        for name, test in pattern.tests:
            yield from _through(pack, Reading(pattern.kind, name))
            reference = reference_of(test)
            if reference is not None:
                yield from _through(pack, Reading(kinds[reference.alias], reference.attribute))
    for expression in expressions(rule):
        for reference in references_in(expression):
            yield from _through(pack, Reading(kinds[reference.alias], reference.attribute))


def _through(pack: Pack, reading: Reading) -> Iterator[Reading]:
    """The reading itself and, for an aggregate, what it counts."""
    yield reading
    aggregate = pack.kinds[reading.kind].aggregates.get(reading.attribute)
    if aggregate is not None:
        yield Reading(aggregate.kind, aggregate.of)
        for name, _ in aggregate.tests:
            yield Reading(aggregate.kind, name)


def _asked(kind: Kind, name: str) -> bool:
    if kind.catalogue or kind.derived or kind.for_each or kind.aggregates:
        return True
    if not name or name in kind.key:
        return any(attribute.ask for attribute in kind.attributes.values())
    attribute: Attribute | None = kind.attributes.get(name)
    return attribute is None or attribute.ask is not None


def _unasked_message(reading: Reading) -> str:
    what = f"`{reading.kind}.{reading.attribute}`" if reading.attribute else f"`{reading.kind}`"
    return (
        f"it reads {what}, but no page asks for it, so nobody can ever say it. "
        "Add `ask: {page: ..., question: ...}` in the vocabulary."
    )


def unused_parameters(pack: Pack) -> Iterator[Finding]:
    """Parameters that no rule and no aggregate names."""
    used = {name for rule in pack.rules for name in _parameters(rule)}
    for kind in pack.kinds.values():
        for aggregate in kind.aggregates.values():
            used |= {name for _, test in aggregate.tests for name in _named(terms_of(test))}
    for name in pack.parameters:
        if name not in used and not name.startswith(READ_ELSEWHERE):
            message = f"no rule names the parameter `{name}`. Use it as `${name}` or take it out."
            yield Finding(PARAMETERS_FILE, 0, "", message)


def old_parameters(witnesses: Witnesses, today: date) -> Iterator[Finding]:
    """Parameters whose check-again date has come, with a state in which a rule speaks by it."""
    pack = witnesses.world.pack
    for name, value in pack.parameters.items():
        if value.check_again is not None and value.check_again <= today:
            states = (_state(witnesses, r) for r in pack.rules if name in _parameters(r))
            shown = example(next(states, ()))
            yield Finding(PARAMETERS_FILE, 0, "", _old_message(value), shown)


def _old_message(value: ParameterValue) -> str:
    return (
        f"the parameter `{value.name}` was to be checked again by {value.check_again}. "
        f"Look it up again{f' ({value.source})' if value.source else ''} and move the date."
    )


def _parameters(rule: Rule) -> Iterator[str]:
    yield from _named(terms(rule))
    yield from _named(piece.term for piece in (*rule.because, *rule.way_out))
    if rule.expect is not None:
        yield from _named([rule.expect.kpi])


def _named(some: Iterable[object]) -> Iterator[str]:
    yield from (term.name for term in some if isinstance(term, Parameter))


def _state(witnesses: Witnesses, rule: Rule) -> tuple[Fact, ...]:
    """Facts on which a rule speaks; none where none were found."""
    state = witnesses.of(rule)
    return state.facts if state else ()


def untried(witnesses: Witnesses, spoke: Collection[str]) -> Iterator[Finding]:
    """Rules that speak in none of the pack's cases, with a state in which they would."""
    for rule in witnesses.world.pack.rules:
        if rule.id not in spoke:
            facts = _state(witnesses, rule)
            hint = "The example would do." if facts else "Write one in which it should."
            message = f"it speaks in no case, so nobody has seen it work. Add a case. {hint}"
            yield about(rule, message, facts)
