"""What is different between two milestones, cause by cause, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.pack import Amendment, Fact, Rule
from services import facts_compared, lever_words
from services.thawing import Thawed

TITLES = {
    "rules": "The rules that come with the tool",
    "amendments": "Our own changes to the rules",
    "data": "What we know about ourselves",
    "people": "Who answered",
    "answers": "What they answered",
    "objectives": "What we want",
}


def what(cause: str, one: Thawed, other: Thawed) -> tuple[str, ...]:
    """What is different in a cause, from the first to the second; nothing if nothing is."""
    return tuple(_SAID[cause](one, other))


def _rules(one: Thawed, other: Thawed) -> Iterator[str]:
    if one.rules["delivered"] == other.rules["delivered"]:
        return
    versions = one.rules["version"], other.rules["version"]
    if versions[0] != versions[1]:
        yield f"Version {versions[1]} instead of {versions[0]}."
    old, new = ({rule.id: _essence(rule) for rule in t.delivered.rules} for t in (one, other))
    counts = {
        "New rules": len(new.keys() - old.keys()),
        "Rules that are gone": len(old.keys() - new.keys()),
        "Rules that weigh or read otherwise": sum(
            old[name] != new[name] for name in new.keys() & old.keys()
        ),
        "Other values or lists": int(_values(one) != _values(other)),
    }
    for word, count in counts.items():
        if count:
            yield f"{word}: {count}." if word != "Other values or lists" else f"{word}."


def _essence(rule: Rule) -> Rule:
    """A rule wherever it stands in its file."""
    return replace(rule, file="", line=0)


def _values(then: Thawed) -> object:
    """What rules name and join: parameters, and the facts that come with the pack."""
    pack = then.delivered
    return {name: one.value for name, one in pack.parameters.items()}, pack.fixed


def _amendments(one: Thawed, other: Thawed) -> Iterator[str]:
    old, new = ({_about(own): own for own in then.amendments} for then in (one, other))
    for about in {**old, **new}:
        title = _title(about, other, one)
        if about not in old:
            yield f"New: {title}."
        elif about not in new:
            yield f"Taken back: {title}."
        elif old[about] != new[about]:
            yield f"Otherwise: {title}."


def _about(own: Amendment) -> tuple[str, str]:
    if own.parameter:
        return "value", own.parameter
    return ("off" if own.off else "weight"), own.rule


def _title(about: tuple[str, str], *both: Thawed) -> str:
    sort, name = about
    for then in both:
        if sort == "value" and name in then.delivered.parameters:
            return then.delivered.parameters[name].title
        for rule in then.delivered.rules:
            if rule.id == name:
                return f"{rule.title} ({'switched off' if sort == 'off' else 'its weight'})"
    return "a value that the rules no longer know"


def _people(one: Thawed, other: Thawed) -> Iterator[str]:
    joined = one.answers["joined"], other.answers["joined"]
    if joined[0] != joined[1]:
        yield f"{joined[1]} answered; before, it was {joined[0]}."
    old, new = (_factors(then) for then in (one, other))
    for word, some in (
        ("Now shown", new.keys() - old.keys()),
        ("Not shown any more", old - new.keys()),
    ):
        if some:
            yield f"{word}: {', '.join(_called(other, name) for name in sorted(some))}."


def _answers(one: Thawed, other: Thawed) -> Iterator[str]:
    old, new = (_factors(then) for then in (one, other))
    for name, level in new.items():
        if name in old and old[name] != level:
            yield f"{_called(other, name)}: {level:g} of 4; before, it was {old[name]:g}."


def _objectives(one: Thawed, other: Thawed) -> Iterator[str]:
    old, new = (
        {str(f.values["name"]): f for f in then.facts if f.kind == "objective"}
        for then in (one, other)
    )
    entries = other.delivered.catalogues["objectives"]
    for name in {**old, **new}:
        title = entries[name].title if name in entries else name.replace("_", " ")
        if name not in old:
            yield f"New: {title} ({_place(new[name])})."
        elif name not in new:
            yield f"No longer: {title}."
        else:
            told = list(_became(one, other, old[name], new[name]))
            if told:
                yield f"{title}: {'; '.join(told)}."


def _became(one: Thawed, other: Thawed, was: Fact, now: Fact) -> Iterator[str]:
    """In what an objective is different; that it is older goes without saying."""
    if _place(was) != _place(now):
        yield f"now {_place(now)}, before {_place(was)}"
    kind = other.delivered.kinds["objective"]
    yield from facts_compared.changes(one, other, kind, (was, now), ("priority", "age_quarters"))


def _place(objective: Fact) -> str:
    """`first`, `second`, `third`; `later` without a place."""
    priority = objective.values.get("priority")
    places = lever_words.PLACES
    return places[priority].lower() if isinstance(priority, int) and priority in places else "later"


def _factors(then: Thawed) -> dict[str, float]:
    """The level of each factor that is shown."""
    return {
        str(fact.values["id"]): float(fact.values["level"])
        for fact in then.facts
        if fact.kind == "factor" and "level" in fact.values
    }


def _called(then: Thawed, factor: str) -> str:
    entry = then.delivered.catalogues.get("factors", {}).get(factor)
    return entry.title if entry else factor.replace("_", " ")


_SAID = {
    "rules": _rules,
    "amendments": _amendments,
    "data": facts_compared.lines,
    "people": _people,
    "answers": _answers,
    "objectives": _objectives,
}
