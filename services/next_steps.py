"""What to do next: the weightiest steps that the rules advise, each with the page to do it on."""

from __future__ import annotations

from dataclasses import dataclass

from services.advice import AdviceView, for_and_against

MOST = 3


@dataclass(frozen=True, slots=True)
class Step:
    """A step in plain words, why it is advised now, and the id of its page."""

    title: str
    text: str
    because: str
    page: str


def first(view: AdviceView, most: int = MOST) -> list[Step]:
    """At most three, the weightiest first."""
    steps = []
    for scored in view.recommended("step")[:most]:
        name = scored.target[1]
        entry = view.entry("step", name)
        reasons, _ = for_and_against(view, scored)
        if entry is not None:
            steps.append(
                Step(
                    title=entry.title,
                    text=str(entry.values.get("text", "")),
                    because=reasons[0].sentence if reasons else "",
                    page=str(entry.values.get("page", "overview")),
                )
            )
    return steps
