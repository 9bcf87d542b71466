"""What the rules would say if something were different: nothing is written, and it is quick.

Facts alone go through the network that is compiled already; values and rules that differ are told
from the grid, so that no network is compiled for a look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as changed
from functools import lru_cache

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.channels import ChannelAccount
from models.organisation import Person, Quarter
from rules import engine
from rules.advice import Advice
from rules.amending import amended
from rules.facts import typed
from rules.grid import columns, tell
from rules.levers import moved
from rules.pack import Amendment, Fact, Pack
from rules.scenarios import ParameterOptions, Scenarios
from services import facts, facts_of_aims, rulebook, starters
from services.advice import AdviceView
from services.board import Begins as Begins
from services.board import Board as Board
from services.board import board as board
from services.differences import Difference as Difference
from services.differences import difference as difference
from services.facts_of_work import active, known
from services.following import follow
from services.lever_words import in_words as in_words
from services.lever_words import levers as levers
from services.moves import Moves, amendments
from services.moves import possible as possible
from services.moves import put as put
from services.moves import replace as replace
from services.moves import want as want
from services.moves import wanted as wanted
from services.stamped import Stamped, stamped
from services.starters import Undescribed as Undescribed
from services.starters import audience as audience


def entering(session: Session, view: AdviceView) -> tuple[Fact, ...]:
    """The facts that levers may bring in, as they would be once stated or opened: objectives that
    are not stated, accounts on channels without one, and starter values for whom to reach."""
    found = [
        *_objectives(session, view),
        *_accounts(session, view),
        *starters.entering(view),
    ]
    return tuple(one for fact in found if (one := facts.fitting(view.pack, fact)) is not None)


def under(view: AdviceView, moves: Moves, entering: Sequence[Fact]) -> AdviceView:
    """What the rules would say after these moves. Raises KeyError for a move of something that is
    not there (see `possible`) and FactError for a value that cannot be."""
    ground, changes = _ground(view.pack, moves), amendments(moves)
    made = follow(ground, view.facts, moved(ground, view.facts, moves, entering))
    names = {**view.names, **starters.names(view)}
    pack = _amended(stamped(ground), changes) if changes else ground
    return changed(
        view,
        pack=pack,
        facts=made,
        names=names,
        facts_hash=facts.digest(made),
        unknown=facts.unknown(pack, made),
        advice=_told(ground, pack, changes, made, names)
        if pack is not view.pack
        else engine.recommend(pack, made, names),
    )


def _told(
    ground: Pack,
    pack: Pack,
    changes: Sequence[Amendment],
    made: Sequence[Fact],
    names: dict[str, str],
) -> Advice:
    """The advice of one scenario of the grid of the unchanged pack."""
    only = np.zeros(1, dtype=np.int32)
    values = {one.parameter: one.value for one in changes if one.value is not None}
    scenario = Scenarios(
        count=1,
        facts=typed(ground, made),
        parameters={name: ParameterOptions((value,), only) for name, value in values.items()},
        switched={one.rule: only for one in changes if one.off},
    )
    return tell(pack, columns(ground, scenario), 0, names)


def _ground(pack: Pack, moves: Moves) -> Pack:
    """The pack without the own changes that switch off what a move switches on."""
    on = {move.lever.name for move in moves if move.lever.what == "rule" and move.value}
    left = [one for one in pack.amendments if not (one.off and one.rule in on)]
    return pack if len(left) == len(pack.amendments) else rulebook.with_own(left)


@lru_cache(maxsize=16)
def _amended(ground: Stamped, changes: tuple[Amendment, ...]) -> Pack:
    """The pack with these changes; remembered, since its fingerprint takes long."""
    return amended(ground.pack, changes)


def _objectives(session: Session, view: AdviceView) -> list[Fact]:
    """As `services.objectives` states them: with no number chosen yet."""
    stated = wanted(view)
    functions = set(active(session, view.organisation_id, Person.function))
    ages = facts_of_aims.earlier_ages(session, session.get_one(Quarter, view.quarter_id))
    return [
        Fact(
            "objective",
            known(
                name=name,
                priority=1,
                age_quarters=ages.get(name, 0) + 1,
                co_owners=len(functions & facts_of_aims.sharing(view.pack, name)),
            ),
        )
        for name in view.pack.catalogues["objectives"]
        if name not in stated
    ]


def _accounts(session: Session, view: AdviceView) -> list[Fact]:
    """As `services.accounts` adds them: with nobody named yet."""
    held = set(
        session.scalars(
            select(ChannelAccount.channel).where(
                ChannelAccount.organisation_id == view.organisation_id
            )
        )
    )
    return [
        Fact(
            "account",
            known(channel=name, status="planned", has_owner=False, has_deputy=False),
        )
        for name in view.pack.catalogues["channels"]
        if name not in held
    ]
