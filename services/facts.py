"""The single bridge from rows to facts: everything that rules may know of an organisation.

What the vocabulary of the pack does not name is left out, so that a pack asks for as much as it
needs. Aggregates that a lever can move are the evaluators' work; here is what none moves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Circumstance, Organisation, Quarter
from rules.facts import fact_from, misfit, spoken
from rules.pack import Fact, Pack
from services import (
    facts_of_aims,
    facts_of_learning,
    facts_of_listening,
    facts_of_numbers,
    facts_of_trend,
    facts_of_work,
    results,
)
from services.facts_of_work import known

Question = tuple[str, str]
"""(kind, attribute) of a kind with a single fact."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts that fit the pack; titles of ids that no catalogue knows (`p3` → a person's name); the
    SHA-256 of all facts; and what the pack asks for that nobody has answered."""

    facts: tuple[Fact, ...]
    names: dict[str, str]
    hash: str
    unknown: tuple[Question, ...]


def gather(session: Session, organisation_id: int, quarter_id: int, pack: Pack) -> Gathered:
    """All facts of an organisation in a quarter. A quarter that has ended is seen from its end."""
    quarter = session.get_one(Quarter, quarter_id)
    on = min(date.today(), quarter.ends_on)
    said = [
        *_itself(session, quarter, on, pack),
        *facts_of_aims.needs(session, quarter_id),
        *facts_of_aims.objectives(session, quarter, pack),
        *facts_of_aims.groups(session, organisation_id, pack),
        *facts_of_work.people(session, organisation_id, quarter_id),
        *facts_of_work.accounts(session, organisation_id, on),
        *facts_of_work.planned(session, quarter_id),
        *facts_of_work.decisions(session, quarter_id),
        *facts_of_learning.loops(session, quarter, on),
        *facts_of_trend.trend(session, quarter, on, pack),
        *_scores(session, organisation_id, quarter_id),
    ]
    facts = tuple(fact for one in said if (fact := fitting(pack, one)) is not None)
    names = facts_of_work.names(session, organisation_id)
    names |= facts_of_aims.names(session, organisation_id)
    return Gathered(facts, names, digest(facts), unknown(pack, facts))


def digest(facts: Iterable[Fact]) -> str:
    """The SHA-256 of facts as canonical JSON: the same facts in any order give the same."""
    rows = sorted(
        json.dumps([fact.kind, dict(fact.values), fact.trust], sort_keys=True) for fact in facts
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def unknown(pack: Pack, facts: Iterable[Fact]) -> tuple[Question, ...]:
    """What kinds with a single fact ask for and nobody has answered, in the pack's order."""
    held = {(fact.kind, name) for fact in facts for name in fact.values}
    return tuple(
        (kind.name, name)
        for kind in pack.kinds.values()
        if not kind.key and not kind.catalogue and not kind.aggregates
        for name, attribute in kind.attributes.items()
        if attribute.ask and (kind.name, name) not in held
    )


def fitting(pack: Pack, fact: Fact) -> Fact | None:
    """The fact with what the vocabulary knows of it; None if nothing is left, or if its key names
    something that a newer pack no longer has."""
    kind = pack.kinds.get(fact.kind)
    if kind is None or kind.derived or kind.aggregates or kind.catalogue:
        return None
    values = {
        name: value
        for name, value in fact.values.items()
        if (attribute := kind.attributes.get(name))
        and not misfit(pack, attribute, spoken(value, attribute))
    }
    if not values or not values.keys() >= set(kind.key):
        return None
    return fact_from(pack, fact.kind, values, fact.trust)


def _itself(session: Session, quarter: Quarter, on: date, pack: Pack) -> Iterator[Fact]:
    """What the organisation is, what it answered to the questions of the pack, and what rows tell
    of the same."""
    rows = session.scalars(select(Circumstance).where(Circumstance.quarter_id == quarter.id))
    answered: dict[str, dict[str, object]] = {"organisation": {}}
    for row in rows:
        answered.setdefault(row.kind, {})[row.attribute] = row.value
    it = session.get_one(Organisation, quarter.organisation_id)
    answered["organisation"] |= {
        "staff": it.staff,
        "sector": it.sector,
        "audience": it.audience,
        "region": it.region,
        "premises": it.premises,
        "promised": facts_of_work.in_hand(session, quarter.id),
    }
    if facts_of_aims.numbers_unknown(session, quarter.id):
        answered.setdefault("numbers", {}).setdefault("known", False)
    decided = facts_of_learning.tests_decided(session, quarter.organisation_id, on)
    if decided is not None:
        answered.setdefault("learning", {}).setdefault("tests_decided", decided)
    kept = facts_of_trend.delivered(session, quarter)
    if kept is not None:
        answered.setdefault("learning", {}).setdefault("delivered", kept)
    answered |= _told(session, quarter, on, pack, answered)
    for kind, values in answered.items():
        yield Fact(kind, known(**values))


def _told(
    session: Session,
    quarter: Quarter,
    on: date,
    pack: Pack,
    said: Mapping[str, dict[str, object]],
) -> dict[str, dict[str, object]]:
    """What was measured, heard and answered, over what was said of it."""
    about = {name: said.get(name, {}) for name in ("numbers", "learning", "service", "rollout")}
    told = {
        "numbers": facts_of_numbers.numbers(session, quarter, on, about["numbers"]),
        **facts_of_listening.told(session, quarter, on, pack, about),
    }
    return {kind: values for kind, values in told.items() if values}


def _scores(session: Session, organisation_id: int, quarter_id: int) -> Iterator[Fact]:
    """How the work stands, as far as it may be shown; never one person's answer among few."""
    found = results.results(session, organisation_id, quarter_id)
    factors, questions = results.for_rules(found)
    for factor, score in factors.items():
        yield Fact(
            "factor",
            {
                "id": factor,
                "level": score.level,
                "lowest": score.lowest,
                "spread": score.spread,
                "evidence": score.evidence,
                "respondents": score.respondents,
            },
        )
    for question, level in questions.items():
        yield Fact("answer", {"question": question, "level": level})
    for factor, apart in results.distances(found).items():
        values = {"distance": apart.distance, "leaders": apart.leaders, "staff": apart.staff}
        yield Fact("gap", {"factor": factor, **values})
