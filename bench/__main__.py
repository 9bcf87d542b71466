"""`python -m bench [part ...]`: every part, or the named ones."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from time import perf_counter

from bench import agreement, changing, laboratory, pages, plan, results, rules

PARTS: Mapping[str, Callable[[], None]] = {
    "naive": rules.against_naive,
    "zen": rules.against_zen,
    "growth": rules.growth,
    "memory": rules.memory,
    "real": rules.real_pack,
    "whatif": laboratory.against_naive,
    "many": laboratory.many,
    "search": laboratory.search,
    "plan": plan.plans,
    "pages": pages.reruns,
    "changes": changing.changes,
    "results": results.results,
    "agreement": agreement.agreement,
}


def _run(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no part {unknown[0]!r}; the parts are {', '.join(PARTS)}.")
        return 2
    for name in names or PARTS:
        started = perf_counter()
        print(f"== {name} ==", flush=True)
        PARTS[name]()
        print(f"({perf_counter() - started:.0f} s)\n", flush=True)
    return 0


if __name__ == "__main__":
    code = _run(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # naive durable-rules' background threads crash an orderly exit
