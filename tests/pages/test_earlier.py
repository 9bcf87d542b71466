"""A decision that was taken back: who did, and when, stays in sight beside the advice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from models.database import reading, writing
from models.recommendations import Decision
from services import recommendations, taking_on
from services.recommendations import Said
from tests.pages.conftest import OpenPage
from tests.pages.filled import ANN, BEN, CARE, Bakery, bakery
from tests.pages.test_overview import words


def dated(shop: Bakery, who: str) -> None:
    """Take the only decision of each kind back, and put its moments on known days."""
    with writing() as session:
        for decision in session.query(Decision).filter(Decision.undone_at.is_(None)):
            taking_on.let_go(session, decision.id, who=who)
    with writing() as session:
        for decision in session.query(Decision):
            decision.made_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
            decision.undone_at = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_who_took_a_channel_back_stands_beside_its_advice(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    view = shop.view()
    target = view.recommended("channel")[0].target
    with writing() as session:
        said = Said("declined", "No *time*", "Ann")
        recommendations.decide(session, view, target, said, seen=None)
    assert "taken back" not in words(open_page("choose/channels", organisation=shop.name))
    dated(shop, "Ben <b>")
    app = open_page("choose/channels", organisation=shop.name)
    told = words(app).replace("\\", "")
    assert "**Not for you**, 20 November 2026, Ann: “No *time*”" in told
    assert "Taken back, 23 November 2026, Ben <b>" in told


def test_who_answered_for_a_promise_before_stands_below_it(
    open_page: OpenPage, database: Path
) -> None:
    shop = bakery(ANN, BEN)
    ann, _ = shop.people
    shop.takes(CARE, None)
    with writing() as session:
        said = Said("accepted", "", "Ann")
        taking_on.name_owner(session, shop.view(), CARE, ann, said, seen=None)
    with writing() as session:
        taking_on.step_back(session, shop.view(), CARE, ann, "Ben")
    app = open_page("choose/ownership", organisation=shop.name)
    told = words(app).replace("\\", "")
    assert "**Ann *Baker* answered for it**" in told
    assert "Ben" in told.split("answered for it**")[1]
    with reading() as session:
        assert [kind for kind, _, _ in recommendations.taken_back(session, shop.place[1])] == [
            "owner"
        ]
