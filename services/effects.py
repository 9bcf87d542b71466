"""What a change of the rules would do to an organisation's own advice, said before it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from rules.advice import Advice, Finding, Scored, Target
from rules.amending import amended, misfit
from rules.pack import Amendment
from services import advice, planning, rulebook, rulebook_words
from services.advice import AdviceView


@dataclass(frozen=True, slots=True)
class Effect:
    """By the title of a stage, what enters, leaves, moves, is blocked or is not any more. If that
    is nothing, `nothing` says why. `points`: how many other things only gain or lose points."""

    changes: dict[str, list[str]]
    points: int
    nothing: str = ""


NONE = Effect({}, 0, "Nothing would be different: what is the same weighs more than what is not.")


def of_change(session: Session, organisation_id: int, quarter_id: int, change: Amendment) -> Effect:
    """The effect of a change laid over the rules as they are now. It writes nothing."""
    before = advice.current(session, organisation_id, quarter_id)
    if misfit(before.pack, change):
        return Effect(
            {}, 0, "This changes nothing today, because the rule is switched off already."
        )
    after = advice.under(session, organisation_id, quarter_id, amended(before.pack, [change]))
    found = _with_plan(before, after)
    return found if found.changes else Effect({}, found.points, _why(before, found, change))


def of_taking_back(session: Session, organisation_id: int, quarter_id: int, own_id: int) -> Effect:
    """The effect of taking one change back."""
    before = advice.current(session, organisation_id, quarter_id)
    rows = rulebook.in_force(session, organisation_id, quarter_id)
    left = [rulebook.value(row) for row in rows if row.id != own_id]
    after = advice.under(session, organisation_id, quarter_id, rulebook.with_own(left))
    found = _with_plan(before, after)
    return found if found.changes else Effect({}, found.points, _UNMOVED)


def between(before: AdviceView, after: AdviceView) -> Effect:
    """What is different in what the second says."""
    old, new = _targets(before.advice), _targets(after.advice)
    changes: dict[str, list[str]] = {}
    points = 0
    for target in sorted({*old, *new}, key=lambda one: _order(one, new, old)):
        here = Scored(target, 0, None, (), ())
        was, now = old.get(target, here), new.get(target, here)
        said = list(_moves(before, was, now))
        points += int(not said and was.hundredths != now.hundredths)
        if said:
            changes.setdefault(_heading(before, target), []).extend(said)
    for line in _findings(before.advice.findings, after.advice.findings):
        changes.setdefault("What stands out", []).append(line)
    return Effect(changes, points)


def _with_plan(before: AdviceView, after: AdviceView) -> Effect:
    """What is different in the advice and in the plan that follows from it. With the same values
    and the same points the plan is the same, so none is made."""
    found = between(before, after)
    same = before.pack.parameters == after.pack.parameters
    if same and not found.changes and not found.points:
        return found
    if lines := list(_plan(before, after)):
        found = replace(found, changes={**found.changes, "What fits into your hours": lines})
    return found


def _plan(before: AdviceView, after: AdviceView) -> Iterator[str]:
    was, now = planning.plan(before), planning.plan(after)
    if was.have is not None and now.have is not None and was.have != now.have:
        yield f"{now.have:g} h a week may be planned, not {was.have:g} h."
    old, new = ([(one.kind, one.name) for one in (*p.channels, *p.activities)] for p in (was, now))
    for kind, name in new:
        if (kind, name) not in old:
            yield f"{after.title(kind, name)} comes into the plan."
    for kind, name in old:
        if (kind, name) not in new:
            yield f"{before.title(kind, name)} goes out of the plan."


def _moves(view: AdviceView, was: Scored, now: Scored) -> Iterator[str]:
    kind, name, of = now.target
    called = view.title(kind, name)
    if of:
        called = f"{called}, for “{view.title('activity', of)}”,"
    if was.rank is None and now.rank is not None:
        yield f"{called} comes in, at place {now.rank}."
    elif was.rank is not None and now.rank is None:
        yield f"{called} goes out; it was at place {was.rank}."
    elif was.rank != now.rank:
        yield f"{called} moves from place {was.rank} to place {now.rank}."
    held = {block.sentence for block in was.blocks}
    if now.blocks and not was.blocks:
        yield f"{called} is blocked: {now.blocks[0].sentence}"
    elif was.blocks and not now.blocks:
        yield f"{called} is not blocked any more."
    elif {block.sentence for block in now.blocks} != held:
        yield f"{called} is blocked for other reasons."


def _findings(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[str]:
    old = {(one.name, one.about): one for one in before if one.severity}
    new = {(one.name, one.about): one for one in after if one.severity}
    for key in [key for key in new if key not in old]:
        yield f"New: {new[key].sentence}"
    for key in [key for key in old if key not in new]:
        yield f"No longer: {old[key].sentence}"


_UNMOVED = "This changes nothing in your advice today: everything keeps its place."
_OF_PLANS = ("plan", "pilot_channels", "most_share", "most_accountable")
"""How the values are called that are read as a plan is made."""


def _why(view: AdviceView, found: Effect, change: Amendment) -> str:
    """Why a change changes nothing today."""
    if found.points:
        counted = (
            "one thing gains or loses"
            if found.points == 1
            else f"{found.points} things gain or lose"
        )
        return f"Everything keeps its place today, because {counted} points, but too few to move."
    begin = "This changes nothing today, because"
    spoke = {match.rule.id for match in view.advice.matches}
    if change.rule:
        if change.rule not in spoke:
            return f"{begin} this rule did not speak this quarter."
        return f"{begin} other rules say the same, or it is already as you want it."
    return f"{begin} {_same_with(view, change)}"


def _same_with(view: AdviceView, change: Amendment) -> str:
    """Why another value changes nothing."""
    if view.pack.parameters[change.parameter].value == change.value:
        return "the value is the same as now."
    of_plans = change.parameter.startswith(_OF_PLANS)
    if rulebook_words.readers(view.pack, change.parameter):
        also = ", and the plan stays as it is" if of_plans else ""
        return f"everything you told us lies on the same side of the old and the new value{also}."
    if of_plans:
        return "it is read only as a plan is made, and the plan stays as it is."
    return "no rule compares anything with this value by itself."


def _targets(said: Advice) -> dict[Target, Scored]:
    return {one.target: one for one in said.scored}


def _order(target: Target, *ranked: dict[Target, Scored]) -> tuple[str, str, int, str]:
    """What stands or stood near the top comes first."""
    ranks = [held[target].rank for held in ranked if target in held]
    best = min((rank for rank in ranks if rank is not None), default=10_000)
    return target[0], target[2], best, target[1]


def _heading(view: AdviceView, target: Target) -> str:
    stages = (stage.title for stage in view.pack.stages if target[0] in stage.decides)
    return next(stages, "") or "Advice"
