"""Every page, filled with an example, as a real browser shows it: narrow, wide, light and dark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import SOON, Look, Visit
from ui import links

PAGES = [page.id for page in links.PAGES.values() if page.exists]
WIDE, NARROW = 1280, 400
LIGHT, DARK = "rgb(255, 255, 255)", "rgb(23, 22, 20)"
TOO_WIDE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const page = document.documentElement;
    return Math.max(page.scrollWidth - window.innerWidth, main.scrollWidth - main.clientWidth);
}"""
NOT_OURS = ('data-testid="stToast',)
"""Marks of Streamlit's own pieces whose colours or roles no setting changes."""


def shut_out(visit: Visit) -> list[str]:
    """What would keep somebody out, in the words of axe: serious and critical violations."""
    found = Axe().run(visit.page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if not any(mark in node["html"] for mark in NOT_OURS)
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_shuts_nobody_out_and_the_browser_has_no_complaint(
    look: Look, example: str, page: str
) -> None:
    """On a large screen by day, and in the hand at night; every second page the other way round."""
    day, night = (WIDE, "light", LIGHT), (NARROW, "dark", DARK)
    first, second = (day, night) if PAGES.index(page) % 2 else (night, day)
    visit = look(*first[:2])
    visit.open(f"{page}?organisation={quote(example)}")
    heading = visit.page.get_by_role("heading", level=1)
    expect(heading).to_have_text(links.PAGES[page].title, timeout=SOON)
    for width, scheme, colour in (first, second):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(visit.page.get_by_test_id("stApp")).to_have_css("background-color", colour)
        visit.settle()
        assert visit.page.get_by_test_id("stException").count() == 0
        assert visit.page.evaluate(TOO_WIDE) <= 0
        assert shut_out(visit) == []
    assert visit.complaints == []


def test_an_address_that_leads_nowhere_opens_where_we_stand(look: Look) -> None:
    visit = look()
    visit.open("nowhere")
    assert visit.page.get_by_test_id("stException").count() == 0
