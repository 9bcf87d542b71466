"""A bakery that wants something and has people with hours, for the pages on what to do and who."""

from __future__ import annotations

from dataclasses import dataclass

from models.database import reading, writing
from services import (
    advice,
    objectives,
    organisations,
    people,
    quarters,
    recommendations,
    taking_on,
)
from services.advice import AdviceView
from services.people import Someone
from services.recommendations import Said
from services.taking_on import InHand, Promise
from tests.pages.conftest import TODAY

ANN = Someone("Ann *Baker*", "leadership", 5, skills=("photo",), roles=("channel_owner",))
BEN = Someone("Ben", "customer_service", 3)
CARE = "local_profile_care"


@dataclass(frozen=True, slots=True)
class Bakery:
    """Where it lies, and the ids of its people in the order in which they were given."""

    name: str
    place: tuple[int, int]
    people: tuple[int, ...]

    def view(self) -> AdviceView:
        with reading() as session:
            return advice.current(session, *self.place)

    def promises(self) -> dict[str, InHand]:
        with reading() as session:
            return {one.activity: one for one in taking_on.in_hand(session, self.place[1])}

    def history(self, activity: str) -> list[tuple[Said, bool]]:
        with reading() as session:
            return recommendations.history(session, self.place[1], ("activity", activity, ""))

    def takes(self, activity: str, owner: int | None, hours: float = 0.5) -> None:
        view = self.view()
        with writing() as session:
            said = Said("accepted")
            taking_on.take_on(session, view, activity, said, Promise(owner, hours, 1), seen=None)


def bakery(*persons: Someone, wants: tuple[str, ...] = ("sales", "service")) -> Bakery:
    """A bakery in the quarter of TODAY."""
    said = organisations.Profile(
        name="Corner Bakery",
        staff=max(1, len(persons)),
        sector="business",
        audience="consumers",
        region="de",
        premises=True,
    )
    with writing() as session:
        row = organisations.create(session, said, on=TODAY)
        quarter = quarters.ensure(session, row.id, TODAY)
        there = tuple(people.add(session, row.id, one).id for one in persons)
        for name in wants:
            objectives.state(session, row.id, quarter.id, name)
        return Bakery(row.name, (row.id, quarter.id), there)
