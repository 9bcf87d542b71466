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


def heard(of: Bakery, days_ago: int, reached: int | None = None, text: str = "Too slow") -> int:
    """Something that was heard so many days ago, and reached Ben so many days later."""
    on = TODAY - timedelta(days=days_ago)
    who = {} if reached is None else {
        "receiver_id": of.people[1], "reached_on": on + timedelta(days=reached)
    }  # fmt: skip
    with writing() as session:
        return insights.hear(session, of.place[0], Said(text, on, **who), today=TODAY)


def test_what_was_heard_is_written_down_passed_on_and_answered(open_page: OpenPage) -> None:
    shop = bakery(ANN, BEN)
    app = open_page(PAGE, organisation=shop.name)
    assert "nobody has looked" in app.info[0].value
    new = f"new_insight_{shop.place[0]}"
    app.text_area(key=f"{new}_text").set_value(MARKUP)
    app.selectbox(key=f"{new}_channel").set_value("instagram")
    app.button(key=f"{new}_keep").click().run()
    (one,) = kept(shop)
    assert (one.text, one.said.channel, one.heard_on, one.answer) == (MARKUP, "instagram", TODAY, "")
    assert "\\[rolls\\]" in words(app)

    app.session_state[f"fold_heard_{one.id}_pass"] = True
    app.run()
    app.selectbox(key=f"heard_{one.id}_pass_receiver_id").set_value(shop.people[1])
    app.date_input(key=f"heard_{one.id}_pass_reached_on").set_value(TODAY)
    app.button(key=f"heard_{one.id}_pass_keep").click().run()
    assert (kept(shop)[0].receiver, kept(shop)[0].lead_days) == ("Ben", 0)

    app.session_state[f"fold_heard_{one.id}_answer"] = True
    app.run()
    app.button_group(key=f"heard_{one.id}_answer_answer").set_value("not_done")
    app.button(key=f"heard_{one.id}_answer_keep").click().run()
    assert "No is a full answer" in app.warning[0].value
    app.text_input(key=f"heard_{one.id}_answer_why").set_value("No *oven* for it")
    app.button(key=f"heard_{one.id}_answer_keep").click().run()
    assert kept(shop)[0].answered == Answer("not_done", "No *oven* for it", TODAY, "")
    assert "Answered: 1" in [one.label for one in app.expander]
