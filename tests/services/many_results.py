"""An organisation with as many results as a large one gathers in years, for benches and tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.results import Result
from services import kpis, rulebook

SEED = 7


def fill(session: Session, organisation_id: int, count: int = 100_000, *, until: date) -> int:
    """So many weekly values of all numbers on all channels, the newest ones in the last week that
    was over by `until`; the same for the same count and day. How many were put in comes back."""
    channels = ["", *rulebook.pack().catalogues["channels"]]
    series = list(product(kpis.every().values(), channels))
    weeks = -(-count // len(series))
    monday = until - timedelta(days=until.weekday() + 7)
    steps = np.random.default_rng(SEED).normal(0, 1, (weeks, len(series)))
    put_in = datetime(until.year, until.month, until.day, tzinfo=UTC)
    rows: list[dict[str, Any]] = []
    for week, (place, (of, channel)) in product(range(weeks), enumerate(series)):
        middle, top = (3.0, of.high) if of.high == 5 else (20.0, of.high or 1e9)
        value = min(top, max(of.low or 0.0, middle + steps[week, place] * middle / 8))
        rows.append(
            {
                "organisation_id": organisation_id, "kpi": of.id, "channel": channel,
                "period": "week", "starts_on": monday - timedelta(weeks=week),
                "value": round(float(value), 2), "source": "made up", "sample_size": None,
                "visibility": of.visibility, "definition": "", "way": "file",
                "kept_at": put_in, "version": 1,
            }
        )  # fmt: skip
    session.execute(insert(Result), rows[:count])
    return min(count, len(rows))
