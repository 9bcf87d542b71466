"""Before a quarter is closed: what would be kept, what is missing, and unusual days."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from services import assessments, before_closing, objectives, rulebook
from services.objectives import Wish
from tests.services import built

ENDS = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 12, 16), "It runs until 31 December 2026."),
        (date(2026, 12, 17), ""),
        (date(2027, 4, 2), ""),
        (date(2027, 4, 3), "It ended on 31 December 2026."),
    ],
)
def test_only_long_before_or_after_its_end_the_day_is_unusual(
    session: Session, on: date, says: str
) -> None:
    place = built.harbour(session, 6)
    unusual = before_closing.look(session, *place, on).unusual
    assert unusual.startswith(says)
    assert bool(unusual) is bool(says)


def test_what_is_there_is_counted_and_what_is_not_is_missing(session: Session) -> None:
    shop = built.shop(session)
    built.everything(session, shop)
    service = objectives.listed(session, shop.quarter)[1]
    unknown = Wish(numbers_unknown=True)
    objectives.restate(session, service.id, unknown, version=service.version)
    found = before_closing.look(session, shop.id, shop.quarter, ENDS)
    for kept in ("2 objectives", "1 promise", "1 number"):
        assert kept in found.kept
    assert not any("lesson" in one for one in found.kept)
    assert [gap.text for gap in found.gaps] == [
        "Nobody has answered how you work today.",
        "“More sales” has no number in this quarter.",
        "One promise is still open; what is open can go on in the next quarter.",
    ]


@pytest.mark.parametrize(("people", "few"), [(4, True), (5, False)])
def test_answers_of_too_few_are_missing_and_open_rounds_are_named(
    session: Session, people: int, few: bool
) -> None:
    place = built.harbour(session, 6)
    round_ = assessments.open_round(session, *place)
    question = next(iter(rulebook.pack().catalogues["questions"]))
    for _ in range(people):
        assessments.record(session, assessments.join(session, round_.id).id, question, 2)
    assert before_closing.look(session, *place, ENDS).rounds == 1
    assessments.close(session, round_.id)
    found = before_closing.look(session, *place, ENDS)
    assert any("too few to be shown" in gap.text for gap in found.gaps) is few
    assert found.rounds == 0
