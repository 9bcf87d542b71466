"""Random packs and facts that use every construct of the rule language, from a seed.

The vocabulary is always the same small world (channels, objectives, people, who may host what), so
that joins meet now and then; rules, stages, parameters, confidences and facts are drawn. A domain
says which attributes hold comparable values: only those are joined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
    Aggregate,
    Attribute,
    Fact,
    Find,
    Kind,
    Pack,
    ParameterValue,
    Pattern,
    Piece,
    Recommend,
    Rule,
    Sentence,
    Stage,
    Type,
)

WORDS: dict[str, tuple[str, ...]] = {
    "channel": ("forum", "video", "letter", "profile"),
    "objective": ("sales", "leads", "image", "crisis"),
    "activity": ("post", "answer", "tour"),
    "person": ("p1", "p2", "p3", "p4"),
    "group": ("g1", "g2"),
    "role": ("editor", "host", "analyst"),
    "type": ("community", "network", "mail"),
    "sector": ("business", "public"),
    "decided": ("channel", "activity", "owner"),
    "noticed": ("thin", "split", "lonely", "loud"),
    "severity": ("low", "medium", "high"),
}
NUMBERS: tuple[Value, ...] = (0, 1, 2, 3, 4, 0.35, 1.5, 2.5)

# kind -> (key, attribute -> domain); "number" and "yes_no" are domains of their own.
Shape = tuple[tuple[str, ...], dict[str, str]]
FIXED: dict[str, Shape] = {
    "channel": (("id",), {"id": "channel", "type": "type", "effort": "number", "open": "yes_no"}),
    "strength": (
        ("channel", "objective"),
        {"channel": "channel", "objective": "objective", "score": "number"},
    ),
    "activity": (("id",), {"id": "activity", "role": "role", "hours": "number"}),
    "activity_for": (
        ("activity", "objective"),
        {"activity": "activity", "objective": "objective"},
    ),
}
OWN: dict[str, Shape] = {
    "organisation": (
        (),
        {"sector": "sector", "staff": "number", "hours": "number", "premises": "yes_no"},
    ),
    "objective": (("name",), {"name": "objective", "priority": "number", "kind": "type"}),
    "use": (("group", "channel"), {"group": "group", "channel": "channel", "share": "number"}),
    "person": (
        ("id",),
        {"id": "person", "role": "role", "hours": "number", "volunteer": "yes_no"},
    ),
    "host": (("person", "channel"), {"person": "person", "channel": "channel"}),
    "need": (("number",), {"number": "number", "topic": "objective", "importance": "number"}),
}
DERIVED: dict[str, Shape] = {
    "recommended": (
        ("kind", "target", "of"),
        {
            "kind": "decided",
            "target": "channel",
            "of": "activity",
            "score": "number",
            "rank": "number",
        },
    ),
    "finding": (
        ("name", "about"),
        {"name": "noticed", "about": "channel", "severity": "severity"},
    ),
}
AGGREGATES: dict[str, Shape] = {
    "moderation": (
        ("channel",),
        {"channel": "channel", "hosts": "number", "best": "number", "seen": "number"},
    ),
    "team": (
        (),
        {"people": "number", "hours": "number", "least": "number", "chosen": "number"},
    ),
    "calls": (("objective",), {"objective": "objective", "needs": "number", "weight": "number"}),
}
HOW: dict[str, tuple[str, dict[str, Aggregate]]] = {
    "moderation": (
        "channel",
        {
            "hosts": Aggregate(
                "count", "host", "", (("channel", Same(Reference("channel", "id"))),)
            ),
            "best": Aggregate(
                "most", "use", "share", (("channel", Same(Reference("channel", "id"))),)
            ),
            "seen": Aggregate(
                "count",
                "strength",
                "",
                (
                    ("channel", Same(Reference("channel", "id"))),
                    ("score", Compare("more than", Reference("channel", "effort"))),
                ),
            ),
        },
    ),
    "team": (
        "",
        {
            "people": Aggregate("count", "person", "", (("volunteer", OneOf((Constant(False),))),)),
            "hours": Aggregate("sum", "person", "hours", ()),
            "least": Aggregate("least", "person", "hours", (("role", Presence(known=True)),)),
            "chosen": Aggregate(
                "sum", "recommended", "score", (("rank", Compare("at most", Constant(2))),)
            ),
        },
    ),
    "calls": (
        "objective",
        {
            "needs": Aggregate(
                "count", "need", "", (("topic", Same(Reference("objective", "name"))),)
            ),
            "weight": Aggregate(
                "sum", "need", "importance", (("topic", Same(Reference("objective", "name"))),)
            ),
        },
    ),
}
SHAPES: dict[str, Shape] = {**FIXED, **OWN, **DERIVED, **AGGREGATES}
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
    rules = tuple(_rule(rng, f"rule-{i:02}", rng.choice(stages)) for i in range(rng.randint(3, 12)))
    sure = {rule.id: rng.choice((0.5, 0.93, 1.2)) for rule in rules if rng.random() < 0.2}
    pack = Pack(
        name=f"random {seed}",
        title="",
        version="1",
        fingerprint="",
        stages=stages,
        kinds={name: _kind(name) for name in SHAPES},
        parameters={
            name: ParameterValue(name, rng.choice(values), name)
            for name, values in PARAMETERS.items()
        },
        catalogues={},
        fixed=tuple(fact for kind in FIXED for fact in _some(rng, kind, always=True)),
        rules=rules,
        confidence=sure,
    )
    return replace(pack, fingerprint=hashlib.sha256(repr(pack).encode()).hexdigest())


def random_facts(rng: Random) -> list[Fact]:
    """What an organisation may say about itself in this world, in no order."""
    facts = [fact for kind in OWN for fact in _some(rng, kind)]
    rng.shuffle(facts)
    return facts


def random_scenarios(seed: int, count: int) -> list[list[Fact]]:
    """Fact sets of which most share most facts, as those of a what-if do."""
    rng = Random(-seed - 1)
    baseline = random_facts(rng)
    scenarios = [baseline]
    while len(scenarios) < count:
        if rng.random() < 0.3:
            scenarios.append(random_facts(rng))
        else:
            scenarios.append(_changed(rng, baseline))
    return scenarios


def _changed(rng: Random, facts: Sequence[Fact]) -> list[Fact]:
    kept = []
    for fact in facts:
        roll = rng.random()
        if roll < 0.6:
            kept.append(fact)
        elif roll < 0.85:
            kept.append(_fact(rng, fact.kind, dict(_key_values(fact))))
    rng.shuffle(kept)
    return kept


def _key_values(fact: Fact) -> list[tuple[str, Value]]:
    return [(name, fact.values[name]) for name in SHAPES[fact.kind][0]]


def _kind(name: str) -> Kind:
    key, domains = SHAPES[name]
    for_each, aggregates = HOW.get(name, ("", {}))
    return Kind(
        name=name,
        key=key,
        attributes={
            attribute: Attribute(attribute, _type(domain)) for attribute, domain in domains.items()
        },
        catalogue=name if name in FIXED else "",
        derived=name in DERIVED,
        for_each=for_each,
        aggregates=aggregates,
    )


def _type(domain: str) -> Type:
    if domain == "number":
        return "number"
    return "yes_no" if domain == "yes_no" else "word"


def _some(rng: Random, kind: str, *, always: bool = False) -> list[Fact]:
    """Facts of one kind, keys distinct."""
    key, domains = SHAPES[kind]
    if not key:
        return [_fact(rng, kind, {})] if rng.random() < 0.85 else []
    share = rng.choice((0.8, 1.0)) if always else rng.choice((0.0, 0.3, 0.6, 0.9))
    facts = []
    for values in _keys(key, domains):
        if rng.random() < share:
            facts.append(_fact(rng, kind, values, sure=always))
    return facts[:9]


def _keys(key: Sequence[str], domains: dict[str, str]) -> list[dict[str, Value]]:
    keys: list[dict[str, Value]] = [{}]
    for name in key:
        pool = (1, 2, 2.5) if domains[name] == "number" else WORDS[domains[name]]
        keys = [{**begun, name: value} for begun in keys for value in pool]
    return keys


def _fact(rng: Random, kind: str, values: dict[str, Value], *, sure: bool = False) -> Fact:
    key, domains = SHAPES[kind]
    for name, domain in domains.items():
        if name not in key and rng.random() < 0.85:
            values[name] = _value(rng, domain)
    trust = 1.0 if sure else rng.choice((1.0, 1.0, 1.0, 0.8, 0.6, 0.33))
    return Fact(kind, values, trust)


def _value(rng: Random, domain: str) -> Value:
    if domain == "number":
        return rng.choice(NUMBERS)
    return rng.random() < 0.5 if domain == "yes_no" else rng.choice(WORDS[domain])


# Rules.


def _rule(rng: Random, name: str, stage: Stage) -> Rule:
    when: list[Pattern] = []
    for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 3, 4))):
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
            replace(_pattern(rng, when, _kind_name(rng, stage)), alias=f"none{i}")
            for i in range(rng.choice((0, 0, 0, 1, 1, 2)))
        ),
        where=tuple(_comparison(rng, when) for _ in range(rng.choice((0, 0, 0, 1, 2)))),
        once_per=_once_per(rng, when) if scored else None,
        points=_expression(rng, when, 2) if scored else None,
        way_out=_sentence(rng, when) if urgent else (),
    )


def _kind_name(rng: Random, stage: Stage) -> str:
    if stage.name != "findings" and rng.random() < 0.3:
        return rng.choice(tuple(DERIVED))
    return rng.choice(tuple(SHAPES))


def _pattern(rng: Random, seen: Sequence[Pattern], kind: str) -> Pattern:
    """A pattern that is joined to an earlier one wherever their domains meet, most of the time."""
    domains = SHAPES[kind][1]
    joins = [
        (name, reference)
        for name, domain in domains.items()
        for reference in _references(seen, domain)
        if domain != "number"
    ]
    tests: dict[str, Test] = {}
    if joins and rng.random() < 0.8:
        name, reference = rng.choice(joins)
        tests[name] = Same(reference, negated=rng.random() < 0.15)
    for name, domain in domains.items():
        if name not in tests and rng.random() < 0.3:
            tests[name] = _test(rng, domain, _references(seen, domain))
    taken = [pattern.alias for pattern in seen]
    alias = kind if kind not in taken and rng.random() < 0.8 else f"{kind}{len(seen)}"
    return Pattern(kind, alias, tuple(tests.items()))


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
    comparator = rng.choice(("at least", "more than", "at most", "less than", "is", "is not"))
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
