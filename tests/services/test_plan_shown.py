"""A plan as people read it: what stays, what is proposed to whom, what is said of the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy.orm import Session

from models.organisation import Person, PersonSkill
from services import advice, plan_words, planning, quarters, recommendations, samples
from services.advice import AdviceView
from services.plan_facts import problem
from services.plan_problem import LIMITS, Choice, Problem
from services.plan_reasons import OTHERS, LeftOut
from services.plan_ways import WayIn
from services.planning import Plan
from services.recommendations import Said
from tests.conftest import Example
from tests.services import built, plan_oracle
from tests.services.built import Shop

TODAY = date(2026, 11, 24)
SAMPLES = [sample.id for sample in samples.listed()]


@pytest.fixture
def shop(session: Session) -> Shop:
    shop = built.shop(session)
    built.everything(session, shop)
    return shop


def view_of(session: Session, shop: Shop) -> AdviceView:
    session.flush()
    return advice.current(session, shop.id, shop.quarter)


def sample(session: Session, organisation_id: int) -> AdviceView:
    newest = max(quarters.listed(session, organisation_id), key=lambda one: one.starts_on)
    return advice.current(session, organisation_id, newest.id)


def names(plan: Plan, kind: str) -> list[str]:
    return [one.name for one in (plan.channels if kind == "channel" else plan.activities)]


@pytest.mark.parametrize("kind", ["channel", "activity"])
def test_what_is_declined_stays_out(session: Session, shop: Shop, kind: str) -> None:
    view = view_of(session, shop)
    before = planning.plan(view)
    declined = next(name for name in names(before, kind) if (kind, name) not in _standing(before))
    said = Said("declined", why="Not for us.")
    recommendations.decide(session, view, (kind, declined, ""), said, seen=None)
    after = planning.plan(view_of(session, shop))
    assert declined not in names(after, kind)
    assert declined not in {one.name for one in after.left_out}


def test_a_channel_that_is_taken_stays_in_and_counts(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    least = view.recommended("channel")[-1].target
    recommendations.decide(session, view, least, Said("accepted"), seen=None)
    plan = planning.plan(view_of(session, shop))
    assert least[1] in names(plan, "channel")
    assert len(plan.channels) <= view.pack.parameters["pilot_channels"].value


def test_what_was_set_aside_before_is_no_choice(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    first = names(planning.plan(view), "channel")[0]
    assert first not in names(planning.plan(view, {("channel", first, "")}), "channel")


def test_nobody_is_put_down_for_being_seen_who_does_not_want_to(
    session: Session, shop: Shop
) -> None:
    for person in (shop.ann, shop.ben):
        session.get_one(Person, person).volunteer = False
    for name in ("photo", "expertise", "facilitation"):
        session.add(PersonSkill(person_id=shop.ben, skill=name))
    view = view_of(session, shop)
    voluntary = {
        entry.id for entry in view.pack.catalogues["activities"].values()
        if entry.values.get("voluntary") in (True, "yes")
    }  # fmt: skip
    plan = planning.plan(view)
    assert len(voluntary) == 3
    assert not voluntary & set(names(plan, "activity"))
    assert "linkedin_people" not in names(plan, "channel")


def test_the_hours_that_it_asks_for_bring_it_in(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    kinds = ("channel", "activity")
    ways = [way for kind in kinds for way in planning.just_missed(view, kind)
            if way.limit == "hours"]  # fmt: skip
    assert ways
    for way in ways:
        for person in way.by:
            row = session.get_one(Person, int(person[1:]))
            row.hours += way.amount / 100
            plan = planning.plan(view_of(session, shop))
            assert way.left.name in names(plan, way.left.kind)
            row.hours -= way.amount / 100


@pytest.mark.parametrize("name", SAMPLES)
def test_the_order_of_facts_changes_nothing(
    example_of: Example, session: Session, name: str
) -> None:
    view = sample(session, example_of(name))
    facts = list(view.facts)
    Random(7).shuffle(facts)
    shuffled = problem(replace(view, facts=tuple(facts)))
    assert shuffled == problem(view)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_a_plan_that_keeps_to_its_hours(
    example_of: Example, session: Session, name: str
) -> None:
    view = sample(session, example_of(name))
    plan, given = planning.plan(view), problem(view)
    assert plan.gap == 0
    assert plan.have is not None
    assert plan.takes <= plan.have
    assert len(plan.channels) <= 3
    assert all(load.takes <= load.have and load.answers_for <= 6 for load in plan.people)
    new = [one for one in plan.activities if not one.stands]
    assert len(new) >= 3
    assert all(one.owner in {load.person for load in plan.people} for one in new)
    greedy = plan_oracle.greedy(given)
    assert plan_oracle.keeps(given, greedy)
    assert _worth(given, plan) >= plan_oracle.worth(given, greedy)


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_left_out_has_a_sentence_without_a_code(
    example_of: Example, session: Session, name: str
) -> None:
    view = sample(session, example_of(name))
    plan = planning.plan(view)
    sentences = [plan_words.why(view, one) for one in plan.left_out]
    for kind in ("channel", "activity"):
        missed = planning.just_missed(view, kind)
        assert len(missed) <= 2
        sentences += [plan_words.way_in(view, way) for way in missed]
    assert plan.left_out
    assert all(said.endswith(".") and "_" not in said and len(said) < 160 for said in sentences)


def test_somebody_who_can_do_it_and_is_not_free_for_it_is_not_denied(
    example_of: Example, session: Session
) -> None:
    view = sample(session, example_of("expert_firm"))
    said = {one.name: plan_words.why(view, one) for one in planning.plan(view).left_out}
    assert "besides those who are not free for it, nobody has named" in said["advocate_circle"]
    assert "”, and nobody has named that as a skill." in said["advert_test"]


def test_every_limit_has_its_words(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    assert len(set(plan_words.conflict(LIMITS))) == len(LIMITS)
    for limit in (*LIMITS[:-1], OTHERS):
        left = LeftOut("activity", "short_videos", 1, limit, ("kpi_sheet",), 50)
        assert plan_words.why(view, left)
    for limit in plan_words.EASED:
        left = LeftOut("activity", "short_videos", 1, limit, ("kpi_sheet",), 50)
        assert plan_words.way_in(view, WayIn(left, limit, 100, (f"p{shop.ann}",)))


def test_hours_from_whoever_has_the_skill(session: Session, shop: Shop) -> None:
    carl = Person(organisation_id=shop.id, name="Carl", function="", hours=1)
    session.add(carl)
    session.flush()
    session.add_all(PersonSkill(person_id=person, skill="video") for person in (shop.ann, shop.ben))
    view = view_of(session, shop)
    left = LeftOut("activity", "short_videos", 1, "own_hours")
    everybody = (f"p{shop.ann}", f"p{shop.ben}", f"p{carl.id}")
    skilled = everybody[:2]
    said = [
        plan_words.way_in(view, WayIn(left, "hours", amount, by))
        for amount, by in ((200, skilled), (100, everybody), (150, everybody[1:]))
    ]
    assert said == [
        "2 more hours a week from anyone with “Making short videos”.",
        "1 more hour a week from anyone.",
        "1.5 more hours a week from Ben or Carl.",
    ]


def test_a_large_organisation_is_planned_quickly(session: Session, shop: Shop) -> None:
    """Not timed: the solver's own measure, which is the same on every machine, must do."""
    for at in range(40):
        session.add(Person(organisation_id=shop.id, name=f"N{at}", function="marketing", hours=8))
    plan = planning.plan(view_of(session, shop))
    assert plan.gap == 0


def _standing(plan: Plan) -> set[tuple[str, str]]:
    return {(one.kind, one.name) for one in (*plan.channels, *plan.activities) if one.stands}


def _worth(given: Problem, plan: Plan) -> int:
    owners = tuple((one.name, one.owner) for one in plan.activities if not one.stands)
    choice = Choice(tuple(one.name for one in plan.channels), owners, 0, 0)
    assert plan_oracle.keeps(given, choice)
    return plan_oracle.worth(given, choice)
