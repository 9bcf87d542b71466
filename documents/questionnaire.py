"""The questions on how we work, on paper: to be ticked, given back, and typed in by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from documents import paper
from documents.letters import on_paper
from rules.pack import Entry
from services import rulebook
from services.raised import raised
from services.showing import ENOUGH

TEMPLATE = Path(__file__).parent / "questionnaire.typ"
NAME, QUESTION, ANCHOR = 120, 300, 160
_MINUTES = {8: "five minutes", 25: "a quarter of an hour", 46: "half an hour"}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What is printed: whose it is, for which quarter, how deep it goes (8, 25 or 46 questions), on
    which day, and to whom it goes back ("": a line to write it on)."""

    organisation: str
    quarter: str
    depth: int
    on: date
    back_to: str = ""


def pdf(one: Questionnaire) -> bytes:
    """The pages as PDF: the same questionnaire gives the same bytes everywhere."""
    return paper.pdf(TEMPLATE, content(one), one.on)


def content(one: Questionnaire) -> dict[str, object]:
    """Everything on the pages, as text that is ready to be set. No name is asked."""
    asked = questions(one.depth)
    return {
        "organisation": on_paper(one.organisation, NAME),
        "quarter": on_paper(one.quarter, NAME),
        "how": f"{len(asked)} questions, {_MINUTES[one.depth]}. Tick one box for each. “I don't "
        "know” is a full answer: it counts as not known, never as zero.",
        "promises": promises(),
        "back_to": on_paper(one.back_to, NAME),
        "parts": [on_paper(title, NAME) for title in rulebook.titles("functions").values()],
        "questions": [_question(number, entry) for number, entry in enumerate(asked, start=1)],
    }


def questions(depth: int) -> Sequence[Entry]:
    """The questions of a round of this depth, in the order in which they are asked."""
    entries = rulebook.pack().catalogues["questions"].values()
    return [entry for entry in entries if int(str(entry.values["depth"])) <= depth]


def promises() -> list[str]:
    """Who will see what, as it is on paper."""
    return [
        "Write no name on this paper. Your answers are typed in as those of one more person.",
        "Whoever types them in reads this paper, and may know your handwriting. Ticks alone tell "
        "less than words.",
        f"In the tool, figures and notes of a group appear from {ENOUGH} people on, and only when "
        "the round is closed. Notes are then shown word for word.",
        "If you lead the organisation, your answers could be recognised. They are shown alone only "
        "if you agree below, and then at once.",
    ]


def _question(number: int, entry: Entry) -> dict[str, object]:
    anchors = entry.values["anchors"]
    said = [str(one) for one in anchors] if isinstance(anchors, list | tuple) else []
    levels = [raised(word) for word in rulebook.titles("levels").values()]
    return {
        "number": str(number),
        "factor": on_paper(rulebook.title("factors", str(entry.values["factor"])), NAME),
        "title": on_paper(entry.title, QUESTION),
        "levels": [
            {"word": word, "anchor": on_paper(anchor, ANCHOR)}
            for word, anchor in zip(levels, said, strict=True)
        ],
        "example": on_paper(str(entry.values["evidence"]), ANCHOR),
    }
