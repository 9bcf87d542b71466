"""The file of a backup: one zip with a manifest and a part of JSON lines for each table.

Reading trusts nothing: sizes are bounded before and while unpacking, every part is there once, is
named in the manifest and has the SHA-256 that stands there. Nothing is ever written to the disk.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from services.refusals import Refused

FORMAT = 1
PRODUCT = "Crossroads"
MANIFEST = "manifest.json"
LARGEST_FILE = 20 * 2**20
LARGEST_WHOLE = 200_000_000
"""Bytes, packed (as `maxUploadSize` has it) and unpacked. A quarter in which every piece of advice
is decided on takes 20 kB and 250 kB, closed half as much again: ten organisations with ten years
each fill three quarters of it."""
LARGEST_MANIFEST = 1_000_000
MOST_PARTS = 100


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file that is what its manifest says: when it was made, at which revision of the schema, the
    text of each table's part, and how many rows it has."""

    created: datetime
    schema: str
    parts: Mapping[str, str]
    counts: Mapping[str, int]


def pack(schema: str, parts: Mapping[str, str], *, created: datetime) -> bytes:
    """The zip of these parts (table → lines of JSON)."""
    described = {
        table: {
            "file": _file(table),
            "rows": text.count("\n"),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        for table, text in parts.items()
    }
    manifest = {
        "product": PRODUCT,
        "format": FORMAT,
        "schema": schema,
        "created": created.astimezone(UTC).isoformat(),
        "tables": described,
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, MANIFEST, json.dumps(manifest, indent=1), created)
        for table, text in parts.items():
            _add(archive, _file(table), text, created)
    return packed.getvalue()


def unpack(data: bytes) -> Unpacked:
    """What is in a file. Refused, with a sentence for the user, if anything is not as it should
    be."""
    if len(data) > LARGEST_FILE:
        raise Refused(f"This file is larger than {LARGEST_FILE // 2**20} MB. {_UNTOUCHED}")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive)
            return _read(archive)
    except Refused:
        raise
    except zipfile.BadZipFile as error:
        raise Refused(
            "This is no backup, or only a part of one: it is not a whole zip file. "
            f"Perhaps it was cut off on the way. {_UNTOUCHED}"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(f"This is no backup of {PRODUCT}, or it is damaged. {_UNTOUCHED}") from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise _damaged() from error


_UNTOUCHED = "Nothing was changed."


def _add(archive: zipfile.ZipFile, name: str, text: str, created: datetime) -> None:
    part = zipfile.ZipInfo(name, created.astimezone(UTC).timetuple()[:6])
    archive.writestr(part, text, zipfile.ZIP_DEFLATED)


def _check_sizes(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if len(names) > MOST_PARTS or len(set(names)) != len(names):
        raise _damaged()
    if sum(part.file_size for part in archive.infolist()) > LARGEST_WHOLE:
        raise Refused(f"Unpacked, this file would be far too large for a backup. {_UNTOUCHED}")


def _read(archive: zipfile.ZipFile) -> Unpacked:
    if MANIFEST not in archive.namelist():
        raise Refused(
            f"This is no backup of {PRODUCT}: the list of what is in it is missing. {_UNTOUCHED}"
        )
    manifest = json.loads(_part(archive, MANIFEST, LARGEST_MANIFEST))
    if manifest["product"] != PRODUCT or type(manifest["format"]) is not int:
        raise ValueError("something else")
    if manifest["format"] > FORMAT:
        raise newer()
    described = manifest["tables"]
    if {MANIFEST, *map(_file, described)} != set(archive.namelist()):
        raise _damaged()
    left, parts = LARGEST_WHOLE, {}
    for table, told in described.items():
        parts[table] = _text(archive, table, told, left)
        left -= len(parts[table])
    return Unpacked(
        created=datetime.fromisoformat(manifest["created"]).astimezone(UTC),
        schema=str(manifest["schema"]),
        parts=parts,
        counts={table: int(told["rows"]) for table, told in described.items()},
    )


def _text(archive: zipfile.ZipFile, table: str, told: Mapping[str, Any], most: int) -> str:
    raw = _part(archive, _file(table), most)
    if hashlib.sha256(raw).hexdigest() != told["sha256"]:
        raise _damaged()
    text = raw.decode()
    if text.count("\n") != told["rows"]:
        raise _damaged()
    return text


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a part, never more than `most`, whatever the file says of itself."""
    with archive.open(name) as opened:
        raw = opened.read(most + 1)
    if len(raw) > most:
        raise Refused(f"Unpacked, this file would be far too large for a backup. {_UNTOUCHED}")
    return raw


def _file(table: str) -> str:
    return f"tables/{table}.jsonl"


def newer() -> Refused:
    """What to say of a file that a later version made."""
    return Refused(
        f"This backup comes from a newer {PRODUCT} than this one. Bring {PRODUCT} up to date, "
        f"then put it back. {_UNTOUCHED}"
    )


def _damaged() -> Refused:
    return Refused(
        "This backup is damaged: what is in it is not what was saved. Use another copy of it. "
        f"{_UNTOUCHED}"
    )
