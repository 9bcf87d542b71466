"""The first form, in a real browser: what is typed while it is being kept, and a reload."""

from __future__ import annotations

from tests.browser.conftest import Look
from tests.browser.test_newcomer import choose


def test_a_name_pasted_far_too_long_stays_and_a_sentence_says_what_to_do(look: Look) -> None:
    visit = look()
    visit.open("begin")
    name = visit.page.get_by_label("What are you called?").first
    name.click()
    visit.page.keyboard.insert_text("x" * 200)
    visit.stands("What are you called?", "x" * 200)
    visit.page.keyboard.press("Tab")
    visit.settle()
    visit.click("Go on")
    visit.reads("Please shorten the name to 80 letters")
    visit.stands("What are you called?", "x" * 200)


def test_what_was_said_of_us_stands_there_after_a_reload_and_no_letter_is_swallowed(
    look: Look,
) -> None:
    visit = look()
    visit.open("begin")
    keys = visit.page.keyboard
    visit.page.get_by_label("What are you called?").first.click()
    keys.type("Maple Tea")
    keys.press("Tab")
    keys.press("ControlOrMeta+A")
    keys.type("12", delay=250)  # while the organisation comes into being
    keys.press("Tab")
    visit.settle()
    choose(visit, "In which country are you?", "Germany")
    visit.page.reload()
    visit.settle()
    visit.stands("What are you called?", "Maple Tea")
    visit.stands("How many people work", "12")
    visit.stands("In which country are you?", "Germany")
    assert visit.complaints == []
