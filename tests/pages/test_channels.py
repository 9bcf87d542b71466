"""Where to be: empty, advised, taken, declined, back again; and the accounts that there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import accounts, advice, audiences, objectives, planning, quarters, recommendations
from services.accounts import Account, Kept
from services.plan_problem import LIMITS
from services.recommendations import Said
from tests.pages.conftest import TODAY, OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words
from ui import links, ways_on


def history(of: Bakery, name: str) -> list[tuple[Said, bool]]:
    with reading() as session:
        return recommendations.history(session, of.place[1], ("channel", name, ""))


def known(of: Bakery) -> list[Kept]:
    with reading() as session:
        return accounts.listed(session, of.place[0])


def has(of: Bakery, said: Account) -> Kept:
    with writing() as session:
        row = accounts.add(session, of.place[0], said, on=TODAY)
        kept_as = row.id
    return next(one for one in known(of) if one.id == kept_as)


def declines_the_first(of: Bakery, place: tuple[int, int]) -> str:
    with writing() as session:
        view = advice.current(session, *place)
        target = view.recommended("channel")[0].target
        recommendations.decide(session, view, target, Said("declined", "Not *now*"), seen=None)
    return str(view.title("channel", target[1]))


def test_without_a_wish_it_says_what_makes_the_advice_sharper(
    open_page: OpenPage, shop: str
) -> None:
    app = open_page("choose/channels", organisation=shop)
    assert "not said yet what you want" in " ".join(one.value for one in app.info)


def test_taking_the_first_channel_is_kept_and_can_be_taken_back(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = open_page("choose/channels", organisation=shop.name)
    key = next(str(b.key) for b in app.button if b.label == "Take it")
    name = key.removeprefix("take_channel_").removesuffix("_")
    app.button(key=key).click().run()
    assert history(shop, name) == [(Said("accepted"), True)]
    assert "What to do there comes next" in words(app)
    app.button(key=f"back_channel_{name}_").click().run()
    assert history(shop, name) == [(Said("accepted"), False)]


def test_declining_asks_for_a_word_why_and_folds_it_away(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = open_page("choose/channels", organisation=shop.name)
    key = next(str(b.key) for b in app.button if b.label == "Not for us").removeprefix("decline_")
    app.button(key=f"decline_{key}").click().run()
    app.button(key=f"keep_{key}").click().run()
    assert "Say in a word why not" in app.warning[0].value
    app.text_area(key=f"why_not_{key}").set_value("Our people are not there")
    app.button(key=f"keep_{key}").click().run()
    name = key.removeprefix("channel_").removesuffix("_")
    assert history(shop, name) == [(Said("declined", "Our people are not there"), True)]
    assert "Set aside: 1" in [one.label for one in app.expander]


def test_what_to_start_with_and_the_hours_stand_above(open_page: OpenPage, database: Path) -> None:
    app = open_page("choose/channels", organisation=bakery(ANN, BEN).name)
    assert "#### Start with: “Google business profile” and “Review sites”." in words(app)
    picture = app.get("vega_lite_chart")[0].proto.spec
    assert "This plan: 5.3 h of 6.8 h, 1.5 h left" in picture
    app.session_state["hours_table"] = True
    table = app.run().table[0].value
    assert dict(zip(table["What"], table["A week"], strict=True))["Left"] == "1.5 h"
    assert list(app.table[1].value["Who"]) == ["Ann \\*Baker\\*", "Ben"]
    assert "Not known who is there" in words(app)


def test_what_is_taken_stands_in_the_plan_and_the_next_comes_first(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    app = open_page("choose/channels", organisation=shop.name)
    app.button(key="take_channel_gbp_").click().run()
    assert "#### Next: “Review sites”." in words(app)
    app.button(key="take_channel_review_sites_").click().run()
    assert "#### You take “Google business profile” and “Review sites”: no more" in words(app)
    assert "**You take**" in words(app)


def test_what_just_missed_is_looked_for_when_it_is_unfolded(
    open_page: OpenPage, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    found = planning.just_missed
    monkeypatch.setattr(
        planning,
        "just_missed",
        lambda view, kind, away: asked.append(kind) or found(view, kind, away),
    )
    app = open_page("choose/channels", organisation=bakery(ANN, BEN).name)
    assert not asked
    app.session_state["missed_channel"] = True
    app.run()
    assert asked == ["channel"]
    assert "**Newsletter by e\\-mail**" in words(app)
    assert "What brings it in: 2 more hours for setting up" in words(app)


def test_where_nothing_fits_the_limits_are_named_and_where_to_ease_them(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    shop.takes("needs_workshop", shop.people[0], hours=6.5)
    app = open_page("choose/channels", organisation=shop.name)
    assert "#### No channels fit yet." in words(app)
    assert "These limits together leave no room for any here" in words(app)
    assert "- **the hours that you give**" in words(app)
    assert "- **what is promised already**" in words(app)
    assert "More room in any one of them is enough" in words(app)
    labels = [one.proto.label for one in app.get("page_link")]
    assert {"Say who has more hours", "Look at what is promised"} <= set(labels)


def test_one_limit_alone_is_named_alone(open_page: OpenPage, database: Path) -> None:
    app = open_page("choose/channels", organisation=bakery(replace(ANN, hours=0.1)).name)
    assert "One limit leaves no room for any here" in words(app)
    assert "More room in any one" not in words(app)


def test_without_hours_it_says_what_is_missing(open_page: OpenPage, database: Path) -> None:
    app = open_page("choose/channels", organisation=bakery(replace(ANN, hours=0)).name)
    assert "Nobody has given hours yet" in words(app)
    assert "In this order" in words(app)
    assert "no room for" not in words(app)


def test_every_limit_of_a_plan_has_a_place_where_it_can_be_eased() -> None:
    assert set(ways_on.PAGES) == set(LIMITS)
    assert {page for page, _ in ways_on.PAGES.values()} <= set(links.PAGES)


def test_what_was_declined_stays_folded_away_in_the_next_quarter(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    with writing() as session:
        before = quarters.ensure(session, shop.place[0], date(2026, 8, 3)).id
    with writing() as session:
        for name in ("sales", "service"):
            objectives.state(session, shop.place[0], before, name)
    title = declines_the_first(shop, (shop.place[0], before))
    app = open_page("choose/channels", organisation=shop.name)
    assert "Set aside: 1" in [one.label for one in app.expander]
    assert "Nothing that it rests on has changed since" in " ".join(c.value for c in app.caption)
    assert f"##### {title}" not in [one.value for one in app.markdown]
    with writing() as session:
        near = audiences.Group("Neighbours", age_from=25, age_to=60, region="de")
        audiences.describe(session, shop.place[0], near)
    app = open_page("choose/channels", organisation=shop.name)
    assert "It is back because something it rests on has changed" in words(app)
    assert f"##### {title}" in [one.value for one in app.markdown]


def test_why_not_answers_for_any_channel(open_page: OpenPage, database: Path) -> None:
    app = open_page("choose/channels", organisation=bakery(ANN, BEN).name)
    app.selectbox(key="why_not_channel").select_index(0).run()
    assert "What would speak for it" in words(app) or "material/block" in words(app)


def opened(app: AppTest, account_id: int) -> AppTest:
    """The page with an account unfolded."""
    app.session_state[f"open_account_{account_id}"] = True
    return app.run()


def noting(open_page: OpenPage, of: Bakery) -> AppTest:
    """The page with the form for one more account."""
    app = open_page("choose/channels", organisation=of.name)
    app.session_state["add_account"] = True
    return app.run()


def test_an_account_is_noted_with_who_looks_after_it(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, BEN)
    ann, ben = shop.people
    app = noting(open_page, shop)
    app.selectbox(key="account_new_channel").set_value("instagram")
    app.text_input(key="account_new_name").set_value("@bakery")
    app.selectbox(key="account_new_owner_id").set_value(ann)
    app.selectbox(key="account_new_deputy_id").set_value(ben)
    app.segmented_control(key="account_new_two_factor").set_value("On")
    app.number_input(key="account_new_admins").set_value(2)
    app.date_input(key="account_new_last_activity_on").set_value(date(2026, 11, 20))
    app.button(key="account_add").click().run()
    said = Account("instagram", "@bakery", "live", ann, ben, True, 2, date(2026, 11, 20))
    assert [one.said for one in known(shop)] == [said]
    assert app.text_input(key="account_new_name").value == ""


def test_an_account_without_a_channel_is_refused_and_keeps_what_was_typed(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    app = noting(open_page, shop)
    app.text_input(key="account_new_name").set_value("@bakery")
    app.button(key="account_add").click().run()
    assert "on which channel" in app.warning[0].value
    assert app.text_input(key="account_new_name").value == "@bakery"
    assert known(shop) == []


def test_what_the_rules_noticed_stands_with_the_account(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    row = has(shop, Account("instagram", "@old", "live", last_activity_on=date(2026, 6, 1)))
    app = opened(open_page("choose/channels", organisation=shop.name), row.id)
    assert "People think that nobody is home" in words(app)
    assert "Close it with a sign where to go" in words(app)


def test_who_changes_an_account_second_sees_both_and_loses_no_word(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    row = has(shop, Account("instagram", "@bakery", "live"))
    form = f"account_{row.id}"
    app = opened(open_page("choose/channels", organisation=shop.name), row.id)
    app.text_input(key=f"{form}_name").set_value("@mine")
    with writing() as session:
        theirs = replace(row.said, name="@theirs", two_factor=True)
        accounts.update(session, row.id, theirs, version=row.version, on=TODAY)
    app.button(key=f"{form}_save").click().run()
    assert "Instagram: @theirs: In use" in [text.value for text in app.text]
    assert app.text_input(key=f"{form}_name").value == "@mine"
    app.button(key=f"{form}_save").click().run()
    assert known(shop)[0].said.name == "@mine"


def test_an_account_is_taken_away(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN)
    row = has(shop, Account("instagram", "*odd* [name](x)", "paused"))
    app = opened(open_page("choose/channels", organisation=shop.name), row.id)
    app.button(key=f"account_{row.id}_remove").click().run()
    assert known(shop) == []


def test_with_nobody_there_it_says_where_people_are_named(open_page: OpenPage, shop: str) -> None:
    app = open_page("choose/channels", organisation=shop)
    assert "nobody can look after an account" in words(app)


def test_words_about_an_account_that_somebody_else_took_away_are_still_there(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    row = has(shop, Account("instagram", "@bakery", "live"))
    form = f"account_{row.id}"
    app = opened(open_page("choose/channels", organisation=shop.name), row.id)
    app.text_input(key=f"{form}_name").set_value("@the *new* one")
    app.selectbox(key=f"{form}_owner_id").set_value(shop.people[0])
    with writing() as session:
        accounts.remove(session, row.id)
    app.button(key=f"{form}_save").click().run()
    assert "took this account away" in app.warning[0].value
    lines = [one.value for one in app.text]
    assert "Instagram: @the *new* one: In use" in lines
    assert "Answers for it: Ann *Baker*" in lines
    app.button(key="account_seen").click().run()
    assert not app.warning


def test_an_account_half_noted_is_still_there_after_a_look_at_another_page(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN)
    app = noting(open_page, shop)
    app.text_input(key="account_new_name").set_value("@bakery").run()
    app.switch_page("pages/start/overview.py").run()
    app.switch_page("pages/choose/channels.py").run()
    assert app.text_input(key="account_new_name").value == "@bakery"
