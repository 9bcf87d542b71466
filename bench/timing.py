"""Taking times in turns, so that whatever else the machine does meets all contestants alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

Call = Callable[[], object]


def medians(contestants: Mapping[str, Call], rounds: int = 60) -> dict[str, float]:
    """Median milliseconds of each, called in turns; the first call of each is not counted."""
    for call in contestants.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    gc.collect()
    for _ in range(rounds):
        for name, call in contestants.items():
            started = perf_counter()
            call()
            taken[name].append((perf_counter() - started) * 1000)
    return {name: median(times) for name, times in taken.items()}


def resident() -> float:
    """Megabytes of memory that this process holds now (Linux)."""
    with open("/proc/self/statm") as statm:  # noqa: PTH123
        return int(statm.read().split()[1]) * 4096 / 1e6


def goal(what: str, measured: float, wanted: float, *, at_least: bool = False) -> None:
    """Print a goal and whether it was met."""
    met = measured >= wanted if at_least else measured <= wanted
    verdict = "met" if met else "MISSED"
    print(f"  {measured:.2f} {what}; goal {'≥' if at_least else '≤'} {wanted}: {verdict}")
