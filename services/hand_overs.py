"""What neighbours along the flow hand over to each other, where something we keep can show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.audiences import ChannelUse, TargetGroup
from models.channels import ChannelAccount
from models.listening import Insight, ResponseCase
from models.organisation import Quarter
from models.plan import Activity


@dataclass(frozen=True, slots=True)
class HandOver:
    """From one station to the next: share 0-1 and the sentence it rests on; None: not known yet."""

    start: int
    end: int
    share: float | None
    source: str


_NOT_KNOWN = {
    (8, 1): "What we learned and what we want next: not known yet.",
    (1, 2): "Nobody to reach is described yet.",
    (2, 3): "No channel is in use yet.",
    (3, 4): "Nothing is planned yet.",
    (4, 8): "No promise is due yet.",
    (8, 5): "Nothing that was heard is written down yet.",
    (5, 6): "Nothing that was heard is written down yet.",
    (6, 7): "No message that was answered is written down yet.",
    (7, 8): "What we count and what we learn: not known yet.",
}


def hand_overs(session: Session, organisation_id: int, quarter_id: int) -> list[HandOver]:
    """All nine, along the flow."""
    activities = list(
        session.scalars(
            select(Activity).where(
                Activity.organisation_id == organisation_id, Activity.quarter_id == quarter_id
            )
        )
    )
    counted: dict[tuple[int, int], tuple[int, int, str]] = {
        (1, 2): _people_known(session, organisation_id),
        (2, 3): _channels_served(session, organisation_id, activities),
        (3, 4): _count(
            (activity.owner_id is not None for activity in activities),
            "{part} of {whole} planned activities have an owner.",
        ),
        (4, 8): _promises_told(activities),
        **_heard(session, session.get_one(Quarter, quarter_id)),
        (6, 7): _answers_dated(session, session.get_one(Quarter, quarter_id)),
    }
    return [_hand_over(reach, counted.get(reach)) for reach in _NOT_KNOWN]


def _hand_over(reach: tuple[int, int], counted: tuple[int, int, str] | None) -> HandOver:
    if counted is None or counted[1] == 0:
        return HandOver(*reach, None, _NOT_KNOWN[reach])
    part, whole, sentence = counted
    return HandOver(*reach, part / whole, sentence.format(part=part, whole=whole))


def _count(told: Iterable[bool], sentence: str) -> tuple[int, int, str]:
    rows = list(told)
    return sum(rows), len(rows), sentence


def _people_known(session: Session, organisation_id: int) -> tuple[int, int, str]:
    """Objectives reach people only if we know where these are by more than a guess."""
    uses = select(ChannelUse.group_id).where(ChannelUse.grade.in_(["measured", "sourced"]))
    known = set(session.scalars(uses))
    groups = session.scalars(
        select(TargetGroup.id).where(TargetGroup.organisation_id == organisation_id)
    ).all()
    return _count(
        (group in known for group in groups),
        "Of {whole} groups to reach, {part} are known by a number from a source.",
    )


def _channels_served(
    session: Session, organisation_id: int, activities: Sequence[Activity]
) -> tuple[int, int, str]:
    served = {activity.channel for activity in activities}
    channels = set(
        session.scalars(
            select(ChannelAccount.channel).where(
                ChannelAccount.organisation_id == organisation_id,
                ChannelAccount.status.in_(["live", "planned"]),
            )
        )
    )
    return _count(
        (channel in served for channel in channels),
        "{part} of {whole} channels have a planned activity.",
    )


def _heard(session: Session, quarter: Quarter) -> dict[tuple[int, int], tuple[int, int, str]]:
    """What was heard in the quarter: about what we want, and handed on to somebody."""
    whole, wanted, reached = session.execute(
        select(
            func.count(),
            func.count(case((Insight.objective != "", 1))),
            func.count(Insight.reached_on),
        ).where(
            Insight.organisation_id == quarter.organisation_id,
            Insight.heard_on.between(quarter.starts_on, quarter.ends_on),
        )
    ).one()
    return {
        (8, 5): (wanted, whole, "Of {whole} things heard, {part} are about something we want."),
        (5, 6): (reached, whole, "Of {whole} things heard, {part} reached somebody."),
    }


def _answers_dated(session: Session, quarter: Quarter) -> tuple[int, int, str]:
    """Answers can be counted only if somebody wrote down when they were given."""
    whole, dated = session.execute(
        select(func.count(), func.count(ResponseCase.replied_on)).where(
            ResponseCase.organisation_id == quarter.organisation_id,
            ResponseCase.received_on.between(quarter.starts_on, quarter.ends_on),
            ResponseCase.answered.is_(True),
        )
    ).one()
    return dated, whole, "Of {whole} messages answered, {part} say when."


def _promises_told(activities: Sequence[Activity]) -> tuple[int, int, str]:
    """Owners hand over what came of it: done, stuck or not done, once it is due."""
    today = date.today()
    due = [a for a in activities if a.due_on is not None and a.due_on <= today]
    return _count(
        (activity.state in {"done", "stuck", "not_done"} for activity in due),
        "Of {whole} promises that are due, {part} say what came of them.",
    )
