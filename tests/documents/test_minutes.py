"""The minutes: one page, with every decision on it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from documents import minutes, sheet_docx, sheet_html, sheet_pdf
from documents.sheet import Sheet
from services.eight import Eight
from services.flow import flow
from services.minutes import Minutes
from tests.documents import read_before
from tests.documents.read_before import ENDLESS, HOSTILE, NASTY
from tests.documents.test_preread import Page, printed, written

NOT_DRAWN = Eight((), (), flow(()))


def told(said: Minutes) -> Sheet:
    return minutes.told(said, read_before.eight())


def test_the_page_says_what_who_by_when_and_how_we_will_know() -> None:
    text = printed(told(read_before.minutes("Answer sooner")), pages=1)
    for part in (
        "What we decided", "review of October to December 2026",
        "Held on 24 November 2026, 88 minutes.", "Stop: Answer sooner", "24 Nov 2026",
        "24 Dec 2026", "Came true", "Answer sooner: Answer sooner (Answer sooner)",
        "Parked, for another day", "The one failure that we share", "4.2 of 5, by 4 people",
    ):  # fmt: skip
        assert part in text
    assert "Nothing stops" not in text


def test_no_stop_has_a_reason_and_nothing_decided_is_said() -> None:
    empty = replace(
        read_before.minutes("Too busy"), decided=(), checked=(), unsaid=(), notes=(), parked=(),
        failure="", score=None, present=(),
    )  # fmt: skip
    text = printed(minutes.told(empty, NOT_DRAWN), pages=1)
    for part in (
        "Too little is known yet of how we work to draw it.",
        "Nothing is decided so far.", "Nothing stops, because: Too busy",
        "Nothing was due to be looked at.", "Nothing was written down.", "None was named",
    ):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (1, "one thing that was due: Sell 1."),
        (3, "3 things that were due: Sell 1; Sell 2; Sell 3."),
        (4, "Sell 3; … and 1 more, see the workbook."),
    ],
)
def test_what_was_due_and_nobody_looked_at_is_counted_and_named(due: int, says: str) -> None:
    silent = replace(
        read_before.minutes(), checked=(), unsaid=tuple(f"Sell {n}" for n in range(1, due + 1))
    )
    read = Page(sheet_html.html(minutes.told(silent, NOT_DRAWN))).words
    assert says in read
    assert "Nothing was due" not in read


def test_all_five_decisions_stay_on_the_page_however_long_everything_is() -> None:
    text = printed(told(read_before.minutes(ENDLESS, many=40)), pages=1)
    assert text.count("24 Dec 2026") == 5
    assert "more, see the workbook" in text


@pytest.mark.parametrize("many", [1, 5])
def test_words_of_any_kind_stay_words(many: int) -> None:
    sheet = told(read_before.minutes(HOSTILE, many))
    assert printed(sheet, pages=1).count(NASTY[:20]) >= 4
    assert written(sheet).count(NASTY) >= many
    page = Page(sheet_html.html(sheet))
    assert page.words.count(NASTY) >= many
    assert "script" not in page.tags


def test_a_text_document_has_headings_and_heads_that_come_again() -> None:
    paper = docx.Document(BytesIO(sheet_docx.docx(told(read_before.minutes()))))
    lists = [table for table in paper.tables if len(table.rows) > 1]
    headings = [one.text for one in paper.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["What we decided", "What came of what we expected"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in lists)
    assert paper.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_where_we_stand_is_one_small_picture_told_in_words_in_all_three() -> None:
    said = told(read_before.minutes())
    (page,) = PdfReader(BytesIO(sheet_pdf.pdf(said))).pages
    assert len(page.images) == 1
    assert "Dashed banks" in " ".join(page.extract_text().split())
    html = Page(sheet_html.html(said))
    assert html.tags.count("img") == 1
    paper = docx.Document(BytesIO(sheet_docx.docx(said)))
    (drawn,) = paper.inline_shapes
    assert drawn.width.mm < paper.sections[0].page_width.mm / 2
    for words in (drawn._inline.docPr.get("descr"), dict(html.given)["alt"]):
        assert "A figure-of-eight of eight stations" in words
