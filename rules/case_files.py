"""One case from a file of its own, for the command line and for trying things out."""

from __future__ import annotations

from pathlib import Path

from rules.errors import Fault, PackError
from rules.facts import did_you_mean
from rules.nodes import Source
from rules.pack import Case, Pack
from rules.reading_cases import read_cases
from rules.reading_yaml import parse


def case_in(pack: Pack, file: Path, name: str | None = None) -> Case:
    """The case of that sentence in a file, or the first; a mapping with `facts:` is one case.

    Raises OSError if there is no such file, PackError with every fault in it.
    """
    file.stat()
    faults: list[Fault] = []
    source = Source(str(file), faults)
    node = parse(file, source)
    cases = list(read_cases(pack, node, source)) if node else []
    if not faults and not cases:
        faults.append(Fault(str(file), 1, "", "there is no case in it; write `facts:` and a list"))
    if faults:
        raise PackError(faults)
    return cases[0] if name is None else _named(file, cases, name)


def _named(file: Path, cases: list[Case], name: str) -> Case:
    for case in cases:
        if case.name == name:
            return case
    close = did_you_mean(name, [case.name for case in cases])
    raise PackError([Fault(str(file), 0, "", f"there is no case “{name}”.{close}")])
