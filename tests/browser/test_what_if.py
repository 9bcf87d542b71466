"""The whole way of a manager: one objective for another, the difference, the shelf, the plan."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pypdf
from playwright.sync_api import expect

from tests.browser.conftest import MAIN, SOON, Look, Visit
from tests.browser.test_newcomer import choose, press, write
from tests.browser.test_pages import NARROW, TOO_WIDE, shut_out

NAME = "Colleagues <b>first</b>"


def open_fold(visit: Visit, title: str) -> None:
    """Open the first fold of this title."""
    visit.page.locator(f"{MAIN} summary").filter(has_text=title).first.click()
    visit.settle()


def load_anew(visit: Visit) -> None:
    """What was tried is there again."""
    visit.page.reload()
    visit.settle()
    visit.reads("Finding new colleagues", "What starts?")


def fits(visit: Visit) -> None:
    """Nothing scrolls sideways, and nobody is kept out."""
    assert visit.page.evaluate(TOO_WIDE) <= 0
    assert shut_out(visit) == []


def test_a_manager_replaces_an_objective_reads_keeps_compares_and_adopts_it(
    look: Look, example: str, tmp_path: Path
) -> None:
    visit = look()
    visit.open(f"what_if?organisation={quote(example)}")
    visit.reads("Nothing is changed yet")
    choose(visit, "we want", "Finding new colleagues")
    press(visit, "Try it")
    visit.reads("What starts?", "What stops", "Who has the hours?", "6 to 12 weeks")
    visit.reads("What would prove us wrong?")
    fits(visit)

    with visit.page.expect_download() as download:
        press(visit, "Print it on one page")
    file = tmp_path / "what-if.pdf"
    download.value.save_as(file)
    assert len(pypdf.PdfReader(file).pages) == 1

    open_fold(visit, "What would flip it")
    visit.reads("combinations")
    load_anew(visit)
    open_fold(visit, "What would flip it")
    visit.page.locator(f"{MAIN} [class*=st-key-try_] button").first.click()
    visit.settle()
    press(visit, "Take back")

    choose(visit, "we want", "A better reputation")
    press(visit, "Try it")
    keep(visit, "A better name")
    press(visit, "Start afresh")
    choose(visit, "we want", "Finding new colleagues")
    press(visit, "Try it")
    keep(visit, NAME)
    expect(visit.page).to_have_url(re.compile("scenario="), timeout=SOON)
    visit.reads(NAME)

    compare(visit, NAME, "A better name")
    wanted = re.compile("You want.*You want", re.S)
    expect(visit.page.locator(MAIN)).to_contain_text(wanted, timeout=SOON)
    visit.page.set_viewport_size({"width": NARROW, "height": 900})
    visit.settle()
    fits(visit)
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.settle()

    visit.page.get_by_text("from today", exact=True).first.click()
    visit.settle()
    open_fold(visit, "Keep what you changed")
    press(visit, "Keep it as it is now")
    press(visit, "Adopt it")
    write(visit, "In a word: why?", "We cannot deliver without new people.")
    press(visit, "Adopt it now")
    visit.reads("It is your plan now")
    query = f"?organisation={quote(example)}"
    visit.open(f"objectives{query}")
    visit.reads("Finding new colleagues")
    assert visit.complaints == []


def keep(visit: Visit, name: str) -> None:
    open_fold(visit, "Keep it on the shelf")
    write(visit, "What do you call it?", name)
    press(visit, "Keep it")


def compare(visit: Visit, *names: str) -> None:
    """A list closes when the page scrolls under it, so the page is scrolled first, as people do."""
    box = visit.page.get_by_role("combobox", name="Compare up to three").first
    box.scroll_into_view_if_needed()
    visit.settle()
    box.click()
    for name in names:
        visit.page.get_by_role("option", name=name, exact=True).first.click()
        visit.settle()
    visit.page.keyboard.press("Escape")
    visit.settle()
