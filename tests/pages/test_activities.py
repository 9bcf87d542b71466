"""What to do: empty, advised, taken, changed, declined and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from models.plan import Activity
from services import planning, recommendations
from services.recommendations import Said
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, CARE, Bakery, bakery
from tests.pages.test_overview import words

KEY = f"activity_{CARE}_"


def page(open_page: OpenPage, of: Bakery) -> AppTest:
    return open_page("choose/activities", organisation=of.name)


def test_without_a_wish_it_asks_for_one(open_page: OpenPage, shop: str) -> None:
    app = open_page("choose/activities", organisation=shop)
    assert "what you want" in words(app)


def test_without_hours_it_advises_and_asks_who_has_some(
    open_page: OpenPage, database: Path
) -> None:
    app = page(open_page, bakery())
    assert "Nobody has given hours yet" in words(app)
    assert [b for b in app.button if b.label == "Take it"]


def test_it_starts_with_what_fits_the_hours(open_page: OpenPage, database: Path) -> None:
    app = page(open_page, bakery(ANN, BEN))
    assert "#### Start with: “Keep our entry on the map alive”, “Answer reviews” and" in words(app)
    assert "more fit after that" in words(app)
    assert "In the plan" in [one.value for one in app.subheader]
    titles = [m.value for m in app.markdown if str(m.value).startswith("#####")]
    assert len(titles) <= 10


def test_what_fits_and_is_not_shown_at_once_is_one_click_away(
    open_page: OpenPage, database: Path
) -> None:
    app = page(open_page, bakery(ANN, BEN))
    assert "7 more in the plan" in [one.label for one in app.expander]
    before = len([b for b in app.button if b.label == "Take it"])
    app.session_state["more_in_plan_activity"] = True
    assert len([b for b in app.run().button if b.label == "Take it"]) == before + 7


def test_whom_the_plan_would_ask_stands_on_the_card(open_page: OpenPage, database: Path) -> None:
    app = page(open_page, bakery(ANN, BEN))
    assert "Ben has the hours: ask first." in words(app)


def test_one_person_alone_is_not_told_to_ask(open_page: OpenPage, database: Path) -> None:
    assert "has the hours: ask first." not in words(page(open_page, bakery(ANN)))


def test_who_has_the_hours_in_the_plan_stands_before_who_fits_best(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(replace(ANN, hours=0.5), replace(BEN, hours=20))
    app = page(open_page, shop)
    app.button(key=f"take_{KEY}").click().run()
    assert list(app.selectbox(key=f"owner_{CARE}").options) == [
        "Ben · 20 h free · place 2 · has the hours in the plan",
        "Ann *Baker* · 0.5 h free · fits best",
        "Nobody yet",
    ]
    app.button(key=f"keep_{KEY}").click().run()
    assert shop.promises()[CARE].promise.owner_id == shop.people[1]


def test_what_just_missed_says_what_would_bring_it_in(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[0], hours=6.7)
    app = page(open_page, shop)
    assert "What brings it in" not in words(app)
    app.session_state["missed_activity"] = True
    app.run()
    assert "What brings it in: 1 more hour a week from anyone" in words(app)


def test_what_is_not_in_the_plan_says_why(open_page: OpenPage, database: Path) -> None:
    app = page(open_page, bakery(ANN, BEN))
    app.session_state["more_activity"] = True
    assert "Not in the plan: It only works on" in words(app.run())


def test_promises_that_need_more_than_there_is_say_what_to_do(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[0], hours=8)
    app = page(open_page, shop)
    assert "You take more than fits: 8 h a week of 6.8 h" in words(app)
    assert "Move something to a later day" in words(app)


def test_what_was_promised_without_advice_stands_in_the_plan_and_says_so(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    with writing() as session:
        session.add(
            Activity(
                organisation_id=shop.place[0],
                quarter_id=shop.place[1],
                catalogue_id=CARE,
                title="Our entry on the map",
                owner_id=shop.people[1],
                hours_week=0.5,
                hours_setup=0,
            )
        )
    app = page(open_page, shop)
    assert "**You take**" in words(app)
    assert "It is promised already: Ben." in words(app)


def test_a_plan_that_is_not_proved_to_be_the_best_says_so(
    open_page: OpenPage, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = bakery(ANN, BEN)
    assert "none was ruled out" not in words(page(open_page, shop))
    made = planning.plan
    monkeypatch.setattr(planning, "plan", lambda *of: replace(made(*of), gap=0.034))
    assert "worth up to 3 % more" in words(page(open_page, shop))


def test_it_says_in_words_what_an_activity_builds_on(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    assert "A list of all our accounts”, which is not in place yet" in words(page(open_page, shop))
    shop.takes("channel_audit", shop.people[0])
    assert "A list of all our accounts”, which is in your plan" in words(page(open_page, shop))


def test_taking_it_asks_who_and_how_long_and_puts_it_into_the_plan(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.button(key=f"take_{KEY}").click().run()
    owner = app.selectbox(key=f"owner_{CARE}")
    assert owner.options[0] == "Ann *Baker* · 5 h free · fits best"
    app.number_input(key=f"hours_{CARE}").set_value(0.75)
    app.button(key=f"keep_{KEY}").click().run()
    kept = shop.promises()[CARE].promise
    assert (kept.owner_id, kept.hours_week, kept.hours_setup) == (shop.people[0], 0.75, 1)
    assert kept.due_on is not None
    assert "What you take stands in your plan" in words(app)
    assert "You take this" in words(app)


def test_taking_it_changed_keeps_what_is_changed(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.button(key=f"adapt_{KEY}").click().run()
    app.text_area(key=f"change_{KEY}").set_value("Only on *Mondays*")
    app.button(key=f"keep_{KEY}").click().run()
    assert shop.history(CARE) == [(Said("adapted", "Only on *Mondays*"), True)]
    assert CARE in shop.promises()


def test_declining_asks_for_a_word_why_and_folds_it_away(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.button(key=f"decline_{KEY}").click().run()
    app.button(key=f"keep_{KEY}").click().run()
    assert "Say in a word why not" in app.warning[0].value
    app.text_area(key=f"why_not_{KEY}").set_value("We have no shop window")
    app.button(key=f"keep_{KEY}").click().run()
    assert shop.history(CARE) == [(Said("declined", "We have no shop window"), True)]
    assert shop.promises() == {}
    assert "Set aside: 1" in [one.label for one in app.expander]


def test_taking_back_takes_the_promise_back_and_offers_it_again(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    shop.takes(CARE, shop.people[0])
    app = page(open_page, shop)
    app.button(key=f"back_{KEY}").click().run()
    assert shop.promises() == {}
    assert shop.history(CARE) == [(Said("accepted"), False)]
    assert app.button(key=f"take_{KEY}")


def test_who_comes_second_is_told_what_was_promised_and_may_still_keep_theirs(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    ann, ben = shop.people
    app = page(open_page, shop)
    app.button(key=f"adapt_{KEY}").click().run()
    app.text_area(key=f"change_{KEY}").set_value("Only on Mondays")
    app.selectbox(key=f"owner_{CARE}").set_value(f"p{ben}")
    shop.takes(CARE, ann)
    app.button(key=f"keep_{KEY}").click().run()
    assert "Somebody else changed this meanwhile" in app.warning[0].value
    assert "Ann *Baker* answers for it" in app.text[0].value
    assert app.text_area(key=f"change_{KEY}").value == "Only on Mondays"
    assert shop.promises()[CARE].promise.owner_id == ann
    app.button(key=f"keep_{KEY}").click().run()
    assert shop.promises()[CARE].promise.owner_id == ben
    with reading() as session:
        (standing,) = recommendations.standing(session, shop.place[1]).values()
    assert standing.said.why == "Only on Mondays"


def test_the_decision_carries_who_made_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    app = page(open_page, shop)
    app.selectbox(key="who").set_value("Ben")
    app.button(key=f"take_{KEY}").click().run()
    app.button(key=f"keep_{KEY}").click().run()
    assert shop.history(CARE) == [(Said("accepted", who="Ben"), True)]


def test_nobody_is_put_down_for_what_is_voluntary_without_a_word(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(BEN, wants=("recruiting", "sales"))
    key = "activity_behind_the_scenes_"
    app = page(open_page, shop)
    app.session_state["more_in_plan_activity"] = app.session_state["more_activity"] = True
    app.run()
    app.button(key=f"take_{key}").click().run()
    app.selectbox(key="owner_behind_the_scenes").set_value(f"p{shop.people[0]}").run()
    assert "voluntary" in words(app)
    app.button(key=f"keep_{key}").click().run()
    assert "voluntary" in app.warning[0].value
    assert shop.promises() == {}
    app.text_input(key="agreed_behind_the_scenes").set_value("Hands only, no face")
    app.button(key=f"keep_{key}").click().run()
    assert shop.promises()["behind_the_scenes"].promise.owner_id == shop.people[0]
