"""An organisation's own changes to the rules: made with a reason, shown, and taken back.

A change belongs to the running quarter: it counts from that quarter's first day and in those that
follow. Quarters that are over keep the rules by which they were advised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.amendments import Amendment as Row
from models.organisation import Organisation, Quarter
from rules.condition import Value
from rules.pack import Amendment, Pack, ParameterValue
from services import closed, rulebook, rulebook_words
from services.refusals import Changed, Refused

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What a change rests on: where it comes from, why it fits better, and who made it."""

    source: str
    reason: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A change as it is kept; `withdrawn_at` says when it was taken back, if it was."""

    id: int
    change: Amendment
    ground: Ground
    starts_on: date
    made_at: datetime
    withdrawn_at: datetime | None = None


def make(
    session: Session, quarter_id: int, change: Amendment, ground: Ground, *, seen: int, on: date
) -> Kept:
    """Keep a change from the first day of the quarter on; the one before it on the same subject is
    taken back. The same change twice is one.

    `seen` is the id of the change that stood when the form was opened (0: none); Changed if another
    stands by now. Refused if it does not fit the rules, gives no reason, or the quarter is over.
    """
    quarter = _running(session, quarter_id, on)
    ground = _checked(rulebook.pack(), change, ground)
    _one_at_a_time(session, quarter)
    before = standing(session, quarter.organisation_id, quarter_id).get(subject(change))
    if before and (before.change, before.ground) == (change, ground):
        return before
    if (before.id if before else 0) != seen:
        raise Changed(_told(before) if before else None, before.id if before else 0)
    for row in rulebook.in_force(session, quarter.organisation_id, quarter_id):
        if subject(rulebook.value(row)) == subject(change):
            row.withdrawn_at = _moment(on)
    row = _row(quarter, change, ground, on)
    session.add(row)
    session.flush()
    return _kept(row)


def withdraw(session: Session, quarter_id: int, amendment_id: int, *, on: date) -> None:
    """Take a change back: the rules as delivered count again from this quarter on. Taking it back
    twice changes nothing; Changed if another one on the same subject stands in its place by now."""
    quarter = _running(session, quarter_id, on)
    _one_at_a_time(session, quarter)
    row = session.get(Row, amendment_id)
    if row is None or row.organisation_id != quarter.organisation_id:
        raise Refused("This change is not there any more.")
    if row.withdrawn_at is None:
        row.withdrawn_at = _moment(on)
        session.flush()
        return
    about = subject(rulebook.value(row))
    if now := standing(session, quarter.organisation_id, quarter_id).get(about):
        raise Changed(_told(now), now.id)


def standing(session: Session, organisation_id: int, quarter_id: int) -> dict[str, Kept]:
    """The changes that count in a quarter, by what they are about; the newest of each."""
    rows = rulebook.in_force(session, organisation_id, quarter_id)
    return {subject(kept.change): kept for kept in map(_kept, rows)}


def history(session: Session, organisation_id: int) -> list[Kept]:
    """Every change there ever was, the newest first; those taken back too."""
    rows = session.scalars(
        select(Row).where(Row.organisation_id == organisation_id).order_by(Row.id.desc())
    )
    return [_kept(row) for row in rows]


def subject(change: Amendment) -> str:
    """What a change is about; two changes on one subject exclude each other."""
    if change.parameter:
        return f"value {change.parameter}"
    return f"{'off' if change.off else 'weight'} {change.rule}"


def typed(parameter: ParameterValue, text: str) -> Value:
    """A value as somebody types it, in the unit in which it is shown: `35`, `35 %`, `4,5`. Refused,
    with the range and the unit, if it cannot be."""
    number = rulebook_words.number(text, percent=parameter.unit == "share")
    if isinstance(parameter.value, str):
        return " ".join(text.split())
    if number is None:
        raise Refused(f"Type a number. {rulebook_words.limits(parameter)}")
    _fits(parameter, number)
    return number


def over(quarter: Quarter, on: date) -> bool:
    """Whether a quarter has ended, so that its rules stay as they were."""
    return quarter.ends_on < on


def _running(session: Session, quarter_id: int, on: date) -> Quarter:
    quarter = session.get_one(Quarter, quarter_id)
    if over(quarter, on):
        raise Refused("This quarter is over; its rules stay as they were. Choose the running one.")
    closed.refuse(session, quarter_id)
    return quarter


def _one_at_a_time(session: Session, quarter: Quarter) -> None:
    """Whoever changes rules of the same organisation at the same time waits here."""
    session.scalars(
        select(Organisation.id).where(Organisation.id == quarter.organisation_id).with_for_update()
    ).one()


def _checked(pack: Pack, change: Amendment, ground: Ground) -> Ground:
    _known(pack, change)
    source, reason = ground.source.strip(), ground.reason.strip()
    if not reason:
        raise Refused("Say in a sentence why; whoever reads this next year will want to know.")
    if not source:
        raise Refused("Say where it comes from: your own numbers, your experience, a study.")
    if max(len(source), len(reason)) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    return Ground(source, reason, ground.who.strip())


def _known(pack: Pack, change: Amendment) -> None:
    """Refused if the change is about nothing that the rules know, or beyond what they take."""
    if change.parameter:
        parameter = pack.parameters.get(change.parameter)
        if parameter is None:
            raise Refused("The rules do not know this value any more.")
        if not isinstance(parameter.value, str):
            _fits(parameter, change.value)
        return
    if change.rule not in {rule.id for rule in pack.rules}:
        raise Refused("This rule is not there any more.")
    if not change.off and (change.confidence is None or not 0 <= change.confidence <= 2):
        raise Refused("A rule counts with something between nothing (0 %) and twice (200 %).")


def _fits(parameter: ParameterValue, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"Type a number. {rulebook_words.limits(parameter)}")
    low, high = parameter.low, parameter.high
    if not ((low is None or value >= low) and (high is None or value <= high)):
        said = rulebook_words.printed(parameter, value)
        raise Refused(f"{said} does not fit. {rulebook_words.limits(parameter)}")
    if parameter.unit == "count" and not float(value).is_integer():
        raise Refused(f"Type a whole number. {rulebook_words.limits(parameter)}")


def _told(kept: Kept) -> dict[str, object]:
    change = kept.change
    return {
        "value": change.value,
        "off": change.off,
        "confidence": change.confidence,
        "source": kept.ground.source,
        "reason": kept.ground.reason,
        "who": kept.ground.who,
    }


def _row(quarter: Quarter, change: Amendment, ground: Ground, on: date) -> Row:
    return Row(
        organisation_id=quarter.organisation_id,
        parameter=change.parameter,
        value=change.value,
        rule=change.rule,
        off=change.off,
        confidence=change.confidence,
        starts_on=quarter.starts_on,
        source=ground.source,
        reason=ground.reason,
        who=ground.who,
        made_at=_moment(on),
    )


def _moment(on: date) -> datetime:
    """This moment on the day that people have, whatever day it is elsewhere: a change taken back on
    a quarter's last evening does not slip into the next."""
    return datetime.combine(on, datetime.now(UTC).time(), UTC)


def _kept(row: Row) -> Kept:
    ground = Ground(row.source, row.reason, row.who)
    change = rulebook.value(row)
    return Kept(row.id, change, ground, row.starts_on, row.made_at, row.withdrawn_at)
