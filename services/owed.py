"""What starts and stops with a change, and who is owed an answer where something stops."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.advice import AdviceView
from services.costs import listed, parameter
from services.moves import wanted


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that starts or stops, by its kind and title; hours a week; who answers for it.
    `stands`: it is there or promised today, not only proposed."""

    kind: str
    name: str
    title: str
    hours: float = 0.0
    owner: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """Somebody who is owed an answer where something stops, and why."""

    who: str
    why: str


def owed(before: AdviceView, after: AdviceView, stops: Iterable[Thing]) -> Iterator[Owed]:
    for thing in stops:
        if thing.kind == "channel" and thing.stands:
            yield from _there(before, thing)
        elif thing.owner and thing.stands:
            yield Owed(thing.owner, f"answers for “{thing.title}” today")
    gone = [name for name in wanted(before) if name not in wanted(after)]
    for name in gone:
        yield from _expecting(before, name)


def _there(view: AdviceView, channel: Thing) -> Iterator[Owed]:
    """Those who could be met on a channel that stops."""
    if channel.name in open_channels(view):
        yield Owed(f"Those who follow you on {channel.title}", "they should hear where to find you")
    present = parameter(view.pack, "present")
    for fact in view.facts:
        share = fact.values.get("share")
        if fact.values.get("channel") != channel.name or not isinstance(share, int | float):
            continue
        if share >= present:
            group = view.names.get(str(fact.values["group"]), "")
            yield Owed(group, f"{share * 100:.0f} % of them use {channel.title}")


def open_channels(view: AdviceView) -> set[str]:
    """The channels with an account that people can see."""
    return {
        str(fact.values["channel"])
        for fact in view.facts
        if fact.kind == "account" and fact.values.get("status") in ("live", "paused")
    }


def _expecting(view: AdviceView, objective: str) -> Iterator[Owed]:
    """Those whose expectation stood behind an objective that goes, and those who share it."""
    title = view.title("objective", objective)
    topics = {
        str(fact.values["topic"])
        for fact in view.pack.fixed
        if fact.kind == "topic_for" and fact.values["objective"] == objective
    }
    for fact in view.facts:
        if fact.kind == "need" and fact.values.get("topic") in topics:
            topic = view.pack.catalogues["topics"][str(fact.values["topic"])].title
            yield Owed(_voice(view, fact.values), f"named “{topic}”, which “{title}” was to answer")
    entry = view.entry("objective", objective)
    known = view.pack.catalogues["functions"]
    held = {fact.values.get("function") for fact in view.facts if fact.kind == "person"}
    for name in listed(entry, "functions") if entry else ():
        if name in known and name in held:
            yield Owed(known[name].title, f"shares “{title}” today")


def _voice(view: AdviceView, said: Mapping[str, object]) -> str:
    known = view.pack.catalogues["functions"]
    if said.get("function") in known:
        return known[str(said["function"])].title
    return {"leadership": "The top", "customers": "Customers"}.get(str(said.get("source")), "Those")
