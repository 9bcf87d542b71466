"""What would bring something in or out, and how sure it is, in plain words with moves to try.

Where people are is seen, not turned: shares of groups on channels stay as they are. Of three
objectives none stands twice, so what is found could be stated as it is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from rules.advice import Target
from rules.alternatives import Flip
from rules.levers import Dial, Move, Settings, dials
from rules.search import LIMIT, Question, flips
from rules.sensitivity import Share, one_step, robustness
from services import disagreeing, objectives, what_if
from services.advice import AdviceView
from services.flip_words import proof, said
from services.kept_answers import kept
from services.moves import Moves, wanted
from services.possible import wishes
from services.refusals import Refused

AT_ONCE = 500_000
"""So many combinations are evaluated without being asked; more take seconds."""

OPENED = ("live", "planned")
LOCKED = ("audience_use",)
ERRORS = 2
SHOWN = 5
"""Alternatives at most."""


@dataclass(frozen=True, slots=True)
class Way:
    """Moves that together bring it in or out, in words; how many changes, and steps in all."""

    moves: tuple[Move, ...]
    words: str
    changes: int
    steps: float


@dataclass(frozen=True, slots=True)
class Ways:
    """`inside`: it is advised now. `tried` says what was looked at, and, where there is no way,
    that there is none; `more`: combinations of three were left out, because they take longer."""

    inside: bool
    ways: tuple[Way, ...]
    tried: str
    more: bool


def ways(session: Session, view: AdviceView, target: Target, *, deep: bool = False) -> Ways:
    """The smallest changes that bring a target in, or out if it is in; at most five, on different
    levers. `deep`: every way to change three things is tried too, however long that takes."""
    return kept(view, ("ways", target, deep), lambda: _ways(session, view, target, deep))


def sure(session: Session, view: AdviceView, target: Target) -> str:
    """How firmly something advised stands if answers were off by a step, and if one of those who
    see it differently is right, in one or two sentences."""
    apart = disagreeing.views(session, view)
    return kept(view, ("sure", target, apart), lambda: _sure(view, target, apart))


def _ways(session: Session, view: AdviceView, target: Target, deep: bool) -> Ways:
    coming = what_if.entering(session, view)
    turned = [_real(dial) for dial in dials(view.pack, view.facts, coming)]
    question = Question(
        target,
        locked={dial.lever for dial in turned if dial.lever.name in LOCKED},
        wanted=2 * SHOWN,
        possible=wishes(view),
        limit=LIMIT if deep else AT_ONCE,
    )
    found = flips(view.pack, view.facts, turned, question, coming)
    made = [way for one in found.flips if (way := _way(view, one)) is not None]
    more = found.most < min(question.most, found.levers) and not found.flips
    return Ways(found.inside, tuple(_different(view, made)), proof(found), more)


def _real(dial: Dial) -> Dial:
    """An account that is not there can be opened or planned; pausing or closing it is nothing."""
    if dial.lever.name != "account" or dial.values[0] is not None:
        return dial
    return replace(dial, values=(None, *(one for one in dial.values if one in OPENED)))


def _different(view: AdviceView, made: Sequence[Way]) -> Iterator[Way]:
    """Of those that bring the same objectives in, whatever place they take, the first."""
    seen: set[tuple[object, ...]] = set()
    for way in made:
        came = [name for name in wanted(view, way.moves) if name not in wanted(view)]
        others = [move.lever for move in way.moves if move.lever.name != "objective"]
        sort = (*came, *others) or tuple(wanted(view, way.moves))
        if sort not in seen and len(seen) < SHOWN:
            seen.add(sort)
            yield way


def _way(view: AdviceView, flip: Flip) -> Way | None:
    """The flip as people would make it; None if they could not."""
    others = tuple(move for move in flip.moves if move.lever.name != "objective")
    try:
        made = what_if.want(view, _names(view, flip.moves), others)
    except Refused:
        return None
    return Way(made, said(view, made), len(flip.moves), flip.effort)


def _names(view: AdviceView, moves: Moves) -> list[str]:
    """The objectives after some moves; the last that no move is about makes room."""
    names, moved = wanted(view, moves), {move.lever.key[0] for move in moves if move.lever.key}
    for name in reversed(names):
        if len(names) > objectives.MOST and name not in moved:
            names.remove(name)
    return names


def _sure(view: AdviceView, target: Target, apart: Sequence[Dial]) -> str:
    ratings = [one_step(dial) for dial in disagreeing.ratings(view)]
    if not ratings:
        return "Nobody has answered yet how you work, so it hangs on no answer."
    said = _off(_shares(view, target, ratings))
    return f"{said} {_apart(_shares(view, target, apart))}" if apart else said


def _shares(view: AdviceView, target: Target, judged: Sequence[Dial]) -> tuple[Share, ...]:
    def follow(settings: Settings) -> tuple[Sequence[Dial], Settings]:
        return disagreeing.follow(view, judged, settings)

    return robustness(view.pack, view.facts, judged, target, ERRORS, follow=follow)


def _off(shares: Sequence[Share]) -> str:
    """If one answer, or two, were a step off."""
    if all(one.stays == one.tried for one in shares):
        return "It stays even if two answers were one step lower or higher."
    one, two = shares[0], shares[-1]
    if one.stays == one.tried:
        return (
            "It stays if any one answer were a step lower or higher; with two of them, in "
            f"{two.stays} of {two.tried} cases."
        )
    return (
        f"If one answer were a step lower or higher, it stays in {one.stays} of {one.tried} cases."
    )


def _apart(shares: Sequence[Share]) -> str:
    """If some of those who see it differently were right, on one thing or on two."""
    begin = "Groups of people see some things differently; it stays"
    stays, tried = sum(one.stays for one in shares), sum(one.tried for one in shares)
    if stays == tried:
        return f"{begin} whoever of them is right."
    return f"{begin} in {stays} of {tried} cases of one or two things on which one group is right."
