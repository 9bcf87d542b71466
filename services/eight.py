"""Everything that the figure-of-eight shows: how the factors stand, what they hand on, the flow."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from services import flow, over_quarters
from services.flow import Flow, HandOver, Station


@dataclass(frozen=True, slots=True)
class Eight:
    """The eight stations, what each hands on, and the flow of all; `before`: everyone's level
    (0-4) of each factor in the round before, which was in the quarter `then` ("": there was none).
    """

    stations: tuple[Station, ...]
    hand_overs: tuple[HandOver, ...]
    flow: Flow
    before: tuple[tuple[str, float], ...] = ()
    then: str = ""

    @property
    def known(self) -> bool:
        """Whether anything of it may be shown."""
        return any(one.score is not None for one in self.stations)


def of(session: Session, organisation_id: int, quarter_id: int) -> Eight:
    """As it stands in a quarter."""
    place = (organisation_id, quarter_id)
    stations = tuple(flow.stations(session, *place))
    reaches = tuple(flow.hand_overs(session, *place))
    then = over_quarters.before(session, *place)
    before = tuple(sorted(then.levels.items())) if then else ()
    return Eight(stations, reaches, flow.flow(stations), before, then.quarter if then else "")
