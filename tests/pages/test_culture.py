"""How we learn: scores, proposals, tests, lessons and pictures, empty and after eight quarters."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from charts import balance, expected, hit_rate, loop_days, loop_ledger, multiples
from models.database import reading, writing
from models.organisation import Organisation
from services import amendments, experiments, learning, lessons, quarters, suggested
from services.experiments import Card
from services.lessons import Said
from services.scoring import Score
from tests.conftest import Example
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.test_overview import words
from tests.pages.test_words import machine_words, read

PAGE = "learn/culture"


@pytest.fixture
def place(example: str) -> tuple[int, int]:
    with reading() as session:
        row = session.query(Organisation).one()
        return row.id, quarters.listed(session, row.id)[0].id


def specs(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]


def waiting(place: tuple[int, int]) -> list[learning.Proposal]:
    with reading() as session:
        return learning.proposals(session, *place, TODAY)


def due(place: tuple[int, int]) -> list[Any]:
    with reading() as session:
        return learning.due(learning.expected(session, place[0]), TODAY)


# ---- Empty and filled --------------------------------------------------------------------------


def test_without_any_organisation_it_says_how_to_begin(open_page: OpenPage) -> None:
    assert "Begin with yours" in open_page(PAGE).info[0].value


def test_who_has_said_nothing_is_told_what_will_be_here(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    said = words(app)
    for part in ("Nothing is expected yet", "Nothing is proposed", "No test runs", "No lesson"):
        assert part in said
    told = [spec["description"] for spec in specs(app)]
    assert told == [
        balance.NOTHING, expected.NOTHING, loop_days.NOTHING, hit_rate.NOTHING,
        loop_ledger.NOTHING, multiples.NOTHING,
    ]  # fmt: skip
    assert "The same as a table" not in [one.label for one in app.expander]


def test_after_eight_quarters_everything_is_filled_and_speaks_in_words(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    app = open_page(PAGE, organisation=example)
    said = words(app)
    assert "What came of it?" in said
    assert waiting(place)[0].title in said
    assert "One picture a day" in said
    told = [spec["description"] for spec in specs(app)]
    nothing = {
        one.NOTHING for one in (balance, expected, loop_days, hit_rate, loop_ledger, multiples)
    }
    assert len(told) == 6
    assert not nothing & set(told)
    assert machine_words(read(app)) == []


def test_each_picture_has_its_table_one_click_away(open_page: OpenPage, example: str) -> None:
    app = open_page(PAGE, organisation=example)
    for name in ("balance", "factors", "ledger", "expected", "hits", "days"):
        app.session_state[f"table_{name}"] = True
        app.session_state[f"take_{name}"] = True
    app.run()
    assert len(app.table) == 6
    assert len(app.get("download_button")) == 12
    assert machine_words(read(app)) == []


def test_everything_folded_opens_and_speaks_in_words(open_page: OpenPage, example: str) -> None:
    app = open_page(PAGE, organisation=example)
    for key in ("fold_waiting", "fold_scored", "fold_due", "tests_ended", "lessons_before"):
        app.session_state[key] = True
    app.run()
    labels = " ".join(one.label for one in app.expander)
    assert "Scored before: 11" in labels
    assert machine_words(read(app)) == []


# ---- Scoring -----------------------------------------------------------------------------------


def test_two_taps_score_what_came_of_it(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = due(place)[0]
    app = open_page(PAGE, organisation=example)
    key = f"score_{one.recommendation_id}_"
    app.button_group(key=f"{key}_result").set_value("met")
    app.button(key=f"{key}_keep").click().run()
    with reading() as session:
        kept = learning.expected(session, place[0])
    (scored,) = [x for x in kept if x.recommendation_id == one.recommendation_id]
    assert scored.score == Score("met")


def test_cannot_tell_needs_a_word_and_nothing_is_lost(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = due(place)[0]
    app = open_page(PAGE, organisation=example)
    key = f"score_{one.recommendation_id}_"
    app.button_group(key=f"{key}_result").set_value("cannot_tell")
    app.button(key=f"{key}_keep").click().run()
    assert "why nobody can tell" in app.warning[0].value
    app.text_input(key=f"{key}_why").set_value("We do not *count*").run()
    app.button(key=f"{key}_keep").click().run()
    assert one.recommendation_id not in [x.recommendation_id for x in due(place)]


def test_who_scores_second_sees_both_versions(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = due(place)[0]
    app = open_page(PAGE, organisation=example)
    key = f"score_{one.recommendation_id}_"
    app.button_group(key=f"{key}_result").set_value("met").run()
    app.text_input(key=f"{key}_why").set_value("Mine").run()
    with writing() as session:
        theirs = Score("not_met", "Theirs")
        learning.score(session, place[1], one.recommendation_id, theirs, seen=0)
    app.session_state["fold_scored"] = True
    app.button(key=f"{key}_keep").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Did not: Theirs" in [text.value for text in app.text]
    assert app.text_input(key=f"{key}_why").value == "Mine"
    app.button(key=f"{key}_keep").click().run()
    with reading() as session:
        kept = {x.recommendation_id: x.score for x in learning.expected(session, place[0])}
    assert kept[one.recommendation_id] == Score("met", "Mine")


def test_what_our_numbers_suggest_is_a_proposal_and_one_tap_puts_it_in(
    open_page: OpenPage, example_of: Example
) -> None:
    firm = example_of("expert_firm")
    with reading() as session:
        waiting = learning.due(learning.expected(session, firm), TODAY)
        ((number, said),) = suggested.suggestions(session, firm, waiting, TODAY).items()
        name = session.get_one(Organisation, firm).name
    app = open_page(PAGE, organisation=name)
    assert "A proposal from our numbers" in words(app)
    form = f"score_{number}_"
    assert app.button_group(key=f"{form}_result").value is None
    app.button(key=f"{form}_use").click().run()
    assert app.button_group(key=f"{form}_result").value == said.result
    assert app.number_input(key=f"{form}_actual").value == said.actual
    with reading() as session:
        assert learning.expected(session, firm)[0].score is None  # nothing is kept yet


# ---- Proposals ---------------------------------------------------------------------------------


def test_a_proposal_is_accepted_with_one_click(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = waiting(place)[0]
    app = open_page(PAGE, organisation=example)
    app.button(key=f"weigh_{place[1]}_{one.rule}_accept").click().run()
    with reading() as session:
        changes = [kept.change for kept in amendments.standing(session, *place).values()]
    assert (one.rule, one.proposed) in [(change.rule, change.confidence) for change in changes]
    assert one.rule not in [other.rule for other in waiting(place)]


def test_leaving_a_rule_as_it_is_asks_for_a_word(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = waiting(place)[0]
    form = f"weigh_{place[1]}_{one.rule}"
    app = open_page(PAGE, organisation=example)
    app.button(key=f"{form}_reject").click().run()
    assert "why not" in app.warning[0].value
    app.text_input(key=f"{form}_why").set_value("Too few yet").run()
    app.button(key=f"{form}_reject").click().run()
    with reading() as session:
        (answer,) = learning.answered(session, place[0])
    assert (answer.accepted, answer.why) == (False, "Too few yet")
    assert "You left it as it was" in words(app)


def test_what_was_typed_to_a_proposal_that_somebody_else_answered_is_not_lost(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    one = waiting(place)[0]
    form = f"weigh_{place[1]}_{one.rule}"
    app = open_page(PAGE, organisation=example)
    app.text_input(key=f"{form}_why").set_value("My long reason").run()
    with writing() as session:
        learning.reject(session, place, one, why="Theirs", who="", on=TODAY)
    app.run()
    assert "Somebody else answered this proposal meanwhile." in app.warning[0].value
    assert "My long reason" in [text.value for text in app.text]


# ---- Tests and lessons -------------------------------------------------------------------------


def test_a_test_is_put_up_and_decided(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    app = open_page(PAGE, organisation=example)
    form = f"new_test_{place[1]}"
    app.text_input(key=f"{form}_title").set_value("A *bell*")
    app.text_area(key=f"{form}_assumption").set_value("People ring it")
    app.number_input(key=f"{form}_low").set_value(3.0)
    app.button(key=f"{form}_keep").click().run()
    with reading() as session:
        cards = experiments.running(experiments.listed(session, place[0]))
    (card,) = [one for one in cards if one.card.title == "A *bell*"]
    assert (card.card.low, card.card.due_on) == (3.0, date(2027, 1, 5))
    assert "A \\*bell\\*" in words(app)
    app.button_group(key=f"test_{card.id}_decision").set_value("stop")
    app.text_input(key=f"test_{card.id}_why").set_value("Too loud")
    app.button(key=f"test_{card.id}_keep").click().run()
    with reading() as session:
        ended = {one.id: one.decided for one in experiments.listed(session, place[0])}
    assert ended[card.id] is not None


def test_a_test_past_its_day_says_so(open_page: OpenPage, shop: str) -> None:
    with writing() as session:
        row = session.query(Organisation).one()
        quarter = quarters.ensure(session, row.id, TODAY)
        card = Card("Films", "They are seen", date(2026, 11, 1))
        experiments.begin(session, quarter.id, card, on=date(2026, 10, 1))
    assert "**to be decided by 1 November 2026**" in words(open_page(PAGE, organisation=shop))


def test_a_lesson_is_written_down_and_said_otherwise(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    with reading() as session:
        row = session.query(Organisation).one()
        quarter = quarters.listed(session, row.id)[0].id
    form = f"new_lesson_{quarter}"
    app.text_area(key=f"{form}_text").set_value("Ask first <b>")
    app.button_group(key=f"{form}_verdict").set_value("keep")
    app.radio(key=f"{form}_loop").set_value("single")
    app.selectbox(key=f"{form}_touches").set_value("channel").run()
    app.selectbox(key=f"{form}_about").set_value("newsletter")
    app.button(key=f"{form}_keep").click().run()
    with reading() as session:
        (kept,) = lessons.listed(session, row.id)
    assert kept.said == Said("Ask first <b>", "keep", "single", "channel", "newsletter")
    app.text_area(key=f"lesson_{kept.id}_text").set_value("Ask twice").run()
    app.button(key=f"lesson_{kept.id}_keep").click().run()
    with reading() as session:
        assert lessons.listed(session, row.id)[0].said.text == "Ask twice"


def test_a_lesson_half_written_says_what_is_missing(open_page: OpenPage, shop: str) -> None:
    app = open_page(PAGE, organisation=shop)
    key = next(one.key for one in app.button if str(one.key).startswith("new_lesson"))
    app.button(key=key).click().run()
    assert "what you learned" in app.warning[0].value


@pytest.mark.parametrize(
    ("touches", "about", "amount", "expected_value"),
    [("parameter", "present", "30 %", 0.3), ("rule", "channel.people-are-there", "150", 1.5)],
)
def test_a_lesson_changes_the_rules_with_itself_as_the_source(
    open_page: OpenPage, shop: str, touches: str, about: str, amount: str, expected_value: float
) -> None:
    with writing() as session:
        row = session.query(Organisation).one()
        quarter = quarters.ensure(session, row.id, TODAY)
        said = Said("It is otherwise with us", "change", "double", touches, about)
        number = lessons.learn(session, quarter.id, said)
        place = (row.id, quarter.id)
    app = open_page(PAGE, organisation=shop)
    form = f"count_{number}_{place[1]}"
    app.text_input(key=f"{form}_amount").set_value("a lot").run()
    app.button(key=f"{form}_keep").click().run()
    assert "Type a number" in app.warning[0].value
    app.text_input(key=f"{form}_amount").set_value(amount).run()
    app.button(key=f"{form}_keep").click().run()
    with reading() as session:
        (kept,) = amendments.standing(session, *place).values()
    assert expected_value in (kept.change.value, kept.change.confidence)
    assert kept.ground.source == "a lesson of October to December 2026"
    assert "It changed a rule or a value" in " ".join(
        str(one.proto.label) for one in app.get("page_link")
    )


def test_what_was_said_in_closed_quarters_stays_and_can_still_change_the_rules(
    open_page: OpenPage, example: str, place: tuple[int, int]
) -> None:
    with reading() as session:
        before = [
            one
            for one in lessons.listed(session, place[0])
            if one.quarter_id != place[1] and one.said.touches == "parameter"
        ]
    app = open_page(PAGE, organisation=example)
    (one,) = before
    assert not [text for text in app.text_area if text.key == f"lesson_{one.id}_text"]
    app.text_input(key=f"count_{one.id}_{place[1]}_amount").set_value("50").run()
    app.button(key=f"count_{one.id}_{place[1]}_keep").click().run()
    assert not app.warning
    with reading() as session:
        changes = [kept.change for kept in amendments.standing(session, *place).values()]
        kept = {row.id: row for row in lessons.listed(session, place[0])}
    assert 50 in [change.value for change in changes]
    assert kept[one.id].amendment_id


@pytest.mark.parametrize("page", [PAGE, "do/engaging", "do/listening"])
def test_a_closed_quarter_is_only_read_and_leads_to_the_running_one(
    open_page: OpenPage, example: str, page: str
) -> None:
    app = open_page(page, organisation=example, quarter="July to September 2026")
    assert "stays as it was" in app.info[0].value
    offered = {str(button.key) for button in app.button} - {"reset_example", "go_on"}
    assert not [key for key in offered if not key.startswith("keep_")]  # later numbers are welcome
    assert not app.text_area
    assert not app.text_input
    app.button(key="go_on").click().run()
    assert app.selectbox(key="quarter").value == "October to December 2026"
    assert "stays as it was" not in " ".join(str(one.value) for one in app.info)


def test_the_example_shows_what_its_own_numbers_propose(open_page: OpenPage, example: str) -> None:
    app = open_page(PAGE, organisation=example)
    said = words(app).replace("\\", "")
    assert "4.4 office hours before, 2.7 office hours in the end" in said
