"""Organisation: all of it can be changed later, and nothing goes by accident."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.plan import Activity
from services import leaving, organisations, people, units
from services.organisations import Profile
from services.people import Kept, Someone
from services.units import Part
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.test_overview import place, words

PAGE = "behind/organisation"
ANN = Someone("Ann *A*", "leadership", 5, skills=("photo",))


def added(shop: str, said: Someone = ANN) -> int:
    with writing() as session:
        return people.add(session, place(shop)[0], said).id


def here(shop: str, *, active: bool = True) -> list[Kept]:
    with reading() as session:
        return people.listed(session, place(shop)[0], active=active)


def profile(shop: str) -> Profile:
    with reading() as session:
        row = organisations.get(session, place(shop)[0])
        assert row is not None
        return organisations.profile(row)


def changing(open_page: OpenPage, shop: str, person_id: int) -> AppTest:
    """The page with the form of a person open."""
    app = open_page(PAGE, organisation=shop)
    return app.button(key=f"change_{person_id}").click().run()


def warned(app: AppTest, text: str) -> bool:
    return any(text in one.value for one in app.warning)


def form(shop: str) -> str:
    return f"profile_{place(shop)[0]}"


# ---- Who we are -----------------------------------------------------------------------------


def test_without_any_organisation_it_says_how_to_begin(open_page: OpenPage) -> None:
    assert "Begin with yours" in open_page(PAGE).info[0].value


def test_everything_said_at_the_start_can_be_changed(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    key = form(shop)
    app.number_input(key=f"{key}_staff").set_value(12)
    app.selectbox(key=f"{key}_sector").set_value("charity")
    app.selectbox(key=f"{key}_audience").set_value("both")
    app.selectbox(key=f"{key}_region").set_value("ch")
    app.checkbox(key=f"{key}_premises").set_value(True)
    app.button(key=f"{key}_save").click().run()
    assert profile(shop) == Profile(shop, 12, "charity", "both", "ch", premises=True)


def test_after_a_new_name_it_is_still_the_same_organisation(open_page: OpenPage, shop: str) -> None:
    another("A first one")
    app = open_page(PAGE, organisation=shop)
    app.text_input(key=f"{form(shop)}_name").set_value("  Books & *Tea* ")
    app.button(key=f"{form(shop)}_save").click().run()
    assert app.selectbox(key="organisation").value == "Books & *Tea*"
    assert profile("Books & *Tea*").staff == 3


def test_a_refusal_says_why_and_keeps_what_was_typed(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    app.number_input(key=f"{form(shop)}_staff").set_value(7)
    app.text_input(key=f"{form(shop)}_name").set_value(" ")
    app.button(key=f"{form(shop)}_save").click().run()
    assert warned(app, "Give your organisation a name")
    assert app.number_input(key=f"{form(shop)}_staff").value == 7
    assert profile(shop).staff == 3


def change_elsewhere(shop: str, **what: object) -> None:
    with writing() as session:
        row = organisations.get(session, place(shop)[0])
        assert row is not None
        said = replace(organisations.profile(row), **what)  # type: ignore[arg-type]
        organisations.update(session, row.id, said, version=row.version)


def test_of_two_versions_both_are_shown_and_mine_wins_when_i_save_again(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page(PAGE, organisation=shop)
    change_elsewhere(shop, staff=40, region="uk")
    app.number_input(key=f"{form(shop)}_staff").set_value(7)
    app.button(key=f"{form(shop)}_save").click().run()
    assert warned(app, "Somebody else changed this meanwhile")
    assert f"{shop}, 40 people" in [one.value for one in app.text]
    assert app.number_input(key=f"{form(shop)}_staff").value == 7
    assert profile(shop).staff == 40
    app.button(key=f"{form(shop)}_save").click().run()
    assert (profile(shop).staff, profile(shop).region) == (7, "de")
    assert not app.warning


def test_of_two_versions_theirs_can_be_taken(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    change_elsewhere(shop, staff=40)
    app.number_input(key=f"{form(shop)}_staff").set_value(7)
    app.button(key=f"{form(shop)}_save").click().run()
    app.button(key=f"{form(shop)}_take_theirs").click().run()
    assert app.number_input(key=f"{form(shop)}_staff").value == 40
    assert not app.warning


def test_who_typed_nothing_just_sees_the_newer_version(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    change_elsewhere(shop, staff=40)
    app.run()
    assert app.number_input(key=f"{form(shop)}_staff").value == 40


def test_what_was_typed_survives_that_the_organisation_is_gone(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page(PAGE, organisation=shop)
    key = form(shop)
    with writing() as session:
        organisations.remove(session, place(shop)[0])
    app.number_input(key=f"{key}_staff").set_value(77)
    app.button(key=f"{key}_save").click().run()
    assert warned(app, "took this organisation away meanwhile")
    assert f"{shop}, 77 people" in [one.value for one in app.text]
    assert "Begin with yours" in app.run().info[0].value
    app.button(key="profile_seen").click().run()
    assert not app.warning


def test_an_example_says_that_it_is_made_up(open_page: OpenPage) -> None:
    another("Museum", sample_id="museum")
    assert "made-up organisation" in open_page(PAGE).info[0].value


# ---- Who takes part -------------------------------------------------------------------------


def test_the_first_person_is_asked_for(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    assert "Nobody takes part yet" in words(app)
    app.text_input(key="person_new_name").set_value("Ann")
    app.selectbox(key="person_new_function").set_value("leadership")
    app.number_input(key="person_new_hours").set_value(4.5)
    app.multiselect(key="person_new_skills").set_value(["photo", "writing"])
    app.multiselect(key="person_new_roles").set_value(["creator"])
    app.checkbox(key="person_new_volunteer").set_value(True)
    app.button(key="person_add").click().run()
    said = Someone(
        "Ann", "leadership", 4.5, True, skills=("writing", "photo"), roles=("creator",)
    )  # fmt: skip
    assert [row.said for row in here(shop)] == [said]
    assert "One person takes part, with **4.5 hours a week**" in words(app)
    assert app.text_input(key="person_new_name").value == ""


def test_half_a_person_is_not_lost_but_asked_for(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    app.text_input(key="person_new_name").set_value("Ann")
    app.selectbox(key="person_new_function").set_value("leadership")
    app.button(key="person_add").click().run()
    assert warned(app, "Hours a week go from 0 to 80")
    assert app.text_input(key="person_new_name").value == "Ann"
    assert here(shop) == []


def test_a_name_is_shown_as_it_was_typed(open_page: OpenPage, shop: str) -> None:
    added(shop)
    assert "**Ann \\*A\\***" in words(open_page(PAGE, organisation=shop))


def test_a_person_is_changed(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    app.number_input(key=f"person_{person_id}_hours").set_value(2.0)
    app.button(key=f"person_{person_id}_save").click().run()
    assert [row.said for row in here(shop)] == [replace(ANN, hours=2)]
    assert not [one for one in app.text_input if one.key == f"person_{person_id}_name"]


def test_a_person_half_changed_is_still_there_after_a_look_at_another_page(
    open_page: OpenPage, shop: str
) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    app.number_input(key=f"person_{person_id}_hours").set_value(2.0).run()
    app.switch_page("pages/start/overview.py").run()
    with writing() as session:
        leaving.leave(session, person_id)
    app.switch_page(f"pages/{PAGE}.py").run()
    assert warned(app, "What you typed is still here")
    assert app.number_input(key=f"person_{person_id}_hours").value == 2.0
    app.button(key=f"person_{person_id}_back").click().run()
    assert [row.said for row in here(shop)] == [replace(ANN, hours=2)]


def test_leaving_a_form_forgets_what_was_typed_in_it(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    app.number_input(key=f"person_{person_id}_hours").set_value(2.0)
    app.button(key=f"person_{person_id}_cancel").click().run()
    app.button(key=f"change_{person_id}").click().run()
    assert app.number_input(key=f"person_{person_id}_hours").value == 5


def test_who_comes_second_to_a_person_sees_both_versions(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    with writing() as session:
        people.update(session, person_id, replace(ANN, hours=9), version=here(shop)[0].version)
    app.multiselect(key=f"person_{person_id}_skills").set_value(["video"])
    app.button(key=f"person_{person_id}_save").click().run()
    assert warned(app, "Nothing of yours is lost")
    assert "Ann *A*, Leadership, 9 h a week" in [one.value for one in app.text]
    assert app.multiselect(key=f"person_{person_id}_skills").value == ["video"]
    assert here(shop)[0].said.hours == 9
    app.button(key=f"person_{person_id}_save").click().run()
    assert here(shop)[0].said == replace(ANN, skills=("video",))


def test_a_person_who_left_elsewhere_keeps_what_is_typed_here(
    open_page: OpenPage, shop: str
) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    with writing() as session:
        leaving.leave(session, person_id)
    app.number_input(key=f"person_{person_id}_hours").set_value(2.0).run()
    assert warned(app, "takes part no longer")
    assert app.number_input(key=f"person_{person_id}_hours").value == 2.0
    app.button(key=f"person_{person_id}_back").click().run()
    assert here(shop)[0].said == replace(ANN, hours=2)


def test_leaving_says_what_happens_and_loses_nothing(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    promised(shop, person_id)
    app = changing(open_page, shop, person_id)
    app.button(key=f"leave_{person_id}").click().run()
    assert "answers for “Ask **them**”. It stays" in words(app).replace("\\", "")
    assert here(shop)
    app.button(key=f"left_{person_id}").click().run()
    assert here(shop) == []
    with reading() as session:
        assert session.query(Activity).one().owner_id is None
    app.button(key=f"back_{person_id}").click().run()
    assert here(shop)[0].said == ANN


def test_who_should_stay_stays(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    app = changing(open_page, shop, person_id)
    app.button(key=f"leave_{person_id}").click().run()
    app.button(key=f"stays_{person_id}").click().run()
    assert len(here(shop)) == 1
    assert not [one for one in app.button if one.key == f"left_{person_id}"]


def test_a_forgotten_person_is_in_no_list(open_page: OpenPage, shop: str) -> None:
    person_id = added(shop)
    with writing() as session:
        leaving.leave(session, person_id)
    app = open_page(PAGE, organisation=shop)
    app.button(key=f"forget_{person_id}").click().run()
    assert "Ann" not in words(app)
    assert here(shop, active=False)[0].said.name == leaving.NAMELESS


def promised(shop: str, person_id: int) -> None:
    organisation_id, quarter_id = place(shop)
    with writing() as session:
        session.add(
            Activity(
                organisation_id=organisation_id, quarter_id=quarter_id, owner_id=person_id,
                catalogue_id="needs_workshop", title="Ask **them**", hours_setup=1, hours_week=1,
            )
        )  # fmt: skip


# ---- Parts, and other organisations ---------------------------------------------------------


def test_parts_are_added_changed_and_taken_away(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    app.text_input(key="part_new_name").set_value("Mill Street")
    app.selectbox(key="part_new_function").set_value("sales_team")
    app.button(key="part_add").click().run()
    (part,) = parts(shop)
    app.text_input(key=f"part_{part.id}_name").set_value("Old Mill Street")
    app.button(key=f"part_{part.id}_save").click().run()
    assert parts(shop)[0].said == Part("Old Mill Street", "sales_team")
    app.button(key=f"part_{part.id}_remove").click().run()
    assert parts(shop) == []


def test_a_part_changed_by_two_people_shows_both(open_page: OpenPage, shop: str) -> None:
    with writing() as session:
        unit_id = units.add(session, place(shop)[0], Part("Shop", "sales_team")).id
    app = open_page(PAGE, organisation=shop)
    with writing() as session:
        units.update(session, unit_id, Part("Theirs", "sales_team"), version=1)
    app.text_input(key=f"part_{unit_id}_name").set_value("Mine")
    app.button(key=f"part_{unit_id}_save").click().run()
    assert "Theirs, Sales" in [one.value for one in app.text]
    assert app.text_input(key=f"part_{unit_id}_name").value == "Mine"
    assert parts(shop)[0].said.name == "Theirs"


def test_words_about_a_part_that_somebody_else_took_away_are_still_there(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        unit_id = units.add(session, place(shop)[0], Part("Shop", "sales_team")).id
    app = open_page(PAGE, organisation=shop)
    with writing() as session:
        units.remove(session, unit_id)
    app.text_input(key=f"part_{unit_id}_name").set_value("Mill *Street*")
    app.button(key=f"part_{unit_id}_save").click().run()
    assert warned(app, "took this part away")
    assert "Mill *Street*, Sales" in [one.value for one in app.text]


def test_a_person_whose_part_is_taken_away_meanwhile_can_still_be_kept(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        unit_id = units.add(session, place(shop)[0], Part("Shop", "sales_team")).id
        units.add(session, place(shop)[0], Part("Office", "sales_team"))
    person_id = added(shop, replace(ANN, unit_id=unit_id))
    app = changing(open_page, shop, person_id)
    with writing() as session:
        units.remove(session, unit_id)
    app.number_input(key=f"person_{person_id}_hours").set_value(2.0)
    app.button(key=f"person_{person_id}_save").click().run()
    assert here(shop)[0].said == replace(ANN, hours=2)


def parts(shop: str) -> list[units.Kept]:
    with reading() as session:
        return units.listed(session, place(shop)[0])


def test_another_organisation_is_one_click_away(open_page: OpenPage, shop: str) -> None:
    another("Another [one](x)")
    app = open_page(PAGE, organisation=shop)
    app.button(key="go_Another [one](x)").click().run()
    assert app.selectbox(key="organisation").value == "Another [one](x)"


@pytest.mark.parametrize("typed", ["Corner", "corner books"])
def test_a_wrong_name_takes_nothing_away(open_page: OpenPage, shop: str, typed: str) -> None:
    app = open_page(PAGE, organisation=shop)
    assert app.button(key="remove").disabled
    app.text_input(key=f"remove_{place(shop)[0]}").set_value(typed).run()
    app.button(key="remove").click().run()
    assert warned(app, "Nothing was removed")
    assert profile(shop).name == shop


def test_the_right_name_takes_it_away_and_shows_what_is_left(
    open_page: OpenPage, shop: str
) -> None:
    another("Another one")
    app = open_page(PAGE, organisation=shop)
    app.text_input(key=f"remove_{place(shop)[0]}").set_value(shop).run()
    app.button(key="remove").click().run()
    assert app.selectbox(key="organisation").options == ["Another one"]


def test_taking_the_last_one_away_leads_to_the_beginning(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    app.text_input(key=f"remove_{place(shop)[0]}").set_value(shop).run()
    app.button(key="remove").click().run()
    assert "Begin with yours" in app.info[0].value


def another(name: str, sample_id: str = "") -> None:
    said = Profile(name, 3, "business", "consumers", "de")
    with writing() as session:
        organisations.create(session, said, on=TODAY, sample_id=sample_id)
