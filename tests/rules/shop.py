"""A small shop's rule book, as values: channels that serve objectives, hosts for communities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rules.condition import (
    Compare,
    Comparison,
    Constant,
    Negative,
    OneOf,
    Operation,
    Parameter,
    Reference,
    Same,
    Test,
    Value,
)
from rules.pack import (
    Aggregate,
    Attribute,
    Entry,
    Fact,
    Find,
    Kind,
    Pack,
    ParameterValue,
    Pattern,
    Piece,
    Recommend,
    Rule,
    Stage,
)

CHANNELS = {"newsletter": "Newsletter", "forum": "Forum", "video": "Video channel"}
OBJECTIVES = {"sales": "Sales", "image": "Image", "leads": "Leads"}
STRENGTHS = {
    ("newsletter", "sales"): 5,
    ("newsletter", "image"): 2,
    ("forum", "sales"): 4,
    ("forum", "image"): 4,
    ("video", "image"): 5,
    ("video", "sales"): 3,
    ("newsletter", "leads"): 4,
}


def attribute(name: str, **more: object) -> Attribute:
    """A word unless said otherwise."""
    return Attribute(name, **{"type": "word", **more})  # type: ignore[arg-type]


def number(name: str, unit: str = "", low: float = 0, high: float = 10) -> Attribute:
    """A number with a range."""
    return Attribute(name, "number", unit=unit, low=low, high=high)


def kinds() -> dict[str, Kind]:
    """The vocabulary."""
    channel = attribute("channel", catalogue="channels")
    objective = attribute("objective", catalogue="objectives")
    shapes: list[tuple[str, tuple[str, ...], list[Attribute], str]] = [
        ("organisation", (), [number("staff", high=100), Attribute("premises", "yes_no")], ""),
        (
            "objective",
            ("name",),
            [attribute("name", catalogue="objectives"), number("priority", high=3)],
            "an objective you have stated",
        ),
        (
            "use",
            ("group", "channel"),
            [
                attribute("group"),
                channel,
                replace(number("share", "share", 0, 1), title="audience share"),
            ],
            "people's use of a channel",
        ),
        ("host", ("person", "channel"), [attribute("person"), channel], "a host"),
        ("declined", ("channel",), [channel], "an offer you declined"),
        (
            "recommended",
            ("kind", "target", "of"),
            [
                attribute("kind"),
                attribute("target"),
                attribute("of"),
                number("score"),
                number("rank"),
            ],
            "",
        ),
        (
            "finding",
            ("name", "about"),
            [attribute("name"), attribute("about"), attribute("severity")],
            "",
        ),
    ]
    made = {
        name: Kind(name, key, {a.name: a for a in attributes}, what=what)
        for name, key, attributes, what in shapes
    }
    made["channel"] = Kind(
        "channel",
        ("id",),
        {a.name: a for a in (attribute("id", catalogue="channels"), attribute("type"))},
        catalogue="channels",
    )
    made["strength"] = Kind(
        "strength",
        ("channel", "objective"),
        {a.name: a for a in (channel, objective, number("score", high=5))},
        catalogue="strengths",
    )
    hosts = Aggregate("count", "host", "", (("channel", Same(Reference("channel", "id"))),))
    made["moderation"] = Kind(
        "moderation",
        ("channel",),
        {"channel": channel, "hosts": number("hosts")},
        for_each="channel",
        aggregates={"hosts": hosts},
    )
    for name in ("recommended", "finding"):
        made[name] = replace(made[name], derived=True)
    return made


def rule(
    id: str, stage: str, when: list[Pattern], conclusion: Recommend | Find, **more: object
) -> Rule:
    """A rule whose sentence is its id."""
    return Rule(id, id, stage, tuple(when), conclusion, (Piece(id),), "", **more)  # type: ignore[arg-type]


def pattern(kind: str, **tests: Test) -> Pattern:
    """A pattern under its kind's name."""
    return Pattern(kind, kind, tuple(tests.items()))


def rules() -> tuple[Rule, ...]:
    """Five rules for channels and one that reads what they recommend."""
    target = Recommend("channel", (Reference("strength", "channel"),))
    joined = [
        pattern("objective", priority=Compare("at least", Constant(1))),
        pattern(
            "strength",
            objective=Same(Reference("objective", "name")),
            score=Compare("at least", Constant(4)),
        ),
    ]
    use = pattern(
        "use",
        channel=Same(Reference("strength", "channel")),
        share=Compare("at least", Parameter("present")),
    )
    serves = Operation("*", Reference("objective", "priority"), Reference("strength", "score"))
    about = Recommend("channel", (Reference("channel", "id"),))
    community = pattern("channel", type=OneOf((Constant("community"),)))
    return (
        rule("people-are-there", "channels", [*joined, use], target, points=serves),
        rule(
            "it-fits",
            "channels",
            joined,
            target,
            points=Constant(1),
            unless=(pattern("declined", channel=Same(Reference("strength", "channel"))),),
            where=(Comparison(serves, "at least", Constant(8)),),
        ),
        rule(
            "needs-hosts",
            "channels",
            [
                community,
                pattern(
                    "moderation",
                    channel=Same(Reference("channel", "id")),
                    hosts=Compare("less than", Constant(2)),
                ),
            ],
            replace(about, blocks=True),
            way_out=(Piece("Find another host."),),
        ),
        rule(
            "costly",
            "channels",
            [pattern("channel", id=OneOf((Constant("video"),)))],
            about,
            points=Negative(Constant(3)),
        ),
        rule(
            "shop-window",
            "channels",
            [pattern("organisation", premises=OneOf((Constant(True),)))],
            Recommend("channel", (Constant("video"), Constant("newsletter"))),
            points=Constant(2),
        ),
        rule(
            "first-choice",
            "activities",
            [pattern("recommended", rank=Compare("at most", Constant(1)))],
            Recommend("activity", (Constant("calendar"),)),
            points=Constant(1),
        ),
    )


def shop() -> Pack:
    """The whole rule book."""
    types = {"newsletter": "mail", "forum": "community", "video": "network"}
    fixed = [Fact("channel", {"id": id, "type": types[id]}) for id in CHANNELS]
    fixed += [
        Fact("strength", {"channel": channel, "objective": objective, "score": score})
        for (channel, objective), score in STRENGTHS.items()
    ]
    return Pack(
        name="shop",
        title="Shop",
        version="1",
        fingerprint="shop",
        stages=(Stage("channels", ("channel",)), Stage("activities", ("activity",))),
        kinds=kinds(),
        parameters={"present": ParameterValue("present", 0.35, "present", unit="share")},
        catalogues={
            "channels": {id: Entry(id, title, {}) for id, title in CHANNELS.items()},
            "objectives": {id: Entry(id, title, {}) for id, title in OBJECTIVES.items()},
        },
        fixed=tuple(fixed),
        rules=rules(),
    )


def fact(kind: str, trust: float = 1.0, **values: Value) -> Fact:
    """One fact about the shop."""
    held: Mapping[str, Value] = values
    return Fact(kind, held, trust)
