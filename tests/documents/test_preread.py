"""The pre-read: two pages in three kinds of files, opened again by their libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from documents import pictures, preread, sheet_docx, sheet_html, sheet_pdf
from documents.sheet import Sheet
from services.eight import Eight
from services.flow import flow
from services.gaps import Gaps
from services.preread import Preread
from tests.documents import read_before
from tests.documents.read_before import ENDLESS, HOSTILE, NASTY

EMPTY = replace(
    read_before.preread(),
    signals=(), measured=0, old=(), promises=(), eight=Eight((), (), flow(())), scores={},
    gaps=Gaps(), hours=(),
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a file: its elements, their attributes, and its words."""

    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.given: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(made.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.given += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One picture of each size serves all; drawing is what takes time."""

    def png(spec: Mapping[str, Any], wide: int, high: int) -> bytes:
        if (wide, high) not in _DRAWN:
            _DRAWN[wide, high] = pictures.png(spec, wide, high)
        return _DRAWN[wide, high]

    for writer in (sheet_pdf, sheet_docx):
        monkeypatch.setattr(writer, "pictures", SimpleNamespace(png=png))


_DRAWN: dict[tuple[int, int], bytes] = {}


def printed(sheet: Sheet, pages: int = 2) -> str:
    """The words of the PDF, which has so many A4 pages."""
    made = sheet_pdf.pdf(sheet)
    assert b"pdfuaid" in made
    read = PdfReader(BytesIO(made)).pages
    assert len(read) == pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in read} == {(595, 842)}
    text = " ".join(page.extract_text() for page in read)
    return " ".join(text.replace("\u200b", "").split())


def written(sheet: Sheet) -> str:
    """The words of the text document, in tables too."""
    paper = docx.Document(BytesIO(sheet_docx.docx(sheet)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells])


def test_all_three_files_say_the_same() -> None:
    told = preread.told(read_before.preread("Answer sooner"))
    html = Page(sheet_html.html(told)).words
    for text in (printed(told), " ".join(written(told).split()), " ".join(html.split())):
        for part in (
            "Before the review", "as of 24 November 2026", "October to December 2026",
            "To be seen by", "In part: Answer sooner", "Not said yet",
            "3 promises in the plan of this quarter: 3 stuck.", "Outside the usual range",
            "Band: the usual range", "Diamond: outside of it. Square",
            "2 other numbers are without a signal",
            "Flow is held back at “Engaging”", "Not answered yet: How far are you?",
            "No value yet for “Reach”.", "2 your own data", "7.5 h a week are planned, 9 h",
        ):  # fmt: skip
            assert part in text


def test_pictures_are_in_all_three_and_told_in_words() -> None:
    told = preread.told(read_before.preread())
    made = sheet_pdf.pdf(told)
    assert sum(len(page.images) for page in PdfReader(BytesIO(made)).pages) == 2
    page = Page(sheet_html.html(told))
    assert page.tags.count("img") == 2
    assert any("eight stations" in str(words) for name, words in page.given if name == "alt")
    paper = docx.Document(BytesIO(sheet_docx.docx(told)))
    assert [shape.type.name for shape in paper.inline_shapes] == ["PICTURE"] * 2
    told_in_words = [shape._inline.docPr.get("descr") for shape in paper.inline_shapes]
    assert "Stars and new reviews" in told_in_words[0]


def test_words_of_any_kind_stay_words_in_all_three() -> None:
    told = preread.told(read_before.preread(HOSTILE, many=2))
    assert printed(told).count(NASTY[:20]) >= 3
    text = written(told)
    assert text.count(NASTY) >= 4
    assert "שלום 🎉 &amp;" in text
    page = Page(sheet_html.html(told))
    assert page.words.count(NASTY) >= 4
    assert "script" not in page.tags
    assert not {tag for tag in page.tags if tag in ("a", "iframe", "object", "link", "svg")}
    assert not [name for name, _ in page.given if name.startswith("on") or name == "href"]
    assert all(str(src).startswith("data:image/svg+xml;") for name, src in page.given
               if name == "src")  # fmt: skip
    assert not set("\x00\x1b\ufffe\u202e") & set(page.words + text)


def test_5000_letters_everywhere_are_two_pages_that_say_what_is_left_out() -> None:
    told = preread.told(read_before.preread(ENDLESS, many=40, drawn=6))
    text = printed(told)
    assert "more, see the workbook" in text
    assert text.count("50%") == 8  # no factor is left out
    assert "What it costs: hours a week" in text
    assert "Page 2 of 2" in text


def test_whoever_knows_nothing_yet_reads_what_is_missing() -> None:
    text = printed(preread.told(EMPTY))
    for part in (
        "Nothing was decided or expected before", "No number has a value yet",
        "There are no scores: nobody has answered yet.", "Nobody has given or planned hours yet.",
        "No open question would change the advice now.",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(("measured", "says"), [(1, "The one number"), (7, "None of 7 numbers")])
def test_numbers_without_a_signal_are_left_alone(measured: int, says: str) -> None:
    quiet: Preread = replace(EMPTY, measured=measured)
    assert says in Page(sheet_html.html(preread.told(quiet))).words


def test_the_same_content_gives_the_same_bytes() -> None:
    told = preread.told(EMPTY)
    assert sheet_pdf.pdf(told) == sheet_pdf.pdf(told)
    assert sheet_html.html(told) == sheet_html.html(told)
