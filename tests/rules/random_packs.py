"""Random packs that use every construct of the rule language, from a seed.

Rules, stages, parameters and confidences are drawn over the world of `random_world.py`. What is
joined holds comparable values, and a few plain rules fire almost always, so that later stages have
something to read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

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
    Test,
    Value,
)
from rules.pack import (
    Find,
    Pack,
    ParameterValue,
    Pattern,
    Piece,
    Recommend,
    Rule,
    Sentence,
    Stage,
)
from tests.rules.random_world import (
    AGGREGATES,
    DERIVED,
    FIXED,
    NUMBERS,
    OWN,
    SHAPES,
    WORDS,
    kind,
    some,
)

STAGES = (
    Stage("findings", ()),
    Stage("channels", ("channel",)),
    Stage("activities", ("activity",)),
    Stage("owners", ("owner",)),
)
PARAMETERS: dict[str, tuple[Value, ...]] = {
    "present": (0.2, 0.35, 0.5),
    "needed": (1, 2, 3),
    "favoured": ("community", "network"),
}


def random_pack(seed: int) -> Pack:
    """A pack of 3 to 12 rules over one to four stages; equal seeds give equal packs."""
    rng = Random(seed)
    stages = STAGES[: rng.randint(1, 4)] if rng.random() < 0.2 else STAGES
    drawn = [_rule(rng, f"rule-{i:02}", rng.choice(stages)) for i in range(rng.randint(3, 12))]
    rules = (*_plain_rules(rng, stages), *drawn)
    sure = {rule.id: rng.choice((0.5, 0.93, 1.2)) for rule in rules if rng.random() < 0.2}
    pack = Pack(
        name=f"random {seed}",
        title="",
        version="1",
        fingerprint="",
        stages=stages,
        kinds={name: kind(name) for name in SHAPES},
        parameters={
            name: ParameterValue(name, rng.choice(values), name)
            for name, values in PARAMETERS.items()
        },
        catalogues={},
        fixed=tuple(fact for name in FIXED for fact in some(rng, name, always=True)),
        rules=rules,
        confidence=sure,
    )
    return replace(pack, fingerprint=hashlib.sha256(repr(pack).encode()).hexdigest())


# Rules.


def _plain_rules(rng: Random, stages: Sequence[Stage]) -> Iterator[Rule]:
    """Rules that mostly fire, so that later stages have something to read."""
    for stage, source, term in (
        (STAGES[0], "host", Reference("host", "channel")),
        (STAGES[1], "use", Reference("use", "channel")),
        (STAGES[2], "activity_for", Reference("activity_for", "activity")),
    ):
        if stage in stages:
            pattern = Pattern(source, source, ())
            found = Find("thin", term)
            yield Rule(
                id=f"plain-{stage.name}",
                title=stage.name,
                stage=stage.name,
                when=(pattern,),
                conclusion=Recommend(stage.decides[0], (term,)) if stage.decides else found,
                because=_sentence(rng, [pattern]),
                source="",
                points=Constant(rng.choice((1, 2, 2.5))) if stage.decides else None,
            )


def _rule(rng: Random, name: str, stage: Stage) -> Rule:
    when: list[Pattern] = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 3, 4))):
        when.append(_pattern(rng, when, _kind_name(rng, stage)))
    conclusion = _conclusion(rng, when, stage)
    scored = isinstance(conclusion, Recommend) and not conclusion.blocks
    urgent = (isinstance(conclusion, Recommend) and conclusion.blocks) or (
        isinstance(conclusion, Find) and conclusion.severity != ""
    )
    return Rule(
        id=name,
        title=name,
        stage=stage.name,
        when=tuple(when),
        conclusion=conclusion,
        because=_sentence(rng, when),
        source="",
        unless=tuple(
            _exception(rng, when, stage, f"none{i}") for i in range(rng.choice((0, 0, 0, 1, 1, 2)))
        ),
        where=tuple(_comparison(rng, when) for _ in range(rng.choice((0, 0, 0, 0, 1, 2)))),
        once_per=_once_per(rng, when) if scored else None,
        points=_expression(rng, when, 2) if scored else None,
        way_out=_sentence(rng, when) if urgent else (),
    )


def _kind_name(rng: Random, stage: Stage) -> str:
    if stage.name == "channels" and rng.random() < 0.15:
        return "finding"
    if stage.name in ("activities", "owners") and rng.random() < 0.35:
        return rng.choice(tuple(DERIVED))
    return rng.choice(tuple({**FIXED, **OWN, **AGGREGATES}))


def _pattern(rng: Random, seen: Sequence[Pattern], kind: str) -> Pattern:
    """A pattern that is joined to an earlier one wherever their domains meet, most of the time."""
    domains = SHAPES[kind][1]
    joins = [
        (name, reference)
        for name, domain in domains.items()
        for reference in _references(seen, domain)
        if domain != "number" and (name != "of" or rng.random() < 0.2)
    ]
    tests: dict[str, Test] = {}
    if joins and rng.random() < 0.8:
        name, reference = rng.choice(joins)
        tests[name] = Same(reference, negated=rng.random() < 0.15)
    for name, domain in domains.items():
        if name not in tests and rng.random() < 0.13:
            tests[name] = _test(rng, domain, _references(seen, domain))
    taken = [pattern.alias for pattern in seen]
    alias = kind if kind not in taken and rng.random() < 0.8 else f"{kind}{len(seen)}"
    return Pattern(kind, alias, tuple(tests.items()))


def _exception(rng: Random, when: Sequence[Pattern], stage: Stage, alias: str) -> Pattern:
    """An `unless` pattern that tests at least two things, so that it does not silence all."""
    pattern = _pattern(rng, when, _kind_name(rng, stage))
    tests = dict(pattern.tests)
    for name, domain in SHAPES[pattern.kind][1].items():
        if len(tests) < 2 and name not in tests:
            tests[name] = _test(rng, domain, _references(when, domain))
    return replace(pattern, alias=alias, tests=tuple(tests.items()))


def _references(seen: Sequence[Pattern], domain: str) -> list[Reference]:
    return [
        Reference(pattern.alias, name)
        for pattern in seen
        for name, other in SHAPES[pattern.kind][1].items()
        if other == domain
    ]


def _test(rng: Random, domain: str, references: list[Reference]) -> Test:
    roll = rng.random()
    if roll < 0.1:
        return Presence(known=rng.random() < 0.7)
    if roll < 0.2 and references:
        return Same(rng.choice(references), negated=rng.random() < 0.3)
    if domain == "number":
        return _number_test(rng, references)
    return _word_test(rng, domain)


def _number_test(rng: Random, references: list[Reference]) -> Test:
    roll = rng.random()
    if roll < 0.15:
        low, high = sorted(rng.sample(NUMBERS, 2), key=float)
        return Between(Constant(low), Constant(high))
    if roll < 0.3:
        terms = tuple(Constant(value) for value in rng.sample(NUMBERS, 3))
        return OneOf(terms, negated=rng.random() < 0.4)
    order = rng.choice(("at least", "more than", "at most", "less than"))
    if roll < 0.5 and references:
        return Compare(order, rng.choice(references))
    if roll < 0.6:
        return Compare(order, Parameter(rng.choice(("present", "needed"))))
    return Compare(order, Constant(rng.choice(NUMBERS)))


def _word_test(rng: Random, domain: str) -> Test:
    if domain == "yes_no":
        return OneOf((Constant(rng.random() < 0.5),))
    if domain == "type" and rng.random() < 0.3:
        return OneOf((Parameter("favoured"),), negated=rng.random() < 0.3)
    words = rng.sample(WORDS[domain], rng.choice((1, 1, 2)))
    return OneOf(tuple(Constant(word) for word in words), negated=rng.random() < 0.25)


# What a rule concludes.


def _conclusion(rng: Random, when: Sequence[Pattern], stage: Stage) -> Recommend | Find:
    if not stage.decides or rng.random() < 0.15:
        about = _word_term(rng, when, "channel") if rng.random() < 0.6 else None
        name = rng.choice(WORDS["noticed"])
        # A name has one severity: what two severities of one finding mean is nobody's business.
        return Find(name, about, {"split": "medium", "loud": "high"}.get(name, ""))  # type: ignore[arg-type]
    kind = stage.decides[0]
    domain = {"channel": "channel", "activity": "activity", "owner": "person"}[kind]
    targets = tuple(
        dict.fromkeys(_word_term(rng, when, domain) for _ in range(rng.choice((1, 1, 1, 1, 2, 3))))
    )
    of = _word_term(rng, when, "activity") if kind == "owner" else None
    return Recommend(kind, targets, of, blocks=rng.random() < 0.15)


def _word_term(rng: Random, when: Sequence[Pattern], domain: str) -> Constant | Reference:
    references = _references(when, domain)
    if references and rng.random() < 0.75:
        return rng.choice(references)
    return Constant(rng.choice(WORDS[domain]))


def _once_per(rng: Random, when: Sequence[Pattern]) -> Reference | str | None:
    roll = rng.random()
    if roll < 0.5:
        return None
    if roll < 0.65:
        return "target"
    pattern = rng.choice(when)
    return Reference(pattern.alias, rng.choice(tuple(SHAPES[pattern.kind][1])))


def _comparison(rng: Random, when: Sequence[Pattern]) -> Comparison:
    orders = ("at least", "more than", "at most", "less than")
    comparator = rng.choice((*orders, *orders, "is", "is not"))
    return Comparison(_expression(rng, when, 1), comparator, _expression(rng, when, 1))


def _expression(rng: Random, when: Sequence[Pattern], depth: int) -> Expression:
    roll = rng.random()
    if depth and roll < 0.5:
        sign = rng.choice(("+", "-", "*", "*"))
        return Operation(sign, _expression(rng, when, depth - 1), _expression(rng, when, depth - 1))
    if depth and roll < 0.58:
        return Negative(_expression(rng, when, depth - 1))
    references = _references(when, "number")
    if references and roll < 0.8:
        return rng.choice(references)
    if roll < 0.85:
        return Parameter(rng.choice(("present", "needed")))
    return Constant(rng.choice(NUMBERS))


def _sentence(rng: Random, when: Sequence[Pattern]) -> Sentence:
    pattern = rng.choice(when)
    attribute = rng.choice(tuple(SHAPES[pattern.kind][1]))
    return (
        Piece("Because "),
        Piece(term=Reference(pattern.alias, attribute)),
        Piece(", and "),
        Piece(term=Parameter("needed")),
    )
