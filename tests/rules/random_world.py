"""The small world of the random packs: its vocabulary, and facts about it drawn from a seed.

Channels, objectives, people and who may host what. A domain says which attributes hold comparable
values, so that joins meet now and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from rules.condition import Compare, Constant, OneOf, Presence, Reference, Same, Value
from rules.pack import Aggregate, Attribute, Fact, Kind, Type

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
        {
            "channel": "channel",
            "hosts": "number",
            "best": "number",
            "typical": "number",
            "seen": "number",
        },
    ),
    "team": (
        (),
        {
            "people": "number",
            "hours": "number",
            "least": "number",
            "usual": "number",
            "chosen": "number",
        },
    ),
    "calls": (("objective",), {"objective": "objective", "needs": "number", "weight": "number"}),
}
_FEW = OneOf((Constant("p1"), Constant("p2"), Constant("p3")))
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
            "typical": Aggregate(
                "mean", "use", "share", (("channel", Same(Reference("channel", "id"))),)
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
            "usual": Aggregate("mean", "person", "hours", (("id", _FEW),)),
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


def random_facts(rng: Random) -> list[Fact]:
    """What an organisation may say about itself in this world, in no order."""
    facts = [fact for kind in OWN for fact in some(rng, kind)]
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


def kind(name: str) -> Kind:
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


def some(rng: Random, kind: str, *, always: bool = False) -> list[Fact]:
    """Facts of one kind, keys distinct."""
    key, domains = SHAPES[kind]
    if not key:
        return [_fact(rng, kind, {})] if rng.random() < 0.85 else []
    share = rng.choice((0.8, 1.0)) if always else rng.choice((0.0, 0.4, 0.7, 1.0, 1.0))
    facts = []
    for values in _keys(key, domains):
        if rng.random() < share:
            facts.append(_fact(rng, kind, values, sure=always))
    return rng.sample(facts, min(len(facts), 6))


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
