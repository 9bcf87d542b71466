"""The agenda of the quarterly review: which steps, for how many minutes, with which question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from services import rulebook

CATALOGUE, PROMPTS = "review_steps", "review_prompts"
TAKES_OVER = "disagreements"
"""The step that has the minutes of those in which there is nothing."""

Plan = tuple[tuple[str, int], ...]
"""Steps in their order, each with its minutes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the meeting: the one question on the screen, what lies ready for it, and what it
    leaves behind."""

    id: str
    title: str
    question: str
    prepared: str
    result: str


def step(name: str, *, first: bool = False) -> Step:
    """One step, as a first review or any other asks it. KeyError if there is none."""
    entry = rulebook.pack().catalogues[CATALOGUE][name]
    said = {word: str(value) for word, value in entry.values.items()}
    question = said.get("question", "")
    if first:
        question = said.get("first_question", question)
    return Step(name, entry.title, question, said.get("prepared", ""), said.get("result", ""))


def plan(*, first: bool = False, empty: Collection[str] = ()) -> Plan:
    """The steps of a meeting. Those that are `empty` give their minutes to the widest
    disagreements, whose step is left out if nobody gives any."""
    asked = "first" if first else "minutes"
    lasts = {
        name: _lasts(str(entry.values.get(asked, "")))
        for name, entry in rulebook.pack().catalogues[CATALOGUE].items()
    }
    given = sum(lasts[name] for name in set(empty) - {TAKES_OVER} if name in lasts)
    lasts = {name: 0 if name in empty else minutes for name, minutes in lasts.items()}
    own = _lasts(str(rulebook.pack().catalogues[CATALOGUE][TAKES_OVER].values.get(asked, "")))
    lasts[TAKES_OVER] = own + given
    return tuple((name, minutes) for name, minutes in lasts.items() if minutes)


def prompts() -> tuple[str, ...]:
    """Questions that open up what one takes for granted."""
    return tuple(rulebook.titles(PROMPTS).values())


def total(steps: Iterable[tuple[str, int]]) -> int:
    """All minutes together."""
    return sum(minutes for _, minutes in steps)


def _lasts(words: str) -> int:
    """`15-30` → 15; 0 for what lies before or after the meeting."""
    begins, _, ends = words.partition("-")
    return int(ends) - int(begins) if begins.isdigit() and ends.isdigit() else 0


def ordered(names: Collection[str]) -> tuple[str, ...]:
    """These steps in the order of the catalogue."""
    return tuple(name for name in rulebook.pack().catalogues[CATALOGUE] if name in names)
