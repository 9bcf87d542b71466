"""A round of 25 questions in a real browser: begun, lost by a reload, found again, and closed."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from models.assessments import Answer, Respondent
from models.database import engine, reading, writing
from services import assessments, organisations, quarters, rulebook
from services.organisations import Profile
from tests.browser.conftest import MAIN, SOON, Look, Server, Visit

NAME = "Harbour Books"
LEVELS, WAYS_OUT = 5, 2
NOTE = "Only *now* and <b>then</b>"


@pytest.fixture
def shared(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """An organisation of nine with an open round of 25, in which four of the staff have answered;
    the test reads and writes the server's own database."""
    monkeypatch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{server.database}")
    with writing() as session:
        said = Profile(NAME, 9, "business", "consumers", "de")
        organisation = organisations.create(session, said, on=date.today())
        quarter = quarters.ensure(session, organisation.id, date.today())
        round_ = assessments.open_round(session, organisation.id, quarter.id, depth=25)
        for _ in range(4):
            person = assessments.join(session, round_.id, function="sales_team")
            for question in rulebook.pack().catalogues["questions"]:
                assessments.record(session, person.id, question, 0, note="said by the staff")
    engine().dispose()


def press(visit: Visit, words: str) -> None:
    visit.page.locator(MAIN).get_by_role("button", name=words, exact=True).first.click()
    visit.settle()


def says(page: Page) -> str:
    return str(page.inner_text(MAIN))


def lead(visit: Visit) -> str:
    """Begin as a leader who agrees to be shown; the five words."""
    visit.reads("who will see what")
    visit.page.get_by_text("I lead the organisation").click()
    visit.settle()
    visit.page.get_by_text("may be shown as the leaders' side").click()
    visit.settle()
    press(visit, "Begin")
    visit.reads("come back later: ")
    told = re.search(r"come back later: ([a-z ]+)\.", says(visit.page))
    assert told
    return told[1]


def answer(visit: Visit, numbers: range) -> None:
    """Answer these of the 25 questions (the first is 1), each in another way, and go on without
    waiting for the answer to be kept, as people do."""
    for number in numbers:
        visit.page.get_by_text(f"Question {number} of 25").wait_for()
        ways = visit.page.locator(f"{MAIN} [role=radiogroup]:not(:has(:checked)) label")
        ways.first.wait_for()
        expect(ways).to_have_count(LEVELS + WAYS_OUT, timeout=SOON)
        ways.nth(number % (LEVELS + WAYS_OUT)).click()
        if number == 3:
            visit.settle()
            write_note(visit)
        on = visit.page.get_by_role("button", name="Done" if number == 25 else "Next", exact=True)
        on.click()
    visit.settle()


def write_note(visit: Visit) -> None:
    """Add a note and leave it by going on at once."""
    visit.page.get_by_text("Add what shows it, or a note").click()
    visit.page.get_by_label("A note").fill(NOTE)


def come_back(visit: Visit, words: str) -> None:
    visit.page.get_by_text("I have begun already").click()
    visit.page.get_by_label("Your five words").fill(words)
    press(visit, "Go on where I was")


def close(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="What all answers say").click()
    visit.page.get_by_text("people have joined the round that is open now, 1 came").wait_for()
    press(visit, "Close the round")
    visit.page.get_by_role("button", name="Close it now").click()
    visit.settle()
    visit.page.get_by_text("was closed on").wait_for()


def kept() -> list[tuple[str, int | None, str]]:
    """Every answer of the leader: state, level, note; in the order of the questions."""
    with reading() as session:
        rows = session.query(Answer).join(Respondent).filter(Respondent.is_leader)
        return [(row.state, row.level, row.note) for row in rows.order_by(Answer.id)]


@pytest.mark.usefixtures("shared")
def test_a_reload_in_the_middle_of_25_questions_loses_nothing_and_few_stay_unseen(
    look: Look,
) -> None:
    visit = look()
    visit.open(f"assessment?{urlencode({'organisation': NAME})}")
    words = lead(visit)
    answer(visit, range(1, 13))
    assert len(kept()) == 12

    visit.page.reload()
    visit.settle()
    one_of_them = re.compile(r"Question \d+ of")
    expect(visit.page.locator(MAIN)).not_to_contain_text(one_of_them, timeout=SOON)
    come_back(visit, words)
    answer(visit, range(13, 26))
    visit.reads("All your answers are kept")
    answers = kept()
    assert len(answers) == 25
    assert answers[2] == ("answered", 3, NOTE)
    assert answers[4] == ("unknown", None, "")
    assert answers[5] == ("not_applicable", None, "")

    close(visit)
    visit.reads("5 people took part", "How far they are apart: too few to show")
    visit.page.get_by_text("Notes in people's own words (1)").click()
    visit.page.get_by_text(f"{NOTE} (leaders)").wait_for()
    assert "said by the staff" not in visit.page.content()
    assert visit.complaints == []
