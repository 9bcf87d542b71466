"""Paper to be filled in: questions to be ticked, and a sheet of marks that can be typed in."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents import questionnaire, tally_sheet
from documents.questionnaire import Questionnaire
from documents.tally_sheet import TallySheet
from services import kpis, rulebook, tally
from services.tally import Marks
from tests.documents.read_before import ENDLESS, HOSTILE, NASTY, ON

ASKED = Questionnaire("Corner Bakery", "October to December 2026", 8, ON)
NUMBERS = tuple(kpis.kpi(name) for name in ("qualified_leads", "response_rate", "review_rating"))


def text(made: bytes, most: int) -> str:
    """The words of a PDF of at most so many A4 pages."""
    assert b"pdfuaid" in made
    pages = PdfReader(BytesIO(made)).pages
    assert len(pages) <= most
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(595, 842)}
    found = " ".join(page.extract_text() for page in pages)
    return " ".join(found.replace("\u200b", "").split())


@pytest.mark.parametrize(("depth", "pages"), [(8, 3), (25, 8), (46, 13)])
def test_every_question_of_a_depth_is_there_with_all_it_can_be_answered(
    depth: int, pages: int
) -> None:
    asked = questionnaire.questions(depth)
    assert len(asked) == depth
    words = text(questionnaire.pdf(Questionnaire("Bakery", "2026", depth, ON)), pages)
    for number, one in enumerate(asked, start=1):
        assert f"{number}. {one.title}" in words
        assert f"for example: {one.values['evidence']}" in words
    assert words.count("I don't know") == depth + 1  # once it is explained
    assert words.count("Does not apply to us") == words.count("A note") == depth


def test_the_five_anchors_of_a_question_stand_behind_their_words() -> None:
    words = text(questionnaire.pdf(ASKED), 3)
    first = rulebook.pack().catalogues["questions"]["written_objectives"]
    anchors = first.values["anchors"]
    assert isinstance(anchors, list | tuple)
    for word, anchor in zip(("Not there", "By chance"), anchors, strict=False):
        assert f"{word}: {anchor}" in words


def test_no_name_is_asked_and_who_sees_what_is_said_first() -> None:
    words = text(questionnaire.pdf(ASKED), 3)
    assert words.index("Write no name on this paper") < words.index("1. Are our objectives")
    assert "from 5 people on" in words
    assert "Your name" not in words
    assert "give it back to: You, as far" in words  # a line to write on
    named = Questionnaire("Bakery", "2026", 8, ON, back_to="the blue box")
    assert "give it back to: the blue box" in text(questionnaire.pdf(named), 3)


@pytest.mark.parametrize("words", [HOSTILE, ENDLESS])
def test_words_of_any_kind_and_length_stay_words(words: str) -> None:
    one = Questionnaire(words, words, 8, ON, back_to=words)
    assert words[:20] in text(questionnaire.pdf(one), 3)
    assert words[:20] in text(tally_sheet.pdf(TallySheet(words, ON, NUMBERS)), 1)
    assert words != HOSTILE or NASTY in text(questionnaire.pdf(one), 3)


def test_a_tally_sheet_has_room_for_each_number_that_marks_can_tell() -> None:
    words = text(tally_sheet.pdf(TallySheet("Bakery", ON, NUMBERS)), 1)
    for part in (
        "Tally sheet", "Four weeks from 30 November 2026", "Week of 21 December", "Good contacts",
        "Share of messages answered", "Out of how many (messages)", "that is not a 0",
        "Marks cannot tell “Stars and new reviews”.",
    ):  # fmt: skip
        assert part in words
    assert words.count("Sum:") == 4 * 3


def test_without_a_number_to_count_the_sheet_says_so() -> None:
    assert "None of your numbers" in text(tally_sheet.pdf(TallySheet("Bakery", ON, ())), 1)


@pytest.mark.parametrize("printed", [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)])
def test_what_is_counted_on_the_sheet_is_what_the_tool_asks_for_afterwards(printed: date) -> None:
    mondays = tally.ahead(printed)
    assert mondays[0] - printed < timedelta(days=7)
    over = mondays[-1] + timedelta(days=7)
    assert tally.weeks(over) == mondays
    sheet = [Marks(monday, 3, 4) for monday in mondays]
    said = tally.said("response_rate", sheet)
    assert [(one.starts_on, one.value) for one in said] == [(day, 75.0) for day in mondays]
