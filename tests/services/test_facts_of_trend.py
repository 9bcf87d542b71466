"""What stands still from review to review reaches the rules; what is not known is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.learning import Experiment
from models.listening import Insight, ResponseCase
from models.organisation import PersonRole, Quarter
from models.plan import Activity
from models.results import Result
from services import assessments, facts, facts_of_trend, objectives, quarters, rulebook
from tests.services import built
from tests.services.test_flow import EIGHT

ON = date(2026, 12, 31)


@pytest.fixture
def shop(session: Session) -> built.Shop:
    return built.shop(session)


def back(session: Session, shop: built.Shop, count: int) -> list[int]:
    """So many quarters that end with the shop's own, the oldest first."""
    first = [date(2025 + (n // 4), 3 * (n % 4) + 1, 1) for n in range(8)][-count:]
    return [quarters.ensure(session, shop.id, day).id for day in first]


def trend(session: Session, shop: built.Shop) -> dict[str, object]:
    quarter = session.get_one(Quarter, shop.quarter)
    (one,) = facts_of_trend.trend(session, quarter, ON, rulebook.pack())
    return dict(one.values)


def rounds(session: Session, shop: built.Shop, levels: Sequence[Sequence[int]]) -> None:
    """A closed round of five people in each of the last quarters, all of one mind."""
    for quarter, said in zip(back(session, shop, len(levels)), levels, strict=True):
        round_ = assessments.open_round(session, shop.id, quarter)
        for _ in range(5):
            one = assessments.join(session, round_.id)
            for question, level in zip(EIGHT, said, strict=True):
                assessments.record(session, one.id, question, level)
        assessments.close(session, round_.id)


def plans(session: Session, shop: built.Shop, *names: set[str]) -> None:
    for quarter, some in zip(back(session, shop, len(names)), names, strict=True):
        session.add_all(
            Activity(
                organisation_id=shop.id, quarter_id=quarter, catalogue_id=name, title=name,
                hours_setup=0, hours_week=1, state="done" if name == "a" else "open",
            )
            for name in some
        )  # fmt: skip
    session.flush()


def test_of_an_organisation_that_has_just_begun_nothing_is_known(
    session: Session, shop: built.Shop
) -> None:
    assert trend(session, shop) == {"still_plan": 0}


@pytest.mark.parametrize(
    ("learning", "expected"), [((1, 1), 2), ((2, 1), 1), ((1, 2), 0), ((1, 2, 1), 1)]
)
def test_rounds_with_learning_below_agreed_are_counted_from_the_newest_back(
    session: Session, shop: built.Shop, learning: tuple[int, ...], expected: int
) -> None:
    rounds(session, shop, [(3, 3, 3, 3, 3, 3, 3, level) for level in learning])
    assert trend(session, shop)["low_centre"] == expected


@pytest.mark.parametrize(("last", "expected"), [(2, 3), (3, 0)])
def test_scores_that_do_not_move_are_counted(
    session: Session, shop: built.Shop, last: int, expected: int
) -> None:
    rounds(session, shop, [(2,) * 8] * 3 + [(last, *(2,) * 7)])
    told = trend(session, shop)
    assert (told["still_scores"], told["least"]) == (expected, 2.0)


PLAN = {f"step {n}" for n in range(20)}


@pytest.mark.parametrize(
    ("now", "expected"), [(PLAN, 2), (PLAN - {"step 1"}, 0), (PLAN | {"new"}, 2)]
)
def test_a_plan_that_hardly_changes_is_counted(
    session: Session, shop: built.Shop, now: set[str], expected: int
) -> None:
    plans(session, shop, PLAN, PLAN, now)
    assert trend(session, shop)["still_plan"] == expected


def test_an_empty_plan_does_not_stand_still(session: Session, shop: built.Shop) -> None:
    plans(session, shop, PLAN, set(), set())
    assert trend(session, shop)["still_plan"] == 0


def _months(session: Session, shop: built.Shop, *values: float) -> None:
    """The main number of leads by week, the last one in December."""
    monday = date(2026, 12, 14)
    session.add_all(
        Result(
            organisation_id=shop.id, kpi="qualified_leads", period="week", value=value,
            starts_on=monday - timedelta(weeks=len(values) - 1 - at), visibility="owned",
            way="typed", kept_at=built.NOW,
        )
        for at, value in enumerate(values)
    )  # fmt: skip
    session.flush()


def test_numbers_are_looked_at_where_the_plan_stands_still(
    session: Session, shop: built.Shop
) -> None:
    objectives.state(session, shop.id, shop.quarter, "leads")
    _months(session, shop, *[10, 12] * 30, 40)
    assert "moves" not in trend(session, shop)
    plans(session, shop, PLAN, PLAN, PLAN)
    told = trend(session, shop)
    assert (told["moves"], told["quiet_numbers"]) == (1, 0)


def test_quarters_without_a_sign_are_quiet(session: Session, shop: built.Shop) -> None:
    objectives.state(session, shop.id, shop.quarter, "leads")
    _months(session, shop, *[10, 12] * 30)
    rounds(session, shop, [(3,) * 8] * 3)
    told = trend(session, shop)
    assert (told["moves"], told["quiet_numbers"], told["least"]) == (0, 3, 3.0)


@pytest.mark.parametrize(("count", "expected"), [(3, 10.0), (2, None)])
def test_days_from_hearing_to_doing_need_three_turns(
    session: Session, shop: built.Shop, count: int, expected: float | None
) -> None:
    session.add_all(
        Insight(
            organisation_id=shop.id, text="A door", heard_on=date(2026, 11, 1), answer="done",
            receiver_id=shop.ann, answered_on=date(2026, 11, 11), kept_at=built.NOW,
        )
        for _ in range(count)
    )  # fmt: skip
    session.flush()
    assert trend(session, shop).get("loop_days") == expected


def test_tests_like_earlier_ones_are_counted_until_a_new_kind(
    session: Session, shop: built.Shop
) -> None:
    titles = ["Reels of the kitchen", "A door bell", "A door bell 2", "A door  bell"]
    session.add_all(
        Experiment(
            organisation_id=shop.id, quarter_id=shop.quarter, title=title, assumption="x",
            starts_on=date(2026, 10, 1) + timedelta(days=at), due_on=ON,
        )
        for at, title in enumerate(titles)
    )  # fmt: skip
    session.flush()
    assert trend(session, shop)["same_tests"] == 2


def test_who_answers_is_told_by_the_answers_whose_giver_is_known(
    session: Session, shop: built.Shop
) -> None:
    session.add(PersonRole(person_id=shop.ann, role="channel_owner"))
    for person in (shop.ann, shop.ann, shop.ann, shop.ben, None):
        session.add(
            ResponseCase(
                organisation_id=shop.id, received_on=date(2026, 12, 1), answered=True,
                person_id=person, way="typed", kept_at=datetime(2026, 12, 1, tzinfo=UTC),
            )
        )  # fmt: skip
    session.flush()
    told = trend(session, shop)
    assert (told["others_answer"], told["answers"]) == (0.25, 4)


def test_kept_promises_are_counted_unless_people_said_it(
    session: Session, shop: built.Shop
) -> None:
    plans(session, shop, {"a", "b", "c", "d"}, set())
    gathered = facts.gather(session, shop.id, shop.quarter, rulebook.pack())
    (told,) = [one for one in gathered.facts if one.kind == "learning"]
    assert told.values["delivered"] == 0.25
