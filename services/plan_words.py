"""A plan in plain sentences: why something is left out, what brings it in, what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from services.advice import AdviceView
from services.costs import listed, parameter
from services.plan_reasons import OTHERS, LeftOut
from services.plan_ways import WayIn
from services.raised import raised

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMED = 3
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_CONFLICTS = {
    "hours": "the hours that you give",
    "own_hours": "the hours that each person has left",
    "setup": "the hours there are for setting up",
    "channels": "how many channels a first part may have",
    "channel_hours": "the share of the hours that channels may take at first",
    "accountable": "how many activities one person answers for",
    "share": "how much hangs on one person",
    "skills": "the skills that are there",
    "volunteers": "that only those are seen who want to be",
    "held_back": "whom the rules hold back",
    "roles": "roles that belong into two hands",
    "order": "what comes first",
    "places": "activities that only work on certain channels",
    "doors": "that somebody answers where people write to you",
    "promised": "what is promised already",
}


def why(view: AdviceView, left: LeftOut) -> str:
    """Why something advised is not in the plan, in one sentence."""
    return _WHY[left.limit](view, left)


def way_in(view: AdviceView, way: WayIn) -> str:
    """What would bring it in, in one sentence."""
    return EASED[way.limit](view, way)


def conflict(limits: Iterable[str]) -> tuple[str, ...]:
    """The limits that leave no room, by name."""
    return tuple(_CONFLICTS[limit] for limit in limits)


def _taken_hours(_: AdviceView, left: LeftOut) -> str:
    return f"The hours go to what is advised more strongly; {_hours(left.lacks)} a week is missing."


def _own_hours(_: AdviceView, left: LeftOut) -> str:
    return (
        "Nobody who could answer for it has enough hours left; "
        f"{_hours(left.lacks)} a week is missing."
    )


def _too_many(view: AdviceView, _: LeftOut) -> str:
    return f"{raised(_most(view, 'pilot_channels'))} channels are enough to begin with."


def _channel_hours(_: AdviceView, left: LeftOut) -> str:
    return (
        "Channels leave room for other work at first; "
        f"{_hours(left.lacks)} a week is missing for this one."
    )


def _answers_for_enough(view: AdviceView, _: LeftOut) -> str:
    most = _most(view, "most_accountable")
    return f"Who could answer for it would answer for more than {most} activities."


def _skills(view: AdviceView, left: LeftOut) -> str:
    asked = _asked(view, left.name)
    if _with_skill(view, left):
        besides = "besides those who are not free for it"
        return f"It asks for {asked}; {besides}, nobody has named that as a skill."
    return f"It asks for {asked}, and nobody has named that as a skill."


def _volunteers(_: AdviceView, left: LeftOut) -> str:
    where = "there" if left.kind == "channel" else "for it"
    return f"People are seen by name or face {where}, and nobody who wants that has the hours."


def _first(view: AdviceView, left: LeftOut) -> str:
    return (
        f"It builds on {_titles(view, 'activity', left.about, 'and')}, which is not in place yet."
    )


def _places(view: AdviceView, left: LeftOut) -> str:
    if not left.about:
        return "It only works on channels that are not advised."
    where = _titles(view, "channel", left.about, "or")
    return f"It only works on {where}, and the plan has no room there."


_WHY: dict[str, Callable[[AdviceView, LeftOut], str]] = {
    "hours": _taken_hours,
    "own_hours": _own_hours,
    "share": lambda *_: "Too much of the work would hang on one person.",
    "setup": lambda _, left: f"{_hours(left.lacks)} for setting up is missing.",
    "channels": _too_many,
    "channel_hours": _channel_hours,
    "accountable": _answers_for_enough,
    "skills": _skills,
    "volunteers": _volunteers,
    "held_back": lambda *_: "The rules hold back everybody who could answer for it.",
    "roles": lambda *_: "Two roles that should check each other would come into one hand.",
    "order": _first,
    "places": _places,
    "doors": lambda *_: "People would write to you there, and nobody is settled who answers.",
    OTHERS: lambda *_: "It fits only if something that is advised more strongly stays out.",
}


def _more_hours(view: AdviceView, way: WayIn) -> str:
    return f"{_more(way.amount)} a week from {_from(view, way)}."


def _from(view: AdviceView, way: WayIn) -> str:
    """Anyone, anyone with the skill, or these people by name."""
    people = {str(fact.values["id"]) for fact in view.facts if fact.kind == "person"}
    if people == set(way.by) and len(people) > 1:
        return "anyone"
    skilled = _with_skill(view, way.left)
    if len(way.by) > 1 and skilled == set(way.by):
        return f"anyone with {_asked(view, way.left.name)}"
    return _one_of(view, way.by)


def _one_of(view: AdviceView, people: Sequence[str]) -> str:
    """People by name; of many only the first."""
    names = [view.names.get(person, person) for person in people]
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], "somebody else who fits"]
    return _joined(names, "or")


def _with_skill(view: AdviceView, left: LeftOut) -> set[str]:
    entry = view.entry(left.kind, left.name)
    wanted = listed(entry, "skills") if entry else ()
    return {
        str(fact.values["person"])
        for fact in view.facts
        if fact.kind == "skill" and fact.values["skill"] in wanted
    }


def _fewer(view: AdviceView, way: WayIn) -> str:
    return f"{_one_of(view, way.by)} answers for one thing less."


EASED: dict[str, Callable[[AdviceView, WayIn], str]] = {
    "hours": _more_hours,
    "setup": lambda _, way: f"{_more(way.amount)} for setting up.",
    "channels": lambda view, _: f"Room for a {_next_channel(view)} channel.",
    "accountable": _fewer,
    "skills": lambda view, way: f"Somebody who can do it: {_asked(view, way.left.name)}.",
    "volunteers": lambda *_: "Somebody who likes to be seen. Nobody has to.",
    "held_back": lambda *_: "Somebody whom no rule holds back.",
    "roles": lambda *_: "Somebody who does not hold the other role.",
    "order": lambda view, way: f"First {_titles(view, 'activity', way.left.about, 'and')}.",
    "places": lambda view, way: (
        f"{_titles(view, 'channel', way.by, 'or')} as one of your channels."
    ),
    "doors": lambda *_: "Settle who answers messages in office hours.",
}


def _next_channel(view: AdviceView) -> str:
    at = int(parameter(view.pack, "pilot_channels")) + 1
    return _ORDINALS[at] if at < len(_ORDINALS) else "further"


def _most(view: AdviceView, name: str) -> str:
    number = int(parameter(view.pack, name))
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _asked(view: AdviceView, activity: str) -> str:
    entry, known = view.entry("activity", activity), view.pack.catalogues["skills"]
    wanted = listed(entry, "skills") if entry else ()
    return _joined([f"“{known[one].title}”" for one in wanted if one in known], "or")


def _titles(view: AdviceView, kind: str, names: Iterable[str], word: str) -> str:
    return _joined([f"“{view.title(kind, name)}”" for name in names], word)


def _joined(words: list[str], word: str) -> str:
    return f" {word} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _more(hundredths: int) -> str:
    return "1 more hour" if hundredths == 100 else f"{hundredths / 100:g} more hours"


def _hours(hundredths: int) -> str:
    return f"{hundredths / 100:g} h"
