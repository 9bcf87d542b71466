"""One thing spoiled in the small pack, and what reading it says."""

from __future__ import annotations

from pathlib import Path

from rules.errors import Fault
from rules.reading import read
from tests.rules.small_pack import write_pack

CHANNELS = "rules/channels.yaml"
FITS = "channel.fits"


def faults(folder: Path, **changes: tuple[str, str] | str) -> list[Fault]:
    return read(write_pack(folder, **changes))[1]


def the_fault(folder: Path, **changes: tuple[str, str] | str) -> Fault:
    (fault,) = faults(folder, **changes)
    return fault


def titled(title: str) -> tuple[str, str]:
    """A change of the title of the first rule for channels, in line 2 of its file."""
    return ("title: The channel fits", f"title: {title}")


def added(folder: Path, name: str, text: str | bytes = "") -> Path:
    """A pack with one more file, or another one in its place."""
    pack = write_pack(folder)
    file = pack / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return pack
