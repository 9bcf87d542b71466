"""What was heard, as values: what was said, who should know it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

LONGEST = 600
"""Letters of a sentence."""
SHORT = 80
"""Letters of a word about whom or where."""
EVIDENCE = {
    "shown": "It can be looked at again",
    "told": "Somebody told us",
    "guess": "Our own impression",
}
"""How well we know it."""
ANSWERS = {"done": "Done", "not_done": "Not done"}


@dataclass(frozen=True, slots=True)
class Said:
    """What was heard, and on which day first; where (a channel of the catalogue, or `elsewhere`);
    about whom; for which objective; how well we know it; who should hear it, and the day on which
    it reached that person. Empty or None: not known."""

    text: str
    heard_on: date
    channel: str = ""
    elsewhere: str = ""
    about: str = ""
    objective: str = ""
    evidence: str = ""
    receiver_id: int | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: done or not_done ("": still open), why, on which day, and which
    change came of it ("": none is named)."""

    answer: str = ""
    why: str = ""
    answered_on: date | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One insight as kept: at which version, what was heard, and what came of it; `receiver` is the
    name of the person, "" if nobody is named."""

    id: int
    version: int
    said: Said
    receiver: str
    answered: Answer

    @property
    def text(self) -> str:
        """What was heard."""
        return self.said.text

    @property
    def heard_on(self) -> date:
        """The day of the first signal."""
        return self.said.heard_on

    @property
    def reached_on(self) -> date | None:
        """The day on which it reached the receiver; None if it did not, or nobody knows."""
        return self.said.reached_on

    @property
    def answer(self) -> str:
        """done, not_done, or "" as long as it is open."""
        return self.answered.answer

    @property
    def answered_on(self) -> date | None:
        """The day of the answer."""
        return self.answered.answered_on

    @property
    def change(self) -> str:
        """What became different; "" if nothing is named."""
        return self.answered.change

    @property
    def lead_days(self) -> int | None:
        """Days from the first signal to the receiver; None if that is not known."""
        return (self.reached_on - self.heard_on).days if self.reached_on else None

    @property
    def waits_since(self) -> date:
        """Since when it waits for the next step: to be passed on, or to be answered."""
        return self.reached_on or self.heard_on


def seen_from(heard: Iterable[Heard], on: date) -> list[Heard]:
    """What was known on a day: what was not heard yet is left out, what reached nobody yet had
    not, and what was not answered yet was open."""
    return [_then(one, on) for one in heard if one.heard_on <= on]


def overdue(heard: Iterable[Heard], on: date, days: int) -> list[Heard]:
    """Those without an answer that wait longer than so many days, the longest first."""
    late = [one for one in heard if not one.answer and (on - one.waits_since).days > days]
    return sorted(late, key=lambda one: (one.waits_since, one.id))


def _then(one: Heard, on: date) -> Heard:
    reached = one.reached_on if one.reached_on and one.reached_on <= on else None
    answered = one.answered if one.answered_on and one.answered_on <= on else Answer()
    return replace(one, said=replace(one.said, reached_on=reached), answered=answered)
