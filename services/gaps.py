"""What is not known, and how honest is what we know: numbers, answers, and the advice on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from services import advice, honesty, missing, results, series, targets
from services.advice import AdviceView
from services.kpis import VISIBILITIES, Visibility, every
from services.showing import EVERYONE

ADVISED = ("channel", "activity")
"""Advice of which it is counted on what it rests."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """`questions`: those whose answers would change the advice most; `without`: numbers of the
    objectives that have no value at all; `numbers`: how many of those that are measured are how
    honest; `advice`: on what the recommendations rest, counted; `hidden`: people took part, but too
    few to show anything."""

    questions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    numbers: Mapping[Visibility, int] | None = None
    advice: Mapping[str, int] | None = None
    hidden: bool = False


def of(session: Session, place: tuple[int, int], day: date) -> Gaps:
    """The gaps of a quarter by a day."""
    view = advice.current(session, *place)
    measured = series.main(series.shelves(session, place[0], day))
    aimed = targets.listed(session, place[1])
    wanted = dict.fromkeys(target.kpi.id for one in aimed for target in one.targets)
    found = results.results(session, *place)
    shown = any(EVERYONE in groups for groups in found.factors.values())
    return Gaps(
        questions=tuple(one.question for one in missing.questions(view, 5)),
        without=tuple(every()[name].title for name in wanted if name not in measured),
        numbers=_honest(session, place[0], day, measured.keys() & wanted.keys()),
        advice=_rests(view),
        hidden=found.joined > 0 and not shown,
    )


def _honest(
    session: Session, organisation_id: int, day: date, names: set[str]
) -> dict[Visibility, int]:
    """How honest the newest values of these numbers are, the most honest first."""
    shelves = series.main(series.shelves(session, organisation_id, day, names)) if names else {}
    newest = [series.read(session, organisation_id, one, day).newest for one in shelves.values()]
    counted = Counter(one.said.visibility for one in newest)
    return {kind: counted[kind] for kind in VISIBILITIES if counted[kind]}


def _rests(view: AdviceView) -> dict[str, int]:
    advised = [one for kind in ADVISED for one in view.recommended(kind)]
    return dict(Counter(honesty.honesty(view, one) for one in advised))
