"""What we want: empty, stated, ordered and dropped."""

from __future__ import annotations

from pathlib import Path

from models.database import reading
from services import objectives
from services.objectives import Stated
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, Bakery, bakery


def kept(of: Bakery) -> list[Stated]:
    with reading() as session:
        return objectives.listed(session, of.place[1])


def test_empty_it_says_how_to_begin(open_page: OpenPage, shop: str) -> None:
    app = open_page("choose/objectives", organisation=shop)
    assert "Begin with the one thing" in app.info[0].value


def test_stating_ordering_and_saying_why_is_kept(open_page: OpenPage, database: Path) -> None:
    shop = bakery(ANN, wants=("recruiting",))
    app = open_page("choose/objectives", organisation=shop.name)
    app.selectbox(key="wish_new").set_value("service").run()
    app.button(key="wish_add").click().run()
    assert [one.name for one in kept(shop)] == ["recruiting", "service"]
    app.button(key="up_service").click().run()
    assert [one.name for one in kept(shop)] == ["service", "recruiting"]
    first = kept(shop)[0].id
    app.text_area(key=f"wish_{first}_why").set_value("Calls stay *open*")
    app.checkbox(key=f"wish_{first}_numbers_unknown").check()
    app.button(key=f"wish_{first}_save").click().run()
    wish = kept(shop)[0].wish
    assert (wish.why, wish.numbers_unknown) == ("Calls stay *open*", True)
    app.button(key="drop_recruiting").click().run()
    assert [one.name for one in kept(shop)] == ["service"]
