"""What the organisation wants and whom it wants to reach, as facts; read by `facts` alone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audiences import ChannelUse, TargetGroup
from models.needs import Need
from models.objectives import Objective
from models.organisation import Person, Quarter
from rules.pack import Fact, Pack
from services.facts_of_work import active, known


def needs(session: Session, quarter_id: int) -> Iterator[Fact]:
    """What people expect."""
    rows = session.scalars(select(Need).where(Need.quarter_id == quarter_id).order_by(Need.id))
    for row in rows:
        yield Fact(
            "need",
            known(
                id=row.id,
                source=row.source,
                function=row.function or None,
                topic=row.topic,
                importance=row.importance,
                current=row.current,
            ),
        )


def objectives(session: Session, quarter: Quarter, pack: Pack) -> Iterator[Fact]:
    """What is wanted: the first of three has priority 3, the third 1."""
    rows = session.scalars(
        select(Objective).where(Objective.quarter_id == quarter.id).order_by(Objective.position)
    )
    functions = set(active(session, quarter.organisation_id, Person.function))
    for row in rows:
        yield Fact(
            "objective",
            known(
                name=row.catalogue_id,
                priority=4 - row.position,
                lead_kpi=row.lead_kpi or None,
                guard_kpi=row.guard_kpi or None,
                age_quarters=_age(session, quarter, row.catalogue_id),
                co_owners=len(functions & sharing(pack, row.catalogue_id)),
            ),
        )


def numbers_unknown(session: Session, quarter_id: int) -> bool:
    """Whether somebody said of an objective that its numbers are not known."""
    said = select(Objective.id).where(
        Objective.quarter_id == quarter_id, Objective.numbers_unknown.is_(True)
    )
    return session.scalars(said).first() is not None


def groups(session: Session, organisation_id: int, pack: Pack) -> Iterator[Fact]:
    """The people to reach, and which channels they use; trusted as their evidence deserves."""
    rows = session.scalars(
        select(TargetGroup)
        .where(TargetGroup.organisation_id == organisation_id)
        .order_by(TargetGroup.id)
    )
    for row in rows:
        yield Fact(
            "group",
            known(
                id=f"g{row.id}",
                business=row.business,
                age_from=row.age_from,
                age_to=row.age_to,
                region=row.region or None,
            ),
        )
    uses = session.scalars(
        select(ChannelUse)
        .join(TargetGroup, TargetGroup.id == ChannelUse.group_id)
        .where(TargetGroup.organisation_id == organisation_id)
        .order_by(ChannelUse.group_id, ChannelUse.channel)
    )
    for use in uses:
        values = known(group=f"g{use.group_id}", channel=use.channel, share=use.share)
        yield Fact("audience_use", values, trust(pack, use.grade))


def trust(pack: Pack, grade: str) -> float:
    """How far evidence of a grade (measured, sourced, estimated) is trusted: the pack says."""
    parameter = pack.parameters.get(f"trust_{grade}")
    value = parameter.value if parameter else 1.0
    return float(value) if isinstance(value, int | float) else 1.0


def names(session: Session, organisation_id: int) -> dict[str, str]:
    """What the people to reach are called, by the id that facts use."""
    rows = session.execute(
        select(TargetGroup.id, TargetGroup.name).where(
            TargetGroup.organisation_id == organisation_id
        )
    )
    return {f"g{number}": name for number, name in rows}


def earlier_ages(session: Session, quarter: Quarter) -> dict[str, int]:
    """For how many quarters on end, up to the one before, each objective was wanted."""
    rows = session.execute(
        select(Quarter.id, Objective.catalogue_id)
        .outerjoin(Objective, Objective.quarter_id == Quarter.id)
        .where(
            Quarter.organisation_id == quarter.organisation_id,
            Quarter.starts_on < quarter.starts_on,
        )
        .order_by(Quarter.starts_on.desc())
    )
    wanted: dict[int, set[str]] = {}
    for number, name in rows:
        wanted.setdefault(number, set()).update({name} if name else ())
    ages: dict[str, int] = {}
    for age, names in enumerate(wanted.values()):
        for name in names:
            if ages.get(name, 0) == age:
                ages[name] = age + 1
    return ages


def _age(session: Session, quarter: Quarter, objective: str) -> int:
    """For how many quarters on end it has been wanted, this one included."""
    wanted = session.execute(
        select(Quarter.id, Objective.id)
        .outerjoin(
            Objective,
            (Objective.quarter_id == Quarter.id) & (Objective.catalogue_id == objective),
        )
        .where(
            Quarter.organisation_id == quarter.organisation_id,
            Quarter.starts_on <= quarter.starts_on,
        )
        .order_by(Quarter.starts_on.desc())
    )
    age = 0
    for _, found in wanted:
        if found is None:
            break
        age += 1
    return age


def sharing(pack: Pack, objective: str) -> set[str]:
    """The functions besides marketing that should carry an objective too."""
    entry = pack.catalogues.get("objectives", {}).get(objective)
    listed = entry.values.get("functions") if entry else None
    return set(listed) - {"marketing"} if isinstance(listed, list | tuple) else set()
