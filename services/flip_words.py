"""What would flip it, as people would say it."""

from __future__ import annotations

from collections.abc import Sequence

from rules.levers import Move
from rules.search import Flips
from services import lever_words
from services.advice import AdviceView
from services.moves import Moves, present, wanted
from services.raised import raised

_PLACES = ("first", "second", "third")
_LIVED = ("answer", "factor")
_ACCOUNT = {"live": "use", "planned": "plan to use", "paused": "pause", "closed": "close"}
_MANY = {1: "one thing", 2: "one or two things", 3: "up to three things"}


def said(view: AdviceView, moves: Moves) -> str:
    """The moves as an if: `you want “Recruiting” in the place of “Sales”`."""
    parts = [*wishes(view, moves)]
    parts += [_other(view, move, moves) for move in moves if move.lever.name != "objective"]
    return _joined(parts)


def proof(found: Flips) -> str:
    """What was tried; where nothing was found, that there is nothing."""
    if not found.levers:
        return "Nothing that you can turn bears on it."
    tried = f"{found.tried:,} combinations were tried"
    whole = _MANY.get(found.most, "")
    if found.most >= min(3, found.levers):
        return (
            f"{tried}; there is nothing smaller."
            if found.flips
            else f"Nothing within the range of these {found.levers} levers does it; {tried}."
        )
    if found.flips:
        return f"{tried}: every way to change {whole}."
    return f"No change of {whole} does it; all {found.tried:,} combinations were tried."


def wishes(view: AdviceView, moves: Moves) -> list[str]:
    """What moves do to the objectives, in words; nothing if they stay."""
    before, after = wanted(view), wanted(view, moves)
    came = [name for name in after if name not in before]
    went = [name for name in before if name not in after]
    if before == after:
        return []
    if len(came) == len(went) == 1:
        place = after.index(came[0])
        same = before.index(went[0]) == place and [n for n in after if n not in came] == [
            n for n in before if n not in went
        ]
        where = "in the place of" if same else f"as {_PLACES[place]} thing instead of"
        return [f"you want {_named(view, came)} {where} {_named(view, went)}"]
    found = [f"you want {_named(view, [n])} as {_PLACES[after.index(n)]} thing" for n in came]
    found += [f"you no longer want {_named(view, went)}"] if went else []
    return found or [f"you want {_named(view, after, ', then ')}"]


def lines(view: AdviceView, moves: Moves) -> tuple[str, ...]:
    """Moves as a list: what they do to the objectives in one line, then each of the others."""
    others = [move for move in moves if move.lever.name != "objective"]
    found = "; ".join(wishes(view, moves))
    sentence = [raised(found)] if found else []
    return (*sentence, *lever_words.in_words(view, others))


def _other(view: AdviceView, move: Move, moves: Moves) -> str:
    """`you open Instagram`; `Ann gives 8 h a week instead of 5 h`; `“…?” were lived …`."""
    lever = move.lever
    title, now = lever_words.title(view, lever), lever_words.in_word(view, lever, move.value)
    was = lever_words.in_word(view, lever, present(view, lever)).lower()
    if lever.name == "account":
        return f"you {_ACCOUNT.get(str(move.value), 'change')} {title}"
    if lever.name == "person":
        return f"{title} gives {now if move.value else 'no hours'} a week instead of {was}"
    if lever.name in _LIVED:
        return f"“{title}” were {now} instead of {was}"
    return lever_words.line(view, move, moves)


def _named(view: AdviceView, names: Sequence[str], between: str = " and ") -> str:
    return between.join(f"“{view.title('objective', name)}”" for name in names)


def _joined(parts: Sequence[str]) -> str:
    return "; and ".join(parts)
