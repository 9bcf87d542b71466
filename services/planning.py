"""What fits into the hours: channels, activities and owners, chosen together; and what just missed.

Choosing costs some hundredths of a second, so plans are kept by what they are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from rules.advice import Scored, Target
from services.advice import AdviceView
from services.costs import cost, hours_to_plan, parameter, planned, planned_share
from services.kept_answers import kept
from services.plan_absence import Absence
from services.plan_absence import without as absence
from services.plan_facts import Named, problem
from services.plan_made import Plan, made
from services.plan_model import solve
from services.plan_problem import Problem, hundredths
from services.plan_reasons import left_out
from services.plan_ways import Trying, WayIn, in_conflict, ways_in

T = TypeVar("T")

JUST_MISSED = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """What to start with, in the order of rank; hours a week that all of it needs, that there are
    (None: nobody said), and that the chosen need."""

    chosen: tuple[str, ...]
    needs: float
    have: float | None
    takes: float


def plan(view: AdviceView, away: Collection[Target] = ()) -> Plan:
    """The best plan for the advice; `away` is what people set aside, beside what they declined this
    quarter."""
    return _kept(view, "plan", away, lambda given: made(view, given))


def just_missed(view: AdviceView, kind: str, away: Collection[Target] = ()) -> tuple[WayIn, ...]:
    """The next two channels or activities that just missed, and what would bring each of them in:
    the least that is more of one limit, found by choosing again. Takes longer than the plan."""
    return _kept(view, f"missed {kind}", away, lambda given: _missed(view, kind, given))


def conflict(view: AdviceView, away: Collection[Target] = ()) -> tuple[str, ...]:
    """If nothing new fits: the fewest limits that together leave no room; see `plan_words`."""
    return _kept(view, "conflict", away, in_conflict)


def without(view: AdviceView, person: str) -> Absence:
    """What breaks if a person (`p3`) is away, and who could take over. Raises KeyError if nobody is
    called so. Only for who asks: nobody's absence is shown by itself."""
    return _kept(view, f"without {person}", (), lambda _: absence(view, person))


def channels(view: AdviceView, away: Collection[Target] = ()) -> Fit:
    """Which of the recommended channels the plan holds, those taken among them."""
    held = {one.name for one in plan(view, away).channels}
    return _fit(view, "channel", held, away)


def activities(view: AdviceView, away: Collection[Target] = ()) -> Fit:
    """Which of the recommended activities the plan proposes beside what is promised; the hours are
    those of the whole plan."""
    whole = plan(view, away)
    new = {one.name for one in whole.activities if not one.stands}
    known = {("activity", name, "") for name in planned(view)}
    fit = _fit(view, "activity", new, known.union(away))
    needs = round(whole.promised + whole.filling + fit.needs, 2)
    return Fit(fit.chosen, needs, whole.have, whole.takes)


def first_channels(view: AdviceView) -> tuple[str, ...]:
    """The channels that are taken, or else those to begin with."""
    held = plan(view).channels
    taken = tuple(one.name for one in held if one.stands)
    return taken or tuple(one.name for one in held)


def _missed(view: AdviceView, kind: str, given: Problem) -> tuple[WayIn, ...]:
    choice = solve(given)
    if choice is None:
        return ()
    trying = Trying(
        step=max(1, hundredths(parameter(view.pack, "plan_step"))),
        reach=hundredths(parameter(view.pack, "plan_reach")),
        setup=hundredths(parameter(view.pack, "plan_setup")),
        planned=planned_share(view.pack),
        channels=min(parameter(view.pack, "plan_channels"), 1.0),
    )
    left = [one for one in left_out(given, choice) if one.kind == kind]
    return ways_in(given, left, trying, JUST_MISSED)


def _fit(view: AdviceView, kind: str, held: set[str], away: Collection[Target]) -> Fit:
    ranked = [one for one in view.recommended(kind) if one.target not in set(away)]
    chosen = [one for one in ranked if one.target[1] in held]
    return Fit(
        chosen=tuple(one.target[1] for one in chosen),
        needs=round(sum(_hours(view, one) for one in ranked), 2),
        have=hours_to_plan(view),
        takes=round(sum(_hours(view, one) for one in chosen), 2),
    )


def _hours(view: AdviceView, one: Scored) -> float:
    entry = view.entry(*one.target[:2])
    return cost(view, one.target[0], entry).hours if entry else 0.0


def _kept(view: AdviceView, what: str, away: Collection[Target], make: Callable[[Problem], T]) -> T:
    """What was made from the same facts under the same rules, or else made now."""
    set_aside: tuple[Named, ...] = tuple(sorted({(kind, name) for kind, name, _ in away}))
    return kept(view, (what, set_aside), lambda: make(problem(view, set_aside)))
