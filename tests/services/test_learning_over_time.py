"""Twelve quarters of a made-up organisation: a rule that truly fails loses confidence, one that
works gains it, and one that nobody can tell keeps its word.

Each quarter nine pieces of advice are taken and scored by how things truly are; at its end people
accept what the tool proposes. Chance is drawn once, so that every run is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from random import Random

import pytest
from sqlalchemy.orm import Session

from models.database import reading, writing
from models.organisation import Quarter
from models.recommendations import Decision, Recommendation
from rules.confidence import Result
from services import amendments, learning, ledger, quarters, rulebook
from services.learning import Proposal
from services.scoring import Score
from tests.services import built

FAILS = "channel.people-are-there"
WORKS = "activity.serves-the-objective"
UNKNOWN = "activity.lives-on-a-good-channel"
TRULY = {FAILS: 0.1, WORKS: 0.9}
"""How often what a rule advises truly comes true; where it is missing, nobody can tell."""
EXPECTED = {"kpi": "leads", "direction": "up", "range": "more", "within": "one quarter"}


@dataclass
class Lived:
    """What twelve quarters brought: how much rules counted at each quarter's end, and proposals."""

    organisation_id: int
    newest: int
    counted: dict[str, list[float]] = field(default_factory=dict)
    proposed: list[Proposal] = field(default_factory=list)


def advice(session: Session, quarter: Quarter, main: str, beside: str) -> Recommendation:
    """A piece of advice that stands on one rule, and a little on another."""
    moment = datetime.combine(quarter.starts_on, time(9), UTC)
    row = Recommendation(
        organisation_id=quarter.organisation_id, quarter_id=quarter.id, kind="channel",
        target="newsletter", score=1000, rank=1, pack_version="1.0", fingerprint="",
        amendments=[], facts_hash=f"{quarter.id} {main}", expectation=EXPECTED, made_at=moment,
        reasons=[{"rule": main, "hundredths": 900}, {"rule": beside, "hundredths": 100},
                 {"rule": "owner.only-volunteers", "hundredths": -300}],
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(Decision(recommendation_id=row.id, answer="accepted", made_at=moment))
    return row


def came(rule: str, chance: Random) -> Score:
    if rule not in TRULY:
        return Score("cannot_tell", "nobody counts it")
    result: Result = "met" if chance.random() < TRULY[rule] else "not_met"
    return Score(result)


def live(organisation_id: int, *, accepting: bool) -> Lived:
    chance, day, lived = Random(2026), date(2024, 1, 15), Lived(organisation_id, 0)
    for _ in range(12):
        with writing() as session:
            quarter = quarters.ensure(session, organisation_id, day)
            lived.newest, end = quarter.id, quarter.ends_on
            at = datetime.combine(end, time(9), UTC)
            for main, beside in 3 * ((FAILS, WORKS), (WORKS, UNKNOWN), (UNKNOWN, FAILS)):
                row = advice(session, quarter, main, beside)
                learning.score(session, quarter.id, row.id, came(main, chance), seen=0, at=at)
            found = learning.proposals(session, organisation_id, quarter.id, end)
            for one in found if accepting else ():
                learning.accept(
                    session, (organisation_id, quarter.id), one, why="", who="Ann", on=end
                )
            lived.proposed = found
            pack = rulebook.for_organisation(session, organisation_id, quarter.id)
            for rule in (FAILS, WORKS, UNKNOWN):
                lived.counted.setdefault(rule, []).append(pack.confidence.get(rule, 1.0))
            day = quarters.following(quarter.starts_on)
    return lived


@pytest.fixture
def organisation(database: object) -> int:
    with writing() as session:
        made, _ = built.harbour(session, 12)
        return made


def test_a_rule_that_fails_loses_confidence_and_one_that_works_gains_it(
    organisation: int,
) -> None:
    counted = live(organisation, accepting=True).counted
    assert counted[FAILS][-1] < 0.7
    assert counted[WORKS][-1] > 1.25
    assert max(counted[FAILS][1:]) < 1 < min(counted[WORKS][1:])
    for rule, better in ((FAILS, -1), (WORKS, 1)):
        early, late = (sum(counted[rule][a:b]) / 3 for a, b in ((0, 3), (9, 12)))
        assert better * (late - early) > 0
    assert all(0 <= value <= 2 for values in counted.values() for value in values)


def test_a_rule_of_which_nobody_can_tell_hardly_moves(organisation: int) -> None:
    counted = live(organisation, accepting=True).counted
    assert all(abs(value - 1) < 0.25 for value in counted[UNKNOWN])
    assert counted[UNKNOWN][-1] < counted[WORKS][-1] - 0.2


def test_nothing_changes_as_long_as_nobody_accepts_it(organisation: int) -> None:
    lived = live(organisation, accepting=False)
    assert all(value == 1 for values in lived.counted.values() for value in values)
    assert {FAILS, WORKS} <= {one.rule for one in lived.proposed}


def test_every_change_is_dated_has_its_evidence_and_leaves_earlier_quarters_alone(
    organisation: int,
) -> None:
    lived = live(organisation, accepting=True)
    with reading() as session:
        history = amendments.history(session, organisation)
        answers = learning.answered(session, organisation)
        first = quarters.listed(session, organisation)[-1]
        earliest = rulebook.for_organisation(session, organisation, first.id)
    assert all("pieces of its advice scored" in one.ground.source or "one piece" in
               one.ground.source for one in history)  # fmt: skip
    assert len(answers) == len(history)
    assert earliest.confidence.get(FAILS, 1.0) == lived.counted[FAILS][0]


def test_a_rule_that_works_again_wins_its_confidence_back(organisation: int) -> None:
    lived = live(organisation, accepting=True)
    low = lived.counted[FAILS][-1]
    with writing() as session:
        last = session.get_one(Quarter, lived.newest)
        day = quarters.following(last.starts_on)
        for _ in range(8):
            quarter = quarters.ensure(session, organisation, day)
            row = advice(session, quarter, FAILS, UNKNOWN)
            at = datetime.combine(quarter.ends_on, time(9), UTC)
            learning.score(session, quarter.id, row.id, Score("met"), seen=0, at=at)
            for one in learning.proposals(session, organisation, quarter.id, quarter.ends_on):
                place = (organisation, quarter.id)
                learning.accept(session, place, one, why="", who="", on=quarter.ends_on)
            day = quarters.following(quarter.starts_on)
        pack = rulebook.for_organisation(session, organisation, quarter.id)
    assert pack.confidence[FAILS] > low + 0.3


def test_the_ledger_shows_twelve_quarters_with_their_hit_rate(organisation: int) -> None:
    live(organisation, accepting=True)
    with reading() as session:
        rows = [row for row in ledger.loops(session, organisation) if row.scored]
    assert len(rows) == 12
    assert all(row.scored == 6 and row.hits is not None for row in rows)
    assert sum(row.double for row in rows) > 0
