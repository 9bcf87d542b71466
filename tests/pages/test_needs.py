"""What people expect: said, mapped, changed, and turned into what we want."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import needs
from services.needs import Expectation
from tests.pages.conftest import OpenPage
from tests.pages.test_overview import place, words

SLOW = Expectation("leadership", "slow_answers", 5, 1, text="People **wait** two days")


def said(shop: str, *expectations: Expectation) -> None:
    with writing() as session:
        for one in expectations:
            needs.add(session, *place(shop), one)


def kept(shop: str) -> list[Expectation]:
    with reading() as session:
        return [needs.expectation(row) for row in needs.listed(session, *place(shop))]


def test_it_begins_with_six_questions_and_can_be_skipped(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/needs", organisation=shop)
    assert len([m for m in app.expander[0].markdown if m.value.startswith("- ")]) == 6
    assert "You can also skip it" in words(app)
    assert "Nothing is written down yet" in words(app)


def test_an_expectation_is_kept_with_who_said_it(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/needs", organisation=shop)
    app.button_group(key="new_source").set_value("function").run()
    app.selectbox(key="new_function").set_value("customer_service")
    app.selectbox(key="new_topic").set_value("slow_answers")
    app.text_area(key="new_text").set_value("People wait two days")
    app.button_group(key="new_importance").set_value(5)
    app.button_group(key="new_current").set_value(1)
    app.button(key="keep").click().run()
    assert kept(shop) == [
        Expectation("function", "slow_answers", 5, 1, "customer_service", "People wait two days")
    ]


def test_half_an_expectation_is_not_lost_but_asked_for(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/needs", organisation=shop)
    app.text_area(key="new_text").set_value("They wait")
    app.button(key="keep").click().run()
    assert "Say who expects it" in app.warning[0].value
    assert app.text_area(key="new_text").value == "They wait"
    assert kept(shop) == []


def test_the_map_shows_each_topic_and_its_voices(open_page: OpenPage, shop: str) -> None:
    said(shop, SLOW, Expectation("customers", "slow_answers", 4, 3))
    app = open_page("start/needs", organisation=shop)
    app.session_state["table_what-matters"] = True
    rows = app.run().table[0].value
    assert list(rows["Said by"]) == ["Everyone", "Leadership", "Customers"]


def test_arrows_lead_from_the_map_of_the_quarter_before(open_page: OpenPage, example: str) -> None:
    app = open_page("start/needs", organisation=example)
    app.session_state["table_what-matters"] = True
    app.run()
    assert any("Arrows: from where it was in July" in one.value for one in app.caption)
    assert "5 and 1" in list(app.table[0].value["Before"])


def test_taking_away_takes_away(open_page: OpenPage, shop: str) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    (button,) = [b for b in app.button if b.label == "Take it away"]
    button.click().run()
    assert kept(shop) == []


def test_who_comes_second_sees_the_other_version(open_page: OpenPage, shop: str) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    with writing() as session:
        (row,) = needs.listed(session, *place(shop))
        needs.update(session, row.id, Expectation("leadership", "slow_answers", 1, 4, text="No"),
                     version=row.version)  # fmt: skip
    (text,) = [area for area in app.text_area if area.key != "new_text"]
    text.set_value("Mine")
    (button,) = [b for b in app.button if b.label == "Keep the change"]
    button.click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "No" in [one.value for one in app.text]
    (button,) = [b for b in app.button if b.label == "Keep the change"]
    button.click().run()
    assert [one.text for one in kept(shop)] == ["Mine"]


def test_what_the_rules_suggest_is_one_click_from_being_wanted(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW, Expectation("customers", "slow_answers", 5, 0))
    app = open_page("start/needs", organisation=shop)
    wanted = [b for b in app.button if b.label == "We want this"]
    assert wanted
    before = len(wanted)
    wanted[0].click().run()
    assert len([b for b in app.button if b.label == "We want this"]) < before or before > 3


def test_what_was_typed_is_still_there_after_a_look_at_another_page(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/needs", organisation=shop)
    app.text_area(key="new_text").set_value("They wait").run()
    app.switch_page("pages/choose/objectives.py").run()
    app.switch_page("pages/start/needs.py").run()
    assert app.text_area(key="new_text").value == "They wait"


def test_the_next_expectation_begins_empty_with_the_same_voice(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/needs", organisation=shop)
    app.button_group(key="new_source").set_value("customers")
    app.selectbox(key="new_topic").set_value("slow_answers")
    app.text_area(key="new_text").set_value("They wait")
    app.button_group(key="new_importance").set_value(5)
    app.button_group(key="new_current").set_value(1)
    app.button(key="keep").click().run()
    assert app.text_area(key="new_text").value == ""
    assert app.text_area(key="new_text").proto.set_value  # or the browser keeps the old words
    assert app.selectbox(key="new_topic").value is None
    assert app.button_group(key="new_source").value == "customers"


def test_words_about_what_somebody_else_took_away_are_still_there(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    (field,) = [one for one in app.text_area if one.key != "new_text"]
    with writing() as session:
        needs.remove(session, needs.listed(session, *place(shop))[0].id)
    field.set_value("Three *days*").run()
    assert "took this expectation away" in app.warning[0].value
    assert "Three *days*" in [one.value for one in app.text]
    app.button(key="need_seen").click().run()
    assert not app.warning


def the_words(app: AppTest) -> Any:
    """The field with the words of the one expectation that is kept."""
    (field,) = [one for one in app.text_area if one.key != "new_text"]
    return field


def test_a_half_typed_change_is_still_there_after_a_look_at_another_page(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Three days").run()
    app.switch_page("pages/choose/objectives.py").run()
    app.run()
    app.switch_page("pages/start/needs.py").run()
    assert the_words(app).value == "Three days"
    (button,) = [b for b in app.button if b.label == "Keep the change"]
    button.click().run()
    assert [one.text for one in kept(shop)] == ["Three days"]


def test_a_change_typed_in_the_moment_of_leaving_the_page_is_still_there(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Three days")
    app.switch_page("pages/choose/objectives.py").run()
    app.switch_page("pages/start/needs.py").run()
    assert the_words(app).value == "Three days"


def test_of_two_versions_both_are_shown_to_somebody_who_was_away(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Mine").run()
    app.switch_page("pages/choose/objectives.py").run()
    with writing() as session:
        (row,) = needs.listed(session, *place(shop))
        needs.update(session, row.id, replace(SLOW, text="Theirs"), version=row.version)
    app.switch_page("pages/start/needs.py").run()
    assert the_words(app).value == "Mine"
    (button,) = [b for b in app.button if b.label == "Keep the change"]
    button.click().run()
    assert "Theirs" in [one.value for one in app.text]
    assert the_words(app).value == "Mine"


def test_who_takes_back_what_was_typed_sees_what_others_keep_later(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Mine").run()
    the_words(app).set_value(SLOW.text).run()
    app.switch_page("pages/choose/objectives.py").run()
    with writing() as session:
        (row,) = needs.listed(session, *place(shop))
        needs.update(session, row.id, replace(SLOW, text="Theirs"), version=row.version)
    app.switch_page("pages/start/needs.py").run()
    assert the_words(app).value == "Theirs"


def test_words_about_what_was_taken_away_while_one_was_away_are_still_there(
    open_page: OpenPage, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Three days").run()
    app.switch_page("pages/choose/objectives.py").run()
    with writing() as session:
        needs.remove(session, needs.listed(session, *place(shop))[0].id)
    app.switch_page("pages/start/needs.py").run()
    assert "took this expectation away" in app.warning[0].value
    assert "Three days" in [one.value for one in app.text]


def test_a_look_at_another_organisation_is_not_taken_for_a_loss(
    open_page: OpenPage, example: str, shop: str
) -> None:
    said(shop, SLOW)
    app = open_page("start/needs", organisation=shop)
    the_words(app).set_value("Three days").run()
    app.selectbox(key="organisation").set_value(example).run()
    assert not app.warning
    app.selectbox(key="organisation").set_value(shop).run()
    assert the_words(app).value == "Three days"


def test_words_that_are_too_long_stay_and_are_said_to_be(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/needs", organisation=shop)
    app.button_group(key="new_source").set_value("customers")
    app.selectbox(key="new_topic").set_value("slow_answers")
    app.button_group(key="new_importance").set_value(5)
    app.button_group(key="new_current").set_value(1)
    app.text_area(key="new_text").set_value("a" * (needs.LONGEST + 1))
    app.button(key="keep").click().run()
    assert "5000 letters" in app.warning[0].value
    assert len(app.text_area(key="new_text").value or "") == needs.LONGEST + 1
    assert kept(shop) == []
