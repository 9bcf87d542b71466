"""Every page, filled with an example, as a real browser shows it: narrow and wide, light and dark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Look, Server, Visit
from ui import links

PAGES = [page.id for page in links.PAGES.values() if page.exists]
LOOKS = ((1280, "light"), (400, "dark"), (400, "light"), (1280, "dark"))

OWN = ".stApp"
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"
WIDER_INSIDE = """() => { const m = document.querySelector('[data-testid="stMain"]');
    return m ? m.scrollWidth - m.clientWidth : 0 }"""


def shown(look: Look, page: str, example: str, width: int, scheme: str) -> Visit:
    visit = look(width=width, scheme=scheme)
    visit.open(f"{page}?organisation={quote(example)}")
    return visit


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits_its_width_and_the_browser_has_no_complaint(
    look: Look, example: str, page: str, width: int, scheme: str
) -> None:
    visit = shown(look, page, example, width, scheme)
    assert visit.complaints == []
    assert visit.page.evaluate(WIDER) <= 0
    assert visit.page.evaluate(WIDER_INSIDE) <= 0
    assert visit.page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize(("width", "scheme"), LOOKS[:2])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_on_a_page_shuts_anybody_out(
    look: Look, example: str, page: str, width: int, scheme: str
) -> None:
    visit = shown(look, page, example, width, scheme)
    found = Axe().run(visit.page).response["violations"]
    serious = [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


def test_a_page_that_does_not_exist_says_so_without_a_trace(look: Look, server: Server) -> None:
    visit = look()
    visit.open("nowhere")
    assert visit.page.get_by_test_id("stException").count() == 0
