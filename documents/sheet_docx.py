"""A sheet as a text document (DOCX), to be written on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents import pictures
from documents.sheet import Block, Heading, Lines, Picture, Pictures, Sheet, Table, Words, more

_ROOM = 178
"""Millimetres between the margins."""
_SMALL = 0.55
"""The share of it that a picture takes beside its line."""
_ACCENT, _GREY = RGBColor(0x00, 0x5A, 0x8C), RGBColor(0x4A, 0x4A, 0x4A)


def docx(sheet: Sheet) -> bytes:
    """The paper as DOCX on A4, with headings to jump to and words for every picture."""
    paper: Any = Document()
    _dressed(paper, sheet)
    paper.add_heading(sheet.title, 1)
    for line in sheet.under:
        _words(paper, line, "quiet")
    for number, page in enumerate(sheet.pages):
        if number:
            paper.add_page_break()
        for block in page:
            _block(paper, block)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def _dressed(paper: Paper, sheet: Sheet) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - _ROOM) / 2)
    page.top_margin = page.bottom_margin = Mm(13)
    styles: Any = paper.styles
    for name, size, before in (("Normal", 9.5, 0), ("Heading 1", 18, 0), ("Heading 2", 12, 8)):
        style = styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(3)
        if name != "Normal":
            style.font.color.rgb = _ACCENT
            style.element.rPr.rFonts.set(qn("w:ascii"), "Calibri")
            style.element.rPr.rFonts.set(qn("w:hAnsi"), "Calibri")
    about = paper.core_properties
    about.title, about.author, about.language = f"{sheet.title}: {sheet.whose}"[:255], "", "en"
    about.comments = ""
    about.created = about.modified = datetime.combine(sheet.on, time(), UTC)


def _block(paper: Paper, block: Block) -> None:
    match block:
        case Heading(text):
            paper.add_heading(text, 2)
        case Words(text, tone):
            _words(paper, text, tone)
        case Lines(items, left_out):
            for item in items:
                paper.add_paragraph(item, "List Bullet").paragraph_format.space_after = Pt(1)
            _more(paper, left_out)
        case Table():
            _table(paper, block)
            _more(paper, block.left_out)
        case Pictures(shown):
            _pictures(paper, shown)


def _words(paper: Paper, text: str, tone: str) -> None:
    run = paper.add_paragraph().add_run(text)
    run.bold = tone == "strong" or None
    if tone == "quiet":
        run.font.color.rgb = _GREY


def _more(paper: Paper, left_out: int) -> None:
    if left_out:
        _words(paper, more(left_out), "quiet")


def _table(paper: Paper, block: Table) -> None:
    """Lines below rows only; the heads come again on each page, and no row is torn apart."""
    table: Any = paper.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(one.wide for one in block.columns)
    cells = [[one.title for one in block.columns], *block.rows]
    for at, (row, texts) in enumerate(zip(table.rows, cells, strict=True)):
        _flag(row._tr.get_or_add_trPr(), "w:cantSplit", *(["w:tblHeader"] if at == 0 else []))
        for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
            cell.width = Mm(_ROOM * column.wide / whole)
            _underlined(cell)
            said = cell.paragraphs[0]
            said.paragraph_format.space_after = Pt(1)
            run = said.add_run(text)
            if column.number:
                said.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if at == 0:
                run.bold, run.font.size, run.font.color.rgb = True, Pt(8.5), _GREY


def _pictures(paper: Paper, shown: Sequence[Picture]) -> None:
    """Two beside each other, in a table without lines; or one and its line."""
    beside = min(2, len(shown))
    if not beside:
        return
    if len(shown) == 1 and shown[0].beside:
        _beside(paper, shown[0])
        return
    table: Any = paper.add_table(rows=-(-len(shown) // beside), cols=beside)
    table.autofit = False
    for at, one in enumerate(shown):
        cell = table.cell(at // beside, at % beside)
        cell.width = Mm(_ROOM / beside)
        _drawing(cell, one, _ROOM / beside - 5)
        if one.says:
            cell.add_paragraph(one.says)


def _beside(paper: Paper, one: Picture) -> None:
    table: Any = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Mm(_ROOM * _SMALL), Mm(_ROOM * (1 - _SMALL))
    right.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _drawing(left, one, _ROOM * _SMALL - 5)
    right.paragraphs[0].add_run(one.says)


def _drawing(cell: Any, one: Picture, wide: float) -> None:
    """A picture in a cell, so many millimetres wide, with the words for it."""
    drawing = BytesIO(pictures.png(one.spec, one.wide, one.high))
    placed = cell.paragraphs[0].add_run().add_picture(drawing, Mm(wide))
    placed._inline.docPr.set("descr", one.told)


def _flag(row: Any, *names: str) -> None:
    for name in names:
        row.append(OxmlElement(name))


def _underlined(cell: Any) -> None:
    borders = OxmlElement("w:tcBorders")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("color", "B5B5B5")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)
