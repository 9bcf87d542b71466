"""The frame: organisation and quarter, links, errors."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from models.database import writing
from rules.errors import Fault, PackError
from services import organisations, quarters
from tests.pages.conftest import TODAY, OpenPage
from ui import links

EVERY_PAGE = [f"{page.section}/{page.id}" for page in links.PAGES.values() if page.exists]


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_opens_without_any_organisation(open_page: OpenPage, page: str) -> None:
    assert not open_page(page).exception


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_opens_for_an_organisation_that_said_nothing_yet(
    open_page: OpenPage, shop: str, page: str
) -> None:
    assert not open_page(page, organisation=shop).exception


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_opens_for_a_filled_example_and_says_that_it_is_one(
    open_page: OpenPage, example: str, page: str
) -> None:
    app = open_page(page, organisation=example)
    assert not app.exception
    assert not app.error
    assert app.button(key="reset_example")
    assert "made up" in words(app)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_opens_for_a_quarter_long_past(
    open_page: OpenPage, example: str, page: str
) -> None:
    app = open_page(page, organisation=example, quarter="January to March 2025")
    assert not app.error
    assert app.selectbox(key="quarter").value == "January to March 2025"


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_opens_for_a_quarter_begun_ahead_and_nobody_enters_there_unasked(
    open_page: OpenPage, example: str, page: str
) -> None:
    with writing() as session:
        (here,) = (row.id for row in organisations.listed(session) if row.name == example)
        quarters.ensure(session, here, date(2027, 1, 1))
    app = open_page(page, organisation=example)
    assert app.selectbox(key="quarter").value == "October to December 2026"
    assert app.selectbox(key="quarter").options[0] == "January to March 2027"
    app.selectbox(key="quarter").set_value("January to March 2027").run()
    assert not app.error


def test_a_real_organisation_is_not_called_made_up(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/overview", organisation=shop)
    assert "reset_example" not in [button.key for button in app.button]


def test_the_address_says_which_organisation_is_meant(open_page: OpenPage, shop: str) -> None:
    another("Another one")
    app = open_page("start/begin", organisation="Corner Books")
    assert app.selectbox(key="organisation").value == "Corner Books"


def test_an_unknown_organisation_in_the_address_becomes_one_that_exists(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/begin", organisation="Nobody", quarter="Spring 1848")
    assert app.selectbox(key="organisation").value == "Corner Books"
    assert app.selectbox(key="quarter").value == "October to December 2026"
    assert "This organisation is not here; you see Corner Books." in [one.value for one in app.info]
    assert "not here" not in words(app.run())  # it is said once


def test_an_unknown_quarter_in_the_address_is_said(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/begin", organisation=shop, quarter="Spring 1848")
    said = "This quarter is not here; you see October to December 2026."
    assert said in [one.value for one in app.info]


def test_links_lead_to_the_organisation_and_quarter_that_are_open(
    open_page: OpenPage, shop: str
) -> None:
    another("Another one")
    app = open_page("start/begin", organisation=shop)
    app.selectbox(key="organisation").set_value("Another one").run()
    asked = {parse_qs(link.proto.query_string)["organisation"][0] for link in app.get("page_link")}
    assert asked == {"Another one"}
    assert "not here" not in words(app)


def test_choosing_another_organisation_shows_its_newest_quarter(
    open_page: OpenPage, shop: str
) -> None:
    another("Another one")
    app = open_page("start/begin", organisation="Corner Books")
    app.selectbox(key="organisation").set_value("Another one").run()
    assert app.selectbox(key="quarter").value == "October to December 2026"


def test_an_error_is_one_plain_sentence(
    open_page: OpenPage, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise KeyError("secret detail")

    monkeypatch.setattr("ui.frame.choose", fail)
    app = open_page("start/begin")
    open_page.errors.clear()  # type: ignore[attr-defined]
    assert not app.exception
    assert "Something went wrong" in app.error[0].value
    assert "secret" not in words(app)


def test_rules_that_cannot_be_read_are_told_to_a_manager_and_their_faults_to_who_can_help(
    open_page: OpenPage, shop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [Fault(f"rules/{n:02}.yaml", n, "a.rule", "no such *attribute*") for n in range(1, 31)]

    def fail() -> None:
        raise PackError(faults)

    monkeypatch.setattr("ui.frame.choose", fail)
    app = open_page("start/begin")
    open_page.errors.clear()  # type: ignore[attr-defined]
    said = app.error[0].value
    assert "The rules cannot be read just now" in said
    assert "safe" in said
    assert "whoever looks after this tool" in said
    assert "python" not in said
    assert "yaml" not in said
    (fold,) = app.expander
    assert fold.label == "For whoever looks after this tool"
    assert not fold.proto.expanded
    told = [line.value for line in fold.text]
    assert told[0] == "rules/01.yaml line 1, rule `a.rule`: no such *attribute*"
    assert "and 20 more" in told[-1]
    assert "python -m rules check" in fold.code[0].value


def words(app: AppTest) -> str:
    return " ".join(str(element.value) for element in app.main if hasattr(element, "value"))


def another(name: str) -> None:
    said = organisations.Profile(
        name=name, staff=3, sector="business", audience="consumers", region="de"
    )
    with writing() as session:
        organisations.create(session, said, on=TODAY)
