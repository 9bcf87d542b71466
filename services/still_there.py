"""Whether what somebody is writing about is still there; others may take it away meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audiences import TargetGroup
from models.channels import ChannelAccount
from models.listening import Insight, ResponseCase
from models.needs import Need
from models.objectives import Objective
from models.organisation import Organisation, Person, Unit
from models.plan import Activity

Table = type[
    Activity
    | ChannelAccount
    | Insight
    | TargetGroup
    | Need
    | Organisation
    | Objective
    | Person
    | ResponseCase
    | Unit
]
TABLES: dict[str, Table] = {
    "account": ChannelAccount,
    "group": TargetGroup,
    "insight": Insight,
    "message": ResponseCase,
    "need": Need,
    "organisation": Organisation,
    "part": Unit,
    "person": Person,
    "promise": Activity,
    "wish": Objective,
}


def missing(session: Session, kind: str, ids: Iterable[int]) -> set[int]:
    """Those of these ids that are gone, wherever they were; `kind` is one of TABLES. Whoever takes
    part no longer is gone too."""
    table, asked = TABLES[kind], set(ids)
    there = select(table.id).where(table.id.in_(asked))
    if table is Person:
        there = there.where(Person.active.is_(True))
    return asked - set(session.scalars(there))
