"""Papers and the workbook, as they are taken from the pages."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from pypdf import PdfReader

from models.database import reading, writing
from services import meetings, objectives, organisations, quarters
from tests.conftest import TODAY
from tests.pages.conftest import OpenPage
from ui import papers

Taken = dict[str, tuple[papers.Make, str]]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """What each button would make, and under which name, by the button's key."""
    found: Taken = {}
    take = papers._take

    def offered(key: str, label: str, make: papers.Make, file: tuple[str, str, str]) -> None:
        found[key] = (make, file[0])
        take(key, label, make, file)

    monkeypatch.setattr(papers, "_take", offered)
    return found


def place(name: str) -> tuple[int, int]:
    with reading() as session:
        organisation = next(o for o in organisations.listed(session) if o.name == name)
        quarter = quarters.current(session, organisation.id, TODAY)
        assert quarter is not None
        return organisation.id, quarter.id


def words(made: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_a_review_gives_its_papers_and_the_workbook(
    open_page: OpenPage, shop: str, taken: Taken
) -> None:
    app = open_page("learn/review", organisation=shop)
    assert "minutes_pdf" not in taken
    assert any("as soon as the meeting has begun" in one.value for one in app.caption)
    with writing() as session:
        meetings.begin(session, place(shop), on=TODAY)
    open_page("learn/review", organisation=shop)
    made = {key: make() for key, (make, _) in taken.items()}
    assert taken["before-the-review_pdf"][1] == f"before-the-review-{TODAY:%Y-%m-%d}.pdf"
    assert "No number has a value yet" in words(made["before-the-review_pdf"])
    assert "Nothing is decided so far." in words(made["minutes_pdf"])
    for name in ("before-the-review", "minutes"):
        assert made[f"{name}_docx"].startswith(b"PK")
        assert shop.encode() in made[f"{name}_html"]
    book = openpyxl.load_workbook(BytesIO(made["workbook"]))
    assert book["What this is"]["B2"].value == shop


def test_questions_go_on_paper_as_deep_as_one_likes(
    open_page: OpenPage, shop: str, taken: Taken
) -> None:
    app = open_page("start/assessment", organisation=shop)
    app.text_input(key="paper_back_to").set_value("the blue box")
    app.session_state["paper_depth"] = 25
    app.run()
    said = words(taken["paper_questions"][0]())
    assert "the blue box" in said
    assert "25 questions" in said


def test_a_tally_sheet_is_there_for_numbers_that_marks_can_tell(
    open_page: OpenPage, shop: str, taken: Taken
) -> None:
    open_page("do/measuring", organisation=shop)
    assert "marks" not in taken
    with writing() as session:
        objectives.state(session, *place(shop), "leads")
    open_page("do/measuring", organisation=shop)
    assert "Good contacts" in words(taken["marks"][0]())
