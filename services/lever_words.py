"""The levers of a what-if for a screen: grouped, with plain titles and every value in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import floor, log10

from rules.condition import Value
from rules.levers import Dial, Lever, Move, dials
from rules.pack import Fact, ParameterValue
from rules.sentences import print_value
from services import rulebook, rulebook_words
from services.accounts import STATUSES
from services.advice import AdviceView
from services.moves import Moves, present, wanted
from services.protecting import protecting
from services.stamped import Stamped, stamped
from services.starters import BEGIN, brought

STEPS = 20
"""About so many steps lead from the lowest to the highest value of a rule."""
PLACES = {None: "Not wanted", 1: "Third", 2: "Second", 3: "First"}
TITLES = {
    "objective": "What you want",
    "audience_use": "Whom you reach, and where they are",
    "person": "People and their hours",
    "account": "Accounts",
    "factor": "How you work",
    "answer": "Single answers",
    "parameter": "Values of the rules",
    "rule": "Single rules",
}
_PROTECTS = "This rule protects people."


@dataclass(frozen=True, slots=True)
class Step:
    """A value that a lever may take, in words."""

    value: Value | None
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A lever on the screen: what it is called, where it stands now, and its steps in order.
    `about`: the group or stage under which it stands; `note`: a word of care."""

    lever: Lever
    title: str
    now: Step
    steps: tuple[Step, ...]
    about: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeverGroup:
    """Levers of one sort; `id` is a kind of fact, `parameter` or `rule`."""

    id: str
    title: str
    rows: tuple[Row, ...] = field(default_factory=tuple)


def levers(view: AdviceView, entering: Sequence[Fact], moves: Moves = ()) -> tuple[LeverGroup, ...]:
    """Everything that can be moved. Shares of starter groups are there once these come in."""
    coming = [one for one in entering if _shown(one, moves)]
    by_kind: dict[str, list[Row]] = {}
    for dial in dials(view.pack, view.facts, coming):
        by_kind.setdefault(dial.lever.name, []).append(_row(view, dial))
    by_kind["parameter"] = list(_parameters(stamped(view.pack)))
    by_kind["rule"] = list(_rules(stamped(view.pack)))
    ordered = [*(name for name in TITLES if name in by_kind), *(by_kind.keys() - TITLES.keys())]
    return tuple(
        LeverGroup(name, TITLES.get(name) or view.pack.kinds[name].what, tuple(by_kind[name]))
        for name in ordered
        if by_kind[name]
    )


def in_words(view: AdviceView, moves: Moves) -> tuple[str, ...]:
    """Each move as a line: `Ann: 8 h a week instead of 5 h`. Starter values are one line each."""
    own = [move for move in moves if not starting(move)]
    lines = [line(view, move, moves) for move in own]
    lines += [
        f"Starter values for those whom “{view.title('objective', name)}” usually reaches"
        for name in brought(moves)
    ]
    return tuple(lines)


def starting(move: Move) -> bool:
    """Whether a move is a part of starter values for people that nobody described."""
    return bool(move.lever.key) and str(move.lever.key[0]).startswith(BEGIN)


def line(view: AdviceView, move: Move, moves: Moves) -> str:
    """One of the moves as a line."""
    if move.lever.name != "objective":
        return _line(view, move)
    if move.value is None:
        return f"{title(view, move.lever)}: no longer wanted"
    place = _place(3 - wanted(view, moves).index(str(move.lever.key[0]))).lower()
    was = present(view, move.lever)
    more = "" if was is None else f" instead of {in_word(view, move.lever, was).lower()}"
    return f"{title(view, move.lever)}: {place}{more}"


def title(view: AdviceView, lever: Lever) -> str:
    """What a lever is called."""
    if lever.what == "parameter":
        return view.pack.parameters[lever.name].title
    if lever.what == "rule":
        rules = (*view.pack.rules, *rulebook.pack().rules)
        return next((rule.title for rule in rules if rule.id == lever.name), lever.name)
    return " · ".join(_keys(view, lever))


def _line(view: AdviceView, move: Move) -> str:
    was = present(view, move.lever)
    now, before = (in_word(view, move.lever, value) for value in (move.value, was))
    about = ""
    if move.lever.what == "fact" and move.lever.name not in ("objective", "account"):
        about = f" ({view.pack.kinds[move.lever.name].attributes[move.lever.attribute].title})"
    return (
        f"{title(view, move.lever)}{about}: {now[:1].lower()}{now[1:]} instead of {before.lower()}"
    )


