"""What an act can be refused for, in words for the person who asked.

Refused            the act cannot be done as asked; `str(error)` says what to do
Changed            somebody else changed the same thing meanwhile; carries what it says now
"""

from __future__ import annotations

from collections.abc import Mapping


class Refused(ValueError):  # noqa: N818  (it is what happened, said as the user reads it)
    """An act that cannot be done as asked; the text is fit for the user."""


class Changed(Exception):  # noqa: N818  (it is what happened)
    """Somebody else changed or removed the same thing meanwhile; nothing was overwritten.

    `theirs`: attribute → what it says now, None if it is gone; `version`: to save over it.
    """

    def __init__(self, theirs: Mapping[str, object] | None, version: int = 0) -> None:
        super().__init__("Somebody else changed this meanwhile. Nothing of yours is lost.")
        self.theirs, self.version = theirs, version
