"""A pack as frozen values: what `reading.py` makes of YAML, and what both evaluators read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rules.condition import Comparison, Expression, Reference, Term, Test, Value

Type = Literal["word", "text", "number", "yes_no"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. Identity is kind + key values (see `Vocabulary`); `trust` is 0-1."""

    kind: str
    values: Mapping[str, Value]
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Lever:
    """What a what-if may move: numeric range and step, or the words it may take. A number below the
    attribute's own range takes the fact away. `along`: numbers of the same fact that move by as
    much."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    words: tuple[str, ...] = ()
    along: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Where the product asks for this attribute: a page id and the question in plain words."""

    page: str
    question: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute.

    `unit` prints it (share, hours, days, level, points, count, euro or ''); `catalogue` names the
    catalogue whose ids it holds (printed as titles); `words` is the closed list it may take.
    """

    name: str
    type: Type
    unit: str = ""
    catalogue: str = ""
    words: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    lever: Lever | None = None
    ask: Ask | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`{count|sum|most|least|mean: kind, of: attribute, with: {...}}` for each fact of a kind.
    Tests in `tests` may refer only to the for-each fact, by its kind's name. Counting none is 0;
    `most`, `least` and `mean` of none leave the attribute out."""

    how: Literal["count", "sum", "most", "least", "mean"]
    kind: str
    of: str
    tests: tuple[tuple[str, Test], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact.

    `key` is empty for kinds with a single fact. `catalogue` is set for fixed kinds (facts that come
    with the pack). Aggregate kinds have `for_each` and `aggregates`; their key is the key of the
    for-each kind under that kind's name (`moderation.channel`).
    """

    name: str
    key: tuple[str, ...]
    attributes: Mapping[str, Attribute]
    what: str = ""
    catalogue: str = ""
    derived: bool = False  # recommended, finding: made by the rules themselves
    for_each: str = ""
    aggregates: Mapping[str, Aggregate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A catalogue entry: `values` holds everything the YAML says (texts, lists), for display."""

    id: str
    title: str
    values: Mapping[str, object]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A dated, sourced value that rules name as `$name`."""

    name: str
    value: Value
    title: str
    unit: str = ""
    source: str = ""
    since: date | None = None
    check_again: date | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """`- objective as second: {priority: at least 1}`; `alias` is the kind's name unless given."""

    kind: str
    alias: str
    tests: tuple[tuple[str, Test], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence: literal text, or a reference/parameter filled in with what matched."""

    text: str = ""
    term: Term | None = None


Sentence = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Recommend:
    """One recommendation or, with `blocks`, one block per target. `of`: what it belongs to."""

    kind: str
    targets: tuple[Term, ...]
    of: Term | None = None
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Find:
    """A derived fact `finding {name, about, severity}`; a conflict if it has a severity."""

    name: str
    about: Term | None = None
    severity: Literal["", "low", "medium", "high"] = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """`expect: {kpi, direction, range, within}`: what accepting is expected to bring; `better` is
    the direction that the catalogue names for the number."""

    kpi: Term
    direction: Literal["up", "down", "hold", "better"]
    range: str
    within: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `points` is None for blocks and findings; without `once_per` every match counts."""

    id: str
    title: str
    stage: str
    when: tuple[Pattern, ...]
    conclusion: Recommend | Find
    because: Sentence
    source: str
    unless: tuple[Pattern, ...] = ()
    where: tuple[Comparison, ...] = ()
    once_per: Reference | Literal["target"] | None = None
    points: Expression | None = None
    way_out: Sentence = ()
    expect: Expectation | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """An example: facts in, advice expected; `name` is a sentence. `expected` is kept as read."""

    name: str
    facts: tuple[Fact, ...]
    expected: Mapping[str, object]
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the evaluation and the kinds of target it decides (none for findings)."""

    name: str
    decides: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An organisation's own change, laid over the pack: exactly one of the three is meant.

    `parameter` with `value`; `rule` with `off=True`; `rule` with `confidence`.
    """

    parameter: str = ""
    value: Value | None = None
    rule: str = ""
    off: bool = False
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole, checked pack. `fingerprint` is the SHA-256 of everything that can change advice,
    amendments included; compiled networks are kept by it."""

    name: str
    title: str
    version: str
    fingerprint: str
    stages: tuple[Stage, ...]
    kinds: Mapping[str, Kind]
    parameters: Mapping[str, ParameterValue]
    catalogues: Mapping[str, Mapping[str, Entry]]
    fixed: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    confidence: Mapping[str, float] = field(
        default_factory=dict
    )  # rule id -> confidence, default 1
