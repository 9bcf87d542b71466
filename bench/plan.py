"""The plan that fits the hours: how long choosing takes, whether it is proved, and what the greedy
choice of old would have got under the same limits."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from time import perf_counter, process_time

from sqlalchemy.orm import Session

from bench.timing import goal
from models import database
from services import advice, people, quarters, rulebook, samples
from services.people import Someone
from services.plan_facts import problem
from services.plan_model import solve
from services.plan_problem import Problem
from tests.services import plan_oracle

DAY = date(2026, 11, 25)
LARGE = 40
"""People of a large organisation."""
ROUNDS = 5


def plans() -> None:
    """Every example, and one of them with 40 people: the plan and the greedy choice."""
    print(f"{'':28}  people  channels  activities         CPU   points  greedy")
    with _examples() as names:
        every = [(name, _problem(name, 0)) for name in names]
        every += [(f"{name}, {LARGE} people", _problem(name, LARGE)) for name in names]
    slowest = max([_planned(name, one) for name, one in every])
    goal("s is the longest plan", slowest, 2)


@contextmanager
def _examples() -> Iterator[list[str]]:
    """The ids of the examples, each in a database of its own while this is open."""
    before = os.environ.get("CROSSROADS_DATABASE_URL")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CROSSROADS_DATABASE_URL"] = f"sqlite:///{folder}/plan.db"
        database.migrate()
        try:
            yield [one.id for one in samples.listed()]
        finally:
            database.engine().dispose()
            os.environ.pop("CROSSROADS_DATABASE_URL")
            if before is not None:
                os.environ["CROSSROADS_DATABASE_URL"] = before


def _problem(sample_id: str, at_least: int) -> Problem:
    """The plan of an example as a problem, with people added until there are so many."""
    with database.writing() as session:
        made = samples.open(session, sample_id, on=DAY)
        _joined(session, made.id, at_least)
        quarter = quarters.ensure(session, made.id, DAY)
        found = problem(advice.current(session, made.id, quarter.id))
        session.rollback()
    return found


def _joined(session: Session, organisation_id: int, at_least: int) -> None:
    rng, catalogues = Random(0), rulebook.pack().catalogues
    for number in range(len(people.listed(session, organisation_id)), at_least):
        someone = Someone(
            name=f"Person {number}",
            function=rng.choice(sorted(catalogues["functions"])),
            hours=rng.choice((1, 2, 3, 4, 6, 8)),
            volunteer=rng.random() < 0.5,
            skills=tuple(rng.sample(sorted(catalogues["skills"]), rng.randint(1, 4))),
            roles=tuple(rng.sample(sorted(catalogues["roles"]), rng.randint(0, 2))),
        )
        people.add(session, organisation_id, someone)


def _planned(name: str, given: Problem) -> float:
    """Seconds of the longest of some solutions, which are all the same plan."""
    took, clock, plans = 0.0, 0.0, set()
    for _ in range(ROUNDS):
        started, begun = process_time(), perf_counter()
        choice = solve(given)
        took, clock = max(took, process_time() - started), max(clock, perf_counter() - begun)
        plans.add(choice)
    assert choice is not None
    assert len(plans) == 1, "the same facts, another plan"
    greedy = plan_oracle.worth(given, plan_oracle.greedy(given))
    assert greedy <= choice.value, "greedy is better"
    sure = "proved" if choice.proved else f"at most {choice.bound}"
    print(
        f"{name:28} {len(given.people):7} {len(choice.channels):9} {len(choice.activities):11} "
        f"{took * 1000:8.0f} ms {choice.value:8} {greedy:7}  {sure}"
    )
    return clock
