"""The browser's Back: one step for each page."""

from __future__ import annotations

from tests.browser.conftest import Look


def test_back_leads_to_the_page_before_and_a_link_is_one_step(look: Look, example: str) -> None:
    visit = look()
    visit.open()
    steps = visit.page.evaluate("history.length")
    for menu, title in (("Choose", "Where to be"), ("Do", "Our plan")):
        visit.page.get_by_role("button", name=menu).first.click()
        visit.page.get_by_role("link", name=title).last.click()
        visit.page.get_by_role("heading", name=title, level=1).wait_for()
        visit.settle()
    assert visit.page.evaluate("history.length") == steps + 2
    for title in ("Where to be", "Where we stand"):
        visit.page.go_back()
        visit.page.get_by_role("heading", name=title, level=1).wait_for()
        visit.settle()
        assert "quarter=" in visit.page.url
