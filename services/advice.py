"""What the rules say now about one organisation in one quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from rules import engine
from rules.advice import Advice, Part, Scored, Target
from rules.keeping import Kept
from rules.pack import Entry, Fact, Pack
from rules.targets import catalogue_of
from services import facts, rulebook
from services.facts import Question
from services.unchanged import unchanged

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


_kept: Kept[tuple[object, ...], Advice] = Kept(KEPT)


def current(session: Session, organisation_id: int, quarter_id: int) -> AdviceView:
    """The advice of the moment: the pack as amended on the rows as they are."""

    def made() -> AdviceView:
        pack = rulebook.for_organisation(session, organisation_id, quarter_id)
        return under(session, organisation_id, quarter_id, pack)

    return unchanged(session, ("advice", organisation_id, quarter_id), made)


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


def for_and_against(view: AdviceView, scored: Scored) -> tuple[list[Part], list[Part]]:
    """What speaks for a target, the most particular first, and what against, the weightiest first.

    A reason is the more particular the more points it gives here and the fewer other targets its
    rule speaks for: its points are divided by the number of targets that share the rule. So what
    is true of one channel comes before what is true of all; of equals, what fewer share.
    """
    sharing = _sharing(view, scored.target)

    def particular(part: Part) -> tuple[Fraction, int, str, str]:
        shared_by = sharing[part.rule.id]
        return Fraction(-part.hundredths, shared_by), shared_by, part.rule.id, part.sentence

    def heavy(part: Part) -> tuple[int, str, str]:
        return part.hundredths, part.rule.id, part.sentence

    return (
        sorted((part for part in scored.parts if part.hundredths > 0), key=particular),
        sorted((part for part in scored.parts if part.hundredths < 0), key=heavy),
    )


def difference(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    """What comes in and what goes out between two short lists, each in its order."""
    return (
        [one for one in after if one not in before],
        [one for one in before if one not in after],
    )


def _sharing(view: AdviceView, target: Target) -> Counter[str]:
    """For how many targets beside each other (of one kind, of one thing) each rule speaks."""
    kind, _, of = target
    return Counter(
        rule
        for one in view.scored(kind, of)
        for rule in {part.rule.id for part in one.parts if part.hundredths > 0}
    )


def _advised(pack: Pack, gathered: facts.Gathered) -> Advice:
    names = gathered.names
    key = (pack.fingerprint, gathered.hash, tuple(sorted(names.items())))
    return _kept.get(key, lambda: engine.recommend(pack, gathered.facts, names))
