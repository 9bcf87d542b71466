"""What was expected, tried, learned, and changed in the rules, as lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from services import amendments, experiments, lessons, rulebook, scoring
from services.experiments import DECISIONS, Kept
from services.lessons import LOOPS, TOUCHES, VERDICTS
from services.listing import Listed, Row
from services.meeting_capture import CHECKED


def expected(session: Session, place: tuple[int, int], day: date) -> Listed:
    """What accepted advice should bring, and what came of it by a day."""
    rows: list[Row] = []
    for one in scoring.expected(session, place[0]):
        if one.decided_at.date() > day:
            continue
        came = one.score if one.scored_at and one.scored_at.date() <= day else None
        found: Row = (None,) * 7
        if came and one.scored_at:
            found = (CHECKED[came.result], came.low, came.high, came.actual, came.why, came.who,
                     one.scored_at.date())  # fmt: skip
        rows.append((one.quarter, one.title, one.words, one.decided_at.date(), one.due_on, *found))
    return Listed(
        "Expected and come",
        "Numbers are in the unit of the number that is named.",
        ("Quarter", "Advice", "Expected", "Decided on", "Due on", "What came", "Expected at least",
         "Expected at most", "Actual", "Why", "Who says so", "Said on"),
        tuple(rows),
    )  # fmt: skip


def written(session: Session, place: tuple[int, int], day: date) -> Listed:
    """Lessons, the newest first."""
    rows: list[Row] = [
        (one.quarter, one.said.text, VERDICTS[one.said.verdict], LOOPS[one.said.loop],
         TOUCHES[one.said.touches], one.title if one.said.about else None, one.said.who,
         one.made_at.date())
        for one in lessons.listed(session, place[0])
        if one.made_at.date() <= day
    ]  # fmt: skip
    return Listed(
        "Lessons",
        "What we keep, change or stop.",
        ("Quarter", "Lesson", "What follows", "How deep it goes", "What it touches", "Which one",
         "Who", "Written on"),
        tuple(rows),
    )  # fmt: skip


def tests(session: Session, place: tuple[int, int], day: date) -> Listed:
    """Tests on cards that began by a day."""
    found = [one for one in experiments.listed(session, place[0]) if one.starts_on <= day]
    return Listed(
        "Tests",
        "What was tried, and how it ended. Numbers are in the unit beside them.",
        ("What we try", "What we assume", "Expected at least", "Expected at most", "Unit", "Began",
         "Due on", "Decision", "Actual", "Why", "Who", "Decided on"),
        tuple(_test(one) for one in found),
    )  # fmt: skip


def changes(session: Session, place: tuple[int, int], day: date) -> Listed:
    """An organisation's own changes of the rules that were made by a day, the newest first."""
    pack = rulebook.pack()
    titles = {rule.id: rule.title for rule in pack.rules}
    titles |= {name: value.title for name, value in pack.parameters.items()}
    rows: list[Row] = []
    for one in amendments.history(session, place[0]):
        if one.made_at.date() <= day:
            change, ground = one.change, one.ground
            about = titles.get(change.rule or change.parameter, "What is not there any more")
            back = one.withdrawn_at.date() if one.withdrawn_at else None
            rows.append((about, _value(one), one.starts_on, ground.source, ground.reason,
                         ground.who, back))  # fmt: skip
    return Listed(
        "Our own rules",
        "Changes of the rules as they were delivered, with their source.",
        ("Rule or value", "What it is now", "Counts from", "Source", "Why", "Who",
         "Taken back on"),
        tuple(rows),
    )  # fmt: skip


def _value(one: amendments.Kept) -> str | float | int | None:
    change = one.change
    if change.off:
        return "switched off"
    if change.confidence is not None:
        return f"counts {change.confidence:.0%}"
    return change.value if isinstance(change.value, str | float | int) else None


def _test(one: Kept) -> Row:
    card, ended = one.card, one.decided
    found: Row = (None,) * 5
    if ended:
        found = (DECISIONS[ended.decision], ended.actual, ended.why, ended.who, one.decided_on)
    began: Row = (card.low, card.high, card.unit, one.starts_on, card.due_on)
    return card.title, card.assumption, *began, *found
