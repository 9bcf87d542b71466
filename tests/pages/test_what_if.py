"""What if: nothing known, one objective for another, levers, the shelf, and what comes of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.scenarios import Scenario
from rules.levers import Lever, Move
from services import advice, audiences, objectives, people, quarters, scenarios, what_if
from services.people import Someone
from services.shelved import Kept, Said
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words
from ui import frame

PAGE = "learn/what_if"


@pytest.fixture
def place() -> Bakery:
    """A bakery that wants sales and service, with two people and the neighbours described."""
    made = bakery(ANN, BEN)
    with writing() as session:
        group = audiences.Group("Neighbours", business=False, age_from=16, age_to=80, region="de")
        audiences.describe(session, made.place[0], group)
    return made


def said(app: AppTest) -> str:
    told = [*app.warning, *app.info, *app.success, *app.text]
    shown = "\n".join([words(app), *(str(one.value) for one in told)])
    return re.sub(r"\\(?=\W)|\u2060", "", shown)


def press(app: AppTest, label: str) -> AppTest:
    (button, *_) = [one for one in app.button if one.label == label]
    return button.click().run()


def swap(app: AppTest, new: str) -> AppTest:
    app.selectbox(key="what_if_new").select(new).run()
    return app.button(key="what_if_swap").click().run()


def keep(app: AppTest, name: str) -> AppTest:
    (field,) = [one for one in app.text_input if one.label == "What do you call it?"]
    field.input(name)
    return press(app, "Keep it")


def shelf(of: Bakery) -> list[Kept]:
    with reading() as session:
        return scenarios.listed(session, of.place[0])


def shelved(of: Bakery, name: str, *moves: Move, begins: str = "today") -> Kept:
    view = of.view()
    made = moves or what_if.replace(view, "sales", "recruiting")
    with writing() as session:
        return scenarios.keep(session, view, Said(name, made, "Ann", "See", begins))  # type: ignore[arg-type]


def wanted(of: Bakery) -> list[str]:
    with reading() as session:
        return [one.name for one in objectives.listed(session, of.place[1])]


def hours(of: Bakery, value: float) -> Move:
    return Move(Lever("fact", "person", (f"p{of.people[0]}",), "hours"), value)


def test_where_nothing_is_wanted_the_way_on_is_said(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    assert "Say first what you want" in said(app)
    assert not [one for one in app.button if one.label == "Try it"]


def test_before_anything_is_changed_it_says_where_a_change_would_matter(
    open_page: OpenPage, place: Bakery
) -> None:
    app = open_page(PAGE, organisation=place.name)
    assert "Nothing is changed yet" in said(app)
    assert "Where a change would matter most" in said(app)
    assert len(app.get("vega_lite_chart")) == 1


def test_one_act_replaces_an_objective_and_answers_five_questions(
    open_page: OpenPage, place: Bakery
) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    told = said(app)
    assert "You want “Finding new colleagues” in the place of “More sales”" in told
    for question in ("What starts", "What stops", "Who has the hours", "see something", "wrong"):
        assert question in told
    assert "6 to 12 weeks" in told
    assert "From next quarter, 1 January 2027" in told
    assert wanted(place) == ["sales", "service"]
    assert shelf(place) == []
    app = press(app, "Take back")
    assert "Nothing is changed yet" in said(app)


def test_it_counts_from_today_if_one_says_so(open_page: OpenPage, place: Bakery) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    app.radio(key="what_if_begins").set_value("today").run()
    assert f"From today, {TODAY.day} November 2026" in said(app)


def test_people_whom_nobody_described_are_named_first_and_starter_values_are_marked(
    open_page: OpenPage,
) -> None:
    lonely = bakery(ANN)
    app = swap(open_page(PAGE, organisation=lonely.name), "recruiting")
    assert "You have not described whom" in said(app)
    app = press(app, "Go on with starter values")
    assert "You have not described whom" not in said(app)
    assert "**starter value**" in said(app)


def test_starter_values_go_with_the_objective_that_brought_them(open_page: OpenPage) -> None:
    app = swap(open_page(PAGE, organisation=bakery(ANN).name), "recruiting")
    app = press(app, "Go on with starter values")
    app.button(key="what_if_undo_0").click().run()
    assert "starter value" not in said(app).lower()
    assert "Nothing is changed yet" in said(app)


@pytest.mark.parametrize("group", ["audience_use", "account", "parameter", "rule"])
def test_every_sort_of_lever_can_be_opened(open_page: OpenPage, place: Bakery, group: str) -> None:
    app = open_page(PAGE, organisation=place.name)
    app.selectbox(key="what_if_group").select(group).run()
    pick = app.selectbox(key=f"what_if_pick_{group}")
    pick.select_index(0).run()
    assert not app.exception


def test_hours_are_turned_and_the_change_is_said(open_page: OpenPage, place: Bakery) -> None:
    app = open_page(PAGE, organisation=place.name)
    app.selectbox(key="what_if_group").select("person").run()
    (slider, *_) = app.select_slider
    slider.set_value(0).run()
    assert "Ann *Baker* (hours a week): away instead of 5 h" in said(app)
    (slider, *_) = app.select_slider
    assert "now 5 h" in slider.label
    slider.set_value(5).run()
    assert "Nothing is changed yet" in said(app)


def test_places_of_objectives_change_by_choosing_another(
    open_page: OpenPage, place: Bakery
) -> None:
    app = open_page(PAGE, organisation=place.name)
    app.selectbox(key="what_if_wish_0").select("service").run()
    assert "You want “Better service for customers”, then “More sales”" in said(app)
    app.selectbox(key="what_if_wish_2").select("image").run()
    assert "You want “A better reputation” as third thing" in said(app)


def test_what_alters_nothing_says_why(open_page: OpenPage, place: Bakery) -> None:
    pack = place.view().pack
    spoke = {match.rule.id for match in place.view().advice.matches}
    silent = Lever("rule", next(rule.id for rule in pack.rules if rule.id not in spoke))
    kept = shelved(place, "Off", Move(silent, False))
    app = open_page(PAGE, organisation=place.name)
    press(app, "Look at it")
    assert kept.said.name in said(app)
    assert "This change alters nothing, because" in said(app)


def test_without_somebody_it_says_what_breaks_and_only_when_asked(
    open_page: OpenPage, place: Bakery
) -> None:
    place.takes("local_profile_care", place.people[0])
    app = open_page(PAGE, organisation=place.name)
    assert "has nobody" not in said(app)
    app.selectbox(key="what_if_group").select("person").run()
    app.session_state["what_if_away"] = True
    app.run()
    app.selectbox(key="what_if_without").select(f"p{place.people[0]}").run()
    assert "has nobody" in said(app)


@pytest.mark.parametrize("look", ["Hours", "People and conflicts", "What it hangs on"])
def test_each_picture_has_its_numbers_one_click_away(
    open_page: OpenPage, place: Bakery, look: str
) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    assert len(app.get("vega_lite_chart")) == 1
    app.session_state["table_points"] = True
    app.run()
    assert "Points before" in app.table[0].value.columns
    app.segmented_control(key="what_if_look").set_value(look).run()
    if look == "People and conflicts":
        assert "Who would answer for what" in said(app)
        return
    app.session_state["table_hours"] = app.session_state["table_steps"] = True
    app.run()
    assert len(app.table) == 1
    assert len(app.get("vega_lite_chart")) == 1


def test_what_would_flip_it_can_be_tried_at_once(open_page: OpenPage, place: Bakery) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    assert "What would flip it" in [one.label for one in app.expander]
    app.session_state["flip_channel_linkedin_page_"] = True
    app.run()
    assert "combinations were tried" in said(app)
    tries = [one for one in app.button if str(one.key).startswith("try_channel_linkedin_page_")]
    before = said(app).count("Take back")
    tries[0].click().run()
    assert not app.exception
    assert before == said(app).count("Take back")


def test_the_choose_pages_lead_into_a_what_if(open_page: OpenPage, place: Bakery) -> None:
    app = open_page("choose/channels", organisation=place.name)
    app.selectbox(key="why_not_channel").select("xing").run()
    app.session_state["flip_channel_xing_"] = True
    app.run()
    assert "**It comes in if**" in said(app)
    app.button(key="try_channel_xing__0").click().run()
    assert app.title[0].value == "What if"
    assert "Take back" in [one.label for one in app.button]


def test_it_is_kept_by_a_name_and_opens_by_its_address(open_page: OpenPage, place: Bakery) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    app = keep(app, "")
    assert "Give the what-if a name" in said(app)
    app = keep(app, "New *colleagues*")
    (kept,) = shelf(place)
    assert kept.said.name == "New *colleagues*"
    assert app.query_params["scenario"] == str(kept.id)
    other = AppTest.from_file(app._script_path, default_timeout=30)
    other.query_params["organisation"] = place.name
    other.query_params["scenario"] = str(kept.id)
    other.switch_page(f"pages/{PAGE}.py")
    other.run()
    assert "You want “Finding new colleagues”"[:30] in said(other)
    assert "Show it to others" not in said(other)


def loaded_anew(app: AppTest, **address: str) -> AppTest:
    """The page as a reload shows it: nothing but the address is left."""
    other = AppTest.from_file(app._script_path, default_timeout=30)
    for name, said in {**app.query_params, **address}.items():
        other.query_params[name] = said[0] if isinstance(said, list) else said
    other.switch_page(f"pages/{PAGE}.py")
    return other.run()


def test_a_reload_brings_back_what_is_tried(open_page: OpenPage, place: Bakery) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    app.radio(key="what_if_begins").set_value("today").run()
    again = loaded_anew(app)
    assert "Finding new colleagues" in said(again)
    assert again.radio(key="what_if_begins").value == "today"
    assert "changes" in again.query_params
    assert "Nothing is changed yet" in said(press(again, "Take back"))


@pytest.mark.parametrize("text", ["x", "eJyLBQAAXABc", "%00", "a" * 5_000])
def test_a_spoiled_address_is_said_and_nothing_is_changed(
    open_page: OpenPage, place: Bakery, text: str
) -> None:
    app = loaded_anew(open_page(PAGE, organisation=place.name), changes=text)
    assert "in the address of this page cannot be read" in said(app)
    assert "Nothing is changed yet" in said(app)


def test_an_address_of_nothing_says_so(open_page: OpenPage, place: Bakery) -> None:
    app = AppTest.from_file(
        open_page(PAGE, organisation=place.name)._script_path, default_timeout=30
    )
    app.query_params["organisation"] = place.name
    app.query_params["scenario"] = "77"
    app.switch_page(f"pages/{PAGE}.py")
    app.run()
    assert "not on the shelf any more" in said(app)


def test_of_two_who_keep_it_otherwise_the_second_sees_both(
    open_page: OpenPage, place: Bakery
) -> None:
    kept = shelved(place, "Colleagues")
    app = press(open_page(PAGE, organisation=place.name), "Look at it")
    with writing() as session:
        other = Said("Colleagues", kept.said.moves, "Ben", "Theirs")
        scenarios.restate(session, place.view(), kept, other)
    (note,) = [one for one in app.text_area if one.label == "A note for those who open it"]
    note.input("Mine")
    app = press(app, "Keep it as it is now")
    assert "Theirs" in said(app)
    app = press(app, "Keep it as it is now")
    assert shelf(place)[0].said.note == "Mine"


def test_up_to_three_stand_beside_each_other(open_page: OpenPage, place: Bakery) -> None:
    one = shelved(place, "Colleagues")
    two = shelved(place, "More hours", hours(place, 12))
    app = open_page(PAGE, organisation=place.name)
    app.multiselect(key="what_if_compare").set_value([one.id, two.id]).run()
    assert said(app).count("**Hours a week**") == 2


def test_made_on_older_facts_it_says_so_and_is_recalculated(
    open_page: OpenPage, place: Bakery
) -> None:
    shelved(place, "Colleagues")
    with writing() as session:
        people.add(session, place.place[0], Someone("Cleo", "leadership", 9))
    app = press(open_page(PAGE, organisation=place.name), "Look at it")
    assert "made before something changed" in said(app)
    app = press(app, "Recalculate it")
    assert "made before something changed" not in said(app)


def test_made_on_older_facts_it_is_recalculated_before_anybody_types_a_reason(
    open_page: OpenPage, place: Bakery
) -> None:
    shelved(place, "Colleagues")
    with writing() as session:
        people.add(session, place.place[0], Someone("Cleo", "leadership", 9))
    app = press(open_page(PAGE, organisation=place.name), "Adopt it")
    assert not [one for one in app.text_area if one.label == "In a word: why?"]
    app = press(app, "Recalculate it, then adopt")
    (why,) = [one for one in app.text_area if one.label == "In a word: why?"]
    why.input("We need people first.")
    assert "It is your plan now" in said(press(app, "Adopt it now"))


def test_adopted_it_is_the_plan_and_what_was_not_is_named(
    open_page: OpenPage, place: Bakery
) -> None:
    moves = (*what_if.replace(place.view(), "sales", "recruiting"), hours(place, 0))
    shelved(place, "Colleagues", *moves)
    app = press(open_page(PAGE, organisation=place.name), "Adopt it")
    assert "Not adopted" in said(app)
    app = press(app, "Adopt it now")
    assert "Say in a word why" in said(app)
    (why,) = [one for one in app.text_area if one.label == "In a word: why?"]
    why.input("We need people first.")
    app = press(app, "Adopt it now")
    assert "It is your plan now" in said(app)
    assert wanted(place) == ["recruiting", "service"]
    assert shelf(place) == []


def test_adopted_for_next_quarter_it_says_from_when_on(open_page: OpenPage, place: Bakery) -> None:
    shelved(place, "Colleagues", begins="next_quarter")
    app = press(open_page(PAGE, organisation=place.name), "Adopt it")
    (why,) = [one for one in app.text_area if one.label == "In a word: why?"]
    why.input("We need people first.")
    app = press(app, "Adopt it now")
    assert "It is your plan from January to March 2027 on" in said(app)
    assert wanted(place) == ["sales", "service"]
    app = app.button(key="adopted_there").click().run()
    assert app.title[0].value == "What we want"
    assert app.selectbox(key="quarter").value == "January to March 2027"


def test_what_starts_from_a_quarter_that_is_over_is_recalculated_on_this_one(
    open_page: OpenPage, place: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelved(place, "Colleagues")
    with writing() as session:
        quarters.ensure(session, place.place[0], date(2027, 1, 4))
    monkeypatch.setattr(frame, "today", lambda: date(2027, 1, 4))
    app = open_page(PAGE, organisation=place.name, quarter="January to March 2027")
    assert "Its quarter is over" in said(app)
    app = press(app, "Recalculate it on January to March 2027")
    assert "Its quarter is over" not in said(app)


def test_left_with_a_word_why_it_can_still_be_read(open_page: OpenPage, place: Bakery) -> None:
    shelved(place, "Colleagues")
    app = press(open_page(PAGE, organisation=place.name), "Leave it")
    (why,) = [one for one in app.text_area if one.label == "In a word: why?"]
    why.input("Not this year.")
    app = press(app, "Leave it, and keep the reason")
    assert shelf(place) == []
    app.session_state["what_if_settled"] = True
    app.run()
    assert "Not this year." in said(app)


def test_what_is_tried_writes_nothing(open_page: OpenPage, place: Bakery) -> None:
    app = swap(open_page(PAGE, organisation=place.name), "recruiting")
    app.selectbox(key="what_if_group").select("person").run()
    with reading() as session:
        assert session.query(Scenario).count() == 0
        assert advice.current(session, *place.place).facts_hash == place.view().facts_hash
