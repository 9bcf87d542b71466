"""Which sets of objectives can be at all: so many, one at each place, and no place left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rules.levers import Dial, Settings
from rules.search import Possible
from services import objectives
from services.advice import AdviceView
from services.moves import wanted

Places = NDArray[np.int32]  # [scenarios, objectives]: the place from the top, 0: not wanted


def wishes(view: AdviceView) -> Possible:
    """Told of settings: whether these objectives could be stated as *What we want* states them.
    Those that no dial moves may stand anywhere, or make room."""
    held = wanted(view)

    def possible(turned: Sequence[Dial], settings: Settings) -> NDArray[np.bool_]:
        on = [at for at, dial in enumerate(turned) if _is_wish(dial)]
        if not on:
            return np.ones(len(settings), dtype=bool)
        places = np.stack([_places(turned[at])[settings[:, at]] for at in on], axis=1)
        told_apart = [len(turned[at].values) == objectives.MOST + 1 for at in on]
        moved = {turned[at].lever.key[0] for at in on}
        free = sum(name not in moved for name in held)
        return _fits(places, np.array(told_apart), free)

    return possible


def _fits(places: Places, told_apart: NDArray[np.bool_], free: int) -> NDArray[np.bool_]:
    """`free`: so many others may fill a place. Places that look alike may be exchanged."""
    there = places > 0
    sure = np.where(told_apart, places, 0)
    taken = np.stack([(sure == at).sum(axis=1) for at in range(1, objectives.MOST + 1)], axis=1)
    loose = (there & ~told_apart).sum(axis=1) + free
    lowest = sure.max(axis=1)
    gaps = lowest - (taken > 0).sum(axis=1)
    fits: NDArray[np.bool_] = (
        (there.sum(axis=1) <= objectives.MOST) & (taken <= 1).all(axis=1) & (gaps <= loose)
    )
    return fits


def _is_wish(dial: Dial) -> bool:
    return (dial.lever.name, dial.lever.attribute) == ("objective", "priority")


def _places(dial: Dial) -> NDArray[np.int32]:
    """For each value of a dial, the place from the top."""
    return np.array(
        [
            objectives.MOST + 1 - int(value) if isinstance(value, int | float) else 0
            for value in dial.values
        ],
        dtype=np.int32,
    )
