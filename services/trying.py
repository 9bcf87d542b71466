"""A made-up case put to the rules: starts from what is known, and writes nothing anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules import engine
from rules.pack import Fact, Pack
from services import audiences, facts
from services.advice import AdviceView
from services.facts_of_aims import trust
from services.facts_of_work import known
from services.refusals import Refused

MOST_OBJECTIVES = 3
MOST_PEOPLE = 50
MOST_HOURS = 80.0


@dataclass(frozen=True, slots=True)
class Case:
    """What is tried: who it is, what it wants (first first), people with their hours a week each,
    and the people to reach (ages; None for a group nobody describes)."""

    staff: int
    sector: str
    audience: str
    region: str
    premises: bool
    objectives: tuple[str, ...] = ()
    people: int = 0
    hours: float = 0.0
    group: tuple[int, int, bool] | None = None


def begin(view: AdviceView) -> Case:
    """The case as the organisation itself is."""
    itself = view.fact("organisation")
    persons = _of(view, "person")
    hours = sum(float(str(fact.values.get("hours", 0))) for fact in persons)
    wanted = sorted(_of(view, "objective"), key=lambda one: -_number(one.values.get("priority")))
    return Case(
        staff=int(_number(itself.get("staff")) or 1),
        sector=str(itself.get("sector", "business")),
        audience=str(itself.get("audience", "consumers")),
        region=str(itself.get("region", "de")),
        premises=bool(itself.get("premises", False)),
        objectives=tuple(str(fact.values["name"]) for fact in wanted),
        people=len(persons),
        hours=round(hours / len(persons), 2) if persons else 0.0,
        group=_group(view),
    )


def advised(view: AdviceView, case: Case) -> AdviceView:
    """What the rules say about a case, with everything that the case leaves alone as it is. Refused
    if it cannot be; nothing is kept."""
    _check(view.pack, case)
    said, start = _said(view, case), begin(view)
    fresh = [one for fact in said if (one := facts.fitting(view.pack, fact)) is not None]
    replaced = {kind for kind, changed in _changed(start, case).items() if changed}
    replaced.add("organisation")
    kept = [fact for fact in view.facts if fact.kind not in replaced]
    gathered = (*kept, *(fact for fact in fresh if fact.kind in replaced))
    names = {**view.names, **{_someone(at): f"Person {at}" for at in range(1, case.people + 1)}}
    names[_GROUP] = "the people to reach"
    return AdviceView(
        organisation_id=view.organisation_id,
        quarter_id=view.quarter_id,
        pack=view.pack,
        facts=gathered,
        names=names,
        facts_hash=facts.digest(gathered),
        unknown=facts.unknown(view.pack, gathered),
        advice=engine.recommend(view.pack, gathered, names),
    )


_GROUP = "tried"


def _changed(start: Case, case: Case) -> dict[str, bool]:
    """By kind of fact, whether the case says something else than the organisation itself."""
    team = (start.people, start.hours) != (case.people, case.hours)
    group = start.group != case.group
    return {
        "objective": start.objectives != case.objectives,
        "person": team,
        "skill": team,
        "holds_role": team,
        "group": group,
        "audience_use": group,
    }


def _said(view: AdviceView, case: Case) -> Iterator[Fact]:
    itself = known(
        staff=case.staff,
        sector=case.sector,
        audience=case.audience,
        region=case.region,
        premises=case.premises,
    )
    yield Fact("organisation", {**view.fact("organisation"), **itself})  # type: ignore[dict-item]
    stated = {str(fact.values["name"]): fact for fact in _of(view, "objective")}
    for at, name in enumerate(case.objectives):
        before = stated[name].values if name in stated else {"age_quarters": 1}
        yield Fact("objective", {**before, "name": name, "priority": MOST_OBJECTIVES - at})
    for at in range(1, case.people + 1):
        values = known(id=_someone(at), hours=case.hours, free_hours=case.hours, accountable=0)
        yield Fact("person", values)
    yield from _reached(view.pack, case)


def _reached(pack: Pack, case: Case) -> Iterator[Fact]:
    """The people to reach, with the pack's estimates of where they are."""
    if case.group is None:
        return
    low, high, business = case.group
    values = known(id=_GROUP, business=business, age_from=low, age_to=high, region=case.region)
    yield Fact("group", values)
    described = audiences.Group("Tried", business, low, high, case.region)
    for channel, use in audiences.estimates(pack, described).items():
        held = known(group=_GROUP, channel=channel, share=use.share)
        yield Fact("audience_use", held, trust(pack, use.grade))


def _check(pack: Pack, case: Case) -> None:
    if len(set(case.objectives)) != len(case.objectives):
        raise Refused("Choose each objective once.")
    if len(case.objectives) > MOST_OBJECTIVES:
        raise Refused("Choose up to three objectives; more cannot be reached at a time.")
    if unknown := [one for one in case.objectives if one not in pack.catalogues["objectives"]]:
        raise Refused(f"The rules do not know {len(unknown)} of these objectives.")
    if not (case.staff >= 1 and 0 <= case.people <= MOST_PEOPLE and 0 <= case.hours <= MOST_HOURS):
        raise Refused("Say how many people there are, and how many hours each has.")
    if case.group and case.group[0] > case.group[1]:
        raise Refused("The youngest cannot be older than the oldest.")


def _group(view: AdviceView) -> tuple[int, int, bool] | None:
    """The first group that the organisation described."""
    found = next(iter(_of(view, "group")), None)
    if found is None:
        return None
    low, high = (_number(found.values.get(name)) for name in ("age_from", "age_to"))
    return int(low or 18), int(high or 80), bool(found.values.get("business", False))


def _someone(at: int) -> str:
    return f"tried{at}"


def _of(view: AdviceView, kind: str) -> list[Fact]:
    return [fact for fact in view.facts if fact.kind == kind]


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
