"""What was frozen, read again: whether it is whole, and the facts, rules and advice in it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.milestones import Addendum, FrozenPart, FrozenRules, Milestone
from rules.amending import amended, misfit
from rules.errors import PackError
from rules.pack import Amendment, Fact, Pack
from services import freezing, frozen
from services.refusals import Refused


@dataclass(frozen=True, slots=True)
class Thawed:
    """What a milestone needs to derive its advice again: the rules as delivered then, the changes
    in force, facts and names; and what was frozen of the advice, the rules and the answers."""

    milestone_id: int
    quarter: str
    delivered: Pack
    amendments: tuple[Amendment, ...]
    facts: tuple[Fact, ...]
    names: dict[str, str]
    advice: str
    rules: dict[str, Any]
    answers: dict[str, Any]

    @property
    def pack(self) -> Pack:
        """The rules as they were amended then."""
        return laid_over(self.delivered, self.amendments)


def laid_over(pack: Pack, own: Collection[Amendment]) -> Pack:
    """A pack with those changes that fit it, as `rulebook` lays them over the one of today."""
    fitting = [one for one in own if not misfit(pack, one)]
    return amended(pack, fitting) if fitting else pack


def thaw(session: Session, milestone_id: int) -> Thawed:
    """A milestone ready to derive. Refused if a part is damaged, or its rules cannot be read."""
    if wrong := damaged(session, milestone_id):
        raise Refused(
            f"This closed quarter is damaged ({', '.join(wrong)}): it is not what was closed. "
            "Put back a backup from before."
        )
    kept = {one.name: one.text for one in parts(session, milestone_id)}
    said = json.loads(kept["rules"])
    words = rules(session, said["text_sha256"])
    try:
        delivered = frozen.pack_of(words.text if words else "{}")
    except PackError as error:
        raise Refused(
            f"This version of the tool cannot read the rules of then (version {said['version']}). "
            "What they said then is kept and can be read."
        ) from error
    facts, names = frozen.facts_of(kept["facts"])
    return Thawed(
        milestone_id=milestone_id,
        quarter=json.loads(kept["quarter"])["quarter"],
        delivered=delivered,
        amendments=frozen.amendments_of(kept["amendments"]),
        facts=facts,
        names=names,
        advice=kept["advice"],
        rules=said,
        answers=json.loads(kept["answers"]),
    )


def damaged(session: Session, milestone_id: int) -> tuple[str, ...]:
    """The names of parts that are not what was frozen; "whole" if they do not fit together, and
    "addenda" if a correction was changed. Nothing, as it should be, if every hash is right."""
    row = session.get_one(Milestone, milestone_id)
    kept = parts(session, milestone_id)
    wrong = [one.name for one in kept if frozen.digest(one.text) != one.sha256]
    told = {one.name: one.text for one in kept}
    if not told.keys() >= {"quarter", "rules"}:
        return (*wrong, "whole")
    if not wrong and not _fits(row, told["quarter"], {one.name: one.sha256 for one in kept}):
        wrong.append("whole")
    if "rules" not in wrong and not _rules_are_there(session, told["rules"]):
        wrong.append("rules")
    if not _in_a_chain(row.sha256, addenda(session, milestone_id)):
        wrong.append("addenda")
    return tuple(wrong)


def organisation(session: Session, milestone_id: int) -> int:
    """The organisation to which a milestone belongs."""
    return session.get_one(Milestone, milestone_id).organisation_id


def text(session: Session, milestone_id: int, name: str) -> str:
    """A part as it was frozen. Raises KeyError for a name that no part has."""
    wanted = (FrozenPart.milestone_id == milestone_id, FrozenPart.name == name)
    found = session.scalar(select(FrozenPart.text).where(*wanted))
    if found is None:
        raise KeyError(name)
    return found


def parts(session: Session, milestone_id: int) -> list[FrozenPart]:
    """All parts, by name."""
    rows = select(FrozenPart).where(FrozenPart.milestone_id == milestone_id)
    return list(session.scalars(rows.order_by(FrozenPart.name)))


def rules(session: Session, sha256: str) -> FrozenRules | None:
    """The files of a pack by the hash of their text; None if they were never frozen."""
    return session.scalars(select(FrozenRules).where(FrozenRules.sha256 == sha256)).one_or_none()


def addenda(session: Session, milestone_id: int) -> list[Addendum]:
    """All corrections, oldest first."""
    rows = select(Addendum).where(Addendum.milestone_id == milestone_id)
    return list(session.scalars(rows.order_by(Addendum.id)))


def chained(before: str, text: str, who: str, made_at: datetime) -> str:
    """The hash of a correction and of everything before it."""
    return frozen.digest(frozen.canonical([before, text, who, freezing.plain(made_at)]))


def _fits(row: Milestone, quarter: str, hashes: dict[str, str]) -> bool:
    said = {"closed_by": row.closed_by, "closed_at": freezing.plain(row.closed_at)}
    return frozen.whole(hashes) == row.sha256 and said.items() <= json.loads(quarter).items()


def _rules_are_there(session: Session, said: str) -> bool:
    wanted = json.loads(said)["text_sha256"]
    kept = rules(session, wanted)
    return kept is not None and frozen.digest(kept.text) == wanted


def _in_a_chain(before: str, added: Collection[Addendum]) -> bool:
    for one in added:
        if one.sha256 != chained(before, one.text, one.who, one.made_at):
            return False
        before = one.sha256
    return True
