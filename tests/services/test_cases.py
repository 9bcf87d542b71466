"""Messages and their first replies: counted in office hours, what is unknown is never 0."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from models.organisation import Quarter
from services import (
    case_kpis,
    cases,
    facts_of_listening,
    office_hours,
    reading_messages,
    reading_tables,
    reading_times,
    rulebook,
)
from services.cases import Said
from services.office_hours import OfficeHours
from services.reading_messages import How, Read
from services.refusals import Changed, Refused
from tests.services import built

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 2)
OFFICE = OfficeHours(9 * 60, 17 * 60, 5)
NINE = 9 * 60


def message(days: int = 0, **more: object) -> Said:
    """One that came on a Monday at nine, or so many days later."""
    said = Said(MONDAY + timedelta(days=days), NINE, needs_answer=True)
    return replace(said, **more)  # type: ignore[arg-type]


def answered(after: int, days: int = 0, **more: object) -> Said:
    """One that was answered so many minutes after nine on the same day."""
    day = MONDAY + timedelta(days=days)
    return message(days, answered=True, replied_on=day, replied_minute=NINE + after, **more)


@pytest.mark.parametrize(
    ("first", "last", "minutes"),
    [
        ((MONDAY, 600), (MONDAY, 630), 30),
        ((MONDAY, 480), (MONDAY, 500), 0),  # before anybody is there
        ((MONDAY, 480), (MONDAY, 541), 1),
        ((MONDAY, 1019), (date(2026, 11, 3), 541), 2),
        ((MONDAY, 1100), (date(2026, 11, 3), 541), 1),
        ((date(2026, 11, 6), 1019), (date(2026, 11, 9), 541), 2),  # Friday to Monday
        ((date(2026, 11, 7), 600), (date(2026, 11, 8), 600), 0),  # within a weekend
        ((MONDAY, 540), (date(2026, 11, 9), 540), 5 * 480),
    ],
)
def test_only_office_hours_count(
    first: tuple[date, int], last: tuple[date, int], minutes: int
) -> None:
    assert OFFICE.between(first, last) == minutes


def test_office_hours_are_a_starter_value_of_the_pack_that_says_which() -> None:
    office = office_hours.of(rulebook.pack())
    assert office == OFFICE
    assert OFFICE.words == "Monday to Friday, 9:00 to 17:00"
    assert OfficeHours(0, 60, 1).words == "Monday, 0:00 to 1:00"


def test_the_middle_and_the_slowest_tenth_say_of_how_many_they_are() -> None:
    told = [answered(minutes) for minutes in (10, 20, 30, 40, 50, 60, 70, 80, 300, 480)]
    first, *_ = case_kpis.counted([*told, message(answered=True)], TODAY, OFFICE, 30)
    assert (first.kpi, first.value, first.of) == ("first_response_time", 0.92, 10)
    assert "within 5 office hours" in first.notes[1]
    assert "at what time: 1" in first.notes[2]
    nine, *_ = case_kpis.counted(told[:9], TODAY, OFFICE, 30)
    assert "shows from 10 on" in nine.notes[1]
    nothing, *_ = case_kpis.counted([message()], TODAY, OFFICE, 30)
    assert (nothing.value, nothing.of) == (None, 0)


def test_the_share_answered_leaves_out_what_is_not_known_and_what_is_fresh() -> None:
    some = [
        answered(5), answered(5), message(answered=False), message(answered=None),
        message(needs_answer=None, answered=False), message(needs_answer=False, answered=False),
        message(21, answered=False),
    ]  # fmt: skip
    _, share, _, _ = case_kpis.counted(some, TODAY, OFFICE, 30)
    assert (share.value, share.of) == (66.7, 3)
    assert (share.low, share.high) == (20.8, 93.9)  # Wilson's interval of 2 of 3
    assert share.notes == (
        "Still within their first office day, so not counted yet: 1.",
        "Whether they were answered is not known: 1.",
        "Whether they needed an answer is not known: 1.",
    )


@pytest.mark.parametrize(("many", "few"), [(29, True), (30, False)])
def test_a_share_of_fewer_than_thirty_has_an_interval(many: int, few: bool) -> None:
    some = [answered(5, solved=at % 2 == 0) for at in range(many)]
    _, _, solved, _ = case_kpis.counted(some, TODAY, OFFICE, 30)
    assert (solved.low is not None) is few


@pytest.mark.parametrize(("many", "says"), [(29, False), (30, True)])
def test_a_mean_says_something_from_thirty_ratings_on(many: int, says: bool) -> None:
    some = [answered(5, rating=4 + at % 2) for at in range(many)]
    *_, satisfied = case_kpis.counted([*some, answered(5)], TODAY, OFFICE, 30)
    assert satisfied.says is says
    assert ("A mean needs at least 30 ratings." in satisfied.notes) is not says
    assert satisfied.notes[-1].startswith(f"{many} of {many + 1} were rated; ")


@pytest.mark.parametrize(
    ("said", "within"),
    [
        (answered(480), True),
        (message(replied_on=date(2026, 11, 3), replied_minute=541), False),
        (message(received_minute=None, replied_on=MONDAY), True),
        (message(received_minute=None, replied_on=date(2026, 11, 3)), None),
        (message(received_minute=None, replied_on=date(2026, 11, 4)), False),
        (message(answered=False), False),
        (message(21, answered=False), None),
        (message(), None),
    ],
)
def test_within_a_day_is_told_only_where_it_can_be(said: Said, within: bool | None) -> None:
    assert case_kpis.within_a_day(said, TODAY, OFFICE) is within


def test_rules_read_the_share_of_answers_from_five_messages_on(session: Session) -> None:
    at = built.shop(session)
    quarter, pack = session.get_one(Quarter, at.quarter), rulebook.pack()
    said = {"learning": {}, "rollout": {}, "service": {"roster": True, "answered": 0.9}}
    for days in range(4):
        cases.note(session, at.id, answered(5, days), today=TODAY)
    before = facts_of_listening.told(session, quarter, TODAY, pack, said)
    assert before["service"] == {"roster": True, "answered": 0.9}
    cases.note(session, at.id, message(4, answered=False), today=TODAY)
    now = facts_of_listening.told(session, quarter, TODAY, pack, said)
    assert now["service"] == {"roster": True, "answered": 0.8}
    less = replace(pack, parameters={})
    assert (
        facts_of_listening.told(session, quarter, TODAY, less, said)["service"] == said["service"]
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"replied_on": MONDAY - timedelta(days=1)}, "before the message"),
        ({"replied_on": MONDAY, "replied_minute": 500}, "before the message"),
        ({"replied_minute": 600}, "on which day"),
        ({"replied_on": MONDAY, "answered": False}, "so it was answered"),
        ({"closed_on": MONDAY - timedelta(days=1)}, "before it was answered"),
        ({"received_minute": 1440}, "between 0:00 and 23:59"),
        ({"rating": 6}, "from 1 to 5"),
        ({"channel": "pigeon"}, "from the list"),
        ({"person_id": 4711}, "takes part no longer"),
        ({"subject": "x" * 121}, "without names"),
    ],
)
def test_what_cannot_be_is_refused(session: Session, wrong: dict[str, object], why: str) -> None:
    at = built.shop(session)
    with pytest.raises(Refused, match=why):
        cases.note(session, at.id, message(**wrong), today=TODAY)


def test_of_two_the_second_is_told_and_twice_is_once(session: Session) -> None:
    at = built.shop(session)
    number = cases.note(session, at.id, message(subject="A price"), today=TODAY)
    cases.restate(session, number, answered(5, subject="A price"), version=1, today=TODAY)
    with pytest.raises(Changed) as changed:
        cases.restate(session, number, message(subject="Mine"), version=1, today=TODAY)
    assert changed.value.theirs
    assert changed.value.theirs["replied_minute"] == NINE + 5
    again = [message(subject="a PRICE"), message(subject="Another")]
    assert cases.take_in(session, at.id, again, today=TODAY).same == 1
    assert len(cases.listed(session, at.id, MONDAY, TODAY)) == 2


def test_who_wrote_long_ago_does_not_wait_any_more(session: Session) -> None:
    at = built.shop(session)
    cases.note(session, at.id, message(answered=False), today=TODAY)
    assert len(cases.waiting(session, at.id, MONDAY + timedelta(days=91))) == 1
    assert cases.waiting(session, at.id, MONDAY + timedelta(days=92)) == []


@pytest.mark.parametrize(
    ("written", "minute"),
    [
        ("9:15", 555), ("09:15:59", 555), ("9.15 Uhr", 555), ("2:05 pm", 845), ("12 am", 0),
        ("?", None), ("", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(written: str, minute: int | None) -> None:
    assert reading_times.minute(written) == minute


@pytest.mark.parametrize("written", ["9", "25:00", "9:60", "13 pm", "soon", "9:15" * 30])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(Refused, match="no time"):
        reading_times.minute(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("3.11.2026 9:15", (date(2026, 11, 3), 555)),
        ("2026-11-03T21:15:30.5", (date(2026, 11, 3), 1275)),
        ("Nov 3, 2026, 9:15 pm", (date(2026, 11, 3), 1275)),
        ("Di, 3. November 2026", (date(2026, 11, 3), None)),
    ],
)
def test_moments_are_read_as_people_write_them(
    written: str, moment: tuple[date, int | None]
) -> None:
    assert reading_times.moment(written) == moment


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-11-03T09:15:00Z", "time zone"),
        ("2026-11-03 09:15+01:00", "time zone"),
        ("November 2026", "a day is needed"),
        ("KW 45 2026", "a day is needed"),
        ("31.11.2026", "no day of any calendar"),
        ("3.11.2026 9:99", "no time"),
    ],
)
def test_what_is_no_moment_is_refused(written: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        reading_times.moment(written)


def read(session: Session, at: built.Shop, text: str, day_first: bool | None = None) -> Read:
    table = reading_tables.sheet(text)
    how = How(reading_messages.guessed(table), {"Ben": at.ben}, day_first)
    return reading_messages.read(session, at.id, table, how, today=TODAY)


def test_a_table_is_read_and_an_empty_cell_is_unknown(session: Session) -> None:
    at = built.shop(session)
    found = read(
        session, at,
        "Eingang;Uhrzeit;Kanal;Betreff;Antwort;Beantwortet;Gelöst;Note;Zuständig\n"
        "3.11.2026;9:15;instagram;Preis;3.11.2026 10:00;ja;nein;4;ben\n"
        "4.11.2026;;Am Telefon;;;;;;\n",
    )  # fmt: skip
    assert found.faults == ()
    (row, first), (_, second) = found.said
    assert row == 2
    assert first == Said(
        date(2026, 11, 3), 555, "instagram", "", "Preis", None, True, date(2026, 11, 3), 600,
        None, False, 4, at.ben,
    )  # fmt: skip
    assert second == Said(date(2026, 11, 4), elsewhere="Am Telefon")


def test_the_words_of_the_page_itself_are_understood_and_a_time_alone_is_the_same_day(
    session: Session,
) -> None:
    at = built.shop(session)
    names = ";".join(reading_messages.FIELDS.values())
    found = read(session, at, f"{names}\n3.11.2026;9:15;;Price;;;10:30;;;;;\n")
    assert found.faults == ()
    ((_, said),) = found.said
    assert (said.subject, said.received_minute) == ("Price", 555)
    assert (said.replied_on, said.replied_minute) == (date(2026, 11, 3), 630)


def test_every_cell_that_is_not_read_is_named(session: Session) -> None:
    at = built.shop(session)
    found = read(
        session, at,
        "Received,Reply,Solved,Rating,Agent\n"
        "3.11.2026 9:15,2.11.2026 9:00,yes,5,Ben\n"
        ",,,,Ben\n"
        "3.11.2026,,perhaps,,\n"
        "3.11.2026,,,4.5,\n"
        "3.11.2026,,,,Zoe\n",
    )  # fmt: skip
    assert found.said == ()
    assert [(one.row, one.column) for one in found.faults] == [
        (2, ""), (3, "Received"), (4, "Solved"), (5, "Rating"), (6, "Agent"),
    ]  # fmt: skip


def test_which_number_is_the_day_is_asked_unless_a_cell_proves_it(session: Session) -> None:
    at = built.shop(session)
    assert read(session, at, "Received,About\n05/06/2026,A\n").asks == "05/06/2026"
    found = read(session, at, "Received,About\n05/06/2026,A\n25/06/2026,B\n")
    assert [one.received_on.month for _, one in found.said] == [6, 6]
    both = read(session, at, "Received,About\n05/16/2026,A\n25/06/2026,B\n")
    assert "in others the month" in both.faults[0].why
