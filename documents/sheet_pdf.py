"""A sheet as PDF, set by typst: each page is one page, whatever is on it."""

from __future__ import annotations

from pathlib import Path

from documents import paper, pictures
from documents.letters import breakable
from documents.sheet import WORKBOOK, Block, Heading, Lines, Picture, Pictures, Sheet, Table, Words

TEMPLATE = Path(__file__).parent / "sheet.typ"


def pdf(sheet: Sheet) -> bytes:
    """The paper as PDF/UA; what does not fit on its page is counted there. The same sheet gives the
    same bytes."""
    files: dict[str, bytes] = {}
    content = {
        "title": breakable(sheet.title),
        "under": [breakable(line) for line in sheet.under],
        "whose": breakable(sheet.whose),
        "elsewhere": WORKBOOK,
        "pages": [[_block(one, files) for one in page] for page in sheet.pages],
    }
    return paper.pdf(TEMPLATE, content, sheet.on, files)


def _block(block: Block, files: dict[str, bytes]) -> dict[str, object]:
    """A block as the template reads it; its pictures go into `files`."""
    match block:
        case Heading(text):
            return {"kind": "heading", "text": breakable(text)}
        case Words(text, tone):
            return {"kind": "words", "text": breakable(text), "tone": tone}
        case Lines(items, left_out):
            rows = [breakable(item) for item in items]
            return {"kind": "lines", "rows": rows, "left_out": left_out}
        case Table():
            return _table(block)
        case Pictures(shown):
            return {"kind": "pictures", "pictures": [_picture(one, files) for one in shown]}


def _table(block: Table) -> dict[str, object]:
    columns = [
        {"title": one.title, "wide": one.wide, "number": one.number} for one in block.columns
    ]
    rows = [[breakable(cell) for cell in row] for row in block.rows]
    kept = {"left_out": block.left_out, "whole": block.whole}
    return {"kind": "table", "columns": columns, "rows": rows, **kept}


def _picture(one: Picture, files: dict[str, bytes]) -> dict[str, object]:
    name = f"{len(files)}.png"
    files[name] = pictures.png(one.spec, one.wide, one.high)
    told = {"told": one.told, "says": breakable(one.says)}
    return {"file": name, "beside": one.beside, **told}
