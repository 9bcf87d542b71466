"""Alembic's way in: the connection that `models.database` holds, or one of its own."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

import models  # noqa: F401  (every table is known once this is imported)
from models.base import Base
from models.database import engine


def run(connection: Connection) -> None:
    """Compare or upgrade on one connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=False,  # the caller holds the transaction
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with engine().execution_options(write=True).begin() as own:
        run(own)
