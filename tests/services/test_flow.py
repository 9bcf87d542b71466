"""The flow: its least part, where it is held back, and what neighbours hand over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.audiences import ChannelUse, TargetGroup
from models.channels import ChannelAccount
from models.listening import Insight, ResponseCase
from models.organisation import Person
from models.plan import Activity
from rules.aggregates import aggregated
from rules.pack import Fact
from services import assessments, flow, rulebook
from tests.services import built

EIGHT = [
    entry.id
    for entry in rulebook.pack().catalogues["questions"].values()
    if entry.values["depth"] == 8
]

NAMES = [
    str(entry.values["short"])
    for entry in rulebook.pack().catalogues["factors"].values()
    if entry.id in flow.FACTORS
]


@pytest.fixture
def place(session: Session) -> tuple[int, int]:
    return built.harbour(session, staff=1)


def said(session: Session, place: tuple[int, int], *levels: int | None) -> list[flow.Station]:
    round_ = assessments.open_round(session, *place)
    person = assessments.join(session, round_.id, is_leader=True, consent=True)
    for question, level in zip(EIGHT, levels, strict=True):
        if level is not None:
            assessments.record(session, person.id, question, level)
    return flow.stations(session, *place)


def share(session: Session, place: tuple[int, int], start: int, end: int) -> float | None:
    rows = {(row.start, row.end): row for row in flow.hand_overs(session, *place)}
    return rows[start, end].share


def planned(session: Session, place: tuple[int, int], **more: object) -> None:
    values: dict[str, object] = {
        "catalogue_id": "plan", "title": "Plan", "hours_setup": 1, "hours_week": 1,
    } | more  # fmt: skip
    session.add(Activity(organisation_id=place[0], quarter_id=place[1], **values))
    session.flush()


def test_flow_is_the_least_of_inner_outer_and_centre(
    session: Session, place: tuple[int, int]
) -> None:
    found = flow.flow(said(session, place, 4, 4, 3, 3, 1, 2, 2, 3))
    assert (found.inner, found.centre) == (3.5, 3.0)
    assert found.outer == found.value == pytest.approx(5 / 3)
    assert found.sentence == (
        f"Flow is held back at “{NAMES[4]}”, 1 of 4. The weakest part is doing, 1.7 on average."
    )


def test_a_factor_that_is_not_known_makes_the_flow_unknown_not_zero(
    session: Session, place: tuple[int, int]
) -> None:
    rows = said(session, place, 4, 4, 3, 3, 1, None, 2, 3)
    found = flow.flow(rows)
    assert rows[5].score is None
    assert found.value is None
    assert found.sentence == (
        f"So far, flow is held back at “{NAMES[4]}”. Not known yet: “{NAMES[5]}”."
    )


def test_places_alike_are_named_together(session: Session, place: tuple[int, int]) -> None:
    rows = said(session, place, 1, 2, 2, 2, 1, 2, 2, 2)
    assert [row.number for row in rows if row.held_back] == [1, 5]
    assert f"“{NAMES[0]}” and “{NAMES[4]}”" in flow.flow(rows).sentence


def test_nothing_holds_back_what_learns_everywhere(
    session: Session, place: tuple[int, int]
) -> None:
    rows = said(session, place, *[4] * 8)
    assert not any(row.held_back for row in rows)
    assert "nothing holds it back" in flow.flow(rows).sentence


def test_nothing_known_says_what_to_do(session: Session, place: tuple[int, int]) -> None:
    rows = flow.stations(session, *place)
    assert [row.score for row in rows] == [None] * 8
    assert "Eight questions" in flow.flow(rows).sentence


def test_all_nine_hand_overs_say_what_they_rest_on_and_start_unknown(
    session: Session, place: tuple[int, int]
) -> None:
    rows = flow.hand_overs(session, *place)
    assert len(rows) == 9
    assert all(row.share is None and row.source for row in rows)


def test_groups_count_when_a_number_from_a_source_is_known(
    session: Session, place: tuple[int, int]
) -> None:
    for grade in ("estimated", "sourced"):
        group = TargetGroup(organisation_id=place[0], name=grade, business=False)
        session.add(group)
        session.flush()
        use = ChannelUse(group_id=group.id, channel="blog", share=0.2, grade=grade, source="")
        session.add(use)
    session.flush()
    assert share(session, place, 1, 2) == 0.5


def test_a_channel_hands_over_when_something_is_planned_on_it(
    session: Session, place: tuple[int, int]
) -> None:
    for channel, status in (("blog", "live"), ("youtube", "live"), ("tiktok", "closed")):
        account = ChannelAccount(organisation_id=place[0], channel=channel, name="", status=status)
        session.add(account)
    planned(session, place, channel="blog")
    assert share(session, place, 2, 3) == 0.5


def test_activities_hand_over_when_they_have_an_owner(
    session: Session, place: tuple[int, int]
) -> None:
    person = Person(organisation_id=place[0], name="Ida", function="marketing", hours=5)
    session.add(person)
    session.flush()
    planned(session, place)
    planned(session, place, owner_id=person.id)
    assert share(session, place, 3, 4) == 0.5


def test_a_promise_is_handed_over_when_it_says_what_came_of_it(
    session: Session, place: tuple[int, int]
) -> None:
    today = date.today()
    planned(session, place, due_on=today + timedelta(days=1), state="open")
    assert share(session, place, 4, 8) is None
    planned(session, place, due_on=today, state="open")
    planned(session, place, due_on=today, state="stuck")
    assert share(session, place, 4, 8) == 0.5


@pytest.mark.parametrize("unknown", ["", "ownership", "measuring"])
def test_the_rules_know_the_flow_that_the_picture_shows(unknown: str) -> None:
    levels = dict(zip(flow.FACTORS, (1.5, 2, 3.25, 1, 2.1, 0.4, 3, 2), strict=True))
    levels.pop(unknown, None)
    known = [Fact("factor", {"id": name, "level": level}) for name, level in levels.items()]
    (seen,) = aggregated(rulebook.pack(), ["flow"], {"factor": known})
    inner, outer, _ = flow.means(levels)
    assert (inner is None) == (seen.values["inner_known"] != 4) == (unknown == "ownership")
    assert (outer is None) == (seen.values["outer_known"] != 3) == (unknown == "measuring")
    assert inner is None or seen.values["inner"] == pytest.approx(inner, abs=1e-6)
    assert outer is None or seen.values["outer"] == pytest.approx(outer, abs=1e-6)


def test_what_was_heard_flows_on_when_it_is_wanted_and_reaches_somebody(
    session: Session, place: tuple[int, int]
) -> None:
    person = Person(organisation_id=place[0], name="Ida", function="marketing", hours=5)
    session.add(person)
    session.flush()
    day = date(2026, 11, 2)
    said = ("sales", day), ("", day), ("", None), ("", None)
    for objective, reached in said:
        insight = Insight(
            organisation_id=place[0], text="Too slow", heard_on=day, objective=objective,
            receiver_id=person.id, reached_on=reached, kept_at=built.NOW,
        )  # fmt: skip
        session.add(insight)
    session.flush()
    assert (share(session, place, 8, 5), share(session, place, 5, 6)) == (0.25, 0.5)


def test_answers_are_handed_on_to_the_numbers_when_they_say_when(
    session: Session, place: tuple[int, int]
) -> None:
    for answered, replied in ((True, date(2026, 11, 2)), (True, None), (False, None)):
        message = ResponseCase(
            organisation_id=place[0], received_on=date(2026, 11, 1), answered=answered,
            replied_on=replied, way="typed", kept_at=built.NOW,
        )  # fmt: skip
        session.add(message)
    session.flush()
    assert share(session, place, 6, 7) == 0.5
