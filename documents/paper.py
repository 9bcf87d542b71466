"""Content set on one page as PDF: fit for screen readers, and the same bytes everywhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from documents import letters


def pdf(
    template: Path,
    content: Mapping[str, object],
    on: date,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The content in a template (which reads it as `sys.inputs.page`, and `files` beside it by
    their names), as PDF/UA-1 of a day, with the fonts inside typst alone. A sign that they do not
    have is left out visibly."""
    if not files:
        return _set(template, content, on)
    with TemporaryDirectory() as folder:
        for name, data in {template.name: template.read_bytes(), **files}.items():
            (Path(folder) / name).write_bytes(data)
        return _set(Path(folder) / template.name, content, on)


def _set(template: Path, content: Mapping[str, object], on: date) -> bytes:
    try:
        return _compiled(template, content, on)
    except typst.TypstError:  # signs that can be printed one by one, but not together
        return _compiled(template, content, on, latin=True)


def _compiled(
    template: Path, content: Mapping[str, object], on: date, *, latin: bool = False
) -> bytes:
    shown = letters.printable(json.dumps(content, ensure_ascii=False), latin=latin)
    made = typst.compile(
        template,
        root=template.parent,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        sys_inputs={"page": shown, "left_out": "yes" if letters.LEFT_OUT in shown else ""},
        timestamp=int(datetime.combine(on, time(), UTC).timestamp()),
    )
    return bytes(made)
