"""What we want and whom to reach: empty, stated, ordered, said more about, and what it changes."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import audiences, needs, objectives
from services.audiences import Group, Kept
from services.needs import Expectation
from services.objectives import Stated, Wish
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, Bakery, bakery
from tests.pages.test_overview import words

PAGE = "choose/objectives"
NEAR = Group("Neigh*bours*", business=False, age_from=30, age_to=49, region="de")


def kept(of: Bakery) -> list[Stated]:
    with reading() as session:
        return objectives.listed(session, of.place[1])


def groups(of: Bakery) -> list[Kept]:
    with reading() as session:
        return audiences.listed(session, of.place[0])


def reaches(of: Bakery, said: Group) -> Kept:
    with writing() as session:
        audiences.describe(session, of.place[0], said)
    return groups(of)[-1]


def test_empty_it_says_how_to_begin(open_page: OpenPage, shop: str) -> None:
    app = open_page("choose/objectives", organisation=shop)
    assert "Begin with the one thing" in app.info[0].value


def test_stating_ordering_and_saying_why_is_kept(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, wants=("recruiting",))
    app = open_page("choose/objectives", organisation=shop.name)
    app.selectbox(key="wish_new").set_value("service").run()
    app.button(key="wish_add").click().run()
    assert [one.name for one in kept(shop)] == ["recruiting", "service"]
    app.button(key="up_service").click().run()
    assert [one.name for one in kept(shop)] == ["service", "recruiting"]
    first = kept(shop)[0].id
    app.text_area(key=f"wish_{first}_why").set_value("Calls stay *open*")
    app.checkbox(key=f"wish_{first}_numbers_unknown").check()
    app.button(key=f"wish_{first}_save").click().run()
    wish = kept(shop)[0].wish
    assert (wish.why, wish.numbers_unknown) == ("Calls stay *open*", True)
    app.button(key="drop_recruiting").click().run()
    assert [one.name for one in kept(shop)] == ["service"]


def test_all_fourteen_stand_there_in_plain_words(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    options = app.selectbox(key="wish_new").options
    assert len(options) == 14
    assert "People get help faster and leave satisfied" in options


def test_what_people_expect_suggests_a_wish_that_one_click_states(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, wants=())
    with writing() as session:
        said = Expectation("customers", "slow_answers", 5, 0)
        needs.add(session, *shop.place, said)
    app = open_page(PAGE, organisation=shop.name)
    assert "What your answers suggest" in [one.value for one in app.subheader]
    app.button(key="want_service").click().run()
    assert [one.name for one in kept(shop)] == ["service"]
    assert "1. Better service for customers" in words(app)


def test_a_fourth_wish_is_not_offered(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, wants=("service", "sales", "image"))
    app = open_page(PAGE, organisation=shop.name)
    assert "Three are enough for a quarter" in words(app)
    assert not [one for one in app.button if one.label == "We want this"]


def test_changing_a_wish_says_at_once_what_it_does_to_where_to_be(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, wants=("service",))
    app = open_page(PAGE, organisation=shop.name)
    assert "What your change does" not in words(app)
    app.selectbox(key="wish_new").set_value("recruiting").run()
    app.button(key="wish_add").click().run()
    app.button(key="drop_service").click().run()
    assert "What your change does to where to be" in words(app)
    assert "Comes in: " in words(app)
    assert "Goes out: " in words(app)


def test_a_target_the_wrong_way_round_is_refused_and_nothing_typed_is_lost(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, wants=("sales",))
    form = f"wish_{kept(shop)[0].id}"
    app = open_page(PAGE, organisation=shop.name)
    app.selectbox(key=f"{form}_lead_kpi").set_value("influenced_sales")
    app.number_input(key=f"{form}_target_low").set_value(20.0)
    app.number_input(key=f"{form}_target_high").set_value(10.0)
    app.button(key=f"{form}_save").click().run()
    assert "lower end" in app.warning[0].value
    app.number_input(key=f"{form}_target_low").set_value(5.0)
    app.text_input(key=f"{form}_target_unit").set_value("orders a month")
    app.button(key=f"{form}_save").click().run()
    wish = kept(shop)[0].wish
    assert (wish.lead_kpi, wish.target_low, wish.target_high) == ("influenced_sales", 5, 10)
    assert "5 to 10 orders a month" in words(app)


def test_who_says_more_second_sees_both_and_loses_no_word(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, wants=("sales",))
    one = kept(shop)[0]
    form = f"wish_{one.id}"
    app = open_page(PAGE, organisation=shop.name)
    app.text_area(key=f"{form}_why").set_value("Mine")
    with writing() as session:
        objectives.restate(session, one.id, Wish(why="Theirs"), version=one.version)
    app.button(key=f"{form}_save").click().run()
    assert "Why: Theirs" in [text.value for text in app.text]
    assert app.text_area(key=f"{form}_why").value == "Mine"
    app.button(key=f"{form}_save").click().run()
    assert kept(shop)[0].wish.why == "Mine"


def test_people_to_reach_come_with_starter_values_marked_as_such(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    app = open_page(PAGE, organisation=shop.name)
    assert app.selectbox(key="group_new_region").value == "de"
    app.text_input(key="group_new_name").set_value(NEAR.name)
    app.number_input(key="group_new_age_from").set_value(30)
    app.number_input(key="group_new_age_to").set_value(49)
    app.button(key="group_add").click().run()
    assert [one.said for one in groups(shop)] == [NEAR]
    assert "Starter values, estimated" in " ".join(one.value for one in app.caption)
    assert app.text_input(key="group_new_name").value == ""


def test_people_without_a_name_are_refused(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    app = open_page(PAGE, organisation=shop.name)
    app.number_input(key="group_new_age_from").set_value(30)
    app.button(key="group_add").click().run()
    assert "a name" in app.warning[0].value
    assert app.number_input(key="group_new_age_from").value == 30
    assert groups(shop) == []


def test_a_share_that_is_known_better_is_kept_with_its_evidence(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    form = f"share_{group.id}_instagram"
    app = open_page(PAGE, organisation=shop.name)
    app.selectbox(key=f"share_of_{group.id}").set_value("instagram").run()
    app.number_input(key=f"{form}_percent").set_value(40.0)
    app.button(key=f"{form}_save").click().run()
    assert "how you know" in app.warning[0].value
    app.segmented_control(key=f"{form}_grade").set_value("measured")
    app.text_input(key=f"{form}_source").set_value("asked 40 people")
    app.button(key=f"{form}_save").click().run()
    use = groups(shop)[0].uses["instagram"]
    assert (use.share, use.grade, use.source) == (0.4, "measured", "asked 40 people")
    app.selectbox(key=f"share_of_{group.id}").set_value("instagram").run()
    app.number_input(key=f"{form}_percent").set_value(None)
    app.button(key=f"{form}_save").click().run()
    assert groups(shop)[0].uses["instagram"].grade == "estimated"


def test_where_nobody_knows_the_page_says_not_known_and_never_nobody(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    reaches(shop, Group("Children", age_from=6, age_to=10, region="de"))
    app = open_page(PAGE, organisation=shop.name)
    assert "That counts as not known, never as nobody" in words(app)


def test_a_group_is_changed_and_taken_away(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    form = f"group_{group.id}"
    app = open_page(PAGE, organisation=shop.name)
    app.text_input(key=f"{form}_name").set_value("Families")
    app.button(key=f"{form}_save").click().run()
    assert groups(shop)[0].said.name == "Families"
    app.button(key=f"{form}_remove").click().run()
    assert groups(shop) == []


def told(app: AppTest) -> list[str]:
    """Texts shown exactly as somebody typed them."""
    return [str(one.value) for one in app.text]


def test_words_about_a_wish_that_somebody_else_dropped_are_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, wants=("sales", "service"))
    one = kept(shop)[0]
    app = open_page(PAGE, organisation=shop.name)
    with writing() as session:
        objectives.drop(session, one.id)
    app.text_area(key=f"wish_{one.id}_why").set_value("Because of *winter*")
    app.button(key=f"wish_{one.id}_save").click().run()
    assert "took this wish away" in app.warning[0].value
    assert "Why: Because of *winter*" in told(app)
    app.button(key="wish_seen").click().run()
    assert not app.warning


def test_words_about_people_that_somebody_else_took_away_are_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    app = open_page(PAGE, organisation=shop.name)
    with writing() as session:
        audiences.forget(session, group.id)
    app.text_input(key=f"group_{group.id}_name").set_value("Families").run()
    assert "took these people away" in app.warning[0].value
    assert "Families: in private · 30 to 49 years · Germany" in told(app)
    app.button(key="group_seen").click().run()
    assert not app.warning


def test_a_share_of_people_that_somebody_else_took_away_is_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    form = f"share_{group.id}_instagram"
    app = open_page(PAGE, organisation=shop.name)
    app.selectbox(key=f"share_of_{group.id}").set_value("instagram").run()
    app.number_input(key=f"{form}_percent").set_value(40.0)
    app.text_input(key=f"{form}_source").set_value("asked 40 *people*")
    with writing() as session:
        audiences.forget(session, group.id)
    app.button(key=f"{form}_save").click().run()
    assert "took these people away" in app.warning[0].value
    assert "Instagram: 40 of 100, asked 40 *people*" in told(app)


def test_taking_people_away_oneself_is_no_loss_to_be_told_of(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    app = open_page(PAGE, organisation=shop.name)
    app.selectbox(key=f"share_of_{group.id}").set_value("instagram").run()
    app.number_input(key=f"share_{group.id}_instagram_percent").set_value(40.0)
    app.text_input(key=f"group_{group.id}_name").set_value("Families").run()
    app.button(key=f"group_{group.id}_remove").click().run()
    assert groups(shop) == []
    assert not app.warning


def test_half_a_share_is_still_there_after_a_look_at_another_page(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    group = reaches(shop, NEAR)
    form = f"share_{group.id}_instagram"
    app = open_page(PAGE, organisation=shop.name)
    app.selectbox(key=f"share_of_{group.id}").set_value("instagram").run()
    app.text_input(key=f"{form}_source").set_value("asked 40 people").run()
    app.switch_page("pages/start/overview.py").run()
    app.switch_page(f"pages/{PAGE}.py").run()
    assert app.selectbox(key=f"share_of_{group.id}").value == "instagram"
    assert app.text_input(key=f"{form}_source").value == "asked 40 people"
