"""The shelf of what-ifs: kept, opened by others, compared, recalculated, or left with a word why.

Nothing here writes anywhere but on the shelf; adopting is in `adopting`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Quarter
from models.scenarios import Scenario
from services import advice, flip_words, moves, quarters, what_if
from services.advice import AdviceView
from services.board import Begins
from services.differences import Difference
from services.older import Stale, made_on, older
from services.refusals import Changed, Refused
from services.shelved import Kept as Kept
from services.shelved import Said as Said
from services.shelved import columns, told
from services.shelved import kept as as_kept

LONGEST_NAME, LONGEST = 80, 1_000
MOST = 3
"""As many as can be compared beside each other."""
BEGINS: tuple[Begins, ...] = ("next_quarter", "today")


@dataclass(frozen=True, slots=True)
class Shown:
    """A what-if on what is known now: before, after, what is different, and the moves that cannot
    be made any more, because whom or what they are about is gone."""

    kept: Kept
    before: AdviceView
    after: AdviceView
    difference: Difference
    stale: Stale | None
    gone: int


def keep(session: Session, view: AdviceView, said: Said) -> Kept:
    """Put a what-if on the shelf, with what it says now. Refused without a name or a move."""
    said = _checked(session, view.organisation_id, said)
    row = Scenario(
        organisation_id=view.organisation_id,
        made_at=datetime.now(UTC),
        settled_at=None,
        **columns(said),
    )
    _calculated(session, row, view, said)
    session.add(row)
    session.flush()
    return as_kept(row)


def listed(session: Session, organisation_id: int, *, settled: bool = False) -> list[Kept]:
    """What lies on the shelf, the newest first; or what was adopted or discarded."""
    state = Scenario.state != "kept" if settled else Scenario.state == "kept"
    rows = select(Scenario).where(Scenario.organisation_id == organisation_id, state)
    return [as_kept(row) for row in session.scalars(rows.order_by(Scenario.id.desc()))]


def find(session: Session, organisation_id: int, scenario_id: int) -> Kept:
    """One what-if, as its address names it. Refused if there is none here."""
    row = session.get(Scenario, scenario_id)
    if row is None or row.organisation_id != organisation_id:
        raise Refused("This what-if is not on the shelf any more.")
    return as_kept(row)


def show(session: Session, kept: Kept) -> Shown:
    """A what-if put to what is known now; nothing is written."""
    before = advice.current(session, kept.organisation_id, kept.quarter_id)
    coming = what_if.entering(session, before)
    able, gone = moves.possible(before, kept.said.moves, coming)
    after = what_if.under(before, able, coming)
    found = what_if.difference(before, after, able)
    return Shown(kept, before, after, found, older(before, kept.basis, kept.fingerprint), len(gone))


def compare(session: Session, organisation_id: int, ids: Sequence[int]) -> tuple[Shown, ...]:
    """Up to three what-ifs, each put to what is known now. Refused if they are more."""
    chosen = tuple(dict.fromkeys(ids))
    if len(chosen) > MOST:
        raise Refused("Three can be compared beside each other. Take one away.")
    return tuple(show(session, find(session, organisation_id, one)) for one in chosen)


def stale(session: Session, kept: Kept) -> Stale | None:
    """Whether a what-if was made on older facts or other rules than those of now."""
    view = advice.current(session, kept.organisation_id, kept.quarter_id)
    return older(view, kept.basis, kept.fingerprint)


def restate(session: Session, view: AdviceView, kept: Kept, said: Said) -> Kept:
    """Keep it otherwise, as `view` says now. Raises Changed if it is newer than `kept`, or gone."""
    row = unsettled(session, kept.id, kept.version)
    said = _checked(session, row.organisation_id, said, row.id)
    for name, value in columns(said).items():
        setattr(row, name, value)
    _calculated(session, row, view, said)
    session.flush()
    return as_kept(row)


def recalculate(session: Session, kept: Kept, view: AdviceView) -> Kept:
    """The same moves on what is known now, or on another quarter: that of the view. Moves that
    cannot be made any more are left out. Raises Changed if it is newer than `kept`, or gone."""
    able, _ = moves.possible(view, kept.said.moves, what_if.entering(session, view))
    return restate(session, view, kept, replace(kept.said, moves=able))


def over(session: Session, kept: Kept, *, on: date) -> str:
    """Whether the quarter it starts from is over: the running one, by its title, on which it could
    be recalculated; '' if it is not over, or none is running."""
    if session.get_one(Quarter, kept.quarter_id).ends_on >= on:
        return ""
    now = quarters.current(session, kept.organisation_id, on)
    return quarters.label(now) if now and now.id != kept.quarter_id else ""


def ground(session: Session, kept: Kept, *, on: date) -> AdviceView:
    """On what it would be recalculated: on its quarter, or the running one if that is over."""
    over = session.get_one(Quarter, kept.quarter_id).ends_on < on
    now = quarters.current(session, kept.organisation_id, on) if over else None
    return advice.current(session, kept.organisation_id, now.id if now else kept.quarter_id)


def discard(session: Session, kept: Kept, why: str, *, who: str = "") -> Kept:
    """Leave it, with a word why; it stays to be read. Raises Changed if it is newer, or gone."""
    row = unsettled(session, kept.id, kept.version)
    settle(row, "discarded", word(why), who)
    session.flush()
    return as_kept(row)


def unsettled(session: Session, scenario_id: int, version: int) -> Scenario:
    """The row of a what-if that nobody has adopted or discarded, read at `version`; else Changed or
    Refused."""
    row = session.get(Scenario, scenario_id)
    if row is None:
        raise Changed(None)
    if row.version != version:
        raise Changed(told(row), row.version)
    if row.state != "kept":
        raise Refused(f"This what-if is {row.state} already.")
    return row


def settle(row: Scenario, state: str, why: str, who: str) -> None:
    """What became of it."""
    row.state, row.why, row.who = state, why, " ".join(who.split())[:LONGEST_NAME]
    row.settled_at = datetime.now(UTC)


def word(why: str) -> str:
    """A word why. Refused if there is none."""
    why = why.strip()
    if not why:
        raise Refused("Say in a word why; whoever opens it next year will want to know.")
    if len(why) > LONGEST:
        raise Refused("Please shorten your reason a little.")
    return why


def _calculated(session: Session, row: Scenario, view: AdviceView, said: Said) -> None:
    """What it says on a view, and by which facts and rules."""
    after = what_if.under(view, said.moves, what_if.entering(session, view))
    found = what_if.difference(view, after, said.moves)
    row.quarter_id = view.quarter_id
    row.told = {
        "summary": found.summary,
        "lines": list(flip_words.lines(view, said.moves)),
    }
    row.basis = made_on(view.facts)
    row.fingerprint, row.pack_version = view.pack.fingerprint, view.pack.version


def _checked(session: Session, organisation_id: int, said: Said, own_id: int = 0) -> Said:
    name, author = (" ".join(text.split()) for text in (said.name, said.author))
    if not name:
        raise Refused("Give the what-if a name, so that others find it.")
    if max(len(name), len(author)) > LONGEST_NAME:
        raise Refused(f"Please shorten the name to {LONGEST_NAME} letters.")
    if len(said.note) > LONGEST:
        raise Refused("Please shorten your note a little.")
    if not said.moves:
        raise Refused("Move something first; without a change there is nothing to keep.")
    if said.begins not in BEGINS:
        raise Refused("Say whether it begins today or next quarter.")
    same = select(Scenario.id).where(
        Scenario.organisation_id == organisation_id,
        Scenario.state == "kept",
        Scenario.name == name,
        Scenario.id != own_id,
    )
    if session.scalars(same).first():
        raise Refused("There is a what-if with this name already. Please add a word to it.")
    return replace(said, name=name, author=author, note=said.note.strip())


def baselines(session: Session, organisation_id: int, *, on: date) -> dict[int, str]:
    """The quarters that a what-if may start from, this one first, by their titles."""
    rows = quarters.listed(session, organisation_id)
    return {row.id: quarters.label(row) for row in rows if row.starts_on <= on}
