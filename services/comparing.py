"""Two milestones beside each other: the difference in advice, split by what brought it about.

One cause after the other is taken from the second milestone into the first, always in the order of
CAUSES, and the advice is derived again each time. So the parts add up to the whole, target by
target (docs/decisions/milestones.md says why in this order).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from rules import engine
from rules.advice import Advice, Scored, Target
from rules.facts import Key, key
from rules.pack import Fact, Pack
from rules.targets import title
from services import comparing_words, facts, rederiving, thawing
from services.refusals import Refused
from services.thawing import Thawed

CAUSES = ("rules", "amendments", "data", "people", "answers", "objectives")
"""The rules as delivered; our own changes to them; what we know about ourselves, our people, plan
and groups; who answered; what they answered; what we want."""

ANSWERS = ("factor", "answer", "gap")
"""Kinds of facts that come from a round of questions."""
WHO = ("respondents",)
"""What they say about who answered."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A target before and after: hundredths of points, and rank (None: not advised)."""

    target: Target
    title: str
    before: int
    after: int
    rank_before: int | None
    rank_after: int | None

    @property
    def by(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Cause:
    """One of CAUSES: what is different in it, in sentences, and what that alone moves."""

    name: str
    title: str
    what: tuple[str, ...]
    shifts: tuple[Shift, ...]

    @property
    def by(self) -> int:
        """Hundredths of points, over all targets."""
        return sum(shift.by for shift in self.shifts)

    def on(self, target: Target) -> int:
        """Hundredths that this cause gives to a target, or takes from it."""
        return sum(shift.by for shift in self.shifts if shift.target == target)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two quarters, the whole difference, and its causes in order; `doubts` says what to know
    before trusting it."""

    one: str
    other: str
    shifts: tuple[Shift, ...]
    causes: tuple[Cause, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What advice is derived from."""

    pack: Pack
    facts: tuple[Fact, ...]


def compare(session: Session, one_id: int, other_id: int) -> Comparison:
    """From one milestone to the other, whichever is the older. Refused if they belong to different
    organisations, or if one of them cannot be derived."""
    if thawing.organisation(session, one_id) != thawing.organisation(session, other_id):
        raise Refused("These two quarters belong to different organisations.")
    one, other = thawing.thaw(session, one_id), thawing.thaw(session, other_id)
    names = {**one.names, **other.names}
    states = list(_states(one, other))
    said: list[Advice] = []
    for at, state in enumerate(states):
        same = at > 0 and _alike(states[at - 1], state)
        said.append(said[-1] if same else engine.recommend(state.pack, state.facts, names))
    causes = tuple(
        Cause(
            name,
            comparing_words.TITLES[name],
            comparing_words.what(name, one, other),
            _shifts(states[at + 1].pack, names, said[at], said[at + 1]),
        )
        for at, name in enumerate(CAUSES)
    )
    whole = _shifts(other.pack, names, said[0], said[-1])
    doubts = tuple(_doubts(session, one, other))
    return Comparison(one.quarter, other.quarter, whole, causes, doubts)


def _states(one: Thawed, other: Thawed) -> Iterator[_State]:
    """The first milestone, then one cause more from the second each time; the last is the second
    milestone itself."""
    yield _State(one.pack, one.facts)
    laid = thawing.laid_over(other.delivered, one.amendments)
    known = _fitting(laid, one.facts)
    yield _State(laid, known)
    pack = other.pack
    yield _State(pack, known)
    for cause in CAUSES[2:]:
        known = tuple(_taken(pack, cause, known, other.facts))
        yield _State(pack, known)


def _taken(pack: Pack, cause: str, before: Iterable[Fact], after: Iterable[Fact]) -> Iterator[Fact]:
    """The facts with what one cause covers as it is afterwards."""
    if cause == "people":
        yield from _who(pack, before, after)
        return
    yield from (fact for fact in before if _cause(fact) != cause)
    yield from (fact for fact in after if _cause(fact) == cause)


def _who(pack: Pack, before: Iterable[Fact], after: Iterable[Fact]) -> Iterator[Fact]:
    """Who answered, as afterwards: how many, and about what enough of them spoke to be shown; what
    was known before keeps its answers."""
    old: dict[Key, Fact] = {}
    for fact in before:
        if fact.kind in ANSWERS:
            old[key(pack, fact)] = fact
        else:
            yield fact
    for fact in after:
        if fact.kind in ANSWERS:
            was = old.get(key(pack, fact))
            who = {name: fact.values[name] for name in WHO if name in fact.values}
            yield replace(was, values={**was.values, **who}) if was else fact


def _cause(fact: Fact) -> str:
    if fact.kind == "objective":
        return "objectives"
    return "answers" if fact.kind in ANSWERS else "data"


def _fitting(pack: Pack, some: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for one in some if (fact := facts.fitting(pack, one)) is not None)


def _alike(before: _State, after: _State) -> bool:
    return (
        before.pack.fingerprint == after.pack.fingerprint
        and facts.digest(before.facts) == facts.digest(after.facts)
    )  # fmt: skip


def _shifts(pack: Pack, names: dict[str, str], before: Advice, after: Advice) -> tuple[Shift, ...]:
    """What moved, the farthest first."""
    old, new = ({one.target: one for one in advice.scored} for advice in (before, after))
    found = []
    for target in {**old, **new}:
        nobody = Scored(target, 0, None, (), ())
        was, now = old.get(target, nobody), new.get(target, nobody)
        if (was.hundredths, was.rank) != (now.hundredths, now.rank):
            called = names.get(target[1]) or title(pack, *target[:2])
            moved = (was.hundredths, now.hundredths, was.rank, now.rank)
            found.append(Shift(target, called, *moved))
    return tuple(sorted(found, key=lambda shift: (-abs(shift.by), shift.target)))


def _doubts(session: Session, one: Thawed, other: Thawed) -> Iterator[str]:
    for then in (one, other):
        if not rederiving.rederive(session, then.milestone_id).same:
            yield (
                f"{then.quarter} does not derive exactly as it was closed; "
                "this compares what it derives to now."
            )
    if one.answers["joined"] != other.answers["joined"]:
        yield (
            "Not the same number of people answered. Who gave which answer is not known, so a part "
            "of what the answers move may come from who answered."
        )
