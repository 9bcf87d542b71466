"""A sheet as one HTML file that needs nothing else, runs nothing, and prints as it looks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path

from documents import pictures
from documents.sheet import Block, Heading, Lines, Picture, Pictures, Sheet, Table, Words, more

STYLE = Path(__file__).parent / "sheet.css"
_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def html(sheet: Sheet) -> bytes:
    """The paper as HTML in UTF-8. Drawings lie in it as images, in which no browser runs anything;
    text that is written from right to left stays so."""
    pages = [list(map(_block, page)) for page in sheet.pages]
    pages[0][:0] = [f"<h1>{_text(sheet.title)}</h1>", *(_quiet(one) for one in sheet.under)]
    body = "\n".join(f"<section>{''.join(page)}</section>" for page in pages)
    made = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_RUNS}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(f'{sheet.title}: {sheet.whose}')}</title>\n"
        f"<style>\n{STYLE.read_text('utf-8')}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return made.encode()


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{_text(text)}</h2>"
        case Words(text, "quiet"):
            return _quiet(text)
        case Words(text, tone):
            said = _text(text)
            return f'<p dir="auto">{f"<strong>{said}</strong>" if tone == "strong" else said}</p>'
        case Lines(items, left_out):
            listed = "".join(f'<li dir="auto">{_text(item)}</li>' for item in items)
            return f"<ul>{listed}</ul>{_more(left_out)}"
        case Table():
            return _table(block)
        case Pictures(shown):
            return f'<div class="pictures">{"".join(map(_picture, shown))}</div>'


def _table(block: Table) -> str:
    kinds = [' class="number"' if one.number else "" for one in block.columns]
    whole = sum(one.wide for one in block.columns)
    widths = "".join(f'<col style="width:{one.wide / whole:.1%}">' for one in block.columns)
    heads = [
        f'<th scope="col"{kind}>{_text(one.title)}</th>'
        for one, kind in zip(block.columns, kinds, strict=True)
    ]
    rows = [
        [f'<td dir="auto"{kind}>{_text(cell)}</td>' for cell, kind in zip(row, kinds, strict=True)]
        for row in block.rows
    ]
    return (
        f"<table><colgroup>{widths}</colgroup><thead>{_row(heads)}</thead>"
        f"<tbody>{''.join(map(_row, rows))}</tbody></table>{_more(block.left_out)}"
    )


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _picture(one: Picture) -> str:
    drawing = b64encode(pictures.svg(one.spec, one.wide, one.high)).decode()
    below = f"<figcaption>{_text(one.says)}</figcaption>" if one.says else ""
    small = ' class="beside"' if one.beside else ""
    return (
        f'<figure{small}><img alt="{_text(one.told)}" src="data:image/svg+xml;base64,{drawing}">'
        f"{below}</figure>"
    )


def _more(left_out: int) -> str:
    return _quiet(more(left_out)) if left_out else ""


def _quiet(text: str) -> str:
    return f'<p class="quiet" dir="auto">{_text(text)}</p>'


def _text(text: str) -> str:
    return escape(text, quote=True)
