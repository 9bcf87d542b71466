"""What goes into the pre-read and into the workbook, and what may not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from documents import preread as papers
from documents import workbook
from models.assessments import Assessment
from models.database import reading
from models.results import Result
from services import assessments, behind, behind_numbers, preread, quarters
from services.listing import Listed
from services.showing import EVERYONE, LEADERS, STAFF
from tests.conftest import TODAY, Example
from tests.services import built


def lists(session: Session, organisation_id: int, quarter_id: int) -> dict[str, Listed]:
    found = behind.everything(session, organisation_id, quarter_id, TODAY)
    return {one.title: one for one in found}


def answered(session: Session, shop: built.Shop, staff: int, leaders: int) -> None:
    """A closed round of so many people, who all answer the same question, and write a note."""
    held = Assessment(organisation_id=shop.id, quarter_id=shop.quarter, depth=8)
    session.add(held)
    session.flush()
    for number in range(staff + leaders):
        one = assessments.join(session, held.id, is_leader=number >= staff)
        assessments.record(session, one.id, "written_objectives", 1, note=f"secret {number}")
    assessments.close(session, held.id)


def test_two_years_of_a_shop_fill_the_pre_read_and_every_list(example_of: Example) -> None:
    organisation_id = example_of("bicycle_shop")
    with reading() as session:
        now, before = quarters.listed(session, organisation_id)[:2]
        read = preread.read(session, organisation_id, now.id, TODAY)
        found = lists(session, organisation_id, now.id)
        earlier = lists(session, organisation_id, before.id)
    assert [one.found.standing.state for one in read.signals] == ["change", "change"]
    taken_twice = [one.what for one in read.old if "(since " in one.what]
    assert taken_twice == ["How we answer: a short guide (since April to June 2025)"]
    assert len({(one.what, one.expected) for one in read.old}) == len(read.old)
    assert read.eight.then
    assert {EVERYONE, LEADERS, STAFF} <= read.scores["aims"].keys()
    assert papers.told(read).pages
    unfilled = {title for title, one in found.items() if not one.rows}
    assert unfilled <= {"Said in the meeting"}
    assert all(len(row) == len(one.heads) for one in found.values() for row in one.rows)
    assert len(earlier["Our numbers"].rows) < len(found["Our numbers"].rows)
    assert workbook.xlsx(list(found.values()), read.organisation, TODAY).startswith(b"PK")


def test_nothing_of_few_people_is_in_any_list_or_on_paper(session: Session) -> None:
    shop = built.shop(session)
    answered(session, shop, staff=4, leaders=0)
    found = lists(session, shop.id, shop.quarter)
    assert found["How we work"].rows == ()
    assert found["How we worked"].rows == ()
    assert ("Scores", "People answered, but too few to show anything.") in found["Not known"].rows
    assert "secret" not in repr(found)
    read = preread.read(session, shop.id, shop.quarter, TODAY)
    assert read.gaps.hidden
    assert "secret" not in repr(read)


def test_a_group_of_five_is_shown_and_one_of_four_beside_it_is_not(session: Session) -> None:
    shop = built.shop(session)
    answered(session, shop, staff=5, leaders=4)
    rows = lists(session, shop.id, shop.quarter)["How we work"].rows
    assert {row[1] for row in rows} == {EVERYONE, STAFF}
    assert {row[-1] for row in rows} == {5}


def test_the_first_sheet_says_what_is_in_the_others_and_what_is_not(session: Session) -> None:
    shop = built.shop(session)
    about = dict(lists(session, shop.id, shop.quarter)["What this is"].rows)
    assert about["Organisation"] == "Corner Bakery"
    assert str(about["Sheet “Our numbers”"]).startswith("Nothing is known yet.")
    assert about["What an empty cell says"] == "Not known. It is never zero."


def test_of_too_many_values_the_newest_stay_and_the_rest_is_counted(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = built.shop(session)
    session.add_all(
        Result(
            organisation_id=shop.id, kpi="review_rating", period="month",
            starts_on=date(2026, month, 1), value=4, visibility="owned", way="typed",
            kept_at=datetime.now(UTC),
        )
        for month in range(1, 10)
    )  # fmt: skip
    session.flush()
    monkeypatch.setattr(behind_numbers, "MOST", 4)
    found = lists(session, shop.id, shop.quarter)
    assert found["Our numbers"].rows[0][3] == date(2026, 9, 1)
    assert found["Our numbers"].left_out == 5
    about = dict(found["What this is"].rows)
    assert "5 older ones are left out" in str(about["Sheet “Our numbers”"])
