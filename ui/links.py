"""The pages there are, in the order and the words in which people meet them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent

SECTIONS = {"start": "Start", "choose": "Choose", "do": "Do", "learn": "Learn", "behind": "Behind"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its section, what it is called, its icon, and what stands small under its title."""

    id: str
    section: str
    title: str
    icon: str
    under: str

    @property
    def path(self) -> str:
        """Where its file lies, from the project's folder."""
        return f"pages/{self.section}/{self.id}.py"

    @property
    def exists(self) -> bool:
        """Whether it can be opened."""
        return _there(self.path)


@cache
def _there(path: str) -> bool:
    return (ROOT / path).is_file()


PAGES = {
    page.id: page
    for page in (
        Page("overview", "start", "Where we stand", "explore", "The whole cycle at a glance"),
        Page("begin", "start", "Start with us", "flag", "Ten minutes to your first advice"),
        Page("needs", "start", "What people expect", "forum", "Needs and expectations"),
        Page(
            "assessment",
            "start",
            "How we work today",
            "self_improvement",
            "The eight factors, and what makes them possible",
        ),
        Page(
            "objectives", "choose", "What we want", "target", "Factors 1 and 2: objectives, people"
        ),
        Page("channels", "choose", "Where to be", "hub", "Factor 2: target groups and channels"),
        Page("activities", "choose", "What to do", "checklist", "Factor 3: activities"),
        Page("ownership", "choose", "Who does it", "groups", "Factor 4: ownership"),
        Page("plan", "do", "Our plan", "event_available", "From advice to promises"),
        Page("listening", "do", "What we hear", "hearing", "Factor 5: listening"),
        Page("engaging", "do", "Whom we answer", "reply", "Factor 6: engaging"),
        Page("measuring", "do", "Our numbers", "monitoring", "Factor 7: measuring and evaluating"),
        Page("what_if", "learn", "What if", "science", "The crossing: a change, tried on paper"),
        Page(
            "review",
            "learn",
            "Quarterly review",
            "event_repeat",
            "The crossing: ninety minutes a quarter",
        ),
        Page("culture", "learn", "How we learn", "school", "Factor 8: learning and culture"),
        Page("rules", "behind", "Rules", "menu_book", "What the advice rests on"),
        Page(
            "organisation", "behind", "Organisation", "apartment", "Who we are and who takes part"
        ),
        Page("data", "behind", "Backup and data", "inventory_2", "Take everything with you"),
    )
}


ORGANISATION, QUARTER = "organisation", "quarter"
ENTER, ENTER_QUARTER = "enter", "enter_quarter"
"""In the address and the session: where we are; in the session: the organisation and the quarter
to go on with."""

HOME = "overview"
"""Where one begins, and where an address without a page leads."""


def navigation() -> dict[str, list[st.Page]]:
    """The pages that work, by section, as Streamlit wants them."""
    sections: dict[str, list[st.Page]] = {}
    for page in PAGES.values():
        if page.exists:
            streamlit_page = st.Page(
                page.path,
                title=page.title,
                icon=f":material/{page.icon}:",
                url_path="home" if page.id == HOME else page.id,
                default=page.id == HOME,
            )
            sections.setdefault(SECTIONS[page.section], []).append(streamlit_page)
    sections[SECTIONS[PAGES[HOME].section]].append(_by_its_own_name())
    return sections


def _by_its_own_name() -> st.Page:
    """The first page lives at the bare address; whoever asks for it by its name is led there."""
    name = PAGES[HOME].title
    return st.Page(_lead_home, title=name, url_path=HOME, visibility="hidden")


def _lead_home() -> None:
    st.switch_page(PAGES[HOME].path, query_params=st.query_params.to_dict())


def page_link(page_id: str, label: str = "") -> None:
    """A link to a page, called as the page is unless there is a better word; none if it is not
    there. It leads to the organisation and quarter that are open."""
    page = PAGES[page_id]
    if page.exists:
        st.page_link(
            page.path,
            label=label or page.title,
            icon=f":material/{page.icon}:",
            query_params=_place(),
        )


def go(page_id: str) -> None:
    """Open another page now."""
    st.switch_page(PAGES[page_id].path, query_params=_place())


def _place() -> dict[str, str]:
    """What the address says of where we are; without it, the page would add it afterwards, and the
    browser's Back would show the same page again."""
    entering = st.session_state.get(ENTER)
    if entering:
        quarter = st.session_state.get(ENTER_QUARTER)
        return {ORGANISATION: entering, **({QUARTER: quarter} if quarter else {})}
    return {key: st.query_params[key] for key in (ORGANISATION, QUARTER) if key in st.query_params}
