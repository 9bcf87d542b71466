"""Packs of any size for the benchmark, and facts that make many of their rules speak.

Half of the rules join what an organisation wants with the pack's own strengths and with the people
it reaches; the other half tests two facts beside each other. They keep to what naive durable-rules
matches correctly: equality joins, different kinds in one rule, few rules on one kind.
"""

from __future__ import annotations

from itertools import product
from random import Random

from rules.condition import Compare, Constant, Expression, Operation, Reference, Same
from rules.pack import (
    Attribute,
    Fact,
    Kind,
    Pack,
    Pattern,
    Piece,
    Recommend,
    Rule,
    Sentence,
    Stage,
    Type,
)

CHANNELS = tuple(f"channel{i}" for i in range(12))
OBJECTIVES = tuple(f"objective{i}" for i in range(6))
RULES_A_FIELD = 20  # rules that read the same kinds
ROUND = ("at least", "less than")


def pack(rules: int, *, joins: bool = True) -> Pack:
    """`rules` rules, half of them with joins (none without `joins`), the same for equal sizes."""
    rng = Random(rules)
    joined = rules // 2 if joins else 0
    made = [_joined(rng, i) for i in range(joined)]
    made += [_plain(rng, i) for i in range(rules - joined)]
    return Pack(
        name=f"generated {rules}",
        title="Generated",
        version="1",
        fingerprint=f"generated {rules} {joins}",
        stages=(Stage("channels", ("channel",)),),
        kinds={kind.name: kind for kind in _kinds(joined, rules - joined)},
        parameters={},
        catalogues={},
        fixed=tuple(_strengths(joined)),
        rules=tuple(made),
    )


def facts(pack: Pack, seed: int = 0) -> list[Fact]:
    """An organisation: what it wants, whom it reaches, and one fact of each topic."""
    rng = Random(seed)
    made = []
    for kind in sorted(pack.kinds):
        if kind.startswith("topic"):
            made.append(Fact(kind, {f"level{i}": rng.randint(0, 6) for i in range(4)}))
        elif kind.startswith("wish"):
            for name in rng.sample(OBJECTIVES, 3):
                made.append(Fact(kind, {"objective": name, "priority": rng.randint(1, 3)}))
        elif kind.startswith("reach"):
            for name in rng.sample(CHANNELS, 4):
                made.append(Fact(kind, {"channel": name, "share": rng.randint(0, 10)}, 0.8))
    return made


def _fields(rules: int) -> range:
    return range(-(-rules // RULES_A_FIELD))


def _kinds(joined: int, plain: int) -> list[Kind]:
    made = []
    for field in _fields(joined):
        made += [
            _kind(f"wish{field}", ("objective",), {"objective": "word", "priority": "number"}),
            _kind(
                f"strength{field}",
                ("channel", "objective"),
                {"channel": "word", "objective": "word", "score": "number"},
            ),
            _kind(f"reach{field}", ("channel",), {"channel": "word", "share": "number"}),
        ]
    levels: dict[str, Type] = {f"level{i}": "number" for i in range(4)}
    return made + [_kind(f"topic{field}", (), levels) for field in _fields(plain)]


def _kind(name: str, key: tuple[str, ...], types: dict[str, Type]) -> Kind:
    return Kind(name, key, {each: Attribute(each, of) for each, of in types.items()})


def _strengths(joined: int) -> list[Fact]:
    rng = Random(1)
    return [
        Fact(
            f"strength{field}",
            {"channel": channel, "objective": objective, "score": rng.randint(1, 5)},
        )
        for field in _fields(joined)
        for channel, objective in product(CHANNELS, OBJECTIVES)
    ]


def _joined(rng: Random, number: int) -> Rule:
    field = number // RULES_A_FIELD
    wish, strength, reach = f"wish{field}", f"strength{field}", f"reach{field}"
    when = (
        Pattern(wish, wish, (("priority", Compare("at least", Constant(rng.randint(1, 3)))),)),
        Pattern(
            strength,
            strength,
            (
                ("score", Compare("at least", Constant(rng.randint(3, 5)))),
                ("objective", Same(Reference(wish, "objective"))),
            ),
        ),
        Pattern(
            reach,
            reach,
            (
                ("share", Compare("at least", Constant(rng.randint(2, 9)))),
                ("channel", Same(Reference(strength, "channel"))),
            ),
        ),
    )
    points = Operation("*", Reference(wish, "priority"), Reference(strength, "score"))
    because = (
        Piece(term=Reference(strength, "channel")),
        Piece(" serves "),
        Piece(term=Reference(wish, "objective")),
        Piece(", and "),
        Piece(term=Reference(reach, "share")),
        Piece(" use it."),
    )
    target = Reference(strength, "channel")
    return _rule(f"joined.{number:04}", when, Recommend("channel", (target,)), points, because)


def _plain(rng: Random, number: int) -> Rule:
    field = number // RULES_A_FIELD
    topic = f"topic{field}"
    levels = rng.sample(range(4), 2)
    tests = tuple(
        (f"level{level}", Compare(rng.choice(ROUND), Constant(rng.randint(1, 5))))  # type: ignore[arg-type]
        for level in levels
    )
    because = (
        Piece("Here the level is "),
        Piece(term=Reference(topic, f"level{levels[0]}")),
        Piece("."),
    )
    end = Recommend("channel", (Constant(rng.choice(CHANNELS)),))
    points = Constant(rng.randint(1, 5))
    return _rule(f"plain.{number:04}", (Pattern(topic, topic, tests),), end, points, because)


def _rule(
    id: str, when: tuple[Pattern, ...], end: Recommend, points: Expression, because: Sentence
) -> Rule:
    return Rule(id, id, "channels", when, end, because, "generated", points=points)
