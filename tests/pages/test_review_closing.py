"""Quarterly review: closing, the steps into the next quarter, and what was closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.organisation import Organisation
from services import assessments, milestones, next_quarter, objectives, plan, quarters
from tests.conftest import TODAY
from tests.pages.conftest import OpenPage
from tests.pages.test_overview import words
from tests.pages.test_words import machine_words, read
from ui import frame

PAGE = "learn/review"
NOW, THEN, NEXT = "October to December 2026", "July to September 2026", "January to March 2027"
CLOSING, CLOSED = "Close and go on", "Closed quarters"


@pytest.fixture
def place(example: str) -> tuple[int, int]:
    with reading() as session:
        row = session.query(Organisation).one()
        return row.id, quarters.listed(session, row.id)[0].id


def part(app: AppTest, name: str) -> AppTest:
    app.button_group(key="review").set_value(name)
    return app.run()


def all_of(app: AppTest) -> str:
    """Words of the page, with what it warns of and confirms."""
    marked = [one.value.replace("\\", "") for one in (*app.warning, *app.success, *app.info)]
    return "\n".join([words(app), *marked])


def following(place: tuple[int, int]) -> int:
    with reading() as session:
        number = next_quarter.way(session, place[1], TODAY).id
        assert number is not None
        return number


# ---- Empty -------------------------------------------------------------------------------------


def test_who_has_said_nothing_reads_what_is_missing_and_closes_nothing_without_a_name(
    open_page: OpenPage, shop: str
) -> None:
    app = part(open_page(PAGE, organisation=shop), CLOSING)
    said = words(app)
    for what in ("It cannot be opened again", "Nobody has answered", "no objective is stated"):
        assert what in said
    app.button(key="close_quarter").click().run()
    assert "Say who closes the quarter." in all_of(app)
    app = part(app, CLOSED)
    assert "No quarter is closed yet" in app.info[0].value
    assert machine_words(read(app)) == []
    with reading() as session:
        assert milestones.listed(session, session.query(Organisation).one().id) == []


# ---- Closing -----------------------------------------------------------------------------------


def test_a_quarter_is_closed_by_a_name_and_every_page_says_so(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    with writing() as session:
        assessments.open_round(session, *place)
    app = part(open_page(PAGE, organisation=example), CLOSING)
    said = all_of(app)
    assert "It runs until 31 December 2026" in said
    assert "3 promises are still open" in said
    assert "open ends with it" in said
    assert machine_words(read(app)) == []
    app.selectbox(key="review_by").set_value("Mira")
    app.button(key="close_quarter").click().run()
    with reading() as session:
        done = milestones.of_quarter(session, place[1])
        assert done is not None
        assert milestones.damaged(session, done.id) == ()
        assert assessments.running(session, *place) is None
    assert done.by == "Mira"
    assert "Closed on" in app.success[0].value
    app.switch_page("pages/choose/objectives.py").run()
    assert "Corrections are added on “Quarterly review”" in words(app)
    app.button(key="drop_sales").click().run()
    assert "closed and stays as it was" in app.warning[0].value
    with reading() as session:
        assert "sales" in [one.name for one in objectives.listed(session, place[1])]


def test_who_closes_second_is_told_who_was_faster(
    open_page: OpenPage, example: str, place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = part(open_page(PAGE, organisation=example), CLOSING)
    close = milestones.close

    def faster(session: object, *given: object, **more: object) -> object:
        if not milestones.of_quarter(session, place[1]):  # type: ignore[arg-type]
            close(session, *place, "Odile", on=TODAY)  # type: ignore[arg-type]
        return close(session, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(milestones, "close", faster)
    app.selectbox(key="review_by").set_value("Mira")
    app.button(key="close_quarter").click().run()
    assert "by Odile" in app.success[0].value
    assert "Odile was faster" in app.toast[0].value


def test_an_earlier_quarter_that_is_open_is_pointed_at_and_closed_late_with_a_warning(
    open_page: OpenPage, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing() as session:
        row = session.query(Organisation).one()
        quarters.ensure(session, row.id, date(2025, 11, 1))
    app = part(open_page(PAGE, organisation=shop), CLOSING)
    app.button(key="go_left_open").click().run()
    said = all_of(app)
    assert "It ended on 31 December 2025" in said
    assert "over by now, so there is nothing to start" in said
    assert app.session_state[frame.QUARTER] == "October to December 2025"


# ---- The next quarter --------------------------------------------------------------------------


def test_three_steps_are_kept_one_by_one_and_lead_into_the_new_quarter(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    app = part(open_page(PAGE, organisation=example), CLOSING)
    app.button(key="begin_next").click().run()
    number = following(place)
    with reading() as session:
        first, *others = next_quarter.promises(session, place[1], number)
    app.selectbox(key="next_by").set_value("Mira")
    app.checkbox(key=f"carry_{first.kept.id}_{number}").uncheck()
    app.button(key="carry_keep").click().run()
    with reading() as session:
        there = [one.said.title for one in plan.listed(session, number)]
        sales, service = objectives.listed(session, number)
    assert sorted(there) == sorted(one.kept.said.title for one in others)

    again = part(open_page(PAGE, organisation=example), CLOSING)  # as after a reload
    assert "2 promises carried over" in words(again)
    again.button(key="choose_keep").click().run()
    assert "Say of each objective" in again.warning[-1].value
    again.button_group(key=f"next_aim_{sales.id}_do").set_value("change")
    again.button_group(key=f"next_aim_{service.id}_do").set_value("drop").run()
    again.text_area(key=f"next_aim_{sales.id}_why").set_value("Because of *winter*")
    again.text_input(key=f"next_aim_{service.id}_because").set_value("It runs by itself")
    again.button(key="choose_keep").click().run()
    with reading() as session:
        (left,) = objectives.listed(session, number)
        kept = next_quarter.steps(session, number)["objectives"]
    assert left.wish == replace(sales.wish, why="Because of *winter*")
    assert kept.said["why"] == {"service": "It runs by itself"}
    assert "The last time: " in words(again)
    assert machine_words(read(again)) == []

    again.button(key="ask_again").click().run()
    assert "is ready to begin" in all_of(again)
    again.button(key="go_next").click().run()
    assert again.session_state[frame.QUARTER] == NEXT
    again.switch_page("pages/start/assessment.py").run()
    assert "A round" not in words(again)
    again.button(key="join").click().run()
    assert "Last time all of you together said" in words(again)
    assert again.radio[0].value is None


def test_who_comes_after_closing_enters_where_work_goes_on(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    with writing() as session:
        next_quarter.begin(session, place[1])
    for entered in (NOW, NEXT):
        app = open_page("learn/culture", organisation=example)
        assert app.session_state[frame.QUARTER] == entered
        with writing() as session:
            milestones.close(session, *place, "Mira", on=TODAY)


def test_who_chooses_second_sees_both_and_loses_nothing(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    with writing() as session:
        number = next_quarter.begin(session, place[1]).id
        next_quarter.carry_over(session, place[1], number, [])
        sales, service = objectives.listed(session, number)
    app = part(open_page(PAGE, organisation=example), CLOSING)
    for one in (sales, service):
        app.button_group(key=f"next_aim_{one.id}_do").set_value("change")
    app.run()
    app.text_area(key=f"next_aim_{sales.id}_why").set_value("Mine")
    with writing() as session:
        theirs = replace(sales.wish, why="Theirs")
        objectives.restate(session, sales.id, theirs, version=sales.version)
    app.button(key="choose_keep").click().run()
    assert "Why: Theirs" in [one.value for one in app.text]
    assert app.text_area(key=f"next_aim_{sales.id}_why").value == "Mine"
    app.button(key="choose_keep").click().run()
    with reading() as session:
        assert objectives.listed(session, number)[0].wish.why == "Mine"


# ---- What was closed ---------------------------------------------------------------------------


def test_closed_quarters_are_corrected_derived_again_and_compared(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    app = part(open_page(PAGE, organisation=example, quarter=THEN), CLOSED)
    with reading() as session:
        newest, *_, oldest = milestones.listed(session, place[0])
    app.text_area(key=f"added_{newest.id}_text").set_value("May was <b>12</b>")
    app.button(key=f"add_{newest.id}").click().run()
    assert "Say who adds this." in all_of(app)
    app.selectbox(key=f"by_{newest.id}").set_value("Mira")
    app.button(key=f"add_{newest.id}").click().run()
    assert "May was <b>12</b>" in [one.value for one in app.text]
    app.button(key=f"derive_{newest.id}").click().run()
    assert "to the last letter" in app.success[0].value
    assert "What they answered" in words(app)
    seals = [one.help for one in app.caption if one.help and "seal begins" in one.help]
    assert newest.sha256[:4] in seals[0]
    assert "Write it into the minutes" in seals[0]
    assert newest.sha256[:4] not in all_of(app)
    app.selectbox(key="compare_from").set_value(oldest.id)
    app.session_state["table_what-moved"] = True
    app.run()
    assert "No longer: Being known by the right people" in all_of(app).replace("\\", "")
    assert len(app.table) == 1
    with reading() as session:
        found = milestones.compare(session, oldest.id, newest.id)
    points = {
        one.title: f"{sum(abs(shift.by) for shift in one.shifts) / 100:g} points"
        for one in found.causes
        if any(shift.by for shift in one.shifts)
    }
    assert all(f"{title}** :small[moves {said} in " in words(app) for title, said in points.items())
    first = max(points, key=lambda title: float(points[title].split()[0]))
    assert f"comes from **{first[0].lower()}{first[1:]}**" in words(app)
    assert machine_words(read(app)) == []


def test_what_is_damaged_is_said_plainly_and_not_compared(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    with writing() as session:
        newest = milestones.listed(session, place[0])[0]
        spoil = text("update frozen_part set text = text || ' ' where milestone_id = :id")
        session.execute(spoil, {"id": newest.id})
    app = part(open_page(PAGE, organisation=example), CLOSED)
    assert "This closed quarter is damaged" in app.error[0].value
    assert "what was decided" in app.error[0].value
    assert any("damaged" in one.value for one in app.warning)
