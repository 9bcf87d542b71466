"""Small packs made in Python, for what a test wants to say about matching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from rules.condition import Compare, Constant, Expression, Reference, Same, Test, Value
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
    Stage,
)

TYPES = {bool: "yes_no", int: "number", float: "number", str: "word"}
DERIVED = (
    Kind(
        "recommended",
        ("kind", "target", "of"),
        {
            "kind": Attribute("kind", "word"),
            "target": Attribute("target", "word"),
            "of": Attribute("of", "word"),
            "score": Attribute("score", "number"),
            "rank": Attribute("rank", "number"),
        },
        derived=True,
    ),
    Kind(
        "finding",
        ("name", "about"),
        {name: Attribute(name, "word") for name in ("name", "about", "severity")},
        derived=True,
    ),
)

_packs = count()


def kind(name: str, key: tuple[str, ...] = (), /, **example: Value) -> Kind:
    """A kind whose attributes have the types of the example values."""
    attributes = {
        each: Attribute(each, TYPES[type(value)])  # type: ignore[arg-type]
        for each, value in example.items()
    }
    return Kind(name, key, attributes)


def counting(name: str, for_each: str, /, **columns: Aggregate) -> Kind:
    """An aggregate kind with one fact for each fact of another, whose key is a word."""
    attributes = {each: Attribute(each, "number") for each in columns}
    return Kind(
        name,
        (for_each,),
        {for_each: Attribute(for_each, "word"), **attributes},
        for_each=for_each,
        aggregates=columns,
    )


def pattern(kind: str, alias: str = "", /, **tests: Test) -> Pattern:
    """One line of `when`."""
    return Pattern(kind, alias or kind, tuple(tests.items()))


def at_least(value: float | str) -> Compare:
    """`at least 3`, or `at least alias.attribute`."""
    if isinstance(value, str):
        return Compare("at least", reference(value))
    return Compare("at least", Constant(value))


def same_as(name: str, *, negated: bool = False) -> Same:
    """`same as alias.attribute`."""
    return Same(reference(name), negated)


def reference(name: str) -> Reference:
    """`alias.attribute`."""
    alias, attribute = name.split(".")
    return Reference(alias, attribute)


def rule(
    id: str,
    *when: Pattern,
    target: str = "forum",
    points: Expression | float = 1,
    **more: object,
) -> Rule:
    """A rule that recommends a channel, literal or `alias.attribute`, unless `conclusion` says
    otherwise."""
    term = reference(target) if "." in target else Constant(target)
    given = {
        "stage": "channels",
        "conclusion": Recommend("channel", (term,)),
        "because": (Piece("Because it is so."),),
        "points": Constant(points) if isinstance(points, int | float) else points,
        **more,
    }
    if isinstance(given["conclusion"], Find) or given["conclusion"].blocks:  # type: ignore[attr-defined]
        given["points"] = None
    return Rule(id=id, title=id, when=when, source="", **given)  # type: ignore[arg-type]


def pack(
    rules: Iterable[Rule],
    kinds: Iterable[Kind],
    fixed: Sequence[Fact] = (),
    stages: Sequence[Stage] = (Stage("channels", ("channel",)),),
    parameters: Mapping[str, Value] | None = None,
    confidence: Mapping[str, float] | None = None,
) -> Pack:
    """A pack under a fingerprint of its own."""
    return Pack(
        name="tiny",
        title="Tiny",
        version="1",
        fingerprint=f"tiny {next(_packs)}",
        stages=tuple(stages),
        kinds={one.name: one for one in (*kinds, *DERIVED)},
        parameters={
            name: ParameterValue(name, value, name) for name, value in (parameters or {}).items()
        },
        catalogues={},
        fixed=tuple(fixed),
        rules=tuple(rules),
        confidence=confidence or {},
    )
