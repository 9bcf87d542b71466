"""What is different between how things are and a scenario, with the rule that decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.advice import Finding, Part, Scored, Target
from services import difference_words, effects, planning
from services.advice import AdviceView
from services.costs import hours_given
from services.moves import Moves
from services.plan_made import Plan


@dataclass(frozen=True, slots=True)
class Shift:
    """A target before and after: hundredths of points and rank (None: not advised). `rule` decides:
    its part changed most, by `by` hundredths (0: it blocks, or does not block any more). Where only
    others change, there is no rule. `lost`: the sentence holds no more."""

    target: Target
    title: str
    before: int
    after: int
    rank_before: int | None
    rank_after: int | None
    rule: str
    rule_title: str
    sentence: str
    by: int
    lost: bool = False

    @property
    def enters(self) -> bool:
        return self.rank_before is None and self.rank_after is not None

    @property
    def leaves(self) -> bool:
        return self.rank_before is not None and self.rank_after is None


@dataclass(frozen=True, slots=True)
class OwnerShift:
    """Who would answer for an activity of the plan, before and after ('': nobody, or not in it)."""

    activity: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week that the plan takes, of those that may be planned (None: nobody said), and that
    people give, before and after."""

    takes: tuple[float, float]
    have: tuple[float | None, float | None]
    given: tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that a scenario changes. `shifts`: every target whose points, rank or blocks
    change, those near the top first; `lines` say it by stage in words; `starts` and `stops`: what
    enters or leaves the plan (kind, name); `nothing` says why, where nothing changes."""

    shifts: tuple[Shift, ...]
    lines: dict[str, list[str]]
    points: int
    starts: tuple[tuple[str, str], ...]
    stops: tuple[tuple[str, str], ...]
    owners: tuple[OwnerShift, ...]
    hours: Hours
    appear: tuple[Finding, ...]
    vanish: tuple[Finding, ...]
    summary: str
    nothing: str

    def entering(self, kind: str) -> list[Shift]:
        """What comes to be advised, the best first."""
        found = [one for one in self.shifts if one.target[0] == kind and one.enters]
        return sorted(found, key=lambda one: one.rank_after or 0)

    def leaving(self, kind: str) -> list[Shift]:
        """What is advised no longer, the best first."""
        found = [one for one in self.shifts if one.target[0] == kind and one.leaves]
        return sorted(found, key=lambda one: one.rank_before or 0)


def difference(before: AdviceView, after: AdviceView, moves: Moves = ()) -> Difference:
    """What is different in the second; the moves tell why nothing is, if nothing is."""
    found = effects.between(before, after)
    plans = planning.plan(before), plan_after(before, after)
    starts, stops = _in_and_out(*plans)
    nothing = (
        difference_words.nothing(before, found.points, moves)
        if not (found.changes or starts or stops)
        else ""
    )
    appear, vanish = _conflicts(before, after)
    hours = Hours(
        (plans[0].takes, plans[1].takes),
        (plans[0].have, plans[1].have),
        (hours_given(before), hours_given(after)),
    )
    return Difference(
        shifts=tuple(_shifts(before, after)),
        lines=found.changes,
        points=found.points,
        starts=starts,
        stops=stops,
        owners=tuple(_owners(after, *plans)),
        hours=hours,
        appear=appear,
        vanish=vanish,
        summary=nothing
        or difference_words.summary(after, starts, stops, hours.takes, (len(appear), len(vanish))),
        nothing=nothing,
    )


def plan_after(before: AdviceView, after: AdviceView) -> Plan:
    """The plan of a scenario: where the advice, the facts and the limits stay, it stays as well,
    even if the time was too short to prove it the best."""
    alike = before.facts_hash == after.facts_hash and _stands(before) == _stands(after)
    same = alike and before.pack.parameters == after.pack.parameters
    return planning.plan(before if same else after)


def _stands(view: AdviceView) -> list[tuple[Target, int, int | None]]:
    return [(one.target, one.hundredths, one.rank) for one in view.advice.scored]


def _shifts(before: AdviceView, after: AdviceView) -> Iterator[Shift]:
    old = {one.target: one for one in before.advice.scored}
    new = {one.target: one for one in after.advice.scored}
    found = []
    for target in {**old, **new}:
        nobody = Scored(target, 0, None, (), ())
        was, now = old.get(target, nobody), new.get(target, nobody)
        blocks = [{block.rule.id for block in one.blocks} for one in (was, now)]
        if (was.hundredths, was.rank, blocks[0]) != (now.hundredths, now.rank, blocks[1]):
            found.append((_order(was, now), _shift(after, was, now)))
    yield from (shift for _, shift in sorted(found, key=lambda pair: pair[0]))


def _order(was: Scored, now: Scored) -> tuple[str, str, int, str]:
    best = min((one.rank for one in (was, now) if one.rank is not None), default=10_000)
    return now.target[0], now.target[2], best, now.target[1]


def _shift(view: AdviceView, was: Scored, now: Scored) -> Shift:
    rule, name, sentence, by = _deciding(was, now)
    still = {part.sentence for part in now.parts} | {block.sentence for block in now.blocks}
    return Shift(
        target=now.target,
        title=view.title(*now.target[:2]),
        before=was.hundredths,
        after=now.hundredths,
        rank_before=was.rank,
        rank_after=now.rank,
        rule=rule,
        rule_title=name,
        sentence=sentence,
        by=by,
        lost=bool(rule) and sentence not in still,
    )


def _deciding(was: Scored, now: Scored) -> tuple[str, str, str, int]:
    """(rule, its title, its sentence, hundredths): a block that comes or goes decides; else the
    rule whose part changed most, by what it says only now, or said only before."""
    held, holds = ({block.rule.id: block for block in one.blocks} for one in (was, now))
    for name in sorted(held.keys() ^ holds.keys()):
        block = holds.get(name) or held[name]
        return name, block.rule.title, block.sentence, 0
    by: dict[str, int] = {}
    for one, sign in ((was, -1), (now, 1)):
        for part in one.parts:
            by[part.rule.id] = by.get(part.rule.id, 0) + sign * part.hundredths
    if not any(by.values()):
        past = "others move past it" if _worse(was, now) else "others fall behind it"
        return "", "", f"Its own points stay as they are; {past}.", 0
    name = min(by, key=lambda rule: (-abs(by[rule]), rule))
    old, new = ([p for p in one.parts if p.rule.id == name] for one in (was, now))
    gone = [p for p in old if p.sentence not in {q.sentence for q in new}]
    came = [p for p in new if p.sentence not in {q.sentence for q in old}]
    said = ((came or gone) if abs(_sum(new)) >= abs(_sum(old)) else (gone or came)) or new or old
    part = max(said, key=lambda one: abs(one.hundredths))
    return name, part.rule.title, part.sentence, by[name]


def _sum(parts: Iterable[Part]) -> int:
    return sum(part.hundredths for part in parts)


def _worse(was: Scored, now: Scored) -> bool:
    return now.rank is None or (was.rank is not None and now.rank > was.rank)


def _in_and_out(
    before: Plan, after: Plan
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    old, new = (
        [(one.kind, one.name) for one in (*plan.channels, *plan.activities)]
        for plan in (before, after)
    )
    return (
        tuple(one for one in new if one not in old),
        tuple(one for one in old if one not in new),
    )


def _owners(view: AdviceView, before: Plan, after: Plan) -> Iterator[OwnerShift]:
    old, new = ({one.name: one.owner for one in plan.activities} for plan in (before, after))
    for name in {**new, **old}:
        was, now = (view.names.get(plan.get(name, ""), plan.get(name, "")) for plan in (old, new))
        if was != now:
            yield OwnerShift(name, view.title("activity", name), was, now)


def _conflicts(
    before: AdviceView, after: AdviceView
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings with a severity that appear, and those that vanish."""
    old, new = (
        {(one.name, one.about): one for one in view.advice.findings if one.severity}
        for view in (before, after)
    )
    return (
        tuple(one for key, one in new.items() if key not in old),
        tuple(one for key, one in old.items() if key not in new),
    )
