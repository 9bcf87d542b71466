"""An organisation changes rules with a reason, sees what it does, takes it back, breaks nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from models.amendments import Amendment as Row
from models.base import Base
from models.database import reading, writing
from models.organisation import Organisation, Quarter
from rules.pack import Amendment
from services import advice, amendments, effects, planning, rulebook
from services.amendments import Ground, Kept
from services.refusals import Changed, Refused
from tests.services import built

TODAY = date(2026, 11, 24)
WHY = Ground("our own numbers", "Half of our guests are there")
PRESENT = Amendment(parameter="present", value=0.2)
SERVES = Amendment(rule="activity.serves-the-objective", off=True)
LESS = Amendment(rule="activity.serves-the-objective", confidence=0.5)
PLANNED = "What fits into your hours"


@pytest.fixture
def shop(database: object) -> built.Shop:
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
        return made


def make(shop: built.Shop, change: Amendment, ground: Ground = WHY, *, seen: int = 0) -> Kept:
    with writing() as session:
        return amendments.make(session, shop.quarter, change, ground, seen=seen, on=TODAY)


def take_back(shop: built.Shop, kept: Kept) -> None:
    with writing() as session:
        amendments.withdraw(session, shop.quarter, kept.id, on=TODAY)


def standing(shop: built.Shop, quarter: int = 0) -> list[Kept]:
    with reading() as session:
        return list(amendments.standing(session, shop.id, quarter or shop.quarter).values())


def value(shop: built.Shop, quarter: int = 0) -> object:
    with reading() as session:
        pack = rulebook.for_organisation(session, shop.id, quarter or shop.quarter)
        return pack.parameters["present"].value


def rows() -> dict[str, int | None]:
    with reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


# ---- Making a change and taking it back -------------------------------------------------------


def test_a_change_counts_from_the_first_day_of_its_quarter(shop: built.Shop) -> None:
    kept = make(shop, PRESENT)
    assert kept.starts_on == date(2026, 10, 1)
    assert kept.ground == WHY
    assert value(shop) == 0.2


def test_the_quarter_before_keeps_the_rules_by_which_it_was_advised(shop: built.Shop) -> None:
    make(shop, PRESENT)
    assert value(shop, shop.before) == 0.35


def test_a_change_counts_in_the_quarters_that_follow(shop: built.Shop) -> None:
    make(shop, PRESENT)
    with writing() as session:
        later = Quarter(
            organisation_id=shop.id, year=2027, number=1,
            starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 31),
        )  # fmt: skip
        session.add(later)
        session.flush()
        number = later.id
    assert value(shop, number) == 0.2


def test_taken_back_the_delivered_value_counts_again(shop: built.Shop) -> None:
    kept = make(shop, PRESENT)
    take_back(shop, kept)
    take_back(shop, kept)
    assert value(shop) == 0.35
    with reading() as session:
        (past,) = amendments.history(session, shop.id)
    assert past.withdrawn_at is not None


def test_a_second_change_follows_the_first_and_taking_it_back_leaves_none(shop: built.Shop) -> None:
    first = make(shop, PRESENT)
    second = make(shop, replace(PRESENT, value=0.5), seen=first.id)
    assert [one.id for one in standing(shop)] == [second.id]
    take_back(shop, second)
    assert value(shop) == 0.35


def test_what_counted_in_a_quarter_counts_there_still_after_it_was_replaced_or_taken_back(
    shop: built.Shop,
) -> None:
    with writing() as session:
        last_day = date(2026, 9, 30)
        first = amendments.make(session, shop.before, PRESENT, WHY, seen=0, on=last_day)
    assert (value(shop, shop.before), value(shop)) == (0.2, 0.2)
    second = make(shop, replace(PRESENT, value=0.5), seen=first.id)
    assert (value(shop, shop.before), value(shop)) == (0.2, 0.5)
    take_back(shop, second)
    assert (value(shop, shop.before), value(shop)) == (0.2, 0.35)


def test_taken_back_on_the_last_day_of_a_quarter_it_does_not_count_in_it(shop: built.Shop) -> None:
    with writing() as session:
        last_day = date(2026, 9, 30)
        kept = amendments.make(session, shop.before, PRESENT, WHY, seen=0, on=last_day)
        amendments.withdraw(session, shop.before, kept.id, on=last_day)
    assert (value(shop, shop.before), value(shop)) == (0.35, 0.35)


def test_a_rule_switched_off_speaks_no_more_and_comes_back(shop: built.Shop) -> None:
    kept = make(shop, SERVES)
    with reading() as session:
        ids = {rule.id for rule in rulebook.for_organisation(session, shop.id, shop.quarter).rules}
    assert SERVES.rule not in ids
    take_back(shop, kept)
    with reading() as session:
        assert rulebook.for_organisation(session, shop.id, shop.quarter) is rulebook.pack()


def test_weight_and_being_off_are_two_changes_that_stand_side_by_side(shop: built.Shop) -> None:
    make(shop, LESS)
    make(shop, SERVES)
    assert len(standing(shop)) == 2


def test_the_same_change_twice_is_one(shop: built.Shop) -> None:
    first = make(shop, PRESENT)
    assert make(shop, PRESENT).id == first.id
    assert rows()["amendment"] == 1


def test_who_comes_second_sees_what_stands_and_overwrites_nothing(shop: built.Shop) -> None:
    first = make(shop, PRESENT)
    with pytest.raises(Changed) as told:
        make(shop, replace(PRESENT, value=0.5))
    assert told.value.theirs is not None
    assert (told.value.theirs["value"], told.value.version) == (0.2, first.id)
    make(shop, replace(PRESENT, value=0.5), seen=first.id)
    assert value(shop) == 0.5


def test_who_changes_what_was_taken_back_meanwhile_is_told(shop: built.Shop) -> None:
    first = make(shop, PRESENT)
    take_back(shop, first)
    with pytest.raises(Changed) as told:
        make(shop, replace(PRESENT, value=0.5), seen=first.id)
    assert told.value.theirs is None


def test_who_takes_back_what_was_replaced_meanwhile_is_told_what_counts_now(
    shop: built.Shop,
) -> None:
    first = make(shop, PRESENT)
    second = make(shop, replace(PRESENT, value=0.5), seen=first.id)
    with pytest.raises(Changed) as told:
        take_back(shop, first)
    assert told.value.theirs is not None
    assert (told.value.theirs["value"], told.value.version) == (0.5, second.id)
    assert value(shop) == 0.5


def test_a_neighbours_change_is_not_ones_own_to_take_back(shop: built.Shop) -> None:
    kept = make(shop, PRESENT)
    with writing() as session:
        other = Organisation(name="Other", staff=1, sector="business", audience="both", region="de",
                             premises=False, created_at=built.NOW)  # fmt: skip
        session.add(other)
        session.flush()
        theirs = Quarter(
            organisation_id=other.id, year=2026, number=4,
            starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31),
        )  # fmt: skip
        session.add(theirs)
        session.flush()
        number = theirs.id
    with pytest.raises(Refused), writing() as session:
        amendments.withdraw(session, number, kept.id, on=TODAY)
    assert value(shop) == 0.2


# ---- What cannot be ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "ground", "word"),
    [
        (replace(PRESENT, value=1.01), WHY, "101 % does not fit. It goes from 0 % to 100 %"),
        (replace(PRESENT, value=-0.01), WHY, "from 0 % to 100 %"),
        (replace(PRESENT, value="much"), WHY, "Type a number"),
        (replace(PRESENT, value=True), WHY, "Type a number"),
        (replace(PRESENT, value=None), WHY, "Type a number"),
        (replace(PRESENT, value=float("nan")), WHY, "does not fit"),
        (Amendment(parameter="hours_each", value=41), WHY, "from 1 to 40 hours"),
        (Amendment(parameter="small", value=12.5), WHY, "whole number"),
        (Amendment(parameter="no_such", value=1), WHY, "do not know this value"),
        (Amendment(rule="no.such", off=True), WHY, "not there any more"),
        (replace(LESS, confidence=2.01), WHY, "between nothing"),
        (replace(LESS, confidence=None), WHY, "between nothing"),
        (PRESENT, Ground("numbers", " "), "Say in a sentence why"),
        (PRESENT, Ground(" ", "because"), "where it comes from"),
        (PRESENT, Ground("numbers", "x" * 2_001), "shorten"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(
    shop: built.Shop, change: Amendment, ground: Ground, word: str
) -> None:
    with pytest.raises(Refused, match=word):
        make(shop, change, ground)
    assert standing(shop) == []


@pytest.mark.parametrize("whole", [0, 1])
def test_both_ends_of_a_range_fit(shop: built.Shop, whole: int) -> None:
    make(shop, replace(PRESENT, value=whole))
    assert value(shop) == whole


def test_a_quarter_that_is_over_is_left_alone(shop: built.Shop) -> None:
    with pytest.raises(Refused, match="quarter is over"), writing() as session:
        amendments.make(session, shop.before, PRESENT, WHY, seen=0, on=TODAY)
    kept = make(shop, PRESENT)
    with pytest.raises(Refused, match="quarter is over"), writing() as session:
        amendments.withdraw(session, shop.before, kept.id, on=TODAY)


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("present", "35", 0.35),
        ("present", " 35 % ", 0.35),
        ("present", "12,5 %", 0.125),
        ("hours_each", "4,5", 4.5),
        ("hours_each", "4.5 h", 4.5),
        ("quiet_days", "30 days", 30),
    ],
)
def test_values_are_typed_as_people_write_them(name: str, text: str, read: float) -> None:
    assert amendments.typed(rulebook.pack().parameters[name], text) == read


@pytest.mark.parametrize("text", ["", "many", "1.000,5", "101", "-1", "1e1", "３,5x"])
def test_what_is_no_number_in_the_range_names_range_and_unit(text: str) -> None:
    with pytest.raises(Refused, match="from 0 % to 100 %"):
        amendments.typed(rulebook.pack().parameters["present"], text)


def test_a_change_that_a_newer_rulebook_does_not_know_locks_nobody_out(shop: built.Shop) -> None:
    with writing() as session:
        session.add(
            Row(
                organisation_id=shop.id, parameter="gone", value=1, starts_on=date(2026, 10, 1),
                source="x", reason="y", made_at=built.NOW,
            )
        )  # fmt: skip
    assert value(shop) == 0.35
    (kept,) = standing(shop)
    take_back(shop, kept)
    assert standing(shop) == []


# ---- The effect, before anything is kept ------------------------------------------------------


def effect(shop: built.Shop, change: Amendment) -> effects.Effect:
    with reading() as session:
        return effects.of_change(session, shop.id, shop.quarter, change)


def test_the_effect_is_exactly_what_the_advice_does_afterwards(shop: built.Shop) -> None:
    with reading() as session:
        before = advice.current(session, shop.id, shop.quarter)
    said = effect(shop, SERVES)
    make(shop, SERVES)
    with reading() as session:
        after = advice.current(session, shop.id, shop.quarter)
    advised = effects.between(before, after)
    assert {**said.changes, **advised.changes} == said.changes
    assert set(said.changes) - set(advised.changes) <= {PLANNED}
    assert said.points == advised.points
    assert said.changes["What to do"]
    assert not said.nothing
    assert any("place" in line for line in said.changes["What to do"])


def test_looking_at_an_effect_writes_nothing(shop: built.Shop) -> None:
    before = rows()
    effect(shop, SERVES)
    effect(shop, PRESENT)
    assert rows() == before
    assert standing(shop) == []


def test_taking_back_says_first_what_it_does(shop: built.Shop) -> None:
    kept = make(shop, SERVES)
    with reading() as session:
        said = effects.of_taking_back(session, shop.id, shop.quarter, kept.id)
    assert said.changes["What to do"]


def test_a_value_that_only_a_plan_reads_says_what_it_does_to_the_plan(shop: built.Shop) -> None:
    less = Amendment(parameter="planned_share", value=0.3)
    with reading() as session:
        before = planning.plan(advice.current(session, shop.id, shop.quarter))
    said = effect(shop, less)
    assert not said.nothing
    kept = make(shop, less)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
        back = effects.of_taking_back(session, shop.id, shop.quarter, kept.id)
    after = planning.plan(view)
    lines = said.changes[PLANNED]
    assert f"{after.have:g} h a week may be planned, not {before.have:g} h." in lines
    held = {(one.kind, one.name) for one in (*after.channels, *after.activities)}
    gone = [one for one in before.activities if (one.kind, one.name) not in held]
    assert gone
    for one in gone:
        assert f"{view.title(one.kind, one.name)} goes out of the plan." in lines
        assert f"{view.title(one.kind, one.name)} comes into the plan." in back.changes[PLANNED]


def in_plan(shop: built.Shop) -> set[tuple[str, str]]:
    with reading() as session:
        made = planning.plan(advice.current(session, shop.id, shop.quarter))
    return {(one.kind, one.name) for one in (*made.channels, *made.activities)}


@pytest.mark.parametrize("change", [SERVES, replace(LESS, confidence=0)])
def test_a_rule_that_is_off_or_counts_less_says_what_it_does_to_the_plan(
    shop: built.Shop, change: Amendment
) -> None:
    before = in_plan(shop)
    said = effect(shop, change)
    kept = make(shop, change)
    after = in_plan(shop)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
        back = effects.of_taking_back(session, shop.id, shop.quarter, kept.id)
    comes = {f"{view.title(*one)} comes into the plan." for one in after - before}
    goes = {f"{view.title(*one)} goes out of the plan." for one in before - after}
    assert comes | goes
    assert set(said.changes[PLANNED]) == comes | goes
    assert len(back.changes[PLANNED]) == len(comes | goes)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (Amendment(parameter="plan_reach", value=3), "the plan stays as it is"),
        (Amendment(parameter="plan_step", value=1), "the plan stays as it is"),
        (Amendment(parameter="plan_step", value=0.5), "same as now"),
        (Amendment(parameter="learn_least", value=4), "no rule compares"),
        (Amendment(rule="channel.forbidden-on-work-phones", off=True), "did not speak"),
        (Amendment(parameter="present", value=0.35), "same as now"),
        (Amendment(parameter="present", value=0.351), "same side"),
        (Amendment(parameter="long_sale", value=31), "same side"),
    ],
)
def test_no_effect_says_why_there_is_none(shop: built.Shop, change: Amendment, word: str) -> None:
    said = effect(shop, change)
    assert said.changes == {}
    assert word in said.nothing


def test_the_effect_on_a_rule_that_is_off_already_says_so(shop: built.Shop) -> None:
    make(shop, SERVES)
    assert "off already" in effect(shop, LESS).nothing


def test_what_would_be_blocked_and_what_not_any_more_is_said(shop: built.Shop) -> None:
    blocking = [
        rule.id
        for rule in rulebook.pack().rules
        if getattr(rule.conclusion, "blocks", False) and rule.stage == "activities"
    ]
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    spoke = {block.rule.id for one in view.advice.scored for block in one.blocks}
    for rule in sorted(spoke & set(blocking)):
        said = effect(shop, Amendment(rule=rule, off=True))
        assert any("not blocked any more" in line for line in said.changes["What to do"])


# ---- Nothing can be broken ---------------------------------------------------------------------


@pytest.mark.parametrize("end", ["low", "high"])
def test_every_value_at_its_end_still_gives_advice(shop: built.Shop, end: str) -> None:
    with writing() as session:
        for parameter in rulebook.pack().parameters.values():
            change = Amendment(parameter=parameter.name, value=getattr(parameter, end))
            amendments.make(session, shop.quarter, change, WHY, seen=0, on=TODAY)
    with reading() as session:
        assert advice.current(session, shop.id, shop.quarter).advice.matches


def test_with_every_rule_switched_off_there_is_no_advice_and_no_error(shop: built.Shop) -> None:
    changes = [Amendment(rule=rule.id, off=True) for rule in rulebook.pack().rules]
    with writing() as session:
        for change in changes:
            amendments.make(session, shop.quarter, change, WHY, seen=0, on=TODAY)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
        kept = amendments.standing(session, shop.id, shop.quarter)
        back = next(iter(kept.values())).id
        effects.of_taking_back(session, shop.id, shop.quarter, back)
    assert view.advice.scored == ()
    assert len(kept) == len(changes)
