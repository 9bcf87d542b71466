"""A quarter is closed, marked, and leads in three steps into the next one."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from playwright.sync_api import expect

from services import quarters
from tests.browser.conftest import MAIN, SOON, Look, Visit
from tests.browser.test_newcomer import press
from tests.browser.test_pages import NARROW, TOO_WIDE, shut_out


def labels() -> tuple[str, str]:
    """Today's quarter and the next one."""
    now = quarters.bare(0, date.today())
    return quarters.label(now), quarters.label(quarters.bare(0, quarters.following(now.starts_on)))


def fits(visit: Visit) -> None:
    """On a phone nothing scrolls sideways, and nobody is kept out."""
    visit.page.set_viewport_size({"width": NARROW, "height": 900})
    visit.settle()
    assert visit.page.evaluate(TOO_WIDE) <= 0
    assert shut_out(visit) == []
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.settle()


def close(visit: Visit, quarter: str) -> None:
    press(visit, f"Close {quarter}")
    who = visit.page.get_by_role("combobox", name="Who closes it?")
    who.fill("Mira")
    who.press("Enter")
    visit.settle()
    visit.click("Close it now")


def test_a_quarter_is_closed_and_the_next_one_begun_in_three_steps(
    look: Look, example: str
) -> None:
    now, following = labels()
    visit = look()
    visit.open(f"review?organisation={quote(example)}")
    visit.page.get_by_role("radio", name="Close and go on").click()
    visit.settle()
    visit.reads("It cannot be opened again", "This is kept", "promises")
    fits(visit)
    close(visit, now)
    visit.reads("by Mira. It stays as it was.")
    expect(visit.page.locator(".st-key-closed button")).to_be_visible(timeout=SOON)

    press(visit, f"Begin with {following}")
    press(visit, "Carry over what is ticked")
    visit.page.reload()
    visit.settle()
    visit.reads("promises carried over", "Is it still what you want most?")
    keep = visit.page.locator(MAIN).get_by_text("Keep it", exact=True)
    expect(keep).to_have_count(2, timeout=SOON)
    for at in range(2):
        keep.nth(at).click()
        visit.settle()
    press(visit, "Keep these choices")
    visit.reads("kept", "The last time:")
    fits(visit)
    press(visit, "Begin the new round")
    visit.reads(f"{following} is ready to begin.")
    press(visit, f"Go to {following}")
    chosen = visit.page.get_by_role("combobox", name="Quarter").first
    expect(chosen).to_have_value(following, timeout=SOON)
    expect(visit.page.locator(".st-key-closed button")).to_have_count(0, timeout=SOON)

    visit.open(f"objectives?organisation={quote(example)}&quarter={quote(now)}")
    press(visit, "Drop it")
    visit.reads("This quarter is closed and stays as it was.")
    assert visit.complaints == []
