"""What the rules say now about one organisation in one quarter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.orm import Session

from rules import engine
from rules.advice import Advice, Part, Scored, Target
from rules.pack import Entry, Fact, Pack
from rules.targets import catalogue_of
from services import facts, rulebook
from services.facts import Question

KEPT = 64
"""Advice kept in this process; what was used longest ago goes first."""


@dataclass(frozen=True, slots=True)
class AdviceView:
    """Advice with all it was made of; `names` are titles of ids that no catalogue knows, `unknown`
    the questions of the pack that nobody has answered."""

    organisation_id: int
    quarter_id: int
    pack: Pack
    facts: tuple[Fact, ...]
    names: Mapping[str, str]
    facts_hash: str
    unknown: tuple[Question, ...]
    advice: Advice

    def scored(self, kind: str, of: str = "") -> list[Scored]:
        """Every target of a kind that a rule spoke about: recommended first, by rank."""
        return [one for one in self.advice.scored if one.target[0] == kind and one.target[2] == of]

    def recommended(self, kind: str, of: str = "") -> list[Scored]:
        """The targets of a kind that are recommended, by rank."""
        return [one for one in self.scored(kind, of) if one.rank is not None]

    def target(self, target: Target) -> Scored:
        """One target; without points if no rule spoke about it."""
        found = (one for one in self.advice.scored if one.target == target)
        return next(found, Scored(target, 0, None, (), ()))

    def entry(self, kind: str, name: str) -> Entry | None:
        """The catalogue entry behind a target; None for people and other things of one's own."""
        return self.pack.catalogues.get(catalogue_of(self.pack, kind), {}).get(name)

    def title(self, kind: str, name: str) -> str:
        """What a target is called."""
        entry = self.entry(kind, name)
        return entry.title if entry else self.names.get(name, name.replace("_", " "))

    def fact(self, kind: str) -> Mapping[str, object]:
        """The values of a kind with a single fact; empty if nothing is known."""
        return next((fact.values for fact in self.facts if fact.kind == kind), {})


_kept: OrderedDict[tuple[object, ...], Advice] = OrderedDict()
_lock = Lock()


def current(session: Session, organisation_id: int, quarter_id: int) -> AdviceView:
    """The advice of the moment: the pack as amended on the rows as they are."""
    pack = rulebook.for_organisation(session, organisation_id, quarter_id)
    return under(session, organisation_id, quarter_id, pack)


def under(session: Session, organisation_id: int, quarter_id: int, pack: Pack) -> AdviceView:
    """What a pack would say on the rows as they are; nothing is kept in the database."""
    gathered = facts.gather(session, organisation_id, quarter_id, pack)
    return AdviceView(
        organisation_id=organisation_id,
        quarter_id=quarter_id,
        pack=pack,
        facts=gathered.facts,
        names=gathered.names,
        facts_hash=gathered.hash,
        unknown=gathered.unknown,
        advice=_advised(pack, gathered),
    )


def for_and_against(scored: Scored) -> tuple[list[Part], list[Part]]:
    """What speaks for a target and what against, the weightiest first."""
    heavy = sorted(scored.parts, key=lambda part: -abs(part.hundredths))
    return (
        [part for part in heavy if part.hundredths > 0],
        [part for part in heavy if part.hundredths < 0],
    )


def difference(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What comes in and what goes out between two short lists, each in its order."""
    return (
        [one for one in after if one not in before],
        [one for one in before if one not in after],
    )


def _advised(pack: Pack, gathered: facts.Gathered) -> Advice:
    key = (pack.fingerprint, gathered.hash, tuple(sorted(gathered.names.items())))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = engine.recommend(pack, gathered.facts, gathered.names)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