def _shown(fact: Fact, moves: Moves) -> bool:
    group = str(fact.values.get("group", ""))
    return not group.startswith(BEGIN) or group.removeprefix(BEGIN) in brought(moves)


def _row(view: AdviceView, dial: Dial) -> Row:
    lever = dial.lever
    steps = sorted(dial.values, key=_order) if lever.name != "account" else list(dial.values)
    keys = _keys(view, lever)
    return Row(
        lever=lever,
        title=keys[-1],
        now=Step(dial.values[0], in_word(view, lever, dial.values[0])),
        steps=tuple(Step(value, in_word(view, lever, value)) for value in steps),
        about=keys[0] if len(keys) > 1 else "",
    )


def _order(value: Value | None) -> tuple[bool, float, str]:
    number = float(value) if isinstance(value, int | float) else 0.0
    return value is not None, number, value if isinstance(value, str) else ""


def _keys(view: AdviceView, lever: Lever) -> list[str]:
    kind = view.pack.kinds[lever.name]
    return [
        print_value(view.pack, kind.attributes[name], value, view.names)
        for name, value in zip(kind.key, lever.key, strict=True)
    ]


def in_word(view: AdviceView, lever: Lever, value: Value | None) -> str:
    """A value of a lever in words."""
    if lever.what == "rule":
        return "On" if value else "Off"
    if lever.what == "parameter":
        return rulebook_words.printed(view.pack.parameters[lever.name], value)
    if lever.name in ("objective", "account"):
        return (
            _place(value) if lever.name == "objective" else STATUSES.get(str(value), "No account")
        )
    if value is None:
        return "Not known"
    attribute = view.pack.kinds[lever.name].attributes[lever.attribute]
    away = (lever.name, lever.attribute, value) == ("person", "hours", 0)
    return "Away" if away else print_value(view.pack, attribute, value, view.names)


def _place(priority: Value | None) -> str:
    return PLACES.get(priority if isinstance(priority, int) else None, "Later")


@lru_cache(maxsize=16)
def _parameters(known: Stamped) -> tuple[Row, ...]:
    """Values that some rule reads and that are numbers with a range."""
    read = {name for told in rulebook_words.told(known.pack) for name in told.values}
    found = []
    for parameter in known.pack.parameters.values():
        steps = _steps(parameter) if parameter.name in read else ()
        words = [Step(value, rulebook_words.printed(parameter, value)) for value in steps]
        now = Step(parameter.value, rulebook_words.printed(parameter))
        if words:
            lever = Lever("parameter", parameter.name)
            found.append(Row(lever, parameter.title, now, tuple(words)))
    return tuple(found)


def _steps(parameter: ParameterValue) -> tuple[Value, ...]:
    """From the lowest to the highest in round steps, with the value of now among them."""
    low, high, now = parameter.low, parameter.high, parameter.value
    if low is None or high is None or isinstance(now, str | bool) or low >= high:
        return ()
    step = _round((high - low) / STEPS)
    if parameter.unit in ("count", "days"):
        step = max(1.0, float(round(step)))
    first = floor(low / step) * step
    made = [first + step * at for at in range(int((high - first) / step) + 1)]
    numbers = {round(one, 6) for one in made if low <= one <= high} | {low, high, float(now)}
    return tuple(int(one) if float(one).is_integer() else one for one in sorted(numbers))


def _round(step: float) -> float:
    """The next of 1, 2, 5, 10, … times a power of ten."""
    power: float = 10.0 ** floor(log10(step))
    return next(round(times * power, 9) for times in (1, 2, 5, 10) if times * power >= step - 1e-9)


@lru_cache(maxsize=16)
def _rules(known: Stamped) -> tuple[Row, ...]:
    """Every rule, and those that are switched off already."""
    pack = known.pack
    safe, stages = protecting(pack), {one.name: one.title for one in pack.stages}
    off = {one.rule for one in pack.amendments if one.off}
    on, words = {rule.id for rule in pack.rules}, (Step(True, "On"), Step(False, "Off"))
    gone = [rule for rule in rulebook.pack().rules if rule.id in off - on]
    return tuple(
        Row(
            lever=Lever("rule", rule.id),
            title=rule.title,
            now=words[0] if rule.id in on else words[1],
            steps=words,
            about=stages.get(rule.stage, ""),
            note=_PROTECTS if rule.id in safe else "",
        )
        for rule in (*pack.rules, *gone)
    )
