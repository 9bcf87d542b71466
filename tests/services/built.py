"""A small shop with everything that rules may know of it, for tests of services and pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from models.channels import ChannelAccount
from models.listening import Insight, ResponseCase
from models.meetings import Meeting, MeetingDecision, MeetingNote, MeetingScore
from models.needs import Need
from models.organisation import Organisation, Person, PersonRole, PersonSkill, Quarter
from models.plan import Activity
from models.results import Result
from services import audiences, objectives

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """Where the shop lies, and its two people."""

    id: int
    quarter: int
    before: int
    ann: int
    ben: int


def shop(session: Session, staff: int = 6) -> Shop:
    """A bakery of two people with eight hours a week, in the last quarter of 2026 and the one
    before."""
    bakery = Organisation(
        name="Corner Bakery", staff=staff, sector="business", audience="consumers", region="de",
        premises=True, created_at=NOW,
    )  # fmt: skip
    session.add(bakery)
    session.flush()
    before = Quarter(
        organisation_id=bakery.id, year=2026, number=3,
        starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30),
    )  # fmt: skip
    now = Quarter(
        organisation_id=bakery.id, year=2026, number=4,
        starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    ann = Person(organisation_id=bakery.id, name="Ann *Baker*", function="leadership", hours=5)
    ben = Person(organisation_id=bakery.id, name="Ben", function="customer_service", hours=3)
    session.add_all([before, now, ann, ben])
    session.flush()
    return Shop(bakery.id, now.id, before.id, ann.id, ben.id)


def wants(session: Session, shop: Shop, *names: str) -> None:
    """State objectives, the first one first."""
    for name in names:
        objectives.state(session, shop.id, shop.quarter, name)


def everything(session: Session, shop: Shop) -> None:
    """One row of everything that facts are made of, the assessment aside."""
    wants(session, shop, "sales", "service")
    audiences.describe(
        session,
        shop.id,
        audiences.Group("Neighbours", business=False, age_from=25, age_to=60, region="de"),
    )
    session.add_all(
        [
            PersonSkill(person_id=shop.ann, skill="photo"),
            PersonRole(person_id=shop.ann, role="channel_owner"),
            Need(
                organisation_id=shop.id, quarter_id=shop.quarter, source="function",
                function="customer_service", topic="slow_answers", text="", importance=5,
                current=1, created_at=NOW,
            ),
            Result(
                organisation_id=shop.id, kpi="qualified_leads", period="month",
                starts_on=date(2026, 10, 1), value=7.5, source="the book beside the till",
                sample_size=12, visibility="owned", way="typed", kept_at=NOW,
            ),
            Insight(
                organisation_id=shop.id, text="People ask for bread without nuts",
                heard_on=date(2026, 10, 2), channel="instagram", receiver_id=shop.ben,
                reached_on=date(2026, 10, 5), kept_at=NOW,
            ),
            ResponseCase(
                organisation_id=shop.id, received_on=date(2026, 10, 2), received_minute=600,
                channel="instagram", subject="Opening hours", needs_answer=True, answered=True,
                replied_on=date(2026, 10, 2), replied_minute=660, person_id=shop.ben,
                way="typed", kept_at=NOW,
            ),
            ChannelAccount(
                organisation_id=shop.id, channel="instagram", name="@bakery", status="live",
                owner_id=shop.ann, two_factor=True, admins=2, last_activity_on=date(2026, 11, 1),
            ),
            Activity(
                organisation_id=shop.id, quarter_id=shop.quarter, catalogue_id="needs_workshop",
                title="Ask what people expect", owner_id=shop.ann, hours_setup=1, hours_week=0.5,
            ),
        ]
    )  # fmt: skip
    session.flush()
    met(session, shop)


def met(session: Session, shop: Shop) -> None:
    """The review of the quarter, which ended."""
    meeting = Meeting(
        organisation_id=shop.id, quarter_id=shop.quarter, held_on=NOW.date(),
        plan=[["check_in", 5], ["decide", 10], ["close", 5]], step="close",
        spent={"check_in": 240, "decide": 660}, ended_at=NOW,
    )  # fmt: skip
    session.add(meeting)
    session.flush()
    said = {"meeting_id": meeting.id, "made_at": NOW}
    session.add_all(
        [
            MeetingNote(**said, step="check_in", kind="note", text="They ask for nuts", who="Ann"),
            MeetingDecision(
                **said, what="Post once a week less", who="Ben", due_on=date(2026, 10, 12),
                effect="Nobody misses it", check_on=date(2026, 12, 1), is_stop=True,
            ),
            MeetingScore(**said, who="Ben", score=4, change="Begin with the decisions"),
        ]
    )  # fmt: skip
    session.flush()


def harbour(session: Session, staff: int) -> tuple[int, int]:
    """The ids of a bakery that has said nothing yet, and of its quarter, the last one of 2026."""
    bakery = Organisation(
        name="Harbour Bakery", staff=staff, sector="business", audience="consumers",
        region="europe", created_at=NOW,
    )  # fmt: skip
    session.add(bakery)
    session.flush()
    quarter = Quarter(
        organisation_id=bakery.id, year=2026, number=4,
        starts_on=date(2026, 10, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    session.add(quarter)
    session.flush()
    return bakery.id, quarter.id
