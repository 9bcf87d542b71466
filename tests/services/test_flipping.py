"""What would flip it holds when it is tried; what cannot be stated is not told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sqlalchemy.orm import Session

from models.organisation import Quarter
from rules import grid
from rules.levers import Dial, Lever, changes
from rules.sensitivity import one_step
from services import (
    advice,
    assessments,
    disagreeing,
    flipping,
    moves,
    objectives,
    quarters,
    steps,
    tried,
    what_if,
)
from services.advice import AdviceView
from services.possible import wishes
from tests.conftest import Example
from tests.services import built
from tests.services.built import Shop

TODAY = date(2026, 11, 25)


@pytest.fixture
def shop(session: Session) -> Shop:
    made = built.shop(session)
    built.everything(session, made)
    return made


def view_of(session: Session, shop: Shop) -> AdviceView:
    return advice.current(session, shop.id, shop.quarter)


def sample(session: Session, organisation_id: int) -> AdviceView:
    quarter = quarters.current(session, organisation_id, TODAY)
    assert isinstance(quarter, Quarter)
    return advice.current(session, organisation_id, quarter.id)


@pytest.mark.parametrize(("kind", "each"), [("channel", 4), ("activity", 16)])
def test_every_way_that_is_told_flips_it_when_it_is_tried(
    session: Session, shop: Shop, kind: str, each: int
) -> None:
    view = view_of(session, shop)
    coming = what_if.entering(session, view)
    told = 0
    for scored in view.scored(kind)[::each]:
        found = flipping.ways(session, view, scored.target)
        assert found.inside == (scored.rank is not None)
        for way in found.ways[:2]:
            after = what_if.under(view, way.moves, coming)
            assert (after.target(scored.target).rank is not None) != found.inside, way.words
            assert len(moves.wanted(view, way.moves)) <= objectives.MOST
            told += 1
    assert told > 1


def test_shares_are_seen_and_never_turned(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    for scored in view.scored("channel")[::8]:
        for way in flipping.ways(session, view, scored.target).ways:
            assert all(move.lever.name != "audience_use" for move in way.moves)


def test_ways_are_told_as_an_if(session: Session, shop: Shop) -> None:
    found = flipping.ways(session, view_of(session, shop), ("channel", "xing", ""))
    assert not found.inside
    assert any(way.words.startswith("you want “Finding new colleagues”") for way in found.ways)
    assert "combinations were tried" in found.tried


def test_where_there_is_no_way_that_is_said(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    first = view.recommended("objective")[0]
    found = flipping.ways(session, view, first.target)
    assert found.inside
    assert found.ways or "Nothing within the range" in found.tried


def test_how_sure_it_is_hangs_on_no_answer_if_nobody_answered(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    said = flipping.sure(session, view, view.recommended("channel")[0].target)
    assert said == "Nobody has answered yet how you work, so it hangs on no answer."


def test_it_says_that_it_stays_even_if_answers_were_a_step_off(
    example_of: Example, session: Session
) -> None:
    view = sample(session, example_of("bicycle_shop"))
    said = flipping.sure(session, view, view.recommended("channel")[0].target)
    assert said.startswith("It stays even if two answers were one step lower or higher.")


def answered(
    session: Session, shop: Shop, staff: int, says: int, leader: int, question: str
) -> None:
    """So many of the staff say one level to a question, a leader who may be shown another."""
    round_ = assessments.open_round(session, shop.id, shop.quarter)
    for level in [says] * staff:
        person = assessments.join(session, round_.id)
        assessments.record(session, person.id, question, level)
    boss = assessments.join(session, round_.id, is_leader=True, consent=True)
    assessments.record(session, boss.id, question, leader)
    assessments.close(session, round_.id)


@pytest.mark.parametrize(("staff", "seen"), [(4, []), (5, [(3.0, 1.0)])])
def test_only_those_who_may_be_shown_disagree(
    session: Session, shop: Shop, staff: int, seen: list[tuple[float, float]]
) -> None:
    answered(session, shop, staff, 3, 1, "listen_first")
    found = disagreeing.views(session, view_of(session, shop))
    assert [dial.values for dial in found] == seen


def test_an_answer_and_the_factor_that_follows_from_it_are_one_judgement(
    session: Session, shop: Shop
) -> None:
    answered(session, shop, 5, 3, 3, "listen_first")
    view = view_of(session, shop)
    judged = [one_step(dial) for dial in disagreeing.ratings(view)]
    names = [str(dial.lever.key[0]) for dial in judged]
    assert "listen_first" in names
    assert "listening" not in names
    at = names.index("listen_first")
    settings = changes(judged, 1)
    turned, moved = disagreeing.follow(view, judged, settings)
    (factor,) = [n for n, dial in enumerate(turned) if dial.lever.key == ("listening",)]
    for row, said in zip(moved.tolist(), settings.tolist(), strict=True):
        expected = judged[at].values[said[at]]
        assert turned[factor].values[row[factor]] == expected


def test_it_says_whether_it_stays_whoever_is_right(session: Session, shop: Shop) -> None:
    answered(session, shop, 5, 1, 4, "known_accounts")
    view = view_of(session, shop)
    said = {
        one.target[1]: flipping.sure(session, view, one.target)
        for one in (*view.recommended("channel"), *view.recommended("activity"))
    }
    assert any(one.endswith("it stays whoever of them is right.") for one in said.values())
    assert any("cases of one or two things" in one for one in said.values()), said


@pytest.mark.parametrize(
    ("priorities", "fits"),
    [
        ((3, 2, None), True),  # as they are
        ((2, 3, None), True),  # the other way round
        ((3, 3, None), False),  # two first ones
        ((3, None, 2), True),  # one in the place of another
        ((None, 2, None), False),  # nothing first
        ((None, 3, None), True),
        ((3, 2, 1), True),
        ((3, 1, None), False),  # the second is left out
    ],
)
def test_objectives_stand_once_and_without_a_gap(
    session: Session, shop: Shop, priorities: tuple[int | None, ...], fits: bool
) -> None:
    view = view_of(session, shop)  # sales first, service second
    turned = [
        Dial(Lever("fact", "objective", (name,), "priority"), values)
        for name, values in (
            ("sales", (3, None, 1, 2)),
            ("service", (2, None, 1, 3)),
            ("image", (None, 1, 2, 3)),
        )
    ]
    at = [dial.values.index(value) for dial, value in zip(turned, priorities, strict=True)]
    assert wishes(view)(turned, np.array([at], dtype=np.int32)).tolist() == [fits]


def test_one_step_of_every_lever_is_told_for_what_comes_first(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    found = steps.steps(session, view, "channel")
    first = view.title("channel", view.recommended("channel")[0].target[1])
    assert first in {one.target for one in found}
    assert {"one step up", "one step down"} & {one.step for one in found}
    assert any(one.change for one in found)


def test_one_step_leaves_the_rules_of_everything_else_as_they_were(
    session: Session, shop: Shop
) -> None:
    view = view_of(session, shop)
    own = replace(view.pack, fingerprint="made ready by nobody yet")
    steps.steps(session, replace(view, pack=own), "channel")
    (told,) = grid.evaluate(own, [view.facts], view.names)
    assert told.scored == view.advice.scored


def test_a_way_is_tried_beside_what_is_changed_already(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    some = moves.replace(view, "sales", "recruiting")
    trial = tried.tried(session, shop.id, shop.quarter, some)
    both = tried.also(trial, moves.replace(trial.after, "service", "image"))
    assert moves.wanted(view, both) == ["recruiting", "image"]
    assert [one.words for one in tried.changes(view, both)] == [
        "You want “Finding new colleagues” as first thing; you want “A better reputation” as "
        "second thing; you no longer want “More sales” and “Better service for customers”"
    ]
