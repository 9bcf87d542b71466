"""Rules: every one a sentence; a manager changes what does not fit, sees first what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from models.base import Base
from models.database import reading, writing
from rules.pack import Amendment
from services import amendments, quarters, rulebook
from services.amendments import Ground, Kept
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words
from tests.pages.test_words import machine_words, read
from ui import frame, opening

PAGE = "behind/rules"
SERVES = "activity.serves-the-objective"
SAFE = "owner.only-volunteers"
WHY = Ground("our *own* numbers", "It <b>fits</b> us better")
OFF = Amendment(rule=SERVES, off=True)
PRESENT = Amendment(parameter="present", value=0.2)


def opened(open_page: OpenPage, name: str, what: str = "", key: str = "") -> AppTest:
    """The page with one rule or value looked at closely."""
    app = open_page(PAGE, organisation=name)
    return look(app, what or opening.RULE, key or SERVES)


def look(app: AppTest, what: str, key: str) -> AppTest:
    if what == opening.VALUE:
        app.session_state["rules_list"] = "Values"
    else:
        rule = next(rule for rule in rulebook.pack().rules if rule.id == key)
        app.session_state["rules_search"] = rule.title
    app.run()
    return app.button(key=f"open_{key}").click().run()


def shown(open_page: OpenPage, name: str, chosen: str) -> AppTest:
    """The page with one of its lists chosen."""
    app = open_page(PAGE, organisation=name)
    app.session_state["rules_list"] = chosen
    return app.run()


def kept(shop: Bakery) -> list[Kept]:
    with reading() as session:
        return list(amendments.standing(session, *shop.place).values())


def change(shop: Bakery, what: Amendment, ground: Ground = WHY, seen: int = 0) -> Kept:
    with writing() as session:
        return amendments.make(session, shop.place[1], what, ground, seen=seen, on=TODAY)


def rows() -> dict[str, int | None]:
    with reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def form(kind: str, shop: Bakery, name: str) -> str:
    return f"{kind}_{shop.place[1]}_{name}"


# ---- Reading and searching -------------------------------------------------------------------


def test_without_any_organisation_it_says_how_to_begin(open_page: OpenPage) -> None:
    assert "Begin with yours" in open_page(PAGE).info[0].value


def test_who_has_said_nothing_sees_all_rules_silent_by_stage(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page(PAGE, organisation=shop)
    labels = [one.label for one in app.expander]
    filled = {rule.stage for rule in rulebook.pack().rules}
    stages = [stage.title for stage in rulebook.pack().stages if stage.name in filled]
    assert [label.split(":")[0] for label in labels] == stages
    assert f"{len(rulebook.pack().rules)} rules; " in words(app)
    assert not [one for one in app.button if str(one.key).startswith("open_")]


def test_a_stage_is_opened_twenty_rules_at_a_time(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = open_page(PAGE, organisation=shop.name)
    app.session_state["stage_What to do"] = True
    app.run()
    assert len([one for one in app.button if str(one.key).startswith("open_")]) == 20
    app.button(key="more_What to do").click().run()
    assert len([one for one in app.button if str(one.key).startswith("open_")]) == 40


def test_a_search_finds_every_word_in_any_order(open_page: OpenPage, database: Path) -> None:
    app = open_page(PAGE, organisation=bakery(ANN).name)
    app.text_input(key="rules_search").set_value("objective  SERVES activity").run()
    assert "The activity serves the objective" in words(app)
    assert [one for one in app.button if one.key == f"open_{SERVES}"]
    app.text_input(key="rules_search").set_value("zebra").run()
    assert "No rule fits" in words(app)


def test_what_spoke_says_about_what_and_what_did_not_is_silent(
    open_page: OpenPage, database: Path
) -> None:
    app = open_page(PAGE, organisation=bakery(ANN, BEN).name)
    app.text_input(key="rules_search").set_value("serves the objective").run()
    assert "Spoke this quarter about " in words(app)
    app.session_state["rules_shown"] = "Silent"
    app.text_input(key="rules_search").set_value("work phones").run()
    assert "Silent this quarter" in words(app)
    app.session_state["rules_shown"] = "Spoke this quarter"
    app.run()
    assert "No rule fits" in words(app)


def test_every_rule_and_value_is_shown_without_machine_words(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = open_page(PAGE, organisation=shop.name)
    for stage in rulebook.pack().stages:
        app.session_state[f"stage_{stage.title}"] = True
        app.session_state[f"rules_count_{stage.title}"] = 1_000
    app.run()
    assert len([one for one in app.button if str(one.key).startswith("open_")]) == len(
        rulebook.pack().rules
    )
    assert machine_words(read(app)) == []
    for chosen in ("Values", "Our changes", "Try a case"):
        assert machine_words(read(shown(open_page, shop.name, chosen))) == []


@pytest.mark.parametrize("rule", [SERVES, SAFE, "channel.very-young-people"])
def test_a_rule_looked_at_closely_has_no_machine_words(
    open_page: OpenPage, database: Path, rule: str
) -> None:
    app = opened(open_page, bakery(ANN, BEN).name, key=rule)
    assert machine_words(read(app)) == []
    assert "It speaks when all of this is known" in words(app)
    assert "Where it comes from" in words(app)


def test_a_silent_rule_says_what_keeps_it_silent(open_page: OpenPage, database: Path) -> None:
    app = opened(open_page, bakery(ANN).name, key="channel.forbidden-on-work-phones")
    assert "What keeps it silent" in [one.label for one in app.expander]


def test_a_rule_folds_again_where_it_stands(open_page: OpenPage, database: Path) -> None:
    app = opened(open_page, bakery(ANN).name)
    assert "Change it for us" in words(app)
    app.button(key=f"open_{SERVES}").click().run()
    assert "Change it for us" not in words(app)
    assert "The activity serves the objective" in words(app)


# ---- Changing ----------------------------------------------------------------------------------


def test_a_rule_is_switched_off_after_its_effect_was_shown(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name)
    app.radio(key=form("wish", shop, SERVES)).set_value("Switch it off").run()
    assert "What it would do to your advice" in words(app)
    assert "moves from place" in words(app) or "goes out" in words(app)
    assert kept(shop) == []
    key = form("off", shop, SERVES)
    app.button(key=f"{key}_keep").click().run()
    assert "Say in a sentence why" in app.warning[0].value
    app.text_area(key=f"{key}_reason").set_value(WHY.reason)
    app.text_input(key=f"{key}_source").set_value(WHY.source)
    app.selectbox(key="who").set_value("Ben")
    app.button(key=f"{key}_keep").click().run()
    (one,) = kept(shop)
    assert (one.change, one.ground) == (OFF, replace(WHY, who="Ben"))
    assert one.starts_on == date(2026, 10, 1)
    assert "you switched it off" in words(app)
    assert "It \\<b\\>fits\\<\\/b\\> us better" in words(app)


def test_a_rule_that_found_something_says_it_in_a_whole_sentence(
    open_page: OpenPage, database: Path
) -> None:
    app = open_page(PAGE, organisation=bakery(ANN, BEN).name)
    app.text_input(key="rules_search").set_value("does one thing well").run()
    assert "Spoke this quarter: With 8 h a week a small team does one thing well" in words(app)


def test_a_value_says_where_it_is_used_also_where_no_rule_reads_it(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    plan = opened(open_page, shop.name, opening.VALUE, "plan_setup")
    assert "used where a first plan is put together" in words(plan)
    trust = opened(open_page, shop.name, opening.VALUE, "trust_estimated")
    assert "used where facts are weighed" in words(trust)
    learn = opened(open_page, shop.name, opening.VALUE, "learn_strength")
    assert "used where what came of advice says" in words(learn)


def test_a_rule_is_switched_on_again_with_one_click(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    one = change(shop, OFF)
    app = opened(open_page, shop.name)
    app.button(key=f"withdraw_{one.id}").click().run()
    assert kept(shop) == []
    assert "Spoke this quarter about" in words(app)


def test_a_rule_counts_less(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name)
    app.radio(key=form("wish", shop, SERVES)).set_value("Let it count less").run()
    key = form("weight", shop, SERVES)
    app.number_input(key=f"{key}_amount").set_value(25)
    app.text_area(key=f"{key}_reason").set_value("Because")
    app.text_input(key=f"{key}_source").set_value("Us").run()
    app.button(key=f"{key}_keep").click().run()
    assert [one.change for one in kept(shop)] == [Amendment(rule=SERVES, confidence=0.25)]
    assert "Counts 25% since 1 October 2026" in words(app).replace("\\", "")


def test_switching_off_what_protects_people_is_warned_of_and_still_theirs_to_decide(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name, key=SAFE)
    assert not app.warning
    app.radio(key=form("wish", shop, SAFE)).set_value("Switch it off").run()
    assert "This rule protects people" in app.warning[0].value
    assert app.button(key=f"{form('off', shop, SAFE)}_keep")


def test_a_value_is_changed_with_a_comma_and_its_unit(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name, opening.VALUE, "present")
    key = form("value", shop, "present")
    assert app.text_input(key=f"{key}_amount").value == "35 %"
    assert not [one for one in app.button if one.key == f"{key}_keep"]
    app.text_input(key=f"{key}_amount").set_value("22,5 %").run()
    assert "What it would do to your advice" in words(app)
    app.text_area(key=f"{key}_reason").set_value("Because")
    app.text_input(key=f"{key}_source").set_value("Us")
    app.button(key=f"{key}_keep").click().run()
    assert [one.change.value for one in kept(shop)] == [0.225]
    assert "Delivered as 35" in words(app)
    assert "22\\.5 \\%" in words(app)


@pytest.mark.parametrize("text", ["a lot", "120", "-5", ""])
def test_a_value_that_cannot_be_says_what_can(
    open_page: OpenPage, database: Path, text: str
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name, opening.VALUE, "present")
    key = form("value", shop, "present")
    app.text_input(key=f"{key}_amount").set_value(text).run()
    assert "from 0 \\% to 100 \\%" in app.warning[0].value
    assert not [one for one in app.button if one.key == f"{key}_keep"]


def test_a_starter_value_is_called_one_and_past_its_date_says_so(
    open_page: OpenPage, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = bakery(ANN, BEN)
    app = shown(open_page, shop.name, "Values")
    assert "Starter value" in words(app)
    assert "to be looked at again by 30 June 2027" in words(app)
    assert "Past its date" not in words(app)
    monkeypatch.setattr(frame, "today", lambda: date(2027, 7, 1))
    app.run()
    assert "Past its date" in words(app)


# ---- Two people at the same time ---------------------------------------------------------------


def test_who_comes_second_to_a_value_sees_both_and_may_keep_theirs(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name, opening.VALUE, "present")
    key = form("value", shop, "present")
    app.text_input(key=f"{key}_amount").set_value("10").run()
    app.text_area(key=f"{key}_reason").set_value("Mine")
    app.text_input(key=f"{key}_source").set_value("Me").run()
    change(shop, PRESENT)
    app.button(key=f"{key}_keep").click().run()
    assert any("Somebody else changed this meanwhile" in one.value for one in app.warning)
    assert any("20 %: It <b>fits</b> us better" in one.value for one in app.text)
    assert app.text_area(key=f"{key}_reason").value == "Mine"
    assert [one.change.value for one in kept(shop)] == [0.2]
    app.button(key=f"{key}_keep").click().run()
    assert [one.change.value for one in kept(shop)] == [0.1]


def test_who_comes_second_to_switching_off_loses_no_word(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name)
    app.radio(key=form("wish", shop, SERVES)).set_value("Switch it off").run()
    key = form("off", shop, SERVES)
    app.text_area(key=f"{key}_reason").set_value("Mine")
    app.text_input(key=f"{key}_source").set_value("Me").run()
    change(shop, OFF)
    app.button(key=f"{key}_keep").click().run()
    assert any("Somebody else changed this meanwhile" in one.value for one in app.warning)
    assert app.text_area(key=f"{key}_reason").value == "Mine"
    app.button(key=f"{key}_take_theirs").click().run()
    assert [one.ground for one in kept(shop)] == [WHY]
    assert "Switched off since" in words(app)


def test_who_changes_what_was_taken_back_meanwhile_may_keep_theirs(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    before = change(shop, PRESENT)
    app = opened(open_page, shop.name, opening.VALUE, "present")
    key = form("value", shop, "present")
    app.text_input(key=f"{key}_amount").set_value("10").run()
    app.text_area(key=f"{key}_reason").set_value("Mine").run()
    with writing() as session:
        amendments.withdraw(session, shop.place[1], before.id, on=TODAY)
    app.button(key=f"{key}_keep").click().run()
    assert any("Somebody else changed this meanwhile" in one.value for one in app.warning)
    assert app.text_area(key=f"{key}_reason").value == "Mine"
    app.button(key=f"{key}_keep").click().run()
    assert [(one.change.value, one.ground.reason) for one in kept(shop)] == [(0.1, "Mine")]


def test_words_on_how_much_a_rule_counts_stay_when_somebody_else_switches_it_off(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name)
    app.radio(key=form("wish", shop, SERVES)).set_value("Let it count less").run()
    key = form("weight", shop, SERVES)
    app.number_input(key=f"{key}_amount").set_value(25)
    app.text_area(key=f"{key}_reason").set_value("Mine, *all*")
    app.text_input(key=f"{key}_source").set_value("Me").run()
    change(shop, OFF)
    app.run()
    assert any("switched off meanwhile" in one.value for one in app.warning)
    assert {"Counts 25%: Mine, *all*", "Source: Me"} <= {one.value for one in app.text}
    app.button(key=f"{key}_put_aside").click().run()
    assert not app.warning


def test_a_reason_stays_in_sight_when_somebody_else_changes_to_the_same_value(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = opened(open_page, shop.name, opening.VALUE, "present")
    key = form("value", shop, "present")
    app.text_input(key=f"{key}_amount").set_value("20").run()
    app.text_area(key=f"{key}_reason").set_value("Mine").run()
    change(shop, PRESENT)
    app.run()
    assert app.text_area(key=f"{key}_reason").value == "Mine"


# ---- Our changes, quarters that are over, and trying -----------------------------------------


def test_nothing_changed_says_how_to_change_something(open_page: OpenPage, shop: str) -> None:
    assert "Nothing is changed" in words(shown(open_page, shop, "Our changes"))


def test_our_changes_stand_with_reason_and_go_with_one_click(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    one = change(shop, PRESENT)
    app = shown(open_page, shop.name, "Our changes")
    assert "20 % instead of 35 %" in words(app).replace("\\", "")
    assert "our \\*own\\* numbers" in words(app)
    app.button(key=f"withdraw_{one.id}").click().run()
    assert kept(shop) == []
    assert "Taken back: 1" in [fold.label for fold in app.expander]


def test_what_taking_back_would_do_is_told_first(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    one = change(shop, OFF)
    app = open_page(PAGE, organisation=shop.name)
    app.session_state["rules_list"] = "Our changes"
    app.session_state[f"back_effect_{one.id}"] = True
    app.run()
    assert "What it would do to your advice" in words(app)
    assert kept(shop) == [one] or kept(shop)[0].id == one.id


def test_a_quarter_that_is_over_is_read_and_not_changed(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    with writing() as session:
        before = quarters.bare(shop.place[0], date(2026, 8, 1))
        session.add(before)
        session.flush()
        label = quarters.label(before)
    app = open_page(PAGE, organisation=shop.name, quarter=label)
    look(app, opening.RULE, SERVES)
    assert "This quarter is over" in words(app)
    assert "It speaks when all of this is known" in words(app)
    assert "Change it for us" not in words(app)


def test_a_case_is_tried_and_no_row_changes(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = shown(open_page, shop.name, "Try a case")
    before = rows()
    assert "So far this is you" in words(app)
    (wants,) = app.multiselect
    wants.set_value(["recruiting"]).run()
    assert "So far this is you" not in words(app)
    assert "(new)" in words(app)
    assert "(not in this case)" in words(app)
    assert "comes in, at place" in words(app).replace("\\", "")
    assert rows() == before


def test_a_case_that_cannot_be_says_why(open_page: OpenPage, database: Path) -> None:
    app = shown(open_page, bakery(ANN, BEN).name, "Try a case")
    described = next(one for one in app.checkbox if "described" in one.label)
    described.check().run()
    oldest = next(one for one in app.number_input if "oldest" in one.label)
    oldest.set_value(3).run()
    assert "The youngest cannot be older" in app.warning[0].value


def test_an_organisation_that_has_said_nothing_can_try_a_case(
    open_page: OpenPage, shop: str
) -> None:
    app = shown(open_page, shop, "Try a case")
    (wants,) = app.multiselect
    wants.set_value(["sales"]).run()
    assert "(new)" in words(app)
