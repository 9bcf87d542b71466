"""Our plan: promises by person and week, in two taps done, stuck or not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from documents import plan_calendar, plan_page
from models.database import reading, writing
from services import advice, objectives, plan
from services.plan import Kept, Said, Standing
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words
from ui import promises, taking_home

LATE, SOON, LATER = date(2026, 11, 20), date(2026, 11, 27), date(2026, 12, 9)


def page(open_page: OpenPage, of: Bakery) -> AppTest:
    return open_page("do/plan", organisation=of.name)


def promised(of: Bakery, title: str, owner: int | None, due_on: date | None = SOON) -> Kept:
    with writing() as session:
        return plan.add(session, *of.place, Said(title, owner, 1, 0, due_on), TODAY)


def kept(of: Bakery, number: int) -> Kept:
    with reading() as session:
        return next(one for one in plan.listed(session, of.place[1]) if one.id == number)


def test_without_promises_it_leads_to_the_activities(open_page: OpenPage, shop: str) -> None:
    app = open_page("do/plan", organisation=shop)
    assert "Nothing is promised yet" in app.info[0].value


def test_an_example_shows_its_plan(open_page: OpenPage, example: str) -> None:
    app = open_page("do/plan", organisation=example)
    assert any(one.key and one.key.startswith("done_") for one in app.button)


def test_promises_stand_by_person_and_week(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    ann, ben = shop.people
    promised(shop, "Late *one*", ann, LATE)
    promised(shop, "Soon", ann)
    promised(shop, "Later", ann, LATER)
    promised(shop, "Some day", ben, None)
    promised(shop, "Orphan", None)
    told = words(page(open_page, shop))
    for heading in ("Overdue", "This week", "Week of 7 December", "Without a date", "Who?"):
        assert heading in told
    assert "Late \\*one\\*" in told
    assert "3 h a week planned, 5 h given" in told


def test_done_is_one_tap_and_can_be_taken_back(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Take pictures", shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"done_{one.id}").click().run()
    assert kept(shop, one.id).standing.state == "done"
    app.button(key="undo").click().run()
    assert kept(shop, one.id).standing == Standing("open")


def test_stuck_and_what_is_missing_are_two_taps(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Take pictures", shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"ask_stuck_{one.id}").click().run()
    app.button(key=f"word_2_{one.id}").click().run()
    assert kept(shop, one.id).standing == Standing("stuck", "A decision")
    assert "What is missing: A decision" in words(app)


def test_not_done_asks_why_in_ones_own_words(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Take pictures", shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"ask_not_done_{one.id}").click().run()
    assert "Nobody is blamed" in words(app)
    app.text_input(key=f"note_{one.id}").set_value("Rain, *all* week").run()
    app.button(key=f"keep_{one.id}").click().run()
    assert kept(shop, one.id).standing == Standing("not_done", "Rain, *all* week")
    app.button(key=f"open_{one.id}").click().run()
    assert kept(shop, one.id).standing == Standing("open", "Rain, *all* week")


def test_who_comes_second_sees_both_versions(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    one = promised(shop, "Take pictures", shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"ask_stuck_{one.id}").click().run()
    with writing() as session:
        plan.mark(session, one.id, Standing("doing", "On Monday"), version=one.version)
    app.text_input(key=f"note_{one.id}").set_value("The camera").run()
    app.button(key=f"keep_{one.id}").click().run()
    assert kept(shop, one.id).standing == Standing("doing", "On Monday")
    shown = [text.value for text in app.text]
    assert shown == ["It says now: Begun (On Monday)", "You said: Stuck (The camera)"]
    assert app.text_input(key=f"note_{one.id}").value == "The camera"
    app.button(key=f"mine_{one.id}").click().run()
    assert kept(shop, one.id).standing == Standing("stuck", "The camera")
    app.button(key="undo").click().run()
    assert kept(shop, one.id).standing == Standing("doing", "On Monday")


def test_the_plan_can_be_printed_and_put_into_a_calendar(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    promised(shop, "Take *pictures*", shop.people[0])
    app = page(open_page, shop)
    assert [one.key for one in app.get("download_button")] == ["pdf", "ics"]
    with reading() as session:
        view = advice.current(session, *shop.place)
        listed = plan.listed(session, shop.place[1])
        made = taking_home.read(session, view, listed, [], TODAY)
    assert "Take *pictures*" in str(plan_calendar.ics(made), "utf-8")
    assert plan_page.pdf(made).startswith(b"%PDF")


def test_without_promises_and_objectives_there_is_nothing_to_take_home(
    open_page: OpenPage, shop: str
) -> None:
    assert not open_page("do/plan", organisation=shop).get("download_button")


def test_a_day_of_another_year_says_which() -> None:
    assert promises.dated(date(2026, 12, 31), TODAY) == "Thursday, 31 December"
    assert promises.dated(date(2027, 1, 1), TODAY) == "Friday, 1 January 2027"


def test_objectives_show_when_they_are_looked_at_again(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    told = words(page(open_page, shop))
    assert "no day yet" in told
    with writing() as session:
        first = objectives.listed(session, shop.place[1])[0]
        wish = replace(first.wish, check_on=LATER)
        objectives.restate(session, first.id, wish, version=first.version)
    assert "Wednesday, 9 December" in words(page(open_page, shop))


def test_more_hours_than_there_are_is_said(open_page: OpenPage, database: Path) -> None:
    shop = bakery(replace(ANN, hours=1.5))
    promised(shop, "A", shop.people[0])
    assert "**1 h a week** are planned, of 1.5 h" in words(page(open_page, shop))
    promised(shop, "B", shop.people[0])
    assert "0.5 h more than there are" in words(page(open_page, shop))
