"""Whether what somebody is writing about is still there; others may take it away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audiences import TargetGroup
from models.channels import ChannelAccount
from models.needs import Need
from models.objectives import Objective
from models.organisation import Organisation, Unit

TABLES: dict[str, type[ChannelAccount | TargetGroup | Need | Organisation | Objective | Unit]] = {
    "account": ChannelAccount,
    "group": TargetGroup,
    "need": Need,
    "organisation": Organisation,
    "part": Unit,
    "wish": Objective,
}


def missing(session: Session, kind: str, ids: Iterable[int]) -> set[int]:
    """Those of these ids that are gone, wherever they were; `kind` is one of TABLES."""
    table, asked = TABLES[kind], set(ids)
    return asked - set(session.scalars(select(table.id).where(table.id.in_(asked))))
