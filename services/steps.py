"""What the advice hangs on: what the first targets gain or lose when a lever goes one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from rules.advice import Target
from rules.levers import dials
from rules.pack import Fact
from rules.reach import reach
from rules.sensitivity import Step, sensitivity
from rules.universe import reaching
from services import lever_words, objectives, what_if
from services.advice import AdviceView
from services.kept_answers import kept
from services.moves import wanted
from services.starters import BEGIN

TARGETS = 5
UP, DOWN = "one step up", "one step down"
_STATES = {"live": "used", "planned": "planned", "paused": "paused", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Moved:
    """What one step of a lever does to a target: points, and whether it `enters` or `leaves`."""

    lever: str
    step: str
    target: str
    change: float
    mark: str


def steps(session: Session, view: AdviceView, kind: str) -> tuple[Moved, ...]:
    """One step of every lever that bears on them × the first targets of a kind."""
    return kept(view, ("steps", kind), lambda: tuple(_steps(session, view, kind)))


def _steps(session: Session, view: AdviceView, kind: str) -> Iterator[Moved]:
    targets = [one.target for one in view.recommended(kind)[:TARGETS]]
    if not targets:
        return
    coming = [one for one in what_if.entering(session, view) if _may_come(view, one)]
    reached = reach(view.pack, kind, frozenset(name for _, name, _ in targets))
    turned = dials(view.pack, view.facts, coming)
    bearing = {dial.lever for dial in reaching(view.pack, view.facts, turned, reached, coming)}
    some = [dial for dial in turned if dial.lever in bearing]
    for step in sensitivity(view.pack, view.facts, some, targets, coming, reached.rules):
        yield _moved(view, step, targets)


def _may_come(view: AdviceView, fact: Fact) -> bool:
    """No starter values by themselves, and no fourth objective."""
    if fact.kind == "objective":
        return len(wanted(view)) < objectives.MOST
    return not str(fact.values.get("group") or fact.values.get("id") or "").startswith(BEGIN)


def _moved(view: AdviceView, step: Step, targets: Sequence[Target]) -> Moved:
    return Moved(
        lever=lever_words.title(view, step.lever),
        step=_said(view, step),
        target=view.title(*step.target[:2]),
        change=step.change / 100,
        mark="enters" if step.enters else "leaves" if step.leaves else "",
    )


def _said(view: AdviceView, step: Step) -> str:
    """Numbers go up and down; places and states are said in one word."""
    if step.lever.name == "objective":
        word = lever_words.in_word(view, step.lever, step.value).lower()
        return "out" if step.value is None else word
    if step.lever.name == "account":
        return _STATES.get(str(step.value), "none")
    return UP if step.up else DOWN
