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
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

ENOUGH = 5

EVERYONE, LEADERS, STAFF = "Everyone", "Leaders", "Staff"


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
    agreed = [reply for reply in replies if reply.is_leader and reply.consent]
    leaders = [reply for reply in replies if reply.is_leader and not reply.consent]
    staff = [reply for reply in replies if not reply.is_leader]
    leaders_seen, staff_seen = _enough(leaders, closed), _enough(staff, closed)
    groups = {
        LEADERS: [*agreed, *(leaders if leaders_seen else [])],
        STAFF: staff if staff_seen else [],
    }
    hidden = [*([] if leaders_seen else leaders), *([] if staff_seen else staff)]
    everyone = [*groups[LEADERS], *groups[STAFF], *(hidden if _enough(hidden, closed) else [])]
    return {name: group for name, group in {EVERYONE: everyone, **groups}.items() if group}


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
    levels = sorted(reply.level for reply in replies)
    low, _, high = quantiles(levels, n=4, method="inclusive") if len(levels) > 1 else levels * 3
    return Score(
        level=float(median(levels)),
        lowest=levels[0],
        spread=float(high - low),
        low=float(low),
        high=float(high),
        evidence=sum(reply.evidence for reply in replies) / len(levels),
        respondents=people(replies),
    )
