"""Whom we answer: typed in a line, pasted as a table, counted with what is not known."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import cases, measuring
from services.cases import Said
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words

PAGE = "do/engaging"
TABLE = (
    "Received\tWhere\tSubject\tFirst reply\tSolved\tRating\n"
    "3.11.2026 9:15\tInstagram\t**Is it ready?**\t3.11.2026 10:45\tyes\t5\n"
    "4.11.2026 9:00\tby pigeon\tA price\t\t\t\n"
    "5.11.2026 9:00\tInstagram\tA date\tsoon\tyes\t\n"
    "6.11.2026 9:00\tInstagram\tA star\t6.11.2026 9:30\tyes\t9\n"
)


def kept(of: Bakery) -> list[Said]:
    with reading() as session:
        rows = cases.listed(session, of.place[0], date(2026, 1, 1), TODAY)
    return [one.said for one in rows]


def pasted(app: AppTest, text: str, key: str = "messages_0") -> AppTest:
    return app.text_area(key=f"{key}_text").set_value(text).run()


def test_a_message_is_typed_in_one_line_and_answered_later(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    app = open_page(PAGE, organisation=shop.name)
    assert "No message of this quarter is written down yet" in app.info[0].value
    assert "never who wrote" in words(app)
    new = f"new_message_{shop.place[0]}"
    app.text_input(key=f"{new}_received_time").set_value("25:99")
    app.text_input(key=f"{new}_subject").set_value("*Opening* hours")
    app.button_group(key=f"{new}_answered").set_value("no")
    app.button(key=f"{new}_keep").click().run()
    assert "no time of the day" in app.warning[0].value
    assert app.text_input(key=f"{new}_subject").value == "*Opening* hours"
    app.text_input(key=f"{new}_received_time").set_value("9:15")
    app.button(key=f"{new}_keep").click().run()
    (one,) = kept(shop)
    assert (one.received_on, one.received_minute, one.needs_answer) == (TODAY, 555, True)
    assert (one.answered, one.solved, one.rating) == (False, None, None)
    assert "One message waits" in app.warning[0].value
    assert "\\*Opening\\* hours" in words(app)

    with reading() as session:
        (case,) = cases.waiting(session, shop.place[0], TODAY)
    form = f"message_{case.id}_reply"
    app.session_state[f"fold_{form}"] = True
    app.run()
    app.text_input(key=f"{form}_replied_time").set_value("10.45")
    app.button(key=f"{form}_keep").click().run()
    (one,) = kept(shop)
    assert (one.answered, one.replied_on, one.replied_minute) == (True, TODAY, 645)
    assert "**1\\.5 office hours**" in words(app)


def test_a_pasted_table_is_read_whole_or_its_cells_are_named(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    app = pasted(open_page(PAGE, organisation=shop.name), TABLE)
    warned = app.warning[0].value
    assert "2 rows were not read" in warned
    assert "Row 4, First reply: “soon” is no date" in warned
    assert "Row 5, Rating: “9” is no rating" in warned
    app.button(key="messages_0_keep").click().run()
    later, first = kept(shop)
    assert (first.channel, first.subject, first.replied_minute) == (
        "instagram", "**Is it ready?**", 645,
    )  # fmt: skip
    assert (later.elsewhere, later.answered, later.solved) == ("by pigeon", None, None)
    assert app.success[0].value.startswith("2 messages are kept\\.")
    assert app.text_area(key="messages_0_text").value == TABLE
    pasted(app, TABLE.replace("soon", "5.11.2026 9:30").replace("\t9\n", "\t\n"))
    app.button(key="messages_0_keep").click().run()
    assert len(kept(shop)) == 4
    assert app.text_area(key="messages_1_text").value == ""


def test_what_can_be_read_in_two_ways_is_asked(open_page: OpenPage) -> None:
    shop = bakery(ANN)
    app = open_page(PAGE, organisation=shop.name)
    pasted(app, "Received\tSubject\n05/06/2026 9:00\tA price\n")
    assert "Answer the question above" in app.info[-1].value
    app.radio(key="messages_0_days").set_value("The month").run()
    app.button(key="messages_0_keep").click().run()
    assert kept(shop)[0].received_on == date(2026, 5, 6)


def test_the_example_says_how_fast_and_how_sure_and_keeps_what_is_told_to(
    open_page: OpenPage, example: str
) -> None:
    app = open_page(PAGE, organisation=example)
    told = words(app)
    assert "Counted in office hours\\: Monday to Friday\\, 9" in told
    assert "These are few\\: the true share lies probably between" in told
    assert "A mean needs at least 30 ratings" in told
    key = ("first_response_time", "", "month", date(2026, 10, 1))
    with reading() as session:
        before = measuring.at(session, 1, key)
    assert before
    assert before.said.source == "the workshop phone"
    app.button(key="keep_first_response_time").click().run()
    with reading() as session:
        after = measuring.at(session, 1, key)
    assert after
    assert after.said.source == "this tool"
    assert after.said.definition == "office hours: Monday to Friday, 9:00 to 17:00"
    assert "Kept among your numbers for October 2026" in words(app)
    app.session_state["messages_all"] = True
    app.run()
    with reading() as session:
        newest = cases.listed(session, 1, date(2026, 10, 1), TODAY)[0]
    app.selectbox(key="message_picked").set_value(newest.id).run()
    form = f"message_{newest.id}_say"
    app.text_input(key=f"{form}_subject").set_value("Something else")
    with writing() as session:
        cases.remove(session, newest.id, version=newest.version)
    app.button(key=f"{form}_keep").click().run()
    assert any("took this message away" in one.value for one in app.warning)
    assert any("Something else" in one.value for one in app.text)
