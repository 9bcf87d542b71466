"""The first advice: which channel fits now, which come later, and what is missing for them."""

from __future__ import annotations

from models.database import reading, writing
from services import advice, objectives, people, plan_words, planning, recommendations
from services.advice import AdviceView
from services.people import Someone
from services.recommendations import Said
from tests.pages.conftest import OpenPage
from tests.pages.test_begin import step
from tests.pages.test_overview import place, words
from ui.beginning import AT


def first_advice_of(shop: str, hours: float = 5) -> AdviceView:
    with writing() as session:
        people.add(session, place(shop)[0], Someone("Ada", "leadership", hours))
        objectives.state(session, *place(shop), "sales")
    with reading() as session:
        return advice.current(session, *place(shop))


def test_the_first_advice_says_which_channel_fits_now_and_that_the_others_come_later(
    open_page: OpenPage, shop: str
) -> None:
    view = first_advice_of(shop)
    plan = planning.plan(view)
    left = [one for one in plan.left_out if one.kind == "channel"]
    (now,) = plan.channels
    assert len(left) > 1
    app = open_page("start/begin", organisation=shop)
    assert step(app) == "First advice"
    told = [plain_words(one.value) for one in app.markdown]
    title = view.title("channel", now.name)
    assert f"**Begin with “{title}”**: it fits now. The others come later." in told
    assert f"**{title}** · begin here" in told
    for one in left[:2]:
        assert f"**{view.title('channel', one.name)}** · later" in told
        reason = f"Not in the plan yet: {plan_words.why(view, one)}"
        assert reason in [plain_words(caption.value) for caption in app.caption]


def test_the_first_advice_lists_no_channel_that_was_declined(
    open_page: OpenPage, shop: str
) -> None:
    view = first_advice_of(shop)
    with writing() as session:
        for one in view.recommended("channel"):
            recommendations.decide(session, view, one.target, Said("declined", "no"), seen=None)
    app = open_page("start/begin", organisation=shop)
    assert "You have set aside every channel" in words(app)
    assert "begin here" not in words(app)
    assert "Those to begin with" not in words(app)


def test_with_no_hours_at_all_none_is_said_to_fit(open_page: OpenPage, shop: str) -> None:
    first_advice_of(shop, hours=0)
    told = words(open_page("start/begin", organisation=shop))
    assert "None of these fits yet" in told
    assert "is missing" in told
    assert "begin here" not in told


def test_as_long_as_nobody_said_who_has_hours_it_is_not_said_to_fit(
    open_page: OpenPage, shop: str
) -> None:
    with writing() as session:
        objectives.state(session, *place(shop), "sales")
    app = open_page("start/begin", organisation=shop)
    app.session_state[AT] = (place(shop)[0], 4)
    told = words(app.run())
    assert "**Begin with “" in told
    assert "now." not in told
    assert "Say who has hours" in told


def plain_words(shown: str) -> str:
    return shown.replace("\\", "")
