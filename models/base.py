"""The base of every table, with names for constraints so that migrations can change them."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base of the one schema."""

    metadata = MetaData(naming_convention=NAMING)


def new_uid() -> str:
    """An identity that a row keeps wherever it goes, and that no other row has."""
    return str(uuid4())
