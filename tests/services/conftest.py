"""What tests of services share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from models.database import writing


@pytest.fixture
def session(database: Path) -> Iterator[Session]:
    """One unit of work on the test's own database."""
    with writing() as opened:
        yield opened
