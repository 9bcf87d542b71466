"""What we hear: written down, passed on, answered; what waits too long stands on top."""

from __future__ import annotations

from datetime import date, timedelta

from models.database import reading, writing
from services import insights, measuring
from services.heard import Answer, Heard, Said
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words

PAGE = "do/listening"
MARKUP = "They <b>want</b> **vegan** [rolls](http://example.org)"


def kept(of: Bakery) -> list[Heard]:
    with reading() as session:
        return insights.listed(session, of.place[0])


def heard(of: Bakery, on: date, reached: date | None = None, text: str = "Too slow") -> int:
    """Something that was heard, and reached Ben if a day is given."""
    said = Said(text, on, receiver_id=of.people[1] if reached else None, reached_on=reached)
    with writing() as session:
        return insights.hear(session, of.place[0], said, today=TODAY)


def test_what_was_heard_is_written_down_passed_on_and_answered(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    app = open_page(PAGE, organisation=shop.name)
    assert "nobody has looked" in app.info[0].value
    new = f"new_insight_{shop.place[0]}"
    app.text_area(key=f"{new}_text").set_value(MARKUP)
    app.selectbox(key=f"{new}_channel").set_value("instagram")
    app.button(key=f"{new}_keep").click().run()
    (one,) = kept(shop)
    assert (one.text, one.said.channel, one.heard_on) == (MARKUP, "instagram", TODAY)
    assert "\\[rolls\\]" in words(app)

    form = f"heard_{one.id}_pass"
    app.button(key=f"{form}_show").click().run()
    app.selectbox(key=f"{form}_receiver_id").set_value(shop.people[1])
    app.date_input(key=f"{form}_reached_on").set_value(TODAY)
    app.button(key=f"{form}_keep").click().run()
    assert (kept(shop)[0].receiver, kept(shop)[0].lead_days) == ("Ben", 0)

    form = f"heard_{one.id}_answer"
    app.button(key=f"{form}_show").click().run()
    app.button_group(key=f"{form}_answer").set_value("not_done")
    app.button(key=f"{form}_keep").click().run()
    assert "No is a full answer" in app.warning[0].value
    app.text_input(key=f"{form}_why").set_value("No *oven* for it")
    app.button(key=f"{form}_keep").click().run()
    assert kept(shop)[0].answered == Answer("not_done", "No *oven* for it", TODAY, "")
    assert "Answered: 1" in [one.label for one in app.expander]


def test_what_waits_too_long_is_on_top_with_what_to_do_next(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    heard(shop, TODAY - timedelta(days=15), text="Reached nobody")
    heard(shop, date(2026, 10, 1), TODAY - timedelta(days=16), text="No answer yet")
    heard(shop, date(2026, 10, 1), TODAY - timedelta(days=14), text="Still has a day")
    app = open_page(PAGE, organisation=shop.name)
    assert app.warning[0].value == (
        "2 things wait longer than 14 days. 1 reached nobody yet: say who should hear it, and tell "
        "them. 1 have no answer: ask again. No is a full answer too."
    )
    told = words(app)
    order = [told.index(text) for text in ("No answer yet", "Reached nobody", "Still has a day")]
    assert order == sorted(order)
    assert "**100 % without an answer** after 14 days, of 1" in told


def test_two_who_answer_one_at_once_lose_no_word(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    number = heard(shop, TODAY, TODAY)
    app = open_page(PAGE, organisation=shop.name)
    form = f"heard_{number}_answer"
    app.button(key=f"{form}_show").click().run()
    app.button_group(key=f"{form}_answer").set_value("done")
    app.text_input(key=f"{form}_why").set_value("We try")
    with writing() as session:
        theirs = Answer("not_done", "Too *dear*")
        insights.answer(session, number, theirs, version=1, today=TODAY)
    app.button(key=f"{form}_keep").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Not done: Too *dear*" in [one.value for one in app.text]
    assert app.text_input(key=f"{form}_why").value == "We try"
    app.button(key=f"{form}_keep").click().run()
    assert kept(shop)[0].answered.why == "We try"


def test_a_number_of_the_example_is_kept_only_if_somebody_keeps_it(
    open_page: OpenPage, example: str
) -> None:
    app = open_page(PAGE, organisation=example)
    key = ("insight_lead_time", "", "month", date(2026, 10, 1))
    with reading() as session:
        assert measuring.at(session, 1, key) is None
    app.button(key="keep_insight_lead_time").click().run()
    with reading() as session:
        kept_now = measuring.at(session, 1, key)
    assert kept_now
    assert (kept_now.said.value, kept_now.said.sample_size) == (6, 3)
    assert kept_now.said.source == "this tool"
    assert "is kept for October 2026" in app.info[0].value
