"""The printed plan and the calendar file: one page, all text as text, read in again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from documents import letters, plan_calendar, plan_page
from documents.plan import Check, Plan
from services.plan import Kept, Said, Standing

ON = date(2026, 11, 24)
NASTY = '#panic("x") $x^2$ [b] *c* _d_ \\ @e <f> // g /* h "i" ~ `j`'


def promise(number: int, title: str, due: date | None = ON, owner: str = "Ann") -> Kept:
    said = Said(title, 1, 1.5, 2, due)
    return Kept(number, 1, "", "", owner, said, Standing("open"), f"promise-{number}")


def plan(*promises: Kept, organisation: str = "Corner Bakery") -> Plan:
    checks = [
        Check("check-1", 2, "Sell more", date(2026, 12, 15)),
        Check("check-2", 1, "Answer sooner", None),
    ]
    return Plan(
        organisation, "October to December 2026", ON, promises, checks,
        [(1, "Ann", 5)],
    )  # fmt: skip


def printed(one: Plan) -> str:
    pages = PdfReader(BytesIO(plan_page.pdf(one))).pages
    assert len(pages) == 1
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    return " ".join(pages[0].extract_text().replace("\u200b", "").split())


def events(one: Plan) -> list[dict[str, object]]:
    return list(Calendar.from_ical(plan_calendar.ics(one)).walk("VEVENT"))


def test_the_page_says_what_who_until_when_and_the_hours() -> None:
    text = printed(plan(promise(1, "Take pictures")))
    for part in (
        "Our plan for the next 30 days", "Corner Bakery", "October to December 2026",
        "printed on 24 November 2026", "Sell more: look again on 15 December 2026",
        "no day to look again yet", "This week of 23 November", "Ann", "Take pictures",
        "1.5 h a week", "2 h once", "Together 1.5 h a week are planned, 5 h are given.",
    ):  # fmt: skip
        assert part in text


def test_a_later_week_has_a_heading_of_its_own() -> None:
    assert "Week of 30 November" in printed(plan(promise(1, "Bake", date(2026, 12, 3))))


def test_a_word_without_end_may_be_broken() -> None:
    assert letters.on_paper("x" * 30, 40).split("\u200b") == ["x" * 12, "x" * 12, "x" * 6]


def test_an_empty_plan_is_a_page_too() -> None:
    bare = replace(plan(), checks=(), given=())
    assert "Nothing is promised for these days yet." in printed(bare)


def test_day_30_is_on_the_page_and_day_31_is_counted() -> None:
    last, after = ON + timedelta(days=30), ON + timedelta(days=31)
    text = printed(plan(promise(1, "Within", last), promise(2, "Beyond", after)))
    assert "Within" in text
    assert "Beyond" not in text
    assert "1 due later" in text


def test_marks_of_any_markup_stay_text() -> None:
    text = printed(plan(promise(1, NASTY), organisation=NASTY))
    assert text.count(NASTY) >= 2


@pytest.mark.parametrize("words", ["Grüße, Öl, Straße", "Ελληνικά", "Привет"])
def test_european_letters_are_printed_and_fit_for_screen_readers(words: str) -> None:
    made = plan(promise(1, words, owner=words), organisation=words)
    assert words in printed(made)
    assert b"pdfuaid" in plan_page.pdf(made)


def test_every_sign_that_counts_as_printed_is_printed() -> None:
    signs = letters.all_printed()
    for start in range(0, len(signs), 150):
        text = printed(plan(promise(1, signs[start : start + 150])))
        itself = letters.LEFT_OUT in signs[start : start + 150]
        assert text.count(letters.LEFT_OUT) == 2 * itself  # the sign, and the line that explains it


@pytest.mark.parametrize("words", ["Party 🎉 now", "Party 日 now", "Party \U0010fff0 now"])
def test_a_sign_without_a_shape_here_is_left_out_visibly(words: str) -> None:
    text = printed(plan(promise(1, words)))
    assert "Party □ now" in text
    assert "□ stands for a sign that cannot be printed here" in text
    assert "stands for" not in printed(plan(promise(1, "Party now")))


@pytest.mark.parametrize("words", ["é̲̲̲" * 40, "שָׁלוֹם", "مَرْحَبًا", "👩‍👩‍👧️", "e\u0301"])
def test_odd_letters_stay_fit_for_screen_readers(words: str) -> None:
    assert b"pdfuaid" in plan_page.pdf(plan(promise(1, words, owner=words), organisation=words))


@pytest.mark.parametrize("words", ["日本語", "שלום", "🎉👩‍👩‍👧", "a\0b\ud800c", "\u202eabc"])
def test_no_script_breaks_the_page_or_the_calendar(words: str) -> None:
    made = plan(promise(1, words, owner=words), organisation=words)
    assert "Sell more" in printed(made)
    assert len(events(made)) == 2


@pytest.mark.parametrize("words", ["x" * 10_000, "word " * 2_000, "#" * 10_000])
def test_ten_thousand_letters_stay_on_one_page(words: str) -> None:
    made = plan(*(promise(n, words, owner=words) for n in range(40)), organisation=words)
    assert "more that did not fit on this page" in printed(made)


def test_what_does_not_fit_is_counted() -> None:
    text = printed(plan(*(promise(n, f"Promise number {n}.") for n in range(200))))
    shown = sum(f"Promise number {n}." in text for n in range(200))
    assert 10 < shown < 60
    assert f"and {200 - shown} more that did not fit" in text


def test_fifty_people_and_long_stories_stay_on_one_page() -> None:
    told = Standing("stuck", "Because of the rain. " * 90)
    promises = [replace(promise(n, f"Do {n}", owner=f"P{n}"), standing=told) for n in range(50)]
    crowd = replace(plan(*promises), given=[(n, f"P{n}", 4) for n in range(1, 51)])
    assert "and 42 more people" in printed(crowd)


def test_the_same_plan_gives_the_same_bytes() -> None:
    made = plan(promise(1, "Take pictures"))
    assert plan_page.pdf(made) == plan_page.pdf(made)
    assert plan_calendar.ics(made) == plan_calendar.ics(made)


def test_promises_and_check_dates_are_all_day_events() -> None:
    due, check = events(plan(promise(1, "Take pictures"), promise(2, "Some day", None)))
    assert str(due["summary"]) == "Take pictures"
    assert due["dtstart"].dt == ON  # type: ignore[attr-defined]
    assert due["dtend"].dt == ON + timedelta(days=1)  # type: ignore[attr-defined]
    assert str(check["summary"]) == "Look again: Sell more"


def test_text_in_the_calendar_is_escaped_and_folded() -> None:
    title = "Bread, rolls; cake\\tart \nBEGIN:VEVENT " + "ä" * 150
    raw = plan_calendar.ics(plan(promise(1, title)))
    assert raw.count(b"\r\nBEGIN:VEVENT") == 2
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert str(events(plan(promise(1, title)))[0]["summary"]) == letters.fit(title, 200)


def test_reading_it_in_again_updates_the_same_event() -> None:
    before = promise(1, "Take pictures")
    moved = replace(before, version=2, said=replace(before.said, due_on=ON + timedelta(days=7)))
    old, new = events(plan(before))[0], events(replace(plan(moved), on=ON + timedelta(days=1)))[0]
    assert old["uid"] == new["uid"]
    assert new["sequence"] > old["sequence"]  # type: ignore[operator]


def test_an_event_keeps_its_identity_when_a_restore_gives_its_row_another_number() -> None:
    before = promise(1, "Take pictures")
    old, new = events(plan(before))[0], events(plan(replace(before, id=99)))[0]
    assert old["uid"] == new["uid"]
    another = events(plan(replace(before, uid="promise-2")))[0]
    assert another["uid"] != old["uid"]


def test_what_is_settled_says_so_in_the_calendar() -> None:
    done = replace(promise(1, "Bake"), standing=Standing("done"))
    dropped = replace(promise(2, "Fry"), standing=Standing("not_done", "No time"))
    first, second, _ = events(plan(done, dropped))
    assert str(first["summary"]) == "Done: Bake"
    assert str(second["status"]) == "CANCELLED"


def test_shortening_at_the_limit_and_one_beyond() -> None:
    assert letters.fit("x" * 20, 20) == "x" * 20
    assert letters.fit("x" * 21, 20) == "x" * 19 + "…"
