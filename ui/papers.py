"""Papers to print and to take along; each is made when somebody takes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from documents import (
    minutes,
    preread,
    questionnaire,
    sheet_docx,
    sheet_html,
    sheet_pdf,
    tally_sheet,
    workbook,
)
from documents.questionnaire import Questionnaire
from documents.sheet import Sheet
from documents.tally_sheet import TallySheet
from models.database import reading
from models.organisation import Organisation, Quarter
from services import assessments, behind, eight, kpis, meetings, quarters, tally
from services import minutes as said
from services import preread as read
from services.refusals import Refused
from ui import frame
from ui.frame import Place

Make = Callable[[], bytes]

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    ("To print (PDF)", "pdf", PDF, "print", sheet_pdf.pdf),
    ("To write on (DOCX)", "docx", DOCX, "edit_document", sheet_docx.docx),
    ("To send or open anywhere (HTML)", "html", "text/html", "public", sheet_html.html),
)


def section(place: Place) -> None:
    """What to read before the review, its minutes, and the workbook of everything behind them."""
    with reading() as session:
        held = meetings.find(session, place.quarter_id)
    today = frame.today()
    with st.expander("Papers to read, to hand out and to keep", icon=":material/description:"):
        st.markdown("**To read before the meeting**, two pages: only what matters, with pictures.")
        _in_three_kinds("before-the-review", lambda: _preread(place, today), today)
        st.markdown("**Minutes**, one page for everybody, with the failure that you share.")
        if held:
            _in_three_kinds("minutes", lambda: _minutes(place), held.held_on)
        else:
            st.caption("They can be taken as soon as the meeting has begun.")
        st.markdown("**Everything behind them**, list by list. No cell in it can run as a formula.")
        _take("workbook", "Workbook (XLSX)", lambda: _workbook(place, today),
              (f"behind-the-review-{today:%Y-%m-%d}.xlsx", XLSX, "table_view"))  # fmt: skip


def questionnaires(place: Place, depth: int) -> None:
    """The questions on paper, as deep as the round that is open (0: there is none)."""
    with st.popover("Questions on paper", icon=":material/print:"):
        st.markdown(
            "For everybody who would rather tick on paper. It asks no name; whoever collects it "
            "types it in as the answers of one more person."
        )
        chosen = st.segmented_control(
            "How many questions?",
            assessments.DEPTHS,
            default=depth or assessments.DEPTHS[0],
            required=True,
            key="paper_depth",
        )
        back_to = st.text_input(
            "Where does it go back to?",
            key="paper_back_to",
            placeholder="A name or a box; empty leaves a line to write on",
        )
        today = frame.today()
        _take("paper_questions", "Print the questions",
              lambda: _questions(place, int(chosen), back_to, today),
              ("how-we-work-today.pdf", PDF, "print"))  # fmt: skip


def marks(place: Place, numbers: Sequence[str]) -> None:
    """A sheet for four weeks of marks, if marks can tell any of these numbers."""
    if not any(kpis.kpi(name).tallied for name in numbers):
        return
    today = frame.today()
    first = tally.ahead(today)[0]
    with st.container(horizontal=True, vertical_alignment="center", key="tally_sheet"):
        _take("marks", "Print a tally sheet", lambda: _marks(place, numbers, today),
              (f"tally-sheet-{first:%Y-%m-%d}.pdf", PDF, "print"))  # fmt: skip
        st.caption(f"Four weeks from {first.day} {first:%B}, with room for a mark each time.")


def _in_three_kinds(name: str, told: Callable[[], Sheet], on: date) -> None:
    with st.container(horizontal=True, gap="small", key=f"papers_{name}"):
        for label, ending, mime, icon, write in KINDS:
            _take(f"{name}_{ending}", label, lambda write=write: write(told()),  # type: ignore[misc]
                  (f"{name}-{on:%Y-%m-%d}.{ending}", mime, icon))  # fmt: skip


def _take(key: str, label: str, make: Make, file: tuple[str, str, str]) -> None:
    """A button that makes a file (name, kind, icon) when it is pressed."""
    name, mime, icon = file
    st.download_button(
        label, make, name, mime, key=key, icon=f":material/{icon}:", on_click="ignore"
    )


def _preread(place: Place, today: date) -> Sheet:
    with reading() as session:
        return preread.told(read.read(session, place.organisation_id, place.quarter_id, today))


def _minutes(place: Place) -> Sheet:
    with reading() as session:
        found = said.of(session, place.organisation_id, place.quarter_id)
        stood = eight.of(session, place.organisation_id, place.quarter_id)
    if found is None:
        raise Refused("This meeting is not there any more.")
    return minutes.told(found, stood)


def _workbook(place: Place, today: date) -> bytes:
    with reading() as session:
        whose = session.get_one(Organisation, place.organisation_id).name
        lists = behind.everything(session, place.organisation_id, place.quarter_id, today)
    return workbook.xlsx(lists, whose, today)


def _questions(place: Place, depth: int, back_to: str, today: date) -> bytes:
    with reading() as session:
        whose = session.get_one(Organisation, place.organisation_id).name
        quarter = quarters.label(session.get_one(Quarter, place.quarter_id))
    return questionnaire.pdf(Questionnaire(whose, quarter, depth, today, back_to))


def _marks(place: Place, numbers: Sequence[str], today: date) -> bytes:
    with reading() as session:
        whose = session.get_one(Organisation, place.organisation_id).name
    return tally_sheet.pdf(TallySheet(whose, today, tuple(map(kpis.kpi, numbers))))
