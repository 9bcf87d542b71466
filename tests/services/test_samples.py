"""Made-up organisations: the same for the same day, complete, apart from what is real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.amendments import Amendment
from models.base import Base
from models.database import reading, writing
from models.organisation import Organisation
from models.plan import Activity
from models.recommendations import Decision, Recommendation
from services import (
    advice,
    experiments,
    flow,
    learning,
    lessons,
    milestones,
    organisations,
    quarters,
    results,
    rulebook,
    samples,
)
from services.organisations import Profile
from services.showing import LEADERS, STAFF
from tests.conftest import TODAY, Example

EVERY = [sample.id for sample in samples.listed()]


def opened(sample_id: str, on: date) -> int:
    with writing() as session:
        return samples.open(session, sample_id, on=on).id


def told(session: Session, organisation_id: int) -> Mapping[str, Any]:
    """What rules and people read of an organisation, without any id."""
    rows = quarters.listed(session, organisation_id)
    decided = session.execute(
        select(
            Recommendation.kind, Recommendation.target, Recommendation.score, Decision.answer,
            Decision.why, Decision.made_at,
        )
        .join(Decision)
        .where(Recommendation.organisation_id == organisation_id)
        .order_by(Decision.id)
    )  # fmt: skip
    planned = session.execute(
        select(Activity.title, Activity.state, Activity.starts_on, Activity.due_on, Activity.note)
        .where(Activity.organisation_id == organisation_id)
        .order_by(Activity.id)
    )
    return {
        "quarters": [quarters.label(row) for row in rows],
        "flow": [flow.stations(session, organisation_id, row.id) for row in rows],
        "decided": [tuple(row) for row in decided],
        "planned": [tuple(row) for row in planned],
    }


def test_there_are_five_and_two_are_shown_at_once() -> None:
    assert len(EVERY) == 5
    assert samples.SHOWN == 2
    assert all(one.title and one.about for one in samples.listed())


@pytest.mark.parametrize("sample_id", EVERY)
def test_each_has_eight_quarters_of_history(example_of: Example, sample_id: str) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        row = session.get_one(Organisation, organisation_id)
        assert row.is_example
        assert "(made up)" in row.name
        labels = [quarters.label(one) for one in quarters.listed(session, organisation_id)]
        assert len(labels) == 8
        assert labels[0] == "October to December 2026"
        assert labels[-1] == "January to March 2025"
        answers = set(
            session.scalars(
                select(Decision.answer).join(Recommendation)
                .where(Recommendation.organisation_id == organisation_id)
            )
        )  # fmt: skip
        states = set(
            session.scalars(
                select(Activity.state).where(Activity.organisation_id == organisation_id)
            )
        )
        assert answers >= {"accepted", "declined"}
        assert states >= {"done", "stuck", "not_done"}
        assert session.scalars(
            select(Amendment).where(Amendment.organisation_id == organisation_id)
        ).all()


@pytest.mark.parametrize("sample_id", EVERY)
def test_enough_people_answered_so_that_groups_show(example_of: Example, sample_id: str) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        newest = quarters.listed(session, organisation_id)[0].id
        found = results.results(session, organisation_id, newest)
        assert len(found.factors) == 8
        assert all({LEADERS, STAFF} <= set(groups) for groups in found.factors.values())


@pytest.mark.parametrize("sample_id", EVERY)
def test_the_flow_is_stuck_somewhere_in_particular_and_grew(
    example_of: Example, sample_id: str
) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        newest, *_, oldest = [row.id for row in quarters.listed(session, organisation_id)]
        now = flow.stations(session, organisation_id, newest)
        before = flow.flow(flow.stations(session, organisation_id, oldest))
        assert sum(station.held_back for station in now) == 1
        assert (flow.flow(now).value or 0) > (before.value or 0)


@pytest.mark.parametrize("sample_id", EVERY)
def test_nearly_every_promise_was_advised(example_of: Example, sample_id: str) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        rows = session.execute(
            select(Recommendation.target, Recommendation.rank)
            .join(Decision)
            .where(
                Recommendation.organisation_id == organisation_id,
                Decision.answer != "declined",
            )
        ).all()
        unadvised = [target for target, rank in rows if rank is None]
        assert len(unadvised) <= len(rows) / 4, unadvised


@pytest.mark.parametrize("sample_id", EVERY)
def test_there_is_advice_for_the_present_quarter(example_of: Example, sample_id: str) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        newest = quarters.listed(session, organisation_id)[0].id
        view = advice.current(session, organisation_id, newest)
        assert len(view.recommended("channel")) >= 3
        assert view.recommended("activity")
        assert view.pack.amendments
        assert view.pack.fingerprint != rulebook.pack().fingerprint


def test_opening_it_twice_is_one_organisation(example_of: Example) -> None:
    assert example_of("bicycle_shop") == opened("bicycle_shop", date(2027, 8, 1))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_the_same_day_tells_the_same_story(example_of: Example) -> None:
    organisation_id = example_of("town_hall")
    with reading() as session:
        before = told(session, organisation_id)
    with writing() as session:
        organisation_id = samples.reset(session, "town_hall", on=TODAY).id
    with reading() as session:
        assert told(session, organisation_id) == before


@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_its_quarters_count_back_from_the_day(database: Path, on: date) -> None:
    organisation_id = opened("bicycle_shop", on)
    with reading() as session:
        rows = quarters.listed(session, organisation_id)
        assert len(rows) == 8
        assert rows[0].starts_on <= on <= rows[0].ends_on
        made = session.scalars(select(Decision.made_at).order_by(Decision.made_at.desc())).first()
        assert made is not None
        assert made.date() <= on


def test_putting_it_back_forgets_what_was_tried(example_of: Example) -> None:
    organisation_id = example_of("bicycle_shop")
    with writing() as session:
        row = session.get_one(Organisation, organisation_id)
        said = organisations.profile(row)
        organisations.update(
            session,
            row.id,
            Profile("Another name", said.staff, said.sector, said.audience, said.region),
            version=row.version,
        )
    with writing() as session:
        samples.reset(session, "bicycle_shop", on=TODAY)
    with reading() as session:
        assert [row.name for row in organisations.listed(session)] == ["Pedal & Lime (made up)"]


def test_taking_it_away_leaves_nothing_behind(example_of: Example) -> None:
    organisation_id = example_of("electricians")
    with writing() as session:
        organisations.remove(session, organisation_id)
    with reading() as session:
        for table in Base.metadata.sorted_tables:
            left = session.scalar(select(func.count()).select_from(table))
            nobodys = table.name == "frozen_rules"  # the tool's own rules, kept once for everybody
            assert left == int(nobodys), table.name


def test_each_of_its_seven_quarters_before_was_closed_and_can_be_derived_again(
    example_of: Example,
) -> None:
    organisation_id = example_of("bicycle_shop")
    with reading() as session:
        closed = milestones.listed(session, organisation_id)
        assert [one.quarter_id for one in closed] == [
            quarter.id for quarter in quarters.listed(session, organisation_id)[1:]
        ]
        assert all(milestones.damaged(session, one.id) == () for one in closed)
        assert all(milestones.rederive(session, one.id).same for one in closed)
        assert {one.by for one in closed} == {"Mira"}


def test_an_unknown_example_is_none(database: Path) -> None:
    for name in ("nothing", "../pyproject", ""):
        with pytest.raises(KeyError), writing() as session:
            samples.open(session, name, on=TODAY)


@pytest.mark.parametrize("sample_id", EVERY)
def test_each_has_learned_something_and_still_tries_something(
    example_of: Example, sample_id: str
) -> None:
    organisation_id = example_of(sample_id)
    with reading() as session:
        scored = [one for one in learning.expected(session, organisation_id) if one.score]
        cards = experiments.listed(session, organisation_id)
        kept = lessons.listed(session, organisation_id)
        ended = [one.decided_on for one in cards if one.decided_on]
    assert len(scored) >= 5
    assert all(one.scored_at and one.decided_at < one.scored_at for one in scored)
    assert len(experiments.running(cards)) == 1
    assert all(on <= TODAY for on in ended)
    assert {one.said.loop for one in kept} == {"single", "double"}
