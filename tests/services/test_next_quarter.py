"""Starting the next quarter: what carries over, what is wanted, and asking again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.assessments import Answer
from models.plan import Activity
from services import (
    advice,
    asking_again,
    assessments,
    milestones,
    next_quarter,
    next_steps,
    objectives,
    organisations,
    plan,
    quarters,
    rulebook,
)
from services.next_quarter import Choice
from services.objectives import Wish
from services.plan import Said, Standing
from services.refusals import Changed, Refused
from tests.services import built
from tests.services.built import Shop

ON = date(2026, 12, 20)
ENDS = date(2026, 12, 31)
ASKED = "Ask what people expect"


@pytest.fixture
def shop(session: Session) -> Shop:
    """A shop with two objectives, an advised promise, two of its own, and one that is done."""
    there = built.shop(session)
    built.everything(session, there)
    for title, due in (("Paint the door", ENDS), ("Ask the baker", date(2027, 2, 1))):
        plan.add(session, there.id, there.quarter, Said(title, there.ben, 1, 2, due), ON)
    done = plan.add(session, there.id, there.quarter, Said("Clean up"), ON)
    plan.mark(session, done.id, Standing("done"), version=done.version)
    stuck = next(one for one in plan.listed(session, there.quarter) if "door" in one.said.title)
    plan.mark(session, stuck.id, Standing("stuck", "No paint"), version=stuck.version)
    return there


def begun(session: Session, shop: Shop) -> int:
    return next_quarter.begin(session, shop.quarter).id


def titles(session: Session, quarter_id: int) -> list[str]:
    return sorted(one.said.title for one in plan.listed(session, quarter_id))


def ids(session: Session, shop: Shop, *some: str) -> list[int]:
    kept = plan.listed(session, shop.quarter)
    return [one.id for one in kept if not some or one.said.title in some]


def closed(session: Session, shop: Shop) -> None:
    milestones.close(session, shop.id, shop.quarter, "Ann", on=ON)


# ---- Begun -----------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_it_is_begun_before_or_after_closing_and_once(
    session: Session, shop: Shop, first: bool
) -> None:
    if first:
        closed(session, shop)
    later = next_quarter.begin(session, shop.quarter)
    if not first:
        closed(session, shop)
    assert quarters.label(later) == "January to March 2027"
    assert next_quarter.begin(session, shop.quarter).id == later.id
    wanted = [one.name for one in objectives.listed(session, later.id)]
    assert wanted == ["sales", "service"]
    assert next_quarter.steps(session, later.id) == {}


def test_it_can_be_planned_while_the_quarter_before_is_closed(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    closed(session, shop)
    plan.add(session, shop.id, later, Said("New"), ON)
    objectives.state(session, shop.id, later, "image")
    assert advice.current(session, shop.id, later).recommended("channel")


# ---- What carries over -----------------------------------------------------------------------


def test_what_is_open_or_stuck_can_carry_over_and_what_is_done_cannot(
    session: Session, shop: Shop
) -> None:
    found = next_quarter.promises(session, shop.quarter, begun(session, shop))
    assert {one.kept.said.title for one in found} == {
        "Ask what people expect", "Paint the door", "Ask the baker",
    }  # fmt: skip
    assert not any(one.ticked for one in found)


@pytest.mark.parametrize("first", [True, False])
def test_ticked_promises_stand_in_the_next_quarter_and_the_old_ones_stay(
    session: Session, shop: Shop, first: bool
) -> None:
    later = begun(session, shop)
    if first:
        closed(session, shop)
    before = titles(session, shop.quarter)
    ticked = ids(session, shop, "Paint the door", "Ask the baker", "Clean up")
    next_quarter.carry_over(session, shop.quarter, later, ticked, "Ann")
    paint, ask = sorted(plan.listed(session, later), key=lambda one: one.said.title, reverse=True)
    assert (paint.said.title, ask.said.title) == ("Paint the door", "Ask the baker")
    assert (paint.standing, paint.owner) == (Standing("open", "No paint"), "Ben")
    assert (paint.said.due_on, ask.said.due_on) == (None, date(2027, 2, 1))
    assert titles(session, shop.quarter) == before
    taken = next_quarter.steps(session, later)["carry_over"]
    assert (sorted(taken.said), taken.who) == (["Ask the baker", "Paint the door"], "Ann")


def test_what_came_along_is_neither_stuck_nor_new_advice(session: Session, shop: Shop) -> None:
    (advised,) = (one for one in plan.listed(session, shop.quarter) if one.said.title == ASKED)
    stuck = Standing("stuck", "No time")
    plan.mark(session, advised.id, stuck, version=advised.version)
    later = begun(session, shop)
    next_quarter.carry_over(session, shop.quarter, later, ids(session, shop), "Ann")
    seen = next_steps.first(advice.current(session, shop.id, later), most=40)
    because = {one.title: one.because for one in seen}
    assert "Look at what is stuck" not in because
    assert because["Decide on the advice"] == (
        "Activities that came along and stand in your plan: 1. No new advice is taken yet."
    )


def test_carrying_over_twice_carries_once(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    for _ in range(2):
        next_quarter.carry_over(session, shop.quarter, later, ids(session, shop), "Ann")
    assert titles(session, later) == ["Ask the baker", "Ask what people expect", "Paint the door"]
    assert all(one.ticked for one in next_quarter.promises(session, shop.quarter, later))


def test_what_is_ticked_no_longer_goes_unless_somebody_has_begun_with_it(
    session: Session, shop: Shop
) -> None:
    later = begun(session, shop)
    next_quarter.carry_over(session, shop.quarter, later, ids(session, shop))
    ask = next(one for one in plan.listed(session, later) if one.said.title == "Ask the baker")
    plan.mark(session, ask.id, Standing("doing"), version=ask.version)
    assert [
        one.kept.said.title
        for one in next_quarter.promises(session, shop.quarter, later)
        if one.begun
    ] == ["Ask the baker"]
    next_quarter.carry_over(session, shop.quarter, later, [])
    assert titles(session, later) == ["Ask the baker"]


def test_drafted_early_and_done_meanwhile_it_goes_with_the_next_ticking(
    session: Session, shop: Shop
) -> None:
    later = begun(session, shop)
    next_quarter.carry_over(session, shop.quarter, later, ids(session, shop))
    paint = next(one for one in plan.listed(session, shop.quarter) if "door" in one.said.title)
    plan.mark(session, paint.id, Standing("done"), version=paint.version)
    next_quarter.carry_over(session, shop.quarter, later, ids(session, shop))
    assert "Paint the door" not in titles(session, later)


def test_an_activity_that_was_taken_on_there_already_is_not_promised_twice(
    session: Session, shop: Shop
) -> None:
    later = begun(session, shop)
    session.add(
        Activity(
            organisation_id=shop.id, quarter_id=later, catalogue_id="needs_workshop",
            title="Ask what people expect", hours_setup=0, hours_week=1,
        )
    )  # fmt: skip
    session.flush()
    next_quarter.carry_over(session, shop.quarter, later, ids(session, shop))
    assert titles(session, later).count("Ask what people expect") == 1


def test_promises_carry_over_into_the_following_quarter_only(session: Session, shop: Shop) -> None:
    with pytest.raises(Refused, match="follows"):
        next_quarter.carry_over(session, shop.before, begun(session, shop), [])


# ---- Objectives ------------------------------------------------------------------------------


def choices(session: Session, later: int, *do: str) -> dict[int, Choice]:
    there = objectives.listed(session, later)
    return {
        one.id: Choice(said, one.version, replace(one.wish, why="Again"))  # type: ignore[arg-type]
        for one, said in zip(there, do, strict=False)
    }


def test_each_objective_is_kept_changed_or_dropped(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    closed(session, shop)
    next_quarter.objectives(session, later, choices(session, later, "drop", "change"), "Ann")
    (one,) = objectives.listed(session, later)
    assert (one.name, one.position, one.wish.why) == ("service", 1, "Again")
    assert [old.name for old in objectives.listed(session, shop.quarter)] == ["sales", "service"]
    said = next_quarter.steps(session, later)["objectives"].said
    assert said == {"keep": [], "change": ["service"], "drop": ["sales"]}


def test_keeping_changes_nothing_and_is_said(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    before = objectives.listed(session, later)
    next_quarter.objectives(session, later, choices(session, later, "keep", "keep"))
    assert objectives.listed(session, later) == before
    assert next_quarter.steps(session, later)["objectives"].said["keep"] == ["sales", "service"]


def test_none_is_forgotten(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    with pytest.raises(Refused, match="each objective"):
        next_quarter.objectives(session, later, choices(session, later, "keep"))
    assert len(objectives.listed(session, later)) == 2


@pytest.mark.parametrize("do", ["keep", "change", "drop"])
def test_who_chooses_second_without_knowing_is_told(session: Session, shop: Shop, do: str) -> None:
    later = begun(session, shop)
    mine = choices(session, later, do, do)
    first = objectives.listed(session, later)[0]
    objectives.restate(session, first.id, Wish(why="Theirs"), version=first.version)
    with pytest.raises(Changed):
        next_quarter.objectives(session, later, mine)
    assert objectives.listed(session, later)[0].wish.why == "Theirs"


def test_one_that_is_gone_is_told(session: Session, shop: Shop) -> None:
    later = begun(session, shop)
    mine = choices(session, later, "keep", "keep")
    objectives.drop(session, next(iter(mine)))
    with pytest.raises(Changed):
        next_quarter.objectives(session, later, mine)


# ---- Asking again ----------------------------------------------------------------------------


def answered(session: Session, shop: Shop, people: int, level: int = 2) -> tuple[str, str]:
    """A round of the quarter; the first question and the words of who answered first."""
    question = next(iter(rulebook.pack().catalogues["questions"]))
    round_ = assessments.open_round(session, shop.id, shop.quarter)
    there = [assessments.join(session, round_.id) for _ in range(people)]
    for one in there:
        assessments.record(session, one.id, question, level)
    return question, there[0].token


def test_the_new_round_is_empty_and_the_last_answers_can_be_read(
    session: Session, shop: Shop
) -> None:
    question, _ = answered(session, shop, 5)
    later = begun(session, shop)
    closed(session, shop)
    round_ = next_quarter.reassess(session, later, by="Ann")
    assert next_quarter.reassess(session, later, by="Ann").id == round_.id
    one = assessments.join(session, round_.id)
    assert assessments.answers(session, one.id) == {}
    last = asking_again.last_answers(session, round_.id)
    assert (dict(last.levels), last.own) == ({question: 2.0}, False)
    assert next_quarter.steps(session, later)["reassess"].said == {"depth": 8}
    assert len(session.scalars(select(Answer)).all()) == 5


@pytest.mark.parametrize(("people", "seen"), [(4, {}), (5, 2.0)])
def test_of_too_few_nothing_is_shown(
    session: Session, shop: Shop, people: int, seen: object
) -> None:
    question, _ = answered(session, shop, people)
    closed(session, shop)
    round_ = next_quarter.reassess(session, begun(session, shop))
    levels = asking_again.last_answers(session, round_.id).levels
    assert levels == ({question: seen} if seen else {})


def test_with_the_words_of_then_ones_own_answers_are_shown_and_nobody_elses(
    session: Session, shop: Shop
) -> None:
    question, words = answered(session, shop, 2)
    closed(session, shop)
    round_ = next_quarter.reassess(session, begun(session, shop))
    last = asking_again.last_answers(session, round_.id, words.upper())
    assert (dict(last.levels), last.own) == ({question: 2.0}, True)
    assert asking_again.last_answers(session, round_.id, "no such words at all").levels == {}


def test_who_works_alone_reads_their_own_answers(session: Session, shop: Shop) -> None:
    organisation = organisations.get(session, shop.id)
    assert organisation is not None
    organisation.staff = 1
    question, _ = answered(session, shop, 1)
    closed(session, shop)
    round_ = next_quarter.reassess(session, begun(session, shop))
    last = asking_again.last_answers(session, round_.id)
    assert (dict(last.levels), last.own) == ({question: 2.0}, True)


def test_before_the_first_round_there_is_nothing_to_read(session: Session, shop: Shop) -> None:
    round_ = next_quarter.reassess(session, begun(session, shop))
    assert asking_again.last_answers(session, round_.id).levels == {}
