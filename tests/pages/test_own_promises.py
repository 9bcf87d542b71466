"""Promises in one's own words: added, changed by two people at once, and taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import plan, quarters, recommendations, taking_on
from services.plan import Kept, Said, Standing
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, CARE, Bakery, bakery
from tests.pages.test_plan import kept, page, promised


def listed(of: Bakery) -> list[Kept]:
    with reading() as session:
        return plan.listed(session, of.place[1])


def opened(open_page: OpenPage, of: Bakery, one: Kept) -> AppTest:
    app = page(open_page, of)
    return app.button(key=f"open_change_{one.id}").click().run()


def test_a_promise_of_ones_own_is_added(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app, form = page(open_page, shop), f"own_promise_{shop.place[1]}"
    app.text_input(key=f"{form}_title").set_value("Paint the *sign*")
    app.selectbox(key=f"{form}_owner_id").set_value(shop.people[1])
    app.number_input(key=f"{form}_hours_setup").set_value(4)
    app.date_input(key=f"{form}_due_on").set_value(date(2026, 12, 1))
    app.button(key=f"{form}_add").click().run()
    (one,) = listed(shop)
    assert (one.said.title, one.owner, one.said.due_on) == (
        "Paint the *sign*",
        "Ben",
        date(2026, 12, 1),
    )
    assert (one.said.hours_week, one.said.hours_setup, one.activity) == (0, 4, plan.OWN)
    assert app.text_input(key=f"{form}_title").value == ""


def test_without_words_it_is_refused_in_words(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    app, form = page(open_page, shop), f"own_promise_{shop.place[1]}"
    app.number_input(key=f"{form}_hours_week").set_value(2).run()
    app.button(key=f"{form}_add").click().run()
    assert "Say in a few words" in app.warning[0].value
    assert app.number_input(key=f"{form}_hours_week").value == 2
    assert not listed(shop)


@pytest.mark.parametrize(
    ("field", "hours", "word"),
    [
        ("hours_week", 80.25, "from none to 80 a week"),
        ("hours_week", 99, "from none to 80 a week"),
        ("hours_setup", 200.25, "from none to 200"),
    ],
)
def test_more_hours_than_fit_are_refused_and_nothing_typed_is_lost(
    open_page: OpenPage, database: Path, field: str, hours: float, word: str
) -> None:
    shop = bakery(ANN)
    app, form = page(open_page, shop), f"own_promise_{shop.place[1]}"
    app.text_input(key=f"{form}_title").set_value("Paint the sign")
    app.number_input(key=f"{form}_{field}").set_value(hours).run()
    app.button(key=f"{form}_add").click().run()
    assert word in app.warning[0].value
    assert not listed(shop)
    assert app.text_input(key=f"{form}_title").value == "Paint the sign"
    assert app.number_input(key=f"{form}_{field}").value == hours
    app.number_input(key=f"{form}_{field}").set_value(80).run()
    app.button(key=f"{form}_add").click().run()
    (one,) = listed(shop)
    assert getattr(one.said, field) == 80


def test_a_promise_is_not_changed_to_more_hours_than_fit(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.number_input(key=f"{form}_hours_week").set_value(99)
    app.button(key=f"{form}_save").click().run()
    assert "from none to 80 a week" in app.warning[0].value
    assert app.number_input(key=f"{form}_hours_week").value == 99
    assert kept(shop, one.id).said == one.said


def test_ones_own_is_changed_and_the_form_closes(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    one = promised(shop, "Paint", shop.people[0])
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.selectbox(key=f"{form}_owner_id").set_value(None)
    app.date_input(key=f"{form}_due_on").set_value(None)
    app.button(key=f"{form}_save").click().run()
    said = kept(shop, one.id).said
    assert (said.title, said.owner_id, said.due_on) == ("Paint", None, None)
    assert not [button for button in app.button if button.key == f"{form}_save"]


def test_hours_and_date_of_advice_are_changed_but_not_who_does_it(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    shop.takes(CARE, shop.people[0])
    (one,) = listed(shop)
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    assert not [box.key for box in app.selectbox if box.key == f"{form}_owner_id"]
    app.number_input(key=f"{form}_hours_week").set_value(2.5)
    app.button(key=f"{form}_save").click().run()
    assert kept(shop, one.id).said == replace(one.said, hours_week=2.5)


def test_who_changes_second_sees_both_and_loses_nothing(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.text_input(key=f"{form}_title").set_value("Paint the door").run()
    with writing() as session:
        theirs = replace(one.said, title="Paint the wall")
        plan.change(session, one.id, theirs, version=one.version)
    app.button(key=f"{form}_save").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Paint the wall (Ann *Baker*)" in [text.value for text in app.text]
    assert app.text_input(key=f"{form}_title").value == "Paint the door"
    app.button(key=f"{form}_save").click().run()
    assert kept(shop, one.id).said.title == "Paint the door"


def test_ones_own_can_be_taken_out_again(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    opened(open_page, shop, one).button(key=f"change_{one.id}_away").click().run()
    assert not listed(shop)


def test_rules_and_ownership_do_not_stumble_over_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    promised(shop, "Paint", shop.people[0])
    app = open_page("choose/ownership", organisation=shop.name)
    assert "1 of 5 h a week promised" in app.get("progress")[0].proto.text


def test_what_an_earlier_quarter_left_is_taken_along(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = before(shop, "Paint")
    app = page(open_page, shop)
    assert "Still in hand from before" in [head.value for head in app.subheader]
    app.button(key=f"along_{one.id}").click().run()
    (here,) = listed(shop)
    assert here.said == one.said
    assert "Still in hand from before" not in [head.value for head in app.subheader]


def test_what_was_settled_meanwhile_elsewhere_is_told(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = before(shop, "Paint")
    app = page(open_page, shop)
    with writing() as session:
        plan.mark(session, one.id, Standing("done", "On Monday"), version=one.version)
    app.button(key=f"along_{one.id}").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "It says now: Done (On Monday)" in [text.value for text in app.text]
    app.button(key="read_trouble").click().run()
    assert not app.warning
    assert not listed(shop)


def before(of: Bakery, title: str) -> Kept:
    """A promise of the quarter before."""
    with writing() as session:
        quarter = quarters.ensure(session, of.place[0], date(2026, 8, 1))
        said = Said(title, of.people[0], 1, 0, date(2026, 9, 1))
        return plan.add(session, of.place[0], quarter.id, said, date(2026, 8, 1))


def test_words_about_a_promise_that_somebody_else_took_away_are_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.text_input(key=f"{form}_title").set_value("Paint the *door*")
    app.number_input(key=f"{form}_hours_week").set_value(2)
    with writing() as session:
        plan.take_away(session, one.id, version=one.version)
    app.button(key=f"{form}_save").click().run()
    assert "took this promise away" in app.warning[0].value
    lines = [text.value for text in app.text]
    assert "Paint the *door* (Ann *Baker*)" in lines
    assert "2 h a week, 0 h once, 27 November 2026" in lines
    app.button(key="change_seen").click().run()
    assert not app.warning


def test_words_about_advice_that_somebody_else_took_back_say_what_it_was(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    shop.takes(CARE, shop.people[0])
    (one,) = listed(shop)
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.number_input(key=f"{form}_hours_week").set_value(2.5)
    with writing() as session:
        standing = recommendations.standing(session, shop.place[1])
        taking_on.let_go(session, standing["activity", CARE, ""].decision_id)
    app.button(key=f"{form}_save").click().run()
    assert "took this promise away" in app.warning[0].value
    assert one.said.title in [text.value for text in app.text]


def test_a_word_half_said_about_what_somebody_else_took_away_is_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"ask_stuck_{one.id}").click().run()
    app.text_input(key=f"note_{one.id}").set_value("No *colour*")
    with writing() as session:
        plan.take_away(session, one.id, version=one.version)
    app.run()
    assert "You said: Stuck (No *colour*)" in [text.value for text in app.text]
    app.button(key="read_trouble").click().run()
    assert not app.warning


def test_what_somebody_else_settled_opens_where_it_is_being_changed(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Paint", shop.people[0])
    app, form = opened(open_page, shop, one), f"change_{one.id}"
    app.text_input(key=f"{form}_title").set_value("Paint the door")
    with writing() as session:
        plan.mark(session, one.id, Standing("done"), version=one.version)
    app.run()
    assert app.text_input(key=f"{form}_title").value == "Paint the door"
    (settled,) = [fold for fold in app.expander if fold.label.startswith("Settled")]
    assert settled.proto.expanded
