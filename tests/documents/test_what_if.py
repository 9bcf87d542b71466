"""A scenario on paper: one page, five questions with an answer each, all text as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents import what_if
from documents.what_if import Change, Dates, Hours, Stop, WhatIf

NASTY = '#panic("x") $x^2$ [b] *c* _d_ \\ @e <f> // g /* h "i" ~ `j`'

SCENARIO = WhatIf(
    organisation="Bäckerei Größenwahn & Söhne",
    name="Recruiting: „mehr Azubis“",
    author="Johanna Öztürk",
    on=date(2026, 11, 25),
    begins="From next quarter",
    against="October to December 2026",
    summary="Two channels come in, one drops out.",
    moves=["“More sales” goes out."],
    starts=["LinkedIn profiles of your people"],
    stops=[Stop("Facebook page", "two customers with open questions"), Stop("A paid test")],
    hours=["Johanna Öztürk: 3 of 5 hours a week"],
    dates=[Dates("Finding new colleagues", "in 6 to 12 weeks", "in 2 to 4 quarters")],
    wrong=["Fewer than five applications name our channels by March."],
    changes=[
        Change("Instagram", 30, 34.5, "rises", "Young applicants are on Instagram"),
        Change("Review sites", None, 18, "enters", "Applicants compare employers"),
        Change("Facebook page", 24, -3, "leaves", ""),
    ],
    before=Hours(5, 6.5, 2, 17),
    after=Hours(5, 11, 4.5, None),
)
BARE = replace(
    SCENARIO, author="", summary="", moves=[], starts=[], stops=[], hours=[], dates=[], wrong=[],
    changes=[],
)  # fmt: skip


def printed(one: WhatIf) -> str:
    pages = PdfReader(BytesIO(what_if.pdf(one))).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    return " ".join(pages[0].extract_text().replace("\u200b", "").split())


def full(words: str, count: int) -> WhatIf:
    return WhatIf(
        organisation=words, name=words, author=words, on=date(2026, 11, 25), begins=words,
        against=words, summary=words, moves=[words] * count, starts=[words] * count,
        stops=[Stop(words, words)] * count, hours=[words] * count,
        dates=[Dates(words, words, words)] * count, wrong=[words] * count,
        changes=[Change(words, 1, 2, "rises", words)] * count,
        before=Hours(1e6, 1e6, 1e6, 1e6), after=Hours(0, 0, 0, 0), standing=words,
    )  # fmt: skip


def test_the_page_says_who_tried_what_when_and_against_what() -> None:
    text = printed(SCENARIO)
    for part in (
        "What if: Recruiting: „mehr Azubis“", "Bäckerei Größenwahn & Söhne",
        "From next quarter, compared with October to December 2026",
        "Tried out by Johanna Öztürk on 25 November 2026. Not decided yet.",
        "Two channels come in, one drops out.", "“More sales” goes out.",
    ):  # fmt: skip
        assert part in text


def test_the_five_questions_of_a_board_have_their_answers() -> None:
    text = printed(SCENARIO)
    for part in (
        "1. What starts?", "LinkedIn profiles of your people",
        "2. What stops? Who is owed an answer?",
        "Facebook page: an answer is owed to two customers with open questions",
        "A paid test",
        "3. Who has the hours?", "Johanna Öztürk: 3 of 5 hours a week",
        "4. When do we see something?",
        "Finding new colleagues: first signal in 6 to 12 weeks, outcome in 2 to 4 quarters",
        "5. What would prove us wrong?", "Fewer than five applications",
    ):  # fmt: skip
        assert part in text


def test_a_question_without_an_answer_says_so() -> None:
    text = printed(BARE)
    for part in (
        "Tried out on 25 November 2026.", "Nothing is changed.", "Nothing new starts.",
        "Nothing stops, and nobody is owed an answer.", "Nobody is named yet.",
        "No dates are known yet.", "Nothing is written down yet. Agree on it before you begin.",
        "No points change.",
    ):  # fmt: skip
        assert part in text


def test_points_say_before_and_after_what_happens_and_what_decides() -> None:
    text = printed(SCENARIO)
    assert "Instagram 30 34.5 rises Young applicants are on Instagram" in text
    assert "Review sites – 18 comes in Applicants compare employers" in text
    assert "Facebook page 24 −3 drops out" in text


def test_hours_before_and_after_add_up_and_a_limit_nobody_said_is_not_zero() -> None:
    text = printed(SCENARIO)
    for part in (
        "Promised work 5 h 5 h", "Activities 6.5 h 11 h", "Channels 2 h 4.5 h",
        "Together 13.5 h 20.5 h", "May be planned 17 h not said",
    ):  # fmt: skip
        assert part in text


def test_marks_of_any_markup_stay_text() -> None:
    text = printed(replace(full(NASTY, 1), summary=""))
    assert text.count(NASTY) >= 6


@pytest.mark.parametrize("count", [1, 5, 40])
@pytest.mark.parametrize("words", ["x" * 10_000, "Straße mit „Grüßen“ " * 500, "W" * 10_000])
def test_ten_thousand_letters_everywhere_stay_on_one_page(words: str, count: int) -> None:
    text = printed(full(words, count))
    assert "5. What would prove us wrong?" in text
    assert "What moves most, in points" in text


def test_what_does_not_fit_is_counted() -> None:
    starts = [f"Start number {n}." for n in range(50)]
    changes = [Change(f"Channel number {n}.", n, n + 1, "rises", "It fits") for n in range(90)]
    text = printed(replace(SCENARIO, starts=starts, changes=changes))
    shown = sum(start in text for start in starts), sum(one.what in text for one in changes)
    assert min(shown) > 3
    assert f"and {50 - shown[0]} more" in text
    assert f"and {90 - shown[1]} more" in text


@pytest.mark.parametrize("words", ["日本語", "שלום", "🎉👩‍👩‍👧", "a\0b\ud800c", "é̲̲̲" * 40, "مَرْحَبًا"])
def test_no_script_breaks_the_page_and_it_stays_fit_for_screen_readers(words: str) -> None:
    assert b"pdfuaid" in what_if.pdf(full(words, 2))
    assert "3. Who has the hours?" in printed(full(words, 2))


def test_a_sign_without_a_shape_here_is_left_out_visibly() -> None:
    text = printed(replace(SCENARIO, name="Party 🎉 now"))
    assert "Party □ now" in text
    assert "□ stands for a sign that cannot be printed here" in text


def test_a_scenario_without_a_name_is_a_page_too() -> None:
    assert "What if: without a name" in printed(replace(SCENARIO, name="  "))


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert what_if.pdf(SCENARIO) == what_if.pdf(SCENARIO)
