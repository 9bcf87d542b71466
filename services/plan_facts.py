"""From advice to the problem of a plan: what is advised, what stands, who there is, what limits."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from services.advice import AdviceView
from services.costs import (
    IN_HAND,
    as_number,
    builds_on,
    cost,
    hours_promised,
    hours_to_plan,
    listed,
    number,
    parameter,
    planned,
    said,
    small,
)
from services.plan_people import Person, clashes, everybody, left_of, owners, points
from services.plan_problem import (
    MANY,
    Activity,
    Channel,
    Most,
    Problem,
    Promised,
    hundredths,
    whole,
    whole_hundredths,
)

Named = tuple[str, str]
"""(kind, name) of something advised."""


def problem(view: AdviceView, left_out: Collection[Named] = ()) -> Problem:
    """What could be chosen now; what is declined, blocked or in `left_out` is no choice."""
    people = everybody(view)
    channels, activities = _channels(view, left_out, people), _activities(view, left_out)
    promised = tuple(_promised(view))
    states = {name: values.get("state") for name, values in planned(view).items()}
    seen = [name for name, state in states.items() if state != "dropped" and _visible(view, name)]
    return Problem(
        channels=channels,
        activities=activities,
        promised=promised,
        people=tuple(left_of(view, one, people) for one in people),
        owners={one.name: owners(view, one.name, people) for one in activities} if people else {},
        most=_most(view, channels, len(people)),
        clashes=frozenset() if small(view) else clashes(view),
        show=not seen,
        answered=view.fact("service").get("roster") is True,
    )


def _channels(
    view: AdviceView, left_out: Collection[Named], people: Collection[Person]
) -> tuple[Channel, ...]:
    taken = {name for kind, name in _decided(view, "accepted") if kind == "channel"}
    away = {*left_out, *_decided(view, "declined")}
    ranked = {one.target[1]: one for one in view.recommended("channel")}
    names = [name for name in ranked if name in taken or ("channel", name) not in away]
    names += sorted(taken - set(names))
    open_ones = {
        fact.values["channel"]
        for fact in view.facts
        if fact.kind == "account" and fact.values.get("status") in ("live", "paused")
    }
    found = []
    for name in names:
        entry = view.entry("channel", name)
        if entry is None:
            continue
        work = cost(view, "channel", entry)
        found.append(
            Channel(
                name=name,
                points=points(view, ranked.get(name), "channels"),
                hours=hundredths(work.hours),
                setup=0 if name in open_ones else hundredths(work.setup),
                taken=name in taken,
                door=number(entry, "service") >= parameter(view.pack, "plan_door"),
                willing=not (people and said(entry, "voluntary"))
                or any(one.volunteer for one in people),
            )
        )
    return tuple(found)


def _activities(view: AdviceView, left_out: Collection[Named]) -> tuple[Activity, ...]:
    away = {name for kind, name in {*left_out, *_decided(view, "declined")} if kind == "activity"}
    away |= set(planned(view))
    found = []
    for scored in view.recommended("activity"):
        name = scored.target[1]
        entry = view.entry("activity", name)
        if entry is None or name in away:
            continue
        work, on = cost(view, "activity", entry), frozenset(listed(entry, "channels"))
        missing = [one.activity for one in builds_on(view, name) if one.state == "missing"]
        found.append(
            Activity(
                name=name,
                points=points(view, scored, "activities"),
                hours=hundredths(work.hours),
                setup=hundredths(work.setup),
                visible=work.visible,
                answers=said(entry, "answers"),
                on=on,
                tied=bool(on) and not said(entry, "anywhere"),
                needs=() if small(view) else tuple(missing),
            )
        )
    return tuple(found)


def _promised(view: AdviceView) -> Iterator[Promised]:
    for name, values in planned(view).items():
        entry = view.entry("activity", name)
        if entry is not None and values.get("state") in IN_HAND:
            yield Promised(
                name=name,
                hours=hundredths(as_number(values.get("hours"))),
                answers=said(entry, "answers"),
                on=frozenset(listed(entry, "channels")),
            )


def _most(view: AdviceView, channels: Collection[Channel], people: int) -> Most:
    have, pack = hours_to_plan(view), view.pack
    once = parameter(pack, "plan_setup") * max(people, 1)
    share = min(parameter(pack, "plan_channels"), 1.0)
    taken = [one for one in channels if one.taken]
    opening = sum(one.setup for one in taken)
    return Most(
        hours=MANY if have is None else whole_hundredths(have - hours_promised(view)),
        setup=whole_hundredths(once) - opening - _to_set_up(view),
        channels=whole(parameter(pack, "pilot_channels") - len(taken)),
        channel_hours=MANY
        if have is None
        else whole_hundredths(have * share) - sum(one.hours for one in taken),
        channel_setup=whole_hundredths(once * share) - opening,
    )


def _to_set_up(view: AdviceView) -> int:
    """Hundredths of an hour that what is promised and not begun still takes once."""
    entries = [
        view.entry("activity", name)
        for name, values in planned(view).items()
        if values.get("state") == "open"
    ]
    return sum(hundredths(cost(view, "activity", entry).setup) for entry in entries if entry)


def _decided(view: AdviceView, answer: str) -> set[Named]:
    found = (fact.values for fact in view.facts if fact.kind == answer)
    return {(str(values["kind"]), str(values["target"])) for values in found}


def _visible(view: AdviceView, activity: str) -> bool:
    entry = view.entry("activity", activity)
    return entry is not None and said(entry, "visible")
