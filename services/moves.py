"""Moves of a what-if: made from what people mean, kept as plain values, and laid over a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rules.amending import misfit as out_of_range
from rules.condition import Value
from rules.facts import Key, key, misfit
from rules.levers import Lever, Move
from rules.pack import Amendment, Fact, Pack
from services import objectives
from services.advice import AdviceView
from services.refusals import Refused

Moves = Sequence[Move]


def wanting(name: str, priority: int | None) -> Move:
    """An objective with this priority (3: first, 1: third), or not at all."""
    return Move(Lever("fact", "objective", (name,), "priority"), priority)


def wanted(view: AdviceView, moves: Moves = ()) -> list[str]:
    """The objectives after some moves, first things first."""
    found = {
        str(fact.values["name"]): fact.values.get("priority")
        for fact in view.facts
        if fact.kind == "objective"
    }
    for move in moves:
        if move.lever.name == "objective" and move.lever.attribute == "priority":
            found[str(move.lever.key[0])] = move.value
    ranked = [(-value, name) for name, value in found.items() if isinstance(value, int | float)]
    return [name for _, name in sorted(ranked)]


def want(view: AdviceView, names: Sequence[str], moves: Moves = ()) -> tuple[Move, ...]:
    """Exactly these objectives in this order, beside the other moves. Refused if they are too many
    or one stands twice."""
    if len(set(names)) != len(names) or len(names) > objectives.MOST:
        raise Refused("Three objectives are enough for a quarter, each of them once.")
    before = wanted(view)
    now = {name: objectives.MOST - place for place, name in enumerate(names)}
    held = {
        str(fact.values["name"]): fact.values.get("priority")
        for fact in view.facts
        if fact.kind == "objective"
    }
    changes = [
        wanting(name, now.get(name))
        for name in dict.fromkeys([*before, *names])
        if now.get(name) != held.get(name)
    ]
    others = [move for move in moves if move.lever.name != "objective"]
    return (*others, *changes)


def replace(view: AdviceView, old: str, new: str, moves: Moves = ()) -> tuple[Move, ...]:
    """One objective in the place of another, with its priority. Refused if that cannot be."""
    names = wanted(view, moves)
    if old not in names or new in names:
        raise Refused("Choose an objective that you have, and one that you do not have yet.")
    return want(view, [new if name == old else name for name in names], moves)


def put(view: AdviceView, moves: Moves, move: Move) -> tuple[Move, ...]:
    """The moves with one more; moving back to how things are is no move. An objective that comes
    in, goes out or moves up makes room for, or takes the place of, the others. Refused if there
    would be too many."""
    lever = move.lever
    if lever.name == "objective" and lever.attribute == "priority":
        name = str(lever.key[0])
        names = [one for one in wanted(view, moves) if one != name]
        if isinstance(move.value, int | float):
            names.insert(max(0, objectives.MOST - int(move.value)), name)
        return want(view, names, moves)
    others = tuple(one for one in moves if one.lever != lever)
    return others if move.value == present(view, lever) else (*others, move)


def present(view: AdviceView, lever: Lever) -> Value | None:
    """Where a lever stands as things are; None: the fact is not there."""
    if lever.what == "parameter":
        return view.pack.parameters[lever.name].value
    if lever.what == "rule":
        return any(rule.id == lever.name for rule in view.pack.rules)
    names = view.pack.kinds[lever.name].key
    for fact in view.facts:
        if fact.kind == lever.name and tuple(fact.values.get(n) for n in names) == lever.key:
            return fact.values.get(lever.attribute)
    return None


def amendments(moves: Moves) -> tuple[Amendment, ...]:
    """The moves of parameters, and those that switch rules off, as changes of the rules."""
    found = []
    for move in moves:
        if move.lever.what == "parameter":
            found.append(Amendment(parameter=move.lever.name, value=move.value))
        elif move.lever.what == "rule" and not move.value:
            found.append(Amendment(rule=move.lever.name, off=True))
    return tuple(found)


def possible(
    view: AdviceView, moves: Iterable[Move], entering: Sequence[Fact]
) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """The moves that can still be made, and those whose person, group or rule is gone by now, or
    whose value the rules no longer know."""
    there = {key(view.pack, fact) for fact in (*view.facts, *entering)}
    rules = {rule.id for rule in view.pack.rules}
    rules |= {one.rule for one in view.pack.amendments if one.off}
    kept: list[Move] = []
    gone: list[Move] = []
    for move in moves:
        if move.lever.what == "fact":
            fits = _fits(view.pack, move, there)
        elif move.lever.what == "rule":
            fits = move.lever.name in rules and isinstance(move.value, bool)
        else:
            change = Amendment(parameter=move.lever.name, value=move.value)
            fits = not out_of_range(view.pack, change)
        (kept if fits else gone).append(move)
    return tuple(kept), tuple(gone)


def _fits(pack: Pack, move: Move, there: set[Key]) -> bool:
    """Whether there is a fact that a move is about, and may be moved there."""
    lever, kind = move.lever, pack.kinds.get(move.lever.name)
    if kind is None or len(kind.key) != len(lever.key) or lever.attribute in kind.key:
        return False
    attribute = kind.attributes.get(lever.attribute)
    named = Fact(lever.name, dict(zip(kind.key, lever.key, strict=True)))
    if attribute is None or key(pack, named) not in there:
        return False
    return move.value is None or not misfit(pack, attribute, move.value)


# As they are kept.


def written(moves: Moves) -> list[dict[str, Any]]:
    """Moves as plain values."""
    return [
        {
            "what": move.lever.what,
            "name": move.lever.name,
            "key": list(move.lever.key),
            "attribute": move.lever.attribute,
            "value": move.value,
        }
        for move in moves
    ]


def read(kept: object) -> tuple[Move, ...]:
    """Moves from plain values; whatever is none is left out."""
    rows = kept if isinstance(kept, list) else []
    return tuple(move for row in rows if isinstance(row, Mapping) if (move := _read(row)))


def _read(row: Mapping[str, Any]) -> Move | None:
    what, name, attribute = (row.get(part) for part in ("what", "name", "attribute"))
    names, value = row.get("key"), row.get("value")
    if what not in ("fact", "parameter", "rule") or not isinstance(names, list):
        return None
    if not isinstance(name, str) or not isinstance(attribute, str):
        return None
    if not all(isinstance(one, str | int | float) for one in names):
        return None
    if value is not None and not isinstance(value, str | int | float):
        return None
    return Move(Lever(what, name, tuple(names), attribute), value)
