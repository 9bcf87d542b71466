"""How honest the data behind a piece of advice is, and its facts in words."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from rules.advice import Part, Scored
from rules.condition import Reference, reference_of, references_in
from rules.pack import Fact, Pack, Rule
from rules.sentences import print_value
from rules.terms import expressions
from services.advice import AdviceView

Honesty = Literal["owned", "sampled", "estimated", "unknown"]


def honesty(view: AdviceView, scored: Scored) -> Honesty:
    """What the weakest fact behind the reasons for it is: told or measured by the organisation,
    from a source, or estimated. A channel of which nobody knows who is there is unknown."""
    kind, name, _ = scored.target
    known = {fact.values["channel"] for fact in view.facts if fact.kind == "audience_use"}
    if kind == "channel" and name not in known:
        return "unknown"
    trust = min((part.trust for part in scored.parts if part.hundredths > 0), default=0.0)
    if trust >= _weight(view.pack, "trust_measured"):
        return "owned"
    if trust >= _weight(view.pack, "trust_sourced"):
        return "sampled"
    return "estimated" if trust > 0 else "unknown"


def basis(view: AdviceView, part: Part) -> list[str]:
    """The facts that a reason rests on, each in words, those of the organisation first; of each
    fact as much as the rule reads."""
    own = set(map(id, view.facts))
    read = _read(part.rule)
    ordered = sorted(
        zip(part.rule.when, part.facts, strict=True), key=lambda pair: id(pair[1]) not in own
    )
    said = (in_words(view, fact, read[pattern.alias]) for pattern, fact in ordered)
    return list(dict.fromkeys(filter(None, said)))


def in_words(view: AdviceView, fact: Fact, attributes: Container[str]) -> str:
    """`something that a person can do (Ann, Photo)`, `an account (Instagram) — state: live`: what
    names the fact, and those attributes; nothing for an entry of a catalogue that is only named."""
    kind = view.pack.kinds[fact.kind]
    if kind.derived:
        return ""
    key, rest = [], []
    for name, attribute in kind.attributes.items():
        if name not in fact.values:
            continue
        said = print_value(view.pack, attribute, fact.values[name], view.names)
        if name in kind.key:
            key.append(said)
        elif name in attributes:
            rest.append(f"{attribute.title or name.replace('_', ' ')}: {said}")
    if kind.catalogue and len(kind.key) == 1 and not rest:
        return ""
    about = f"{kind.what or kind.name.replace('_', ' ')} ({', '.join(key)})" if key else kind.what
    return f"{about}{' — ' if rest else ''}{', '.join(rest)}"


def _read(rule: Rule) -> dict[str, set[str]]:
    """By alias, the attributes that a rule tests, reckons with or tells."""
    read = {pattern.alias: {name for name, _ in pattern.tests} for pattern in rule.when}
    named = [reference_of(test) for pattern in rule.when for _, test in pattern.tests]
    named += [piece.term for piece in rule.because if isinstance(piece.term, Reference)]
    named += [one for expression in expressions(rule) for one in references_in(expression)]
    for reference in filter(None, named):
        read.setdefault(reference.alias, set()).add(reference.attribute)
    return read


def _weight(pack: Pack, name: str) -> float:
    parameter = pack.parameters.get(name)
    value = parameter.value if parameter else 1.0
    return float(value) if isinstance(value, int | float) else 1.0
