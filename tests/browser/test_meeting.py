"""A whole review in two windows on one database: what one enters, the other sees within seconds,
and two people at one decision both keep their words."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, expect

from models.database import engine, reading, writing
from services import meeting_decisions, meetings, minutes, organisations, people, quarters
from services.organisations import Profile
from services.people import Someone
from tests.browser.conftest import MAIN, SOON, Look, Server, Visit

NAME = "Harbour Kites"
THREE_SECONDS = 3_000
THOUGHT = "People ask for *shorter* strings"
WHAT = "Mend on Saturdays"


@pytest.fixture
def club(server: Server, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """An organisation of two people before its first review; the test reads the same database."""
    monkeypatch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{server.database}")
    with writing() as session:
        said = Profile(NAME, 9, "business", "consumers", "de")
        place = organisations.create(session, said, on=date.today()).id
        for name in ("Ann", "Ben"):
            people.add(session, place, Someone(name, "leadership", 4))
        number = quarters.ensure(session, place, date.today()).id
    engine().dispose()
    return place, number


def opened(look: Look, width: int) -> Visit:
    visit = look(width=width)
    visit.open(f"review?{urlencode({'organisation': NAME})}")
    return visit


def field(visit: Visit, label: str) -> Locator:
    return visit.page.locator(MAIN).get_by_label(label, exact=True)


def press(visit: Visit, words: str) -> None:
    visit.page.locator(MAIN).get_by_role("button", name=words).first.click()


def shows(visit: Visit, words: str, timeout: float = SOON) -> None:
    expect(visit.page.locator(MAIN)).to_contain_text(words, use_inner_text=True, timeout=timeout)


def i_am(visit: Visit, name: str) -> None:
    press(visit, "Who speaks?")
    box = visit.page.get_by_role("combobox", name="I am …")
    box.fill(name)
    box.press("Enter")
    expect(visit.page.get_by_role("button", name=f"I am {name}")).to_be_visible(timeout=SOON)
    visit.page.keyboard.press("Escape")


def type_and_note(wall: Visit, desk: Visit) -> None:
    """While somebody types on the wall, a note from the desk appears there and disturbs nothing."""
    field(wall, "What did you learn?").press_sequentially("Half a th")
    field(desk, "What did you learn?").fill(THOUGHT)
    press(desk, "Note it")
    shows(wall, f"{THOUGHT} · Zoe (not verified)", THREE_SECONDS)
    field(wall, "What did you learn?").press_sequentially("ought")
    expect(field(wall, "What did you learn?")).to_have_value("Half a thought")
    press(wall, "Park it")
    shows(desk, "Half a thought", THREE_SECONDS)


def pause(wall: Visit, desk: Visit) -> None:
    """The clock is one, and survives a reload, as does what was typed and not noted yet."""
    field(desk, "What did you learn?").fill("Strings tear")
    field(desk, "What did you learn?").blur()
    desk.page.wait_for_url("**window=**")
    press(wall, "Pause")
    shows(desk, "paused", THREE_SECONDS)
    stands = wall.page.get_by_role("timer").inner_text()
    desk.page.reload()
    expect(desk.page.get_by_role("timer")).to_have_text(stands, use_inner_text=True, timeout=SOON)
    expect(field(desk, "What did you learn?")).to_have_value("Strings tear", timeout=SOON)


def go_on(wall: Visit, desk: Visit) -> None:
    """The wall goes to another step; the desk is told, and goes along when it likes."""
    press(wall, "Agenda")
    wall.page.get_by_role("button", name="Decide").click()
    shows(wall, "At most five decisions")
    wall.page.keyboard.press("Escape")
    shows(desk, "The meeting is at Decide now", THREE_SECONDS)
    press(desk, "Go along")
    shows(desk, "At most five decisions")


def decide(wall: Visit, desk: Visit) -> None:
    """Something stops."""
    wall.page.locator(MAIN).get_by_text("We stop something").click()
    said = {"What stops?": WHAT, "Who sees to it?": "Ben", "What do we expect?": "Free evenings"}
    for label, words in said.items():
        field(wall, label).fill(words)
    press(wall, "Decide it")
    shows(wall, "Something stops")
    shows(desk, WHAT, THREE_SECONDS)


def change_at_once(wall: Visit, desk: Visit) -> None:
    """Both change one decision; the second sees what the first said, and keeps every word."""
    for visit in (wall, desk):
        press(visit, "Change")
        expect(field(visit, "What stops?")).to_have_value(WHAT, timeout=SOON)
    field(wall, "Who sees to it?").fill("Ann")
    press(wall, "Keep the change")
    shows(wall, f"{WHAT} · Ann")
    field(desk, "What do we expect?").fill("A free Saturday")
    press(desk, "Keep the change")
    shows(desk, "Nothing of yours is lost")
    shows(desk, f"Stop: {WHAT} · Ann")
    expect(field(desk, "What do we expect?")).to_have_value("A free Saturday", timeout=SOON)
    press(desk, "Keep the change")
    shows(wall, "Expected: A free Saturday", THREE_SECONDS)


def end(wall: Visit, desk: Visit) -> None:
    """One failure is shared, and the meeting is over for both."""
    press(wall, "Next: Close")
    field(wall, "One thing that went wrong, to be shared with everybody").fill("Nobody listened")
    press(wall, "Keep this")
    expect(wall.page.get_by_text("Kept.").first).to_be_visible(timeout=SOON)
    press(wall, "End the meeting")
    shows(wall, "Nobody listened")
    shows(desk, "Held on", THREE_SECONDS)
    shows(desk, "Nobody listened")


def test_two_windows_hold_one_review_together(look: Look, club: tuple[int, int]) -> None:
    wall = opened(look, 1280)
    shows(wall, "Your first review")
    press(wall, "Begin the meeting")
    shows(wall, "Who is here, and what did you hear")
    desk = opened(look, 1280)
    shows(desk, "Who is here, and what did you hear")
    i_am(desk, "Zoe")
    for act in (type_and_note, pause, go_on, decide, change_at_once, end):
        act(wall, desk)

    with reading() as session:
        said = minutes.of(session, *club)
        held = meetings.find(session, club[1])
        assert said is not None
        assert held is not None
        assert said.notes == (("Check in", THOUGHT, "Zoe"),)
        assert (said.parked, said.failure) == (("Half a thought",), "Nobody listened")
        (one,) = meeting_decisions.decisions(session, held.id)
    assert (one.said.who, one.said.effect, one.said.is_stop) == ("Ben", "A free Saturday", True)
    assert wall.complaints == desk.complaints == []
