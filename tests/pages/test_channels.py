"""Where to be: empty, advised, taken, declined and taken back."""

from __future__ import annotations

from pathlib import Path

from models.database import reading
from services import recommendations
from services.recommendations import Said
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, Bakery, bakery
from tests.pages.test_overview import words


def history(of: Bakery, name: str) -> list[tuple[Said, bool]]:
    with reading() as session:
        return recommendations.history(session, of.place[1], ("channel", name, ""))


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
