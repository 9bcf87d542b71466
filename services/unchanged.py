"""What was worked out from the database, kept in this process until anything in it changes.

Most runs of a page follow a look, not a change; what they read is then the same as before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from models import database
from models.database import STAMP
from rules.keeping import Kept

T = TypeVar("T")

KEPT = 256
"""What was used longest ago goes first."""

_kept: Kept[tuple[Hashable, ...], object] = Kept(KEPT)


def unchanged(session: Session, what: Hashable, make: Callable[[], T]) -> T:
    """What `make` gave for `what` on this day, if nothing was committed since; it is shared by all
    who ask and must not be changed. A session that writes sees its own changes, and is given
    nothing that is kept."""
    seen = session.info.get(STAMP)
    if seen is None:
        return make()
    key = (database.database_url(), seen, date.today(), what)
    # What was committed since the session began may be in what is made; then it is not kept.
    # As `what` was made before.
    return _kept.get(key, make, still=lambda: database.stamp() == seen)  # type: ignore[return-value]
