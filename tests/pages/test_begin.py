"""Start with us: step by step to the first advice, and nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from models.assessments import Assessment
from models.database import reading, writing
from models.organisation import Organisation
from services import assessments, objectives, organisations, people, samples
from services.organisations import Profile
from services.people import Someone
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.test_overview import place, told, words
from tests.pages.test_words import PAGES


def step(app: AppTest) -> str:
    (bar,) = [one for one in app.get("progress") if "Step" in one.proto.text]
    return str(bar.proto.text).partition(" · ")[2]


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    return button.click().run()


def say_who(app: AppTest, name: str = "Maple Tea", staff: int = 1) -> None:
    app.text_input(key="begin_who_name").set_value(name)
    app.number_input(key="begin_who_staff").set_value(staff)
    app.selectbox(key="begin_who_sector").set_value("business")
    app.selectbox(key="begin_who_audience").set_value("consumers")
    app.selectbox(key="begin_who_region").set_value("de")


def add(app: AppTest, name: str, hours: float) -> AppTest:
    app.text_input(key="begin_somebody_name").set_value(name)
    app.selectbox(key="begin_somebody_function").set_value("leadership")
    app.number_input(key="begin_somebody_hours").set_value(hours)
    return app.button(key="begin_add").click().run()


def hours_of(name: str) -> list[tuple[str, float]]:
    with reading() as session:
        rows = people.listed(session, place(name)[0])
        return [(row.said.name, row.said.hours) for row in rows]


def wanted(name: str) -> list[str]:
    with reading() as session:
        return [one.name for one in objectives.listed(session, place(name)[1])]


def names() -> list[str]:
    with reading() as session:
        return [row.name for row in organisations.listed(session)]


def test_somebody_alone_comes_from_nothing_to_the_first_advice(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    assert step(app) == "Who we are"
    say_who(app)
    press(app, "Go on")
    assert step(app) == "Who has hours"
    add(app, "Ada", 5)
    assert step(app) == "Who has hours"
    press(app, "Go on")
    press(app, "Begin")
    for _ in range(8):
        app.radio[0].set_value(1).run()
        (button,) = [one for one in app.button if one.label in ("Next", "Done")]
        button.click().run()
    assert "All your answers are kept" in app.success[0].value
    press(app, "Go on")
    app.button_group(key="begin_wants").set_value(["sales"]).run()
    press(app, "Show the first advice")
    assert step(app) == "First advice"
    assert "Where to be" in words(app)
    assert "hours a week. You can plan 4.25" in words(app)
    assert "Nothing is decided until you accept" in words(app)


def test_what_is_missing_is_asked_for_and_nothing_is_lost(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    app.text_input(key="begin_who_name").set_value("Maple Tea")
    press(app, "Go on")
    assert "Say what kind of organisation you are" in app.warning[0].value
    assert app.text_input(key="begin_who_name").value == "Maple Tea"
    assert app.query_params["organisation"] == "Maple Tea"
    assert names() == ["Maple Tea"]
    say_who(app)
    press(app, "Go on")
    assert step(app) == "Who has hours"


def test_without_a_name_it_asks_for_one(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    press(app, "Go on")
    (warning,) = app.warning
    assert "Give your organisation a name" in warning.value
    assert names() == []


def test_what_was_said_of_us_is_still_there_after_a_reload(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    app.text_input(key="begin_who_name").set_value("Maple Tea").run()
    app.number_input(key="begin_who_staff").set_value(7).run()
    app.selectbox(key="begin_who_region").set_value("de").run()
    assert app.query_params["organisation"] == "Maple Tea"
    again = open_page("start/begin", organisation="Maple Tea")
    assert step(again) == "Who we are"
    assert again.text_input(key="begin_who_name").value == "Maple Tea"
    assert again.number_input(key="begin_who_staff").value == 7
    assert again.selectbox(key="begin_who_region").value == "de"
    assert again.selectbox(key="begin_who_sector").value is None
    say_who(again, staff=7)
    press(again, "Go on")
    assert names() == ["Maple Tea"]


def test_the_last_answer_does_not_go_on_by_itself(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    say_who(app, name="")
    app.run()
    app.text_input(key="begin_who_name").set_value("Maple Tea").run()
    assert step(app) == "Who we are"
    app.text_input(key="begin_who_name").set_value(" Maple  Coffee ").run()
    assert app.selectbox(key="organisation").value == "Maple Coffee"
    app.text_input(key="begin_who_name").set_value("").run()
    assert names() == ["Maple Coffee"]
    app.text_input(key="begin_who_name").set_value("Maple *Milk*")
    press(app, "Go on")
    assert step(app) == "Who has hours"
    assert names() == ["Maple *Milk*"]


def test_a_name_that_another_one_has_is_refused_and_stays_in_the_field(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/begin", organisation=shop)
    press(app, "Begin another one")
    app.text_input(key="begin_who_name").set_value(shop).run()
    assert "already an organisation with this name" in app.warning[0].value
    assert app.text_input(key="begin_who_name").value == shop
    assert names() == [shop]
    press(app, "Go on")
    assert len(app.warning) == 1


def test_two_who_describe_the_same_organisation_see_both_versions(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    app.text_input(key="begin_who_name").set_value("Maple Tea").run()
    other = open_page("start/begin", organisation="Maple Tea")
    other.number_input(key="begin_who_staff").set_value(40).run()
    app.selectbox(key="begin_who_region").set_value("de").run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Maple Tea, 40 people" in [one.value for one in app.text]
    assert app.selectbox(key="begin_who_region").value == "de"
    press(app, "Take theirs")
    assert app.number_input(key="begin_who_staff").value == 40
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_every_page_knows_an_organisation_that_has_only_a_name(
    open_page: OpenPage, database: Path, page: str
) -> None:
    with writing() as session:
        organisations.create(session, Profile("Half", 1, "", "", ""), on=TODAY, so_far=True)
    app = open_page(page, organisation="Half")
    assert app.selectbox(key="organisation").value == "Half"


def test_what_was_typed_is_still_there_after_a_look_at_another_page(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    say_who(app, staff=7)
    app.run()
    app.switch_page("pages/start/overview.py").run()
    app.switch_page("pages/start/begin.py").run()
    assert app.text_input(key="begin_who_name").value == "Maple Tea"
    assert app.number_input(key="begin_who_staff").value == 7
    assert app.selectbox(key="begin_who_region").value == "de"


def test_coming_back_goes_on_where_one_was(open_page: OpenPage, shop: str) -> None:
    assert step(open_page("start/begin", organisation=shop)) == "Who has hours"
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
    assert step(open_page("start/begin", organisation=shop)) == "How we work today"
    told(shop, 1, 1, 1, 1, 1, 1, 1, 1)
    assert step(open_page("start/begin", organisation=shop)) == "What we want"
    with writing() as session:
        objectives.state(session, *place(shop), "sales")
    assert step(open_page("start/begin", organisation=shop)) == "First advice"


def test_each_person_is_kept_as_they_are_added(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/begin", organisation=shop)
    add(app, "Ada", 5)
    add(app, "*Ben*", 2.5)
    assert hours_of(shop) == [("Ada", 5), ("*Ben*", 2.5)]
    assert r"**\*Ben\***" in words(app)


def test_hours_are_asked_for(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/begin", organisation=shop)
    app.text_input(key="begin_somebody_name").set_value("Ada")
    app.selectbox(key="begin_somebody_function").set_value("leadership")
    app.button(key="begin_add").click().run()
    assert "Hours a week" in app.warning[0].value
    assert app.text_input(key="begin_somebody_name").value == "Ada"


def test_several_people_first_read_who_will_see_what(open_page: OpenPage, shop: str) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
    app = open_page("start/begin", organisation=shop)
    assert "First: who will see what" in words(app)


def running(shop: str) -> Assessment | None:
    with reading() as session:
        return assessments.running(session, *place(shop))


@pytest.mark.parametrize(("staff", "key"), [(3, "join"), (1, "begin_alone")])
def test_a_round_opens_with_whoever_begins_and_not_with_a_look(
    open_page: OpenPage, database: Path, staff: int, key: str
) -> None:
    with writing() as session:
        said = Profile("Maple Tea", staff, "business", "consumers", "de")
        row = organisations.create(session, said, on=TODAY)
        people.add(session, row.id, Someone("Ada", "leadership", 5))
    app = open_page("start/begin", organisation="Maple Tea")
    assert step(app) == "How we work today"
    assert running("Maple Tea") is None
    app.button(key=key).click().run()
    assert running("Maple Tea") is not None
    assert "Question 1 of 8" in app.get("progress")[1].proto.text


def test_looking_back_at_the_eight_after_the_round_was_closed_opens_none(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
    told(shop, 1, 1, 1, 1, 1, 1, 1, 1)
    with writing() as session:
        assessments.close(session, assessments.open_round(session, *place(shop)).id)
    app = open_page("start/begin", organisation=shop)
    assert step(app) == "What we want"
    press(app, "How we work today")
    assert running(shop) is None
    assert "What was answered in earlier rounds stays as it is" in words(app)
    press(app, "Skip this for now")
    assert step(app) == "What we want"


def test_who_begins_in_the_moment_in_which_the_round_is_closed_is_told_so(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
        round_id = assessments.open_round(session, *place(shop)).id
    app = open_page("start/begin", organisation=shop)
    closed_at_once = assessments.running

    def closes(session: Session, *here: int) -> Assessment | None:
        found = closed_at_once(session, *here)
        if found:
            with writing() as other:
                assessments.close(other, round_id)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assessments, "running", closes)
        app.button(key="join").click().run()
    assert "This round is closed" in app.warning[0].value


def test_answers_that_may_not_be_shown_say_what_the_advice_goes_by(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
    app = open_page("start/begin", organisation=shop)
    press(app, "Begin")
    for _ in range(8):
        app.radio[0].set_value("unknown").run()
        (button,) = [one for one in app.button if one.label in ("Next", "Done")]
        button.click().run()
    assert "Ask the others to answer too" in words(app)
    press(app, "Go on")
    assert step(app) == "What we want"


def test_questions_can_be_skipped(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    say_who(app)
    press(app, "Go on")
    add(app, "Ada", 5)
    press(app, "Go on")
    press(app, "Skip this for now")
    assert step(app) == "What we want"


def test_three_wishes_are_enough(open_page: OpenPage, shop: str) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
    told(shop, 1, 1, 1, 1, 1, 1, 1, 1)
    app = open_page("start/begin", organisation=shop)
    wishes = app.button_group(key="begin_wants")
    wishes.set_value(["service"]).run()
    app.button_group(key="begin_wants").set_value(["service", "sales"]).run()
    assert wanted(shop) == ["service", "sales"]
    app.button_group(key="begin_wants").set_value(["service", "sales", "image"]).run()
    app.button_group(key="begin_wants").set_value(["service", "sales", "image", "leads"]).run()
    assert "Three are enough" in app.warning[0].value
    assert wanted(shop) == ["service", "sales", "image"]
    app.button_group(key="begin_wants").set_value(["sales", "image"]).run()
    assert wanted(shop) == ["sales", "image"]


def test_what_was_said_before_can_be_changed(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/begin", organisation=shop)
    press(app, "Who we are")
    assert step(app) == "Who we are"
    (name,) = [one for one in app.text_input if one.label == "What are you called?"]
    name.set_value("Corner Books and Tea")
    press(app, "Keep the change")
    assert names() == ["Corner Books and Tea"]


def test_from_an_example_one_begins_with_ones_own(open_page: OpenPage, example: str) -> None:
    app = open_page("start/begin", organisation=example)
    assert step(app) == "Who we are"
    say_who(app)
    press(app, "Go on")
    assert app.selectbox(key="organisation").value == "Maple Tea"
    assert names() == ["Maple Tea", example]


def test_another_organisation_can_be_begun(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/begin", organisation=shop)
    press(app, "Begin another one")
    say_who(app)
    press(app, "Go on")
    assert names() == [shop, "Maple Tea"]
    assert step(app) == "Who has hours"


def test_an_example_opens_in_one_click(open_page: OpenPage) -> None:
    app = open_page("start/overview")
    looks = [one for one in app.button if one.label == "Look at it"]
    assert len(looks) == len(samples.listed()) == 5
    looks[0].click().run()
    assert app.selectbox(key="organisation").value == "Pedal & Lime (made up)"
    assert "Flow is held back at" in words(app)


def test_an_example_can_be_put_back_as_it_was(open_page: OpenPage, example: str) -> None:
    with writing() as session:
        row = session.query(Organisation).filter_by(name=example).one()
        people.add(session, row.id, Someone("Somebody else", "leadership", 1))
    app = open_page("behind/organisation", organisation=example)
    app.button(key="reset_example").click().run()
    assert [name for name, _ in hours_of(example)] == ["Mira", "Jonte", "Sefa", "Odile"]


def test_whoever_leaves_in_the_middle_of_the_eight_goes_on_with_them(open_page: OpenPage) -> None:
    app = open_page("start/begin")
    say_who(app)
    press(app, "Go on")
    add(app, "Ada", 5)
    press(app, "Go on")
    press(app, "Begin")
    app.radio[0].set_value(1).run()
    press(app, "Next")
    again = open_page("start/begin", organisation="Maple Tea")
    assert step(again) == "How we work today"
    assert "Question 2 of 8" in again.get("progress")[1].proto.text


def test_whoever_skipped_the_eight_comes_back_to_the_advice(open_page: OpenPage, shop: str) -> None:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", 5))
        objectives.state(session, *place(shop), "sales")
    assert step(open_page("start/begin", organisation=shop)) == "First advice"


def test_a_change_that_is_not_kept_yet_is_said_before_one_goes_on(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/begin", organisation=shop)
    press(app, "Who we are")
    assert "leaves it as it was" not in words(app)
    (name,) = [one for one in app.text_input if one.label == "What are you called?"]
    name.set_value("Another name").run()
    assert "leaves it as it was" in words(app)
