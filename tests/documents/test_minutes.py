"""The minutes: one page, with every decision on it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from documents import minutes, sheet_docx, sheet_html
from tests.documents import read_before
from tests.documents.read_before import ENDLESS, HOSTILE, NASTY
from tests.documents.test_preread import Page, printed, written


def test_the_page_says_what_who_by_when_and_how_we_will_know() -> None:
    text = printed(minutes.told(read_before.minutes("Answer sooner")), pages=1)
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
    text = printed(minutes.told(empty), pages=1)
    for part in (
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
    read = Page(sheet_html.html(minutes.told(silent))).words
    assert says in read
    assert "Nothing was due" not in read


def test_all_five_decisions_stay_on_the_page_however_long_everything_is() -> None:
    text = printed(minutes.told(read_before.minutes(ENDLESS, many=40)), pages=1)
    assert text.count("24 Dec 2026") == 5
    assert "more, see the workbook" in text


@pytest.mark.parametrize("many", [1, 5])
def test_words_of_any_kind_stay_words(many: int) -> None:
    told = minutes.told(read_before.minutes(HOSTILE, many))
    assert printed(told, pages=1).count(NASTY[:20]) >= 4
    assert written(told).count(NASTY) >= many
    page = Page(sheet_html.html(told))
    assert page.words.count(NASTY) >= many
    assert "script" not in page.tags


def test_a_text_document_has_headings_and_heads_that_come_again() -> None:
    paper = docx.Document(BytesIO(sheet_docx.docx(minutes.told(read_before.minutes()))))
    headings = [one.text for one in paper.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:2] == ["What we decided", "What came of what we expected"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in paper.tables)
    assert paper.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
