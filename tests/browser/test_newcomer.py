"""The whole way of somebody who opens the tool for the first time, alone, on an empty database."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
from icalendar import Calendar

from tests.browser.conftest import MAIN, Look, Server, Visit

NAME = 'Corner <b>Books</b> & "Sons"'
"""A name with everything in it that a careless page would take for markup."""


def write(visit: Visit, label: str, text: str) -> None:
    """Type into a field, and leave it as people do."""
    field = visit.page.get_by_label(label).first
    field.fill(text)
    field.press("Tab")
    visit.settle()


def choose(visit: Visit, label: str, option: str) -> None:
    """Open a list and take one of it."""
    visit.page.get_by_role("combobox", name=label).first.click()
    visit.page.get_by_role("option", name=option, exact=True).first.click()
    visit.settle()


def press(visit: Visit, words: str) -> None:
    """Press what is called so on the page, not in its frame."""
    visit.page.locator(MAIN).get_by_role("button", name=words, exact=True).first.click()
    visit.settle()


def describe_us(visit: Visit) -> None:
    write(visit, "What are you called?", NAME)
    choose(visit, "In which country are you?", "Germany")
    choose(visit, "Whom do you serve?", "Private people")
    choose(visit, "What kind of organisation are you?", "A business")
    visit.page.get_by_text("People visit us at a shop").click()
    visit.settle()
    press(visit, "Go on")


def give_hours(visit: Visit) -> None:
    write(visit, "First name", "Ann")
    choose(visit, "Part of the work", "Leadership")
    write(visit, "Hours a week", "5")
    press(visit, "Add this person")
    press(visit, "Go on")


def answer_eight(visit: Visit) -> None:
    press(visit, "Begin")
    for number in range(8):
        visit.page.locator(f"{MAIN} [role=radiogroup] label").nth(1 + number % 3).click()
        visit.settle()
        press(visit, "Done" if number == 7 else "Next")


def want_sales(visit: Visit) -> None:
    pills = visit.page.locator(f"{MAIN} [data-testid=stButtonGroup]").first
    pills.get_by_role("button").filter(has_text=re.compile("sell|sales", re.I)).first.click()
    visit.settle()
    press(visit, "Show the first advice")


def take_the_first(visit: Visit, kind: str) -> None:
    visit.page.locator(f"{MAIN} [class*=st-key-take_{kind}] button").first.click()
    visit.settle()


def test_a_newcomer_gets_from_nothing_to_a_printed_plan_that_is_still_there_tomorrow(
    look: Look, server: Server, tmp_path: Path
) -> None:
    visit = look()
    visit.open()
    visit.page.locator(MAIN).get_by_text("Start with us", exact=True).last.click()
    visit.settle()
    describe_us(visit)
    give_hours(visit)
    answer_eight(visit)
    press(visit, "Go on")
    want_sales(visit)
    visit.reads("Google")

    visit.page.locator(MAIN).get_by_role("link", name="Decide where to be").click()
    visit.settle()
    take_the_first(visit, "channel")
    visit.reads("You take this")

    go(visit, "activities")
    take_the_first(visit, "activity")
    keep(visit)
    visit.reads("You take this")

    go(visit, "plan")
    visit.reads("Ann")
    page = saved(visit, "pdf", tmp_path)
    reader = pypdf.PdfReader(page)
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    assert NAME in text
    assert "Ann" in text
    days = Calendar.from_ical(saved(visit, "ics", tmp_path).read_bytes())
    assert days.walk("VEVENT")

    assert visit.complaints == []
    address = visit.page.url
    visit.page.close()
    server.stop()
    server.start()
    again = look()
    again.open(re.sub(r"^https?://[^/]+/", "", address))
    again.reads("Ann")
    again.stands("Organisation", NAME)
    assert again.complaints == []


def go(visit: Visit, page: str) -> None:
    """Open another page of the same organisation by its address."""
    query = visit.page.url.partition("?")[2]
    visit.open(f"{page}?{query}")


def keep(visit: Visit) -> None:
    press(visit, "Keep")


def saved(visit: Visit, ending: str, folder: Path) -> Path:
    """What the button for a file gives."""
    buttons = visit.page.locator(f"{MAIN} [data-testid=stDownloadButton] button")
    words = re.compile("calendar" if ending == "ics" else "print|page", re.I)
    with visit.page.expect_download() as download:
        buttons.filter(has_text=words).first.click()
    file = folder / f"taken.{ending}"
    download.value.save_as(file)
    return file
