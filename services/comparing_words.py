"""What is different between two milestones, cause by cause, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.facts import key
from rules.pack import Amendment, Fact, Rule
from services import lever_words
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


def _data(one: Thawed, other: Thawed) -> Iterator[str]:
    old, new = (_by_key(then, but={*_ANSWERED, "objective"}) for then in (one, other))
    came = Counter(new[k].kind for k in new.keys() - old.keys())
    went = Counter(old[k].kind for k in old.keys() - new.keys())
    changed = Counter(new[k].kind for k in new.keys() & old.keys() if new[k] != old[k])
    for name, kind in other.delivered.kinds.items():
        counts = {"new": came[name], "gone": went[name], "different": changed[name]}
        if any(counts.values()):
            said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
            title = lever_words.TITLES.get(name) or kind.what
            yield f"{title[:1].upper()}{title[1:]}: {said}."


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
        {str(f.values["name"]): f.values for f in then.facts if f.kind == "objective"}
        for then in (one, other)
    )
    entries = other.delivered.catalogues["objectives"]
    for name in {**old, **new}:
        title = entries[name].title if name in entries else name.replace("_", " ")
        if name not in old:
            yield f"New: {title}."
        elif name not in new:
            yield f"No longer: {title}."
        elif old[name].get("priority") != new[name].get("priority"):
            yield f"In another place: {title}."


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


def _by_key(then: Thawed, but: Iterable[str]) -> dict[object, Fact]:
    """Facts by what makes them the same in two quarters. An expectation that carries over is a new
    row there: it is the same by who has it and about what."""
    found: dict[object, Fact] = {}
    for fact in then.facts:
        if fact.kind == "need":
            said = {name: value for name, value in fact.values.items() if name != "id"}
            whose = tuple(said.get(name) for name in ("source", "function", "topic"))
            found["need", *whose] = replace(fact, values=said)
        elif fact.kind not in but:
            found[key(then.delivered, fact)] = fact
    return found


_ANSWERED = ("factor", "answer", "gap")
_SAID = {
    "rules": _rules,
    "amendments": _amendments,
    "data": _data,
    "people": _people,
    "answers": _answers,
    "objectives": _objectives,
}
