"""What the rules ask: kept as it is given, taken away again, and never overwritten unseen."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import circumstances
from services.circumstances import Value
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words
from ui import links

ANSWERED = ("service", "answered")
CONSENT = ("readiness", "consent")


def page(open_page: OpenPage, of: Bakery, name: str = "activities") -> AppTest:
    app = open_page(f"choose/{name}", organisation=of.name)
    app.session_state[f"questions_{name}"] = True
    return app.run()


def kept(of: Bakery, question: tuple[str, str]) -> Value | None:
    with reading() as session:
        known = circumstances.recorded(session, *of.place).get(question)
        return known.value if known else None


def said(of: Bakery, question: tuple[str, str], value: Value) -> None:
    with writing() as session:
        circumstances.record(session, of.place, question, value)


def test_every_question_of_the_rules_is_asked_once_on_its_page(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    questions = circumstances.everything(shop.view().pack)
    pages = {one.attribute.ask.page for one in questions if one.attribute.ask}
    for name in sorted(pages):
        app = open_page(f"{links.PAGES[name].section}/{name}", organisation=shop.name)
        app.session_state[f"questions_{name}"] = True
        app.run()
        labels = [w.label for w in (*app.number_input, *app.button_group, *app.selectbox)]
        for one in circumstances.asked(shop.view().pack, name):
            assert sum(one.text in label for label in labels) == 1, one.text


def test_what_would_change_the_advice_most_comes_first(open_page: OpenPage, database: Path) -> None:
    app = page(open_page, bakery(ANN, BEN))
    assert "What we don't know yet" in [one.value for one in app.subheader]


def test_an_answer_is_kept_as_it_is_given_and_can_be_taken_away(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.button_group(key="asked_readiness_consent_value").set_value("No").run()
    assert kept(shop, CONSENT) is False
    app = page(open_page, shop)
    app.button_group(key="asked_readiness_consent_value").set_value(None).run()
    assert kept(shop, CONSENT) is None


def test_a_share_is_asked_in_per_cent(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.number_input(key="asked_service_answered_value").set_value(35).run()
    assert kept(shop, ANSWERED) == 0.35
    assert page(open_page, shop).number_input(key="asked_service_answered_value").value == 35


def test_who_answers_second_sees_both_answers_and_decides(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    said(shop, ANSWERED, 0.8)
    app.number_input(key="asked_service_answered_value").set_value(35).run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "80 %" in [one.value for one in app.text]
    assert kept(shop, ANSWERED) == 0.8
    app.button(key="asked_service_answered_mine").click().run()
    assert kept(shop, ANSWERED) == 0.35


def test_anything_that_is_not_advised_can_be_asked_about(
    open_page: OpenPage, database: Path
) -> None:
    app = page(open_page, bakery(ANN, BEN))
    app.selectbox(key="why_not_activity").set_value("advocate_circle").run()
    assert "What would speak for it" in words(app)
