"""Who does it: the load, one owner for each activity, nobody named silently, skills and roles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import leaving, people, taking_on
from services.recommendations import Said
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, CARE, Bakery, bakery
from tests.pages.test_overview import words


def page(open_page: OpenPage, of: Bakery) -> AppTest:
    return open_page("choose/ownership", organisation=of.name)


def unfolded(app: AppTest, activity: str = CARE) -> AppTest:
    app.session_state[f"everybody_{activity}"] = True
    return app.run()


def owner(of: Bakery) -> int | None:
    return of.promises()[CARE].promise.owner_id


def test_without_people_it_asks_who_takes_part(open_page: OpenPage, shop: str) -> None:
    app = open_page("choose/ownership", organisation=shop)
    assert "Nobody has hours for this yet" in app.info[0].value
    assert not app.button


def test_people_without_hours_are_asked_for_them(open_page: OpenPage, database: Path) -> None:
    app = page(open_page, bakery(replace(ANN, hours=0)))
    assert "Nobody has hours for this yet" in app.info[0].value


def test_the_load_is_numbers(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[1], hours=3.5)
    app = page(open_page, shop)
    told = [one.proto.text for one in app.get("progress")]
    assert told == [
        "0 of 5 h a week promised · answers for nothing yet",
        "3.5 of 3 h a week promised · answers for one activity",
    ]
    assert "0.5 h more than there are" in words(app)


def test_somebody_says_yes_and_answers_for_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, None)
    app = page(open_page, shop)
    assert "Nobody answers for it yet" in words(app)
    app.button(key=f"yes_best_{CARE}_p{shop.people[0]}").click().run()
    assert owner(shop) == shop.people[0]
    assert "The rules would ask the same person" in words(app)


def test_everybody_is_weighed_and_somebody_else_may_say_yes(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[0])
    app = unfolded(page(open_page, shop))
    assert "Ben does not hold the role “Owner of a channel”" in words(app).replace("\\", "")
    app.button(key=f"yes_all_{CARE}_p{shop.people[1]}").click().run()
    assert owner(shop) == shop.people[1]


def test_who_has_the_hours_beside_the_rest_of_the_plan_is_named(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(replace(ANN, hours=0.5), replace(BEN, hours=20))
    app = page(open_page, shop)
    assert "Fits best: **Ann" in words(app)
    assert "Together with the rest of the plan, **Ben** has the hours." in words(app)


def test_whom_to_ask_next_stands_above(open_page: OpenPage, database: Path) -> None:
    told = words(page(open_page, bakery(ANN, BEN))).replace("\\", "")
    assert (
        "#### Ask next: Ann *Baker* about “Keep our entry on the map alive” and Ben about" in told
    )


def test_who_has_the_hours_in_the_plan_is_offered_first(
    open_page: OpenPage, database: Path
) -> None:
    app = page(open_page, bakery(replace(ANN, hours=0.5), replace(BEN, hours=20)))
    app.button(key=f"take_activity_{CARE}_").click().run()
    assert app.selectbox(key=f"owner_{CARE}").options[0].startswith("Ben · 20 h free · place 2")


def test_the_rest_of_the_plan_and_what_just_missed_are_one_click_away(
    open_page: OpenPage, database: Path
) -> None:
    app = page(open_page, bakery(ANN, BEN))
    assert "7 more in the plan" in [one.label for one in app.expander]
    before = len([b for b in app.button if b.label == "Take it"])
    app.session_state["more_in_plan_ownership"] = True
    app.session_state["missed_activity"] = True
    app.run()
    assert len([b for b in app.button if b.label == "Take it"]) == before + 7
    assert "Ann \\*Baker\\* or Ben answers for one thing less" in words(app)
    assert "This plan: 5.3 h of 6.8 h" in app.get("vega_lite_chart")[0].proto.spec


def test_what_nobody_can_answer_for_says_which_skill_is_asked_for(
    open_page: OpenPage, database: Path
) -> None:
    app = page(
        open_page, bakery(replace(ANN, skills=("answering",)), wants=("recruiting", "sales"))
    )
    (fold,) = [one for one in app.expander if one.label.startswith("Nobody for it yet")]
    assert "nobody has named that as a skill" in " ".join(str(m.value) for m in fold.markdown)


def test_stepping_back_is_always_possible(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[0])
    app = unfolded(page(open_page, shop))
    app.button(key=f"back_{CARE}_p{shop.people[0]}").click().run()
    assert owner(shop) is None
    assert "Nobody answers for it yet" in words(app)


def test_who_comes_second_is_told_who_answers_for_it_now(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    ann, ben = shop.people
    shop.takes(CARE, None)
    app = unfolded(page(open_page, shop))
    decision = shop.history(CARE)
    assert len(decision) == 1
    named_elsewhere(shop, ann)
    app.button(key=f"yes_all_{CARE}_p{ben}").click().run()
    assert "Ann \\*Baker\\* answers for it now" in app.warning[0].value
    assert owner(shop) == ann
    app.button(key=f"yes_all_{CARE}_p{ben}").click().run()
    assert owner(shop) == ben


def test_what_is_voluntary_needs_a_word_of_what_was_agreed(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN, wants=("recruiting", "sales"))
    activity = "behind_the_scenes"
    shop.takes(activity, None)
    app = unfolded(page(open_page, shop), activity)
    yes = f"yes_all_{activity}_p{shop.people[1]}"
    app.button(key=yes).click().run()
    assert "voluntary" in app.warning[0].value
    assert shop.promises()[activity].promise.owner_id is None
    app.text_input(key=f"agreed_{activity}_p{shop.people[1]}").set_value("Hands only").run()
    app.button(key=yes).click().run()
    assert shop.promises()[activity].promise.owner_id == shop.people[1]


def test_one_person_alone_does_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    shop.takes(CARE, shop.people[0])
    app = page(open_page, shop)
    assert "You do it, Ann" in words(app)
    assert "Ask next" not in words(app)
    assert "You do it: **Ann" in words(app)
    assert "Everybody" not in " ".join(one.label for one in app.expander)


def test_one_person_alone_says_i_do_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    shop.takes(CARE, None)
    app = page(open_page, shop)
    button = app.button(key=f"yes_best_{CARE}_p{shop.people[0]}")
    assert button.label == "I do it"
    button.click().run()
    assert owner(shop) == shop.people[0]


def test_what_is_advised_names_who_fits_and_can_be_taken_here(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    assert "Fits best: **Ann" in words(app)
    app.button(key=f"take_activity_{CARE}_").click().run()
    app.button(key=f"keep_activity_{CARE}_").click().run()
    assert owner(shop) == shop.people[0]


def test_skills_and_roles_can_be_written_down_right_here(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    form = f"roles_{shop.people[1]}"
    app = page(open_page, shop)
    app.multiselect(key=f"{form}_roles").set_value(["service_agent"])
    app.multiselect(key=f"{form}_skills").set_value(["answering"])
    app.button(key=f"{form}_keep").click().run()
    ben = kept(shop)[1].said
    assert (ben.roles, ben.skills, ben.hours) == (("service_agent",), ("answering",), 3)


def test_skills_that_somebody_else_changed_meanwhile_are_shown_and_nothing_is_lost(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    form = f"roles_{shop.people[1]}"
    app = page(open_page, shop)
    row = kept(shop)[1]
    with writing() as session:
        theirs = replace(row.said, skills=("writing",))
        people.update(session, row.id, theirs, version=row.version)
    app.multiselect(key=f"{form}_skills").set_value(["answering"])
    app.button(key=f"{form}_keep").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Skills: Writing" in [one.value for one in app.text]
    assert app.multiselect(key=f"{form}_skills").value == ["answering"]
    app.button(key=f"{form}_keep").click().run()
    assert kept(shop)[1].said.skills == ("answering",)


def kept(of: Bakery) -> list[people.Kept]:
    with reading() as session:
        return people.listed(session, of.place[0])


def named_elsewhere(of: Bakery, person: int) -> None:
    view = of.view()
    with writing() as session:
        taking_on.name_owner(session, view, CARE, person, Said("accepted"), seen=None)


def test_roles_of_somebody_who_left_meanwhile_are_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    (ann,) = shop.people
    app, form = page(open_page, shop), f"roles_{ann}"
    app.multiselect(key=f"{form}_skills").set_value(["photo", "writing"])
    with writing() as session:
        leaving.leave(session, ann)
    app.button(key=f"{form}_keep").click().run()
    assert "takes part no longer" in app.warning[0].value
    lines = [one.value for one in app.text]
    assert "Ann *Baker*" in lines
    assert any(line.startswith("Skills: ") and "," in line for line in lines)
    app.button(key="roles_seen").click().run()
    assert not app.warning
