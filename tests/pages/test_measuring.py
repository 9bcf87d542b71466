"""Our numbers: put in, shown with what they say, and never a word lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import measuring, objectives, series, targets
from services.measuring import Said
from services.objectives import Wish
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, Bakery, bakery
from tests.pages.test_overview import words
from tests.services.test_measuring import months

LEADS = "qualified_leads"
FORM = "value_qualified_leads__month_20261001"
TALLY = "tally_qualified_leads__20261026"


def page(open_page: OpenPage, of: Bakery) -> AppTest:
    return open_page("do/measuring", organisation=of.name)


def kept(of: Bakery, name: str = LEADS) -> list[Said]:
    with reading() as session:
        shelf = series.main(series.shelves(session, of.place[0])).get(name)
        if shelf is None:
            return []
        return [one.said for one in series.read(session, of.place[0], shelf).kept]


def has(of: Bakery, values: list[float]) -> None:
    with writing() as session:
        measuring.take_in(session, of.place[0], months(values), today=TODAY)


def warned(app: AppTest) -> str:
    return "\n".join(one.value for one in app.warning)


def test_without_objectives_it_leads_to_what_is_wanted(open_page: OpenPage, shop: str) -> None:
    app = open_page("do/measuring", organisation=shop)
    assert "Begin with what you want" in app.info[0].value


def test_without_numbers_it_says_that_nobody_has_to_know_them(open_page: OpenPage) -> None:
    app = page(open_page, bakery(ANN, wants=("leads",)))
    assert "unknown, not 0" in words(app)
    assert "There are no numbers yet" in app.info[0].value
    assert not app.get("vega_lite_chart")


def test_who_does_not_know_the_numbers_begins_with_the_tally_sheet(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    with writing() as session:
        one = objectives.listed(session, shop.place[1])[0]
        objectives.restate(session, one.id, Wish(numbers_unknown=True), version=one.version)
    app = page(open_page, shop)
    assert "That is a full answer" in words(app)
    app.number_input(key=f"{TALLY}_marks0").set_value(3).run()
    app.number_input(key=f"{TALLY}_marks3").set_value(0).run()
    app.button(key=f"{TALLY}_save").click().run()
    assert [(one.value, one.way) for one in kept(shop)] == [(3, "tally"), (0, "tally")]
    assert "From a sample" in words(app)
    app.number_input(key=f"{TALLY}_marks0").set_value(None).run()
    app.button(key=f"{TALLY}_save").click().run()
    assert [one.value for one in kept(shop)] == [0]


def test_a_typed_value_is_kept_and_shown(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    app = page(open_page, shop)
    app.text_input(key=f"{FORM}_number").set_value("7,5").run()
    app.text_input(key=f"{FORM}_source").set_value("our *book*").run()
    app.button(key=f"{FORM}_save").click().run()
    (one,) = kept(shop)
    assert (one.value, one.source, one.visibility) == (7.5, "our *book*", "owned")
    told = words(app)
    assert "7\\.5 contacts a month in October 2026" in told
    assert "1 of 8 months" in told


def test_what_can_be_read_in_two_ways_is_not_kept(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    app = page(open_page, shop)
    app.text_input(key=f"{FORM}_number").set_value("1.234").run()
    app.button(key=f"{FORM}_save").click().run()
    assert "two ways" in warned(app)
    assert app.text_input(key=f"{FORM}_number").value == "1.234"
    app.text_input(key=f"{FORM}_number").set_value("").run()
    app.button(key=f"{FORM}_save").click().run()
    assert "nothing has to be kept" in warned(app)
    assert kept(shop) == []


def test_who_comes_second_sees_both_values(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    app = page(open_page, shop)
    app.text_input(key=f"{FORM}_number").set_value("8").run()
    has(shop, [7])
    app.button(key=f"{FORM}_save").click().run()
    assert [one.value for one in app.text] == ["7 contacts a month"]
    assert app.text_input(key=f"{FORM}_number").value == "8"
    app.button(key=f"{FORM}_save").click().run()
    assert [one.value for one in kept(shop)] == [8]


def test_a_value_can_be_taken_away(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    has(shop, [7])
    app = page(open_page, shop)
    assert app.text_input(key=f"{FORM}_number").value == "7"
    app.button(key=f"{FORM}_remove").click().run()
    assert kept(shop) == []


def pasted(open_page: OpenPage, shop: Bakery, text: str) -> AppTest:
    app = page(open_page, shop)
    app.segmented_control(key="way_in").set_value("Paste a table").run()
    return app.text_area(key="table_0_text").set_value(text).run()


def test_a_pasted_table_is_shown_before_it_is_kept(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    app = pasted(open_page, shop, "Month\tContacts\nAug 2026\t5\nSep 2026\t\nOkt 2026\tsix")
    assert "Row 4, Contacts" in warned(app)
    assert "row 3" in words(app)
    assert kept(shop) == []
    app.button(key="table_0_keep").click().run()
    assert [(one.value, one.way) for one in kept(shop)] == [(5, "pasted")]
    assert "is kept" in app.success[0].value
    assert "What was not read is still shown below" in app.success[0].value
    assert "six" in app.text_area(key="table_0_text").value


def test_what_the_table_leaves_open_is_asked(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    app = pasted(open_page, shop, "2026-09-01\t1.234\n2026-09-02\t2")
    assert "question above" in app.info[-1].value
    app.radio(key="table_0_ask_decimals").set_value("Comma").run()
    app.radio(key="table_0_ask_twice").set_value("Add them up").run()
    app.button(key="table_0_keep").click().run()
    assert [one.value for one in kept(shop)] == [1236]


def test_what_differs_from_what_is_kept_waits_for_a_word(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    has(shop, [7])
    app = pasted(open_page, shop, "2026-10\t9")
    assert "already" in app.info[-1].value
    app.checkbox(key="table_0_instead").check().run()
    app.button(key="table_0_keep").click().run()
    assert [one.value for one in kept(shop)] == [9]


def test_what_is_no_table_is_said_in_a_sentence(open_page: OpenPage) -> None:
    app = pasted(open_page, bakery(ANN, wants=("leads",)), "hello")
    assert "two columns" in warned(app)


def test_targets_are_kept_for_each_number(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    has(shop, [7])
    with reading() as session:
        one = objectives.listed(session, shop.place[1])[0]
    app = page(open_page, shop)
    app.number_input(key=f"aim_{one.id}_target_low").set_value(8).run()
    app.selectbox(key=f"aim_{one.id}_learning_kpi").set_value("plan_delivery").run()
    app.button(key=f"aim_{one.id}_save").click().run()
    with reading() as session:
        lead, _, learning = targets.listed(session, shop.place[1])[0].targets
    assert (lead.low, learning.kpi.id) == (8, "plan_delivery")
    assert "below the target" in words(app)


def test_two_who_set_targets_both_keep_their_words(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    with reading() as session:
        one = objectives.listed(session, shop.place[1])[0]
    app = page(open_page, shop)
    app.number_input(key=f"aim_{one.id}_target_low").set_value(8).run()
    with writing() as session:
        targets.aim(session, one.id, targets.Aim(target_low=5), version=one.version)
    app.button(key=f"aim_{one.id}_save").click().run()
    assert any("from 5" in text.value for text in app.text)
    app.button(key=f"aim_{one.id}_save").click().run()
    with reading() as session:
        assert objectives.listed(session, shop.place[1])[0].wish.target_low == 8


def test_a_series_has_its_picture_and_what_it_says(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("leads",))
    has(shop, [10, 12, 11, 9, 10, 11, 12, 9])
    app = page(open_page, shop)
    assert len(app.get("vega_lite_chart")) == 1
    assert "Within the usual range" in words(app)
    app.session_state["take_number"] = True
    app.run()
    assert [one.key for one in app.get("download_button")] == ["number_png", "number_svg", "marks"]


def test_others_are_compared_only_where_that_makes_sense(open_page: OpenPage) -> None:
    shop = bakery(ANN, wants=("awareness",))
    said = replace(months([0.4])[0], kpi="engagement_by_followers", starts_on=date(2026, 10, 1))
    with writing() as session:
        measuring.take_in(session, shop.place[0], [said], today=TODAY)
    app = page(open_page, shop)
    options = app.selectbox(key="compared_with").options
    app.selectbox(key="compared_with").set_value(next(o for o in options if "each view" in o)).run()
    assert "cannot be compared" in app.info[-1].value


def test_an_example_shows_what_its_numbers_say(open_page: OpenPage, example: str) -> None:
    app = open_page("do/measuring", organisation=example)
    assert app.get("vega_lite_chart")
