"""The review meeting on its page: a first one from end to end, one after seven others, two people
at one decision, and what remains when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.meetings import Meeting
from models.organisation import Organisation
from services import (
    meeting_capture,
    meeting_clock,
    meeting_decisions,
    meetings,
    milestones,
    minutes,
    quarters,
)
from services.meeting_capture import By
from services.meeting_decisions import Decided, Kept
from services.minutes import Minutes
from tests.pages import test_overview
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.test_words import machine_words, read
from ui import meeting_who

PAGE = "learn/review"
STOP = Decided(
    "Post once a week less", "Sefa", date(2026, 12, 8), "Nobody misses it", date(2027, 2, 8), True
)


def words(app: AppTest) -> str:
    """What the page says, as people read it."""
    return test_overview.words(app).replace("\\", "")


def place() -> tuple[int, int]:
    with reading() as session:
        row = session.query(Organisation).one()
        return row.id, quarters.listed(session, row.id)[0].id


def began() -> int:
    with writing() as session:
        return meetings.begin(session, place(), on=TODAY).id


def told() -> Minutes:
    with reading() as session:
        found = minutes.of(session, *place())
    assert found is not None
    return found


def decided(meeting_id: int) -> list[Kept]:
    with reading() as session:
        return meeting_decisions.decisions(session, meeting_id)


def step() -> str:
    with reading() as session:
        return session.query(Meeting).order_by(Meeting.id.desc()).first().step  # type: ignore[union-attr]


def step_id() -> int:
    with reading() as session:
        found = meetings.find(session, place()[1])
    assert found is not None
    return found.id


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def go(app: AppTest, name: str) -> AppTest:
    return press(app, f"meeting_to_{name}")


def type_decision(app: AppTest, form: str, said: Decided) -> None:
    app.button_group(key=f"{form}kind").set_value("stop" if said.is_stop else "do")
    for name in ("what", "who", "effect"):
        app.text_input(key=f"{form}{name}").set_value(getattr(said, name))


def test_a_first_review_goes_from_the_agenda_to_its_end(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    assert "Your first review" in words(app)
    assert "How differently we see it** · 40 min" in words(app)
    assert "no link for other devices" in words(app)
    press(app, "meeting_begin")
    assert "Who is here, and what did you hear from people outside?" in words(app)

    app.session_state[meeting_who.ME] = "Zoe *the guest*"
    app.text_area(key="meeting_note_1_text").set_value("People ask for <b>nuts</b>")
    press(app, "meeting_note_1_keep")
    assert "nuts" in words(app).split("Noted in this step")[1]
    assert "Zoe *the guest* (not verified)" in words(app)
    app.text_area(key="meeting_note_1_text").set_value("A new logo")
    press(app, "meeting_note_1_park")
    press(app, "meeting_next")
    assert step() == "aims"
    assert "Parked: 1" in words(app)

    press(app, "meeting_next")
    assert "No answers lie beside each other yet" in words(app)
    for side, text in (("one", "It is agreed"), ("other", "I never saw it")):
        app.text_area(key=f"meeting_side_1_{side}_text").set_value(text)
        press(app, f"meeting_side_1_{side}_keep")
    go(app, "close")
    press(app, "meeting_end")
    assert "one thing that stops" in app.warning[0].value
    go(app, "decide")
    press(app, "meeting_decision_1__keep")
    assert "Say what you decide" in app.warning[0].value
    type_decision(app, "meeting_decision_1__", STOP)
    press(app, "meeting_decision_1__keep")
    assert "Something stops" in words(app)
    app.text_input(key="meeting_decision_1__what").set_value("Paint the door")
    press(app, "meeting_decision_1__park")
    assert "Paint the door" in words(app).split("Parked: 2")[1]
    assert app.text_input(key="meeting_decision_1__what").value == ""
    assert machine_words(read(app)) == []

    go(app, "close")
    app.selectbox(key="meeting_score_1_who").set_value("Zoe *the guest*")
    app.button_group(key="meeting_score_1_points").set_value(4)
    app.text_input(key="meeting_score_1_change").set_value("Begin on time")
    press(app, "meeting_score_1_keep")
    app.text_input(key="meeting_failure_1_text").set_value("We forgot the deputy")
    press(app, "meeting_failure_1_keep")
    press(app, "meeting_end")
    said = told()
    assert [one.what for one in said.decided] == [STOP.what]
    assert (said.score, said.failure, said.parked) == (
        4,
        "We forgot the deputy",
        ("A new logo", "Paint the door"),
    )
    assert [text for _, text, _ in said.notes][1:] == [
        "What we want, one side: It is agreed",
        "What we want, the other side: I never saw it",
    ]
    assert "Held on 24 November 2026" in words(app)
    press(app, "meeting_again")
    assert step() == "close"
    assert "step 5 of 5" in words(app)


def test_after_seven_reviews_it_begins_with_promises_and_shows_what_lies_ready(
    open_page: OpenPage, example: str
) -> None:
    app = open_page(PAGE, organisation=example)
    assert "begins with what you promised last time" in words(app)
    press(app, "meeting_begin")
    meeting = step_id()
    press(app, "meeting_next")
    assert "Decided in the review of July to September 2026" in words(app)
    assert "Instagram rests until the season is over" in words(app)
    with reading() as session:
        last = meetings.before(session, *place())
        assert last is not None
        first = meeting_decisions.decisions(session, last.id)[0]
    app.button_group(key=f"meeting_checked_{first.id}_said").set_value("partly")
    app.text_input(key=f"meeting_checked_{first.id}_text").set_value("Once a month")
    press(app, f"meeting_checked_{first.id}_keep")
    assert (first.said.what, "In part", "Once a month") in told().checked

    press(app, "meeting_next")
    form = f"meeting_judged_{meeting}_review_rating"
    app.button_group(key=f"{form}_said").set_value("real")
    press(app, f"{form}_keep")
    assert "a real change" in words(app).split("Noted in this step")[1]
    press(app, "meeting_next")
    assert app.table[0].value["Who"].tolist()[0] == "Odile"
    app.session_state["meeting_without"] = "p3"
    app.run()
    assert "Nobody else has the" in words(app)
    for name, part in (
        ("tests", "One picture a day from the workshop"),
        ("what_if", "Nothing lies on the shelf"),
        ("assumptions", "If this objective were dropped, who would notice?"),
        ("decide", "What came up today"),
    ):
        go(app, name)
        assert part in words(app) + "".join(one.label for one in app.expander)
        assert machine_words(read(app)) == []


def test_two_people_change_one_decision_and_both_keep_their_words(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page(PAGE, organisation=shop)
    meeting = began()
    with writing() as session:
        number = meeting_decisions.decide(session, meeting, STOP, By("Ann"))
        meeting_clock.go(session, meeting, "decide")
    app.run()
    press(app, f"meeting_redecide_{number}")
    form = f"meeting_decided_{number}_"
    app.text_input(key=f"{form}_what").set_value("Post twice a week less").run()
    with writing() as session:
        theirs = replace(STOP, who="Mira")
        meeting_decisions.change(session, number, theirs, version=1)
    press(app, f"{form}_keep")
    assert "Nothing of yours is lost" in app.warning[0].value
    assert "Mira" in "".join(one.value for one in app.text)
    assert app.text_input(key=f"{form}_what").value == "Post twice a week less"
    assert decided(meeting)[0].said == theirs
    press(app, f"{form}_keep")
    assert decided(meeting)[0].said == replace(STOP, what="Post twice a week less")


def test_a_window_that_others_left_behind_is_told_and_goes_along(
    open_page: OpenPage, shop: str
) -> None:
    meeting = began()
    app = open_page(PAGE, organisation=shop)
    with writing() as session:
        meeting_clock.go(session, meeting, "close")
        meeting_clock.pause(session, meeting)
    app.run()
    assert "The meeting is at **Close** now" in words(app)
    assert "What do we want" not in words(app)
    press(app, "meeting_along")
    assert "How useful was this hour?" in words(app)
    press(app, "meeting_resume")
    with reading() as session:
        found = meetings.find(session, place()[1])
        assert found is not None
        assert found.running_since is not None


def test_a_closed_quarter_shows_its_meeting_and_offers_no_change(
    open_page: OpenPage, shop: str
) -> None:
    meeting = began()
    with writing() as session:
        said = meeting_capture.Said("check_in", "note", "People ask for nuts")
        meeting_capture.note(session, meeting, said, By())
        milestones.close(session, *place(), "Ann", on=TODAY)
    app = open_page(PAGE, organisation=shop)
    app.button_group(key="review").set_value("The meeting").run()
    assert "People ask for nuts" in words(app)
    with pytest.raises(KeyError):
        app.button(key="meeting_again")


def test_what_was_typed_stands_in_its_field_when_the_page_is_loaded_anew(
    open_page: OpenPage, shop: str
) -> None:
    meeting = began()
    with writing() as session:
        said = meeting_capture.Said("aims", "note", "Fewer things")
        number = meeting_capture.note(session, meeting, said, By())
    app = open_page(PAGE, organisation=shop)
    app.text_area(key="meeting_note_1_text").set_value("a" * 5_000)
    press(app, "meeting_note_1_keep")
    assert "5,000" in app.warning[0].value.replace("\\", "")
    go(app, "aims")
    press(app, f"meeting_change_{number}")
    app.text_area(key=f"meeting_said_{number}_text").set_value("Fewer things, done well").run()
    with writing() as session:
        meeting_capture.restate(session, number, "Three things", version=1)

    window = app.query_params["window"]
    again = open_page(PAGE, organisation=shop, window=window)
    assert again.text_area(key=f"meeting_said_{number}_text").value == "Fewer things, done well"
    assert "Three things" in "".join(one.value for one in again.text)
    press(again, f"meeting_said_{number}_keep")
    assert again.text_area(key="meeting_note_1_text").value == "a" * 5_000
    again.text_area(key="meeting_note_1_text").set_value("Short").run()
    press(again, "meeting_note_1_keep")
    assert told().notes[-1][1] == "Short"
    third = open_page(PAGE, organisation=shop, window=window)
    assert third.text_area(key="meeting_note_1_text").value == ""
