"""A difference in one sentence: what it comes to, or why nothing would be different."""

from __future__ import annotations

from collections.abc import Sequence

from rules.levers import Lever
from services import rulebook_words
from services.advice import AdviceView
from services.moves import Moves, present
from services.raised import raised

SHOWN = 3
"""So many things are named in the sentence."""
Named = tuple[str, str]
"""(kind, name)."""


def summary(
    view: AdviceView,
    starts: Sequence[Named],
    stops: Sequence[Named],
    takes: tuple[float, float],
    conflicts: tuple[int, int],
) -> str:
    parts = [
        f"{verb} {_named(view, some)}"
        for verb, some in (("you would start", starts), ("stop", stops))
        if some
    ]
    parts = parts or ["the plan keeps what is in it"]
    was, now = takes
    hours = f"{now:g} h a week" + (f" instead of {was:g} h" if was != now else ", as now")
    new, gone = conflicts
    words = [f"{count} {'conflict' if count == 1 else 'conflicts'} {verb}"
             for count, verb in ((new, "new"), (gone, "less")) if count]  # fmt: skip
    said = f"{' and '.join(parts)}; the plan takes {hours}"
    said += f"; {' and '.join(words)}" if words else ""
    return f"{raised(said)}."


def _named(view: AdviceView, some: Sequence[Named]) -> str:
    titles = [f"“{view.title(kind, name)}”" for kind, name in some[:SHOWN]]
    if len(some) > SHOWN:
        titles.append(f"{len(some) - SHOWN} more")
    return f"{', '.join(titles[:-1])} and {titles[-1]}" if titles[1:] else titles[0]


def nothing(view: AdviceView, points: int, moves: Moves) -> str:
    """Why a scenario alters nothing that anybody would notice."""
    begin = "This change alters nothing, because"
    if not moves or all(present(view, move.lever) == move.value for move in moves):
        return f"{begin} everything stands as it is now."
    if points:
        only = points == 1
        things = "one thing gains or loses" if only else f"{points} things gain or lose"
        return f"{begin} {things} points, but too few to move."
    if len(moves) > 1:
        return f"{begin} everything you told us lies on the same side of every limit as before."
    return f"{begin} {_one(view, moves[0].lever)}"


def _one(view: AdviceView, lever: Lever) -> str:
    if lever.what == "rule":
        spoke = {match.rule.id for match in view.advice.matches}
        if lever.name not in spoke:
            return "this rule did not speak this quarter."
        return "other rules say the same."
    if lever.what == "parameter" and not rulebook_words.readers(view.pack, lever.name):
        return "no rule compares anything with this value by itself."
    if lever.what == "fact" and not _read(view, lever):
        return "no rule reads this."
    return "everything you told us lies on the same side of the old and the new value."


def _read(view: AdviceView, lever: Lever) -> bool:
    """Whether any rule, or anything counted for one, is about facts of this kind."""
    kinds = {pattern.kind for rule in view.pack.rules for pattern in (*rule.when, *rule.unless)}
    for name in tuple(kinds):
        kinds |= {one.kind for one in view.pack.kinds[name].aggregates.values()}
    return lever.name in kinds
