"""What an example measured: its numbers by month or week, as its file tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.results import Result
from services import measuring, quarters, reading_dates
from services.measuring import Said
from services.reading_dates import Period
from services.sample_people import Told, yes


def were_measured(
    session: Session, organisation_id: int, said: Told, first: date, begins: date, on: date
) -> None:
    """The values of the quarter that begins on a day, as far as their months and weeks are over
    `on` another one; they were put in when the quarter ended. `first`: the example's first day."""
    after = quarters.following(begins)
    for told in said.get("numbers", ()):
        there = [
            one
            for one in _values(told, first)
            if begins <= one.starts_on < after
            and reading_dates.ends(one.starts_on, one.period) < on
        ]
        measuring.take_in(session, organisation_id, there, today=on)
    put_in = datetime.combine(min(after - timedelta(days=1), on), time(12), UTC)
    session.execute(
        update(Result)
        .where(
            Result.organisation_id == organisation_id,
            Result.starts_on >= begins,
            Result.starts_on < after,
        )
        .values(kept_at=put_in),
        execution_options={"synchronize_session": False},
    )
    session.expire_all()


def _values(told: Told, first: date) -> Iterator[Said]:
    """Its values one after the other, from the month `since` (0: the first one) on; those that
    nobody knew are left out."""
    period: Period = "week" if yes(told.get("weekly", "no")) else "month"
    anew = told.get("counted", {})
    for at, value in enumerate(told["values"]):
        if value is not None:
            yield Said(
                told["kpi"],
                period,
                _begins(first, period, told.get("since", 0), at),
                float(value),
                source=told["source"],
                sample_size=told.get("of"),
                visibility="sampled" if "way" in told else "",
                definition=anew["how"] if anew and at >= anew["since"] else "",
                way=told.get("way", "typed"),
            )


def _begins(first: date, period: Period, since: int, at: int) -> date:
    """The first day of a month or week: the first week begins with the first Monday of its
    month."""
    months = since + (at if period == "month" else 0)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begins = date(year, month + 1, 1)
    if period == "month":
        return begins
    return begins + timedelta(days=(-begins.weekday()) % 7, weeks=at)
