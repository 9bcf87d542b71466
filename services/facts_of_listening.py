"""What was heard and answered, as far as it tells what rules ask; read by `facts` alone.

Where there is too little to tell, what people said stands, and nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.organisation import Quarter
from rules.pack import Pack
from services import case_kpis, cases, heard, insight_kpis, insights, limits, office_hours
from services.heard import Heard

SINCE = timedelta(days=91)
"""So far back messages tell how people are answered now: a quarter."""


def told(
    session: Session,
    quarter: Quarter,
    on: date,
    pack: Pack,
    said: Mapping[str, Mapping[str, object]],
) -> dict[str, dict[str, object]]:
    """What is `said` about learning, service and the way so far, with what rows tell over it."""
    rows = heard.seen_from(insights.listed(session, quarter.organisation_id), on)
    return {
        "learning": {**said["learning"], **_unanswered(rows, on, pack)},
        "service": {**said["service"], **_within_a_day(session, quarter, on, pack)},
        "rollout": {**said["rollout"], **_changed(rows, on, said["rollout"])},
    }


def _unanswered(rows: Sequence[Heard], on: date, pack: Pack) -> dict[str, object]:
    """The share of what was passed on that never got an answer, once there is enough of it."""
    days, enough = (limits.figure(pack, name) for name in ("heard_days", "count_enough"))
    if days is None or enough is None:
        return {}
    share, of = insight_kpis.unanswered(rows, on, round(days))
    return {"unanswered_insights": share} if of >= enough else {}


def _changed(rows: Sequence[Heard], on: date, said: Mapping[str, object]) -> dict[str, object]:
    """At least as many changed decisions as insights name a change; what else changed a decision
    they do not know."""
    count = len(insight_kpis.changes(rows, date.min, on))
    before = said.get("changed_decisions")
    more = count and not (isinstance(before, int | float) and before > count)
    return {"changed_decisions": count} if more else {}


def _within_a_day(session: Session, quarter: Quarter, on: date, pack: Pack) -> dict[str, object]:
    """The share of messages that got an answer within an office day, once there are enough of them
    in the last thirteen weeks."""
    office, enough = office_hours.of(pack), limits.figure(pack, "count_enough")
    if office is None or enough is None:
        return {}
    rows = cases.listed(session, quarter.organisation_id, on - SINCE, on)
    share, of = case_kpis.share_within_a_day((row.said for row in rows), on, office)
    return {"answered": share} if of >= enough else {}
