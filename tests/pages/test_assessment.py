"""How we work today: one question a screen, resumed, private, and closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.assessments import Answer
from models.database import reading, writing
from services import assessments, organisations, rulebook
from services.organisations import Profile
from tests.pages.conftest import OpenPage
from tests.pages.test_overview import place, words


def opened(shop: str, depth: int = 8) -> int:
    with writing() as session:
        return assessments.open_round(session, *place(shop), depth=depth).id


def joined(open_page: OpenPage, shop: str) -> AppTest:
    opened(shop)
    app = open_page("start/assessment", organisation=shop)
    return app.button(key="join").click().run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def answers() -> list[tuple[int | None, str, str]]:
    with reading() as session:
        return [(row.level, row.state, row.note) for row in session.query(Answer)]


def people_answer(shop: str, *levels: int, note: str = "", **who: Any) -> None:
    with writing() as session:
        round_id = assessments.open_round(session, *place(shop)).id
        for level in levels:
            person = assessments.join(session, round_id, **who)
            assessments.record(session, person.id, "listen_first", level, note=note)


def closed(shop: str) -> None:
    with writing() as session:
        assessments.close(session, assessments.open_round(session, *place(shop)).id)


@pytest.mark.parametrize("depth", [8, 25, 46])
def test_there_are_three_depths(open_page: OpenPage, shop: str, depth: int) -> None:
    app = open_page("start/assessment", organisation=shop)
    app.radio(key="depth").set_value(depth)
    app.button(key="open_round").click().run()
    app.button(key="join").click().run()
    assert f"Question 1 of {depth}" in app.get("progress")[0].proto.text


def test_people_read_who_will_see_what_before_the_first_question(
    open_page: OpenPage, shop: str
) -> None:
    opened(shop)
    app = open_page("start/assessment", organisation=shop)
    assert "Nobody sees your answers" in words(app)
    assert "from five people on" in words(app)
    assert not app.get("progress")


def test_an_answer_is_saved_as_it_is_given(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    app.radio[0].set_value(3).run()
    assert answers() == [(3, "answered", "")]


def test_i_do_not_know_is_an_answer_and_no_zero(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    app.radio[0].set_value("unknown").run()
    assert answers() == [(None, "unknown", "")]


def test_a_note_is_kept_with_its_answer(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    app.radio[0].set_value(2).run()
    app.text_area[0].set_value("Since spring").run()
    assert answers() == [(2, "answered", "Since spring")]


def test_going_on_and_back_keeps_what_was_said(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    first = app.header[0].value
    app.radio[0].set_value(2).run()
    press(app, "Next")
    assert app.header[0].value != first
    press(app, "Back")
    assert (app.header[0].value, app.radio[0].value) == (first, 2)


def test_the_five_words_lead_back_to_the_next_open_question(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    second = press(app.radio[0].set_value(2).run(), "Next").header[0].value
    words_given = str(app.session_state[f"words_{opened(shop)}"])
    other = open_page("start/assessment", organisation=shop)
    other.text_input(key="return_words").set_value(words_given.upper())
    other.button(key="return").click().run()
    assert other.header[0].value == second


def test_wrong_words_lead_nowhere(open_page: OpenPage, shop: str) -> None:
    opened(shop)
    app = open_page("start/assessment", organisation=shop)
    app.text_input(key="return_words").set_value("apple apple apple apple apple")
    app.button(key="return").click().run()
    assert "not known in this round" in app.warning[0].value


def test_eight_answers_lead_to_the_end(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    for _ in range(7):
        app.radio[0].set_value(2).run()
        press(app, "Next")
    press(app.radio[0].set_value(2).run(), "Done")
    assert "Thank you" in app.success[0].value
    assert len(answers()) == 8


def test_four_people_see_too_few_to_show_and_no_figure(open_page: OpenPage, shop: str) -> None:
    people_answer(shop, 1, 1, 1, 1, note="secret")
    closed(shop)
    app = open_page("start/assessment", organisation=shop)
    assert "4 people took part" in words(app)
    assert "too few to show: figures of a group appear from 5 people on" in words(app)
    assert "secret" not in str([one.value for one in app.text])
    assert not app.table


def test_five_people_see_their_figures_once_the_round_is_closed(
    open_page: OpenPage, shop: str
) -> None:
    people_answer(shop, 1, 1, 1, 1, 1, note="**Not** bold")
    app = open_page("start/assessment", organisation=shop)
    assert not app.table
    app.button(key="close_round").click().run()
    assert "1 · by chance" in list(app.table[0].value["Middle answer"])
    assert "**Not** bold (staff)" in [one.value for one in app.text]


def test_what_was_passed_over_is_told_at_the_end(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    third = ""
    for number in range(8):
        if number == 2:
            third = app.header[0].value
        else:
            app.radio[0].set_value(2).run()
        press(app, "Done" if number == 7 else "Next")
    assert "One question is still open" in app.info[-1].value
    press(app, "Go to what is open")
    assert app.header[0].value == third


def test_a_round_that_gets_deeper_leads_to_its_new_questions(
    open_page: OpenPage, shop: str
) -> None:
    app = joined(open_page, shop)
    for number in range(8):
        app.radio[0].set_value(2).run()
        press(app, "Done" if number == 7 else "Next")
    app.radio(key="depth").set_value(46).run()
    app.button(key="open_round").click().run()
    assert "Question 2 of 46" in app.get("progress")[0].proto.text


def test_the_end_counts_at_once(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    for number in range(8):
        app.radio[0].set_value(2).run()
        press(app, "Done" if number == 7 else "Next")
    assert "One person has joined the round that is open now, 1 came to the end." in words(app)


def test_staff_who_are_too_few_stand_beside_the_leader_as_such(
    open_page: OpenPage, shop: str
) -> None:
    people_answer(shop, 3, is_leader=True, consent=True)
    people_answer(shop, 1, 1, 1, 1, note="secret")
    closed(shop)
    app = open_page("start/assessment", organisation=shop)
    rows = app.table[0].value
    said = dict(zip(rows["Factor, and who"], rows["Middle answer"], strict=True))
    assert said == {
        "What we hear: Leaders (1)": "3 · lived",
        "What we hear: Staff": "too few to show",
    }
    assert "How far they are apart: too few to show." in words(app)
    assert "secret" not in str([one.value for one in app.text])


def test_staff_are_shown_by_part_where_no_few_are_found_out(open_page: OpenPage, shop: str) -> None:
    people_answer(shop, 1, 1, 1, 1, 1, function="sales_team")
    people_answer(shop, 3, 3, 3, 3, 3, function="customer_service")
    closed(shop)
    app = open_page("start/assessment", organisation=shop)
    rows = app.table[1].value
    said = dict(zip(rows["Factor, and who"], rows["Middle answer"], strict=True))
    assert said == {
        "What we hear: Sales (5)": "1 · by chance",
        "What we hear: Customer service (5)": "3 · lived",
    }


def test_how_far_leaders_and_staff_are_apart_stands_factor_by_factor(
    open_page: OpenPage, shop: str
) -> None:
    people_answer(shop, 3, is_leader=True, consent=True)
    people_answer(shop, 1, 1, 1, 1, 0)
    closed(shop)
    app = open_page("start/assessment", organisation=shop)
    assert list(app.table[0].value["Factor, and who"]) == [
        "What we hear: Everyone (6)",
        "What we hear: Leaders (1)",
        "What we hear: Staff (5)",
    ]
    (row,) = app.table[1].value.to_dict("records")
    assert (row["Leaders"], row["Staff"], row["Levels apart"]) == ("3", "1", "2")


def test_a_closed_round_says_so_to_who_still_answers(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    closed(shop)
    app.radio[0].set_value(2).run()
    assert answers() == []


def test_every_question_has_five_anchors_and_a_factor() -> None:
    pack = rulebook.pack()
    for question in pack.catalogues["questions"].values():
        assert len(list(question.values["anchors"])) == 5  # type: ignore[call-overload]
        assert question.values["factor"] in pack.catalogues["factors"]


def test_words_typed_while_the_round_was_closed_are_still_there(
    open_page: OpenPage, shop: str
) -> None:
    app = joined(open_page, shop)
    app.radio[0].set_value(2).run()
    with writing() as session:
        running = assessments.running(session, *place(shop))
        assert running
        assessments.close(session, running.id)
    app.text_area[0].set_value("Since *spring*").run()
    assert "closed" in app.warning[0].value
    assert [one.value for one in app.text] == ["Since *spring*"]
    assert answers() == [(2, "answered", "")]


def test_a_note_that_is_too_long_is_said_and_not_cut(open_page: OpenPage, shop: str) -> None:
    app = joined(open_page, shop)
    app.radio[0].set_value(2).run()
    long = "a" * (assessments.LONGEST + 1)
    app.text_area[0].set_value(long).run()
    assert "5000 letters" in app.warning[0].value
    assert app.text_area[0].value == long
    app.text_area[0].set_value(long[1:]).run()
    assert answers() == [(2, "answered", long[1:])]


def test_somebody_who_works_alone_is_not_asked_who_else_answers_here(open_page: OpenPage) -> None:
    with writing() as session:
        said = Profile("Maple Tea", 1, "business", "consumers", "de", premises=False)
        organisations.create(session, said, on=date.today())
    opened("Maple Tea")
    app = open_page("start/assessment", organisation="Maple Tea")
    app.button(key="join").click().run()
    for _ in range(8):
        app.radio[0].set_value(1).run()
        (button,) = [one for one in app.button if one.label in ("Next", "Done")]
        button.click().run()
    labels = [one.label for one in app.button]
    assert "Look at my answers again" in labels
    assert "Somebody else answers here" not in labels


def test_people_read_before_they_answer_that_a_backup_holds_their_words(
    open_page: OpenPage, shop: str
) -> None:
    opened(shop)
    app = open_page("start/assessment", organisation=shop)
    assert "save everything as a backup and read it: single answers and" in words(app)
