"""Where we stand: empty, partly known, and full."""

from __future__ import annotations

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.organisation import Organisation
from services import assessments, quarters, rulebook
from tests.pages.conftest import TODAY, OpenPage


def place(name: str) -> tuple[int, int]:
    with reading() as session:
        organisation = session.query(Organisation).filter_by(name=name).one()
        quarter = quarters.current(session, organisation.id, TODAY)
        assert quarter is not None
        return organisation.id, quarter.id


def told(name: str, *levels: int) -> None:
    """One leader who agreed to be shown answers the eight questions."""
    questions = rulebook.pack().catalogues["questions"].values()
    eight = [entry.id for entry in questions if entry.values["depth"] == 8]
    with writing() as session:
        round_ = assessments.open_round(session, *place(name))
        person = assessments.join(session, round_.id, is_leader=True, consent=True)
        for question, level in zip(eight, levels, strict=False):
            assessments.record(session, person.id, question, level)
        assessments.finish(session, person.id)


def words(app: AppTest) -> str:
    shown = [*app.markdown, *app.caption, *app.header, *app.subheader, *app.info, *app.title]
    return "\n".join(str(element.value) for element in shown)


def spec(app: AppTest) -> dict[str, Any]:
    (chart,) = app.get("vega_lite_chart")
    found: dict[str, Any] = json.loads(chart.proto.spec)
    return found


def test_without_an_organisation_there_are_two_ways_in(open_page: OpenPage) -> None:
    app = open_page("start/overview")
    assert "See an example (2 min)" in words(app)
    assert "Start with us (10 min)" in words(app)


def test_an_organisation_that_answered_nothing_sees_what_to_do(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("start/overview", organisation=shop)
    assert "Nothing is known yet" in words(app)
    assert "not known yet" in spec(app)["description"]


def test_the_sentence_says_where_the_flow_is_held_back(open_page: OpenPage, shop: str) -> None:
    told(shop, 3, 3, 3, 3, 1, 3, 3, 3)
    app = open_page("start/overview", organisation=shop)
    assert "#### Flow is held back at “What we hear”" in words(app)


def test_the_picture_says_in_words_what_it_shows(open_page: OpenPage, shop: str) -> None:
    told(shop, 3, 3, 3, 3, 1, 3, 3, 3)
    described = spec(open_page("start/overview", organisation=shop))["description"]
    assert "What we hear: 1, by chance" in described
    assert "Flow is held back" in described


def test_the_same_numbers_stand_in_a_table(open_page: OpenPage, shop: str) -> None:
    told(shop, 3, 3)
    app = open_page("start/overview", organisation=shop)
    app.session_state["table_where-we-stand"] = True
    stations, handed_on = app.run().table
    assert list(stations.value["Score, 0 to 4"])[1:3] == ["3, lived", "not known yet"]
    assert len(handed_on.value) == 9


def test_at_most_three_next_steps_stand_beside_it(open_page: OpenPage, shop: str) -> None:
    app = open_page("start/overview", organisation=shop)
    assert len([one for one in app.markdown if str(one.value).startswith("**")]) <= 3


def test_an_example_shows_in_one_glance_where_the_flow_is_stuck(
    open_page: OpenPage, example: str
) -> None:
    app = open_page("start/overview", organisation=example)
    assert "#### Flow is held back at “What we hear”" in words(app)
    assert "What we hear: 1, by chance" in spec(app)["description"]
    assert "Dashed banks: where it was otherwise in" in words(app)


def test_an_earlier_quarter_shows_how_it_was_then(open_page: OpenPage, example: str) -> None:
    app = open_page("start/overview", organisation=example, quarter="January to March 2025")
    assert "4 of the eight alike" in words(app)
