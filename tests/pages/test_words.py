"""People read words: no page shows an id, a code or an abbreviation of the trade."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from services import rulebook
from tests.pages.conftest import OpenPage
from ui import links
from ui.text import label

PAGES = [f"{page.section}/{page.id}" for page in links.PAGES.values() if page.exists]
ICON = re.compile(r":material/\w+:|:\w+-badge\[|:\w+\[")
ID = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+\.[a-z]+(?:-[a-z]+)+\b")
CODE = re.compile(r"\b(?:Q\d{3}|[KXNLARCEO]\d{2}|R\d{3}|S[0-4]|F[1-8])\b")
TRADE = re.compile(
    r"\b(?:KPIs?|CTR|ROI|B2B|B2C|DMs?|SLA|HR|PR|CTA|SEO|UGC|SDK|JSON|YAML|SQL|API|IQR|2FA|ID)\b"
)
MACHINE = ("id", "key", "url", "icon", "spec", "data", "page", "element_id", "widget_id", "form_id")
"""Fields of a message that the browser reads and nobody else."""


def texts(message: Message) -> Iterator[str]:
    """Every text of a message that may reach a reader's eyes."""
    for field, value in message.ListFields():
        if any(part in field.name for part in MACHINE):
            continue
        for one in value if isinstance(value, list) or hasattr(value, "append") else [value]:
            if isinstance(one, str):
                yield one
            elif isinstance(one, Message):
                yield from texts(one)


def read(app: AppTest) -> str:
    """All that a page says."""
    said: list[str] = []
    for node in app.main:
        proto: Any = getattr(node, "proto", None)
        if isinstance(proto, Message) and node.type not in ("vega_lite_chart", "html"):
            said += texts(proto)
    return ICON.sub(" ", "\n".join(said))


def machine_words(text: str) -> list[str]:
    """What only a machine or somebody of the trade would understand."""
    known = {name for entries in rulebook.pack().catalogues.values() for name in entries}
    ids = [word for word in ID.findall(text) if word in known or "." in word or "_" in word]
    return sorted({*ids, *CODE.findall(text), *TRADE.findall(text)})


@pytest.mark.parametrize(
    "said", ["in views, a (b)", "[x](http://a.b) www.a.de", "a_b <i> &amp; #1."]
)
def test_a_label_with_what_people_typed_is_read_out_as_they_typed_it(said: str) -> None:
    assert label(said).replace("\u2060", "") == said
    assert label("*two* $2 :red[a]").replace("\u2060", "") == r"\*two\* \$2 \:red[a]"


def test_the_scan_finds_what_it_looks_for() -> None:
    said = "Write to linkedin_page about channel.place-to-visit, Q101, K03 and our KPI."
    assert machine_words(said) == ["K03", "KPI", "Q101", "channel.place-to-visit", "linkedin_page"]
    assert machine_words("The company page, as agreed on 3 May, is at 35 %.") == []


@pytest.mark.parametrize("page", PAGES)
def test_a_filled_page_speaks_in_words(open_page: OpenPage, example: str, page: str) -> None:
    said = read(open_page(page, organisation=example))
    assert len(said) > 200
    assert machine_words(said) == []


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_speaks_in_words(open_page: OpenPage, shop: str, page: str) -> None:
    assert machine_words(read(open_page(page, organisation=shop))) == []


def test_every_day_is_written_the_same_way_wherever_one_is_asked_for() -> None:
    asked = [
        (
            str(file.relative_to(links.ROOT)),
            " ".join(ast.unparse(keyword.value) for keyword in said),
        )
        for folder in ("ui", "pages")
        for file in sorted((links.ROOT / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "date_input"
        for said in [[keyword for keyword in call.keywords if keyword.arg == "format"]]
    ]
    assert asked
    assert [file for file, form in asked if form != "'DD/MM/YYYY'"] == []
