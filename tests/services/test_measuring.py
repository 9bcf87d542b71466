"""Values are kept once for each month or week, with where they come from; targets for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.results import Result
from services import (
    drawn,
    facts,
    kpis,
    measuring,
    number_words,
    objectives,
    rulebook,
    series,
    tally,
    targets,
    yardsticks,
)
from services.measuring import Said
from services.objectives import Wish
from services.refusals import Changed, Refused
from services.signals import OtherDenominator, Standing
from services.tally import Marks
from services.targets import Aim, Target
from tests.services import built, many_results
from tests.services.built import Shop

TODAY = date(2026, 11, 24)
OCTOBER = Said("qualified_leads", "month", date(2026, 10, 1), 7, source="the  book\n")


@pytest.fixture
def bakery(session: Session) -> Shop:
    made = built.shop(session)
    built.wants(session, made, "leads", "service")
    return made


def months(values: list[float], of: str = "qualified_leads", definition: str = "") -> list[Said]:
    """Values of the months up to October 2026, the last one last."""
    last = 2026 * 12 + 9
    begins = [divmod(last - ago, 12) for ago in range(len(values) - 1, -1, -1)]
    return [
        Said(of, "month", date(year, month + 1, 1), value, definition=definition)
        for (year, month), value in zip(begins, values, strict=True)
    ]


def read(session: Session, shop: Shop, name: str = "qualified_leads") -> series.Series:
    return series.read(session, shop.id, series.main(series.shelves(session, shop.id))[name])


def test_a_value_is_kept_with_what_is_known_of_it(session: Session, bakery: Shop) -> None:
    measuring.record(session, bakery.id, OCTOBER, today=TODAY)
    (kept,) = read(session, bakery).kept
    assert kept.said == replace(OCTOBER, source="the book", visibility="owned")


def test_there_is_one_value_for_each_month_and_nobody_overwrites_unseen(
    session: Session, bakery: Shop
) -> None:
    row = measuring.record(session, bakery.id, OCTOBER, today=TODAY)
    with pytest.raises(Changed) as changed:
        measuring.record(session, bakery.id, replace(OCTOBER, value=9), today=TODAY)
    assert changed.value.theirs is not None
    assert changed.value.theirs["value"] == 7
    seen = changed.value.version
    measuring.record(session, bakery.id, replace(OCTOBER, value=9), today=TODAY, seen=seen)
    assert row.value == 9


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (replace(OCTOBER, kpi="likes"), "from the list"),
        (replace(OCTOBER, starts_on=date(2026, 11, 1)), "not over yet"),
        (replace(OCTOBER, starts_on=date(2026, 10, 2)), "first day"),
        (replace(OCTOBER, period="week", starts_on=date(2026, 11, 23)), "not over yet"),
        (replace(OCTOBER, value=-1), "less than"),
        (replace(OCTOBER, kpi="response_rate", value=100.1), "more than"),
        (replace(OCTOBER, kpi="review_rating", value=0), "less than"),
        (replace(OCTOBER, sample_size=0), "out of how many"),
        (replace(OCTOBER, source="x" * 201), "shorten"),
        (replace(OCTOBER, visibility="perfect"), "from the list"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    session: Session, bakery: Shop, said: Said, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        measuring.record(session, bakery.id, said, today=TODAY)
    assert not session.scalars(select(Result)).all()


def test_a_month_that_ended_yesterday_is_over(session: Session, bakery: Shop) -> None:
    measuring.record(session, bakery.id, OCTOBER, today=date(2026, 11, 1))
    with pytest.raises(Refused):
        measuring.record(session, bakery.id, OCTOBER, today=date(2026, 10, 31))


def test_many_are_kept_at_once_and_what_differs_waits_for_a_word(
    session: Session, bakery: Shop
) -> None:
    before = months([5, 6, 7])
    measuring.take_in(session, bakery.id, before, today=TODAY)
    again = months([4, 5, 8, 7])
    found = measuring.take_in(session, bakery.id, again, today=TODAY)
    assert (len(found.new), len(found.same), len(found.other)) == (1, 2, 1)
    assert [one.said.value for one in read(session, bakery).kept] == [4, 5, 6, 7]
    measuring.take_in(session, bakery.id, again, today=TODAY, instead=True)
    assert [one.said.value for one in read(session, bakery).kept] == [4, 5, 8, 7]


def test_one_value_that_cannot_be_keeps_all_others_out(session: Session, bakery: Shop) -> None:
    with pytest.raises(Refused):
        measuring.take_in(session, bakery.id, months([5, -6]), today=TODAY)
    assert not session.scalars(select(Result)).all()


def test_a_value_taken_away_is_unknown_again(session: Session, bakery: Shop) -> None:
    row = measuring.record(session, bakery.id, OCTOBER, today=TODAY)
    number = row.id
    with pytest.raises(Changed):
        measuring.remove(session, number, version=row.version + 1)
    measuring.remove(session, number, version=row.version)
    measuring.remove(session, number, version=1)
    assert series.shelves(session, bakery.id) == []


def test_a_series_tells_what_its_newest_value_says(session: Session, bakery: Shop) -> None:
    calm: list[float] = [10, 12, 11, 9, 10, 11, 12, 9]
    measuring.take_in(session, bakery.id, months(calm[:5]), today=TODAY)
    assert number_words.says(read(session, bakery)).startswith("5 of 8 months")
    changed = [*calm, *calm, *([20.0] * 8)]
    measuring.take_in(session, bakery.id, months(changed), today=TODAY, instead=True)
    found = read(session, bakery)
    assert found.standing == Standing("change", 1, 16)
    assert number_words.says(found) == (
        "A real change since March 2026, for the better: 8 months in a row above the middle of "
        "before. Usual since then: 20 to 20."
    )
    marked = [row["signal"] for row in drawn.rows(found)]
    assert marked == [""] * 16 + ["run"] * 8
    assert number_words.newest(found) == "20 contacts a month in October 2026"
    assert number_words.middle(found) == "Your own middle: 20 contacts a month."


def test_usual_and_outside_are_said_in_words(session: Session, bakery: Shop) -> None:
    calm: list[float] = [10, 12, 11, 9, 10, 11, 12, 9]
    measuring.take_in(session, bakery.id, months(calm), today=TODAY)
    assert number_words.says(read(session, bakery)) == "Within the usual range (6.3 to 14.7)."
    measuring.take_in(session, bakery.id, months([*calm, 30]), today=TODAY, instead=True)
    assert number_words.says(read(session, bakery)).endswith(
        "higher, for the better. What was different?"
    )


def test_counted_in_another_way_begins_anew(session: Session, bakery: Shop) -> None:
    said = months([10, 12, 11, 9, 10, 11, 12, 9, 30, 31])
    anew = [replace(one, definition="calls too") for one in said[-2:]]
    measuring.take_in(session, bakery.id, [*said[:-2], *anew], today=TODAY)
    found = read(session, bakery)
    assert [len(one.values) for one in found.stretches] == [8, 2]
    assert number_words.says(found).startswith("2 of 8 months since it is counted in another way")


def test_few_that_were_looked_at_are_told_with_their_interval() -> None:
    share = kpis.kpi("response_rate")
    said = replace(OCTOBER, kpi="response_rate", value=50, sample_size=29)
    assert "between 33 and 67 %" in number_words.surely(share, said)
    assert number_words.surely(share, replace(said, sample_size=30)) == ""
    assert number_words.surely(share, replace(said, sample_size=None)) == ""


def test_the_series_that_covers_most_weeks_tells_most(session: Session, bakery: Shop) -> None:
    weeks = [Said("qualified_leads", "week", day, 1) for day in tally.weeks(TODAY, 5)]
    measuring.take_in(session, bakery.id, [*weeks, *months([5, 6, 7])], today=TODAY)
    assert series.main(series.shelves(session, bakery.id))["qualified_leads"].period == "month"
    assert series.weeks(session, bakery.id, TODAY) == 13
    assert series.weeks(session, bakery.id, TODAY, ["gifts"]) == 0


def test_marks_of_four_weeks_become_the_first_numbers(session: Session, bakery: Shop) -> None:
    days = tally.weeks(TODAY)
    assert days[-1] + timedelta(days=6) < TODAY
    sheet = [Marks(days[0], 3), Marks(days[1], 0), Marks(days[2], None), Marks(days[3], 5)]
    measuring.take_in(session, bakery.id, tally.said("qualified_leads", sheet), today=TODAY)
    kept = read(session, bakery).kept
    assert [one.said.value for one in kept] == [3, 0, 5]
    assert {(one.said.visibility, one.said.way) for one in kept} == {("sampled", "tally")}


def test_marks_out_of_something_become_a_share() -> None:
    day = tally.weeks(TODAY)[0]
    (one,) = tally.said("response_rate", [Marks(day, 9, 12)])
    assert (one.value, one.sample_size) == (75, 12)
    with pytest.raises(Refused, match="Out of how many"):
        tally.said("response_rate", [Marks(day, 9)])
    with pytest.raises(Refused, match="more marks"):
        tally.said("response_rate", [Marks(day, 9, 8)])
    with pytest.raises(Refused, match="cannot be counted"):
        tally.said("first_response_time", [Marks(day, 9)])
    with pytest.raises(Refused, match="How many marks"):
        tally.said("response_rate", [Marks(day, 9, 12), Marks(day, None, 12)])
    with pytest.raises(Refused, match="Nothing is counted"):
        tally.said("response_rate", [Marks(day, None)])


def test_an_objective_has_its_usual_numbers_until_others_are_chosen(
    session: Session, bakery: Shop
) -> None:
    first = targets.listed(session, bakery.quarter)[0]
    assert [(one.role, one.kpi.id) for one in first.targets] == [
        ("lead", "qualified_leads"), ("guard", targets.usual("leads", "guard")),
    ]  # fmt: skip
    said = Aim(target_low=8, guard_high=20, learning_kpi="plan_delivery", learning_low=60)
    targets.aim(session, first.stated.id, said, version=first.stated.version)
    lead, guard, learning = targets.listed(session, bakery.quarter)[0].targets
    assert number_words.aimed(lead) == "at least 8 contacts a month"
    assert (guard.high, learning.kpi.id, learning.low) == (20, "plan_delivery", 60)
    assert number_words.aimed(learning) == "at least 60 %"


def test_targets_leave_everything_else_of_an_objective(session: Session, bakery: Shop) -> None:
    one = objectives.listed(session, bakery.quarter)[0]
    wish = Wish(why="We know", check_on=date(2026, 12, 1))
    objectives.restate(session, one.id, wish, version=one.version)
    now = objectives.listed(session, bakery.quarter)[0]
    targets.aim(session, now.id, Aim(target_high=9), version=now.version)
    assert objectives.listed(session, bakery.quarter)[0].wish == replace(wish, target_high=9)
    with pytest.raises(Changed):
        targets.aim(session, now.id, Aim(), version=now.version)


def test_a_day_of_an_earlier_quarter_is_in_nobodys_way(session: Session, bakery: Shop) -> None:
    row = session.get_one(objectives.Objective, objectives.listed(session, bakery.quarter)[0].id)
    row.check_on = date(2026, 9, 1)
    session.flush()
    targets.aim(session, row.id, Aim(target_low=1), version=row.version)
    assert (row.target_low, row.check_on) == (1, None)


@pytest.mark.parametrize(
    "said",
    [
        Aim(target_low=2, target_high=1),
        Aim(guard_low=2, guard_high=1),
        Aim(learning_kpi="likes"),
        Aim(lead_kpi="plan_delivery", learning_kpi="plan_delivery"),
    ],
)
def test_targets_that_cannot_be_are_refused(session: Session, bakery: Shop, said: Aim) -> None:
    one = objectives.listed(session, bakery.quarter)[0]
    with pytest.raises(Refused):
        targets.aim(session, one.id, said, version=one.version)


@pytest.mark.parametrize(
    ("value", "place"), [(7.9, "below"), (8, "in"), (12, "in"), (12.1, "above")]
)
def test_a_value_lies_below_in_or_above_its_target(value: float, place: str) -> None:
    assert Target("lead", kpis.kpi("qualified_leads"), 8, 12, "").where(value) == place
    assert Target("lead", kpis.kpi("qualified_leads"), None, None, "").where(value) is None


def test_a_week_is_not_held_against_the_target_of_a_month() -> None:
    target = Target("lead", kpis.kpi("qualified_leads"), 8, None, "")
    week = replace(OCTOBER, period="week", starts_on=date(2026, 11, 2))
    assert number_words.reached(target, OCTOBER) == "below the target"
    assert number_words.reached(target, week) == ""
    invited = Target("lead", kpis.kpi("invitations"), 8, None, "")
    assert number_words.reached(invited, replace(OCTOBER, kpi="invitations")) == ""
    assert kpis.said(kpis.kpi("invitations"), 3) == "3"


def test_others_are_told_only_where_both_are_divided_by_the_same() -> None:
    followers = kpis.kpi("engagement_by_followers")
    reports = {one.id: one for one in yardsticks.offered(followers)}
    assert "0.48 %" in yardsticks.against(followers, reports["benchmark_2"])
    with pytest.raises(OtherDenominator, match=r"followers.*views"):
        yardsticks.against(followers, reports["benchmark_8"])
    assert yardsticks.offered(kpis.kpi("gifts")) == []


def test_every_number_that_is_a_share_says_what_it_is_divided_by() -> None:
    assert [name for name, one in kpis.every().items() if one.rate and not one.denominator] == []


def test_units_are_said_as_people_say_them() -> None:
    assert kpis.said(kpis.kpi("response_rate"), 12.345) == "12.35 %"
    assert kpis.said(kpis.kpi("unfollow_rate"), 1) == "1 % a month"
    assert kpis.said(kpis.kpi("service_satisfaction"), 4.2) == "4.2 of 5"
    assert kpis.said(kpis.kpi("views"), 12400) == "12\u202f400 views"


def fact(session: Session, shop: Shop) -> dict[str, object]:
    pack = rulebook.pack()
    found = facts.gather(session, shop.id, shop.quarter, pack).facts
    return next((dict(one.values) for one in found if one.kind == "numbers"), {})


def test_four_weeks_of_a_main_number_are_known_whatever_was_said(
    session: Session, bakery: Shop
) -> None:
    one = objectives.listed(session, bakery.quarter)[0]
    objectives.restate(session, one.id, Wish(numbers_unknown=True), version=one.version)
    assert fact(session, bakery) == {"known": False}
    sheet = [Marks(day, 3) for day in tally.weeks(date.today())]
    for weeks, told in ((3, {"known": False, "weeks": 3}), (4, {"known": True, "weeks": 4})):
        said = tally.said("qualified_leads", sheet[:weeks])
        measuring.take_in(session, bakery.id, said, today=date.today())
        assert fact(session, bakery) == told


def test_values_of_other_numbers_say_nothing_about_the_main_ones(
    session: Session, bakery: Shop
) -> None:
    measuring.take_in(session, bakery.id, months([1, 2, 3], "gifts"), today=TODAY)
    assert fact(session, bakery) == {}


def test_very_many_values_are_counted_in_the_database(session: Session, bakery: Shop) -> None:
    put_in = many_results.fill(session, bakery.id, 5_000, until=TODAY)
    found = series.shelves(session, bakery.id)
    assert sum(one.count for one in found) == put_in == 5_000
    assert max(one.last for one in found) == tally.weeks(TODAY)[-1]
