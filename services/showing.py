"""Who may be seen in the figures: no person among few, and none by taking one figure from another.

Three blocks of people answer: leaders who agreed to be shown alone, the other leaders, and staff.
The first is always shown. Each of the other two is shown once the round is closed and five people
or more are in it. If neither is, but together they are five, they appear in everyone's figure and
nowhere else. So whatever is taken from whatever, at least five people or none are left over.
That holds for the parts of the organisation too, from which staff who are shown come.
The promise is given to people before they answer; that is why no pack can change the number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

ENOUGH = 5

EVERYONE, LEADERS, STAFF = "Everyone", "Leaders", "Staff"

AGREED, OTHER_LEADERS, WORKERS = "agreed", "leaders", "staff"
"""The three blocks of people."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answered question; unknown ones and those that do not apply are not replies."""

    respondent: int
    is_leader: bool
    consent: bool
    question: str
    factor: str
    level: int
    evidence: bool = False
    note: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A group's answers on 0-4: median, lowest, spread (inter-quartile range), quartiles, the share
    (0-1) of answers with evidence, and how many people answered."""

    level: float
    lowest: int
    spread: float
    low: float
    high: float
    evidence: float
    respondents: int


def people(replies: Sequence[Reply]) -> int:
    """How many different people these replies come from."""
    return len({reply.respondent for reply in replies})


def shown(replies: Sequence[Reply], *, closed: bool) -> dict[str, list[Reply]]:
    """The replies that may be shown, by group; a group that may not be shown is absent.

    `replies` belong together: all to one factor, or all to one question.
    """
    blocks: dict[str, list[Reply]] = {AGREED: [], OTHER_LEADERS: [], WORKERS: []}
    for reply in replies:
        blocks[block(reply.is_leader, reply.consent)].append(reply)
    seen = who({name: people(said) for name, said in blocks.items()}, closed=closed)
    return {group: [one for name in names for one in blocks[name]] for group, names in seen.items()}


def block(is_leader: bool, consent: bool) -> str:
    """To which block somebody belongs."""
    return WORKERS if not is_leader else AGREED if consent else OTHER_LEADERS


def who(people: Mapping[str, int], *, closed: bool) -> dict[str, tuple[str, ...]]:
    """By group the blocks of people that may be shown in it, from how many answered in each block;
    a group that may not be shown is absent."""
    there = [name for name, count in people.items() if count]
    hidden = [name for name in there if name != AGREED and not (closed and people[name] >= ENOUGH)]
    together = closed and sum(people[name] for name in hidden) >= ENOUGH
    groups = {
        EVERYONE: tuple(name for name in there if together or name not in hidden),
        LEADERS: tuple(name for name in there if name != WORKERS and name not in hidden),
        STAFF: tuple(name for name in there if name == WORKERS and name not in hidden),
    }
    return {group: names for group, names in groups.items() if names}


def parts(replies: Sequence[Reply], *, closed: bool) -> dict[str, list[Reply]]:
    """The replies of staff by their part of the organisation, where five or more of it answered and
    those of all other parts are five or none; the smallest parts are left out until they are."""
    staff = [reply for reply in replies if not reply.is_leader]
    by_part: dict[str, list[Reply]] = defaultdict(list)
    for reply in staff:
        by_part[reply.function].append(reply)
    seen = sorted(
        (part for part, said in by_part.items() if part and _enough(said, closed)),
        key=lambda part: (-people(by_part[part]), part),
    )
    while seen and 0 < people(staff) - sum(people(by_part[part]) for part in seen) < ENOUGH:
        seen.pop()
    return {part: by_part[part] for part in seen}


def _enough(replies: Sequence[Reply], closed: bool) -> bool:
    return closed and people(replies) >= ENOUGH


def score(replies: Sequence[Reply]) -> Score:
    """The figures of a group that may be shown; it has at least one reply."""
    levels = [reply.level for reply in replies]
    return scored(levels, sum(reply.evidence for reply in replies), people(replies))


def scored(answers: Sequence[int], with_evidence: int, respondents: int) -> Score:
    """The figures of at least one answer; how many come with evidence, and from how many people."""
    levels = sorted(answers)
    low, _, high = quantiles(levels, n=4, method="inclusive") if len(levels) > 1 else levels * 3
    return Score(
        level=float(median(levels)),
        lowest=levels[0],
        spread=float(high - low),
        low=float(low),
        high=float(high),
        evidence=with_evidence / len(levels),
        respondents=respondents,
    )
