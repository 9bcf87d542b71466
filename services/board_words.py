"""The five answers to a board, line by line, as they are read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.advice import AdviceView
from services.board import Begins, Board, Horizon
from services.owed import Owed, Thing
from services.plan_made import Load

BEGINS = {"next_quarter": "From next quarter", "today": "From today"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, the lines of its answer, and what is said where there is none."""

    question: str
    lines: tuple[str, ...]
    nothing: str


def answers(view: AdviceView, board: Board) -> tuple[Answer, ...]:
    """The five questions; `view` is the advice of the scenario."""
    stops = [thing(one) for one in board.stops] + [stays(one) for one in board.stays]
    stops += [owed(one) for one in board.owed]
    return (
        Answer("What starts?", tuple(thing(one) for one in board.starts), "Nothing new starts."),
        Answer(
            "What stops, and who is owed an answer?",
            tuple(stops),
            "Nothing stops, and nobody is owed an answer.",
        ),
        Answer("Who has the hours?", hours(view, board), "Nobody has given hours yet."),
        Answer(
            "When do we see something?",
            tuple(horizon(one) for one in board.horizons),
            "Without an objective there is nothing to see.",
        ),
        Answer(
            "What would prove us wrong?",
            tuple(one.sentence for one in board.proofs),
            "Nothing is written down yet. Agree on it before you begin.",
        ),
    )


def thing(one: Thing) -> str:
    """`A newsletter, 0.5 h a week, Odile`."""
    parts = [one.title]
    parts += [f"{one.hours:g} h a week"] if one.hours else []
    parts += [one.owner] if one.owner else []
    return ", ".join(parts)


def stays(one: Thing) -> str:
    """`A newsletter, 0.5 h a week, Odile: no longer advised, stays until you drop it`."""
    return f"{thing(one)}: no longer advised, stays until you drop it"


def owed(one: Owed) -> str:
    """`An answer is owed to Odile: answers for “A newsletter” today`."""
    return f"An answer is owed to {one.who}: {one.why}"


def hours(view: AdviceView, board: Board) -> tuple[str, ...]:
    """All of it first, then by person, whoever has most to do first."""
    if board.have is None:
        return ()
    left = round(board.have - board.takes, 2)
    more = f"{left:g} h are left" if left >= 0 else f"{-left:g} h too many"
    whole = f"All of it takes {board.takes:g} h a week, of {board.have:g} h to plan: {more}"
    people = sorted(board.people, key=lambda one: (-one.takes, one.person))
    return (whole, *(_load(view, one) for one in people if one.takes))


def _load(view: AdviceView, one: Load) -> str:
    many = "one thing" if one.answers_for == 1 else f"{one.answers_for} things"
    name = view.names.get(one.person, "Somebody")
    return f"{name}: {one.takes:g} h of {one.have:g} h, answers for {many}"


def signal(one: Horizon) -> str:
    """`after 6 to 12 weeks (February to March 2027)`."""
    return f"after {one.signal} ({_between(one.signal_from, one.signal_to)})"


def outcome(one: Horizon) -> str:
    """`after 2 to 3 quarters (July to October 2027)`."""
    return f"after {one.outcome} ({_between(one.outcome_from, one.outcome_to)})"


def horizon(one: Horizon) -> str:
    """`Recruiting: signal 6 to 12 weeks (12 February to 26 March 2027), outcome …`."""
    return f"{one.title}: first signal {signal(one)}, outcome {outcome(one)}"


def _between(first: date, last: date) -> str:
    if first == last:
        return f"{last:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B %Y}"


def begins(board: Board, how: Begins) -> str:
    """`From next quarter, 1 January 2027`."""
    day = board.begins_on
    return f"{BEGINS[how]}, {day.day} {day:%B %Y}"
