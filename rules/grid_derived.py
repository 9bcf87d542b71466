"""What later stages see: the facts `recommended` and `finding`, with the choices they become."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.grid_facts import Prepared
from rules.grid_scores import Outcome
from rules.grid_states import Joint, Spoken, kept, numbered, parts
from rules.grid_tables import ALWAYS, Choices, Codes, Index, Numbers, Table, Words
from rules.pack import Find, Pack

Forms = list[tuple[int, int, int, int]]  # row, choice, option, scenario in which it looks so


def forms(row: int, number: Index, first: Index, choices: Choices, absent: int = -1) -> Forms:
    """A row for each form of a fact; `number` says which of its forms each scenario sees, `first`
    in which scenario a form is found first; the form `absent` is none."""
    if len(first) == 1:
        return [] if absent == 0 else [(row, ALWAYS, 0, int(first[0]))]
    choice = choices.add(number.astype(np.int32), len(first))
    return [
        (row, choice, option, int(at))
        for option, at in enumerate(first.tolist())
        if option != absent
    ]


def recommended(
    pack: Pack, ready: Prepared, before: Table, outcome: Outcome, choices: Choices
) -> Table:
    """The facts `recommended` with those of one stage more. Numbers that no rule reads are left
    out: they would make a form of a fact for each score."""
    rank, score, words = outcome.rank, outcome.score, before.words
    told = [column for name, column in (("rank", rank), ("score", score)) if name in ready.told]
    made: Forms = []
    same = np.logical_and.reduce(
        [(column == column[:, :1]).all(axis=1) for column in (rank > 0, *told)]
    )
    for row in np.flatnonzero((rank > 0).any(axis=1)).tolist():
        if same[row]:
            made.append((row, ALWAYS, 0, 0))
            continue
        there = rank[row] > 0
        seen = np.stack([there, *(np.where(there, one[row], 0) for one in told)], axis=1)
        first, number = numbered(seen)
        absent = next((at for at, one in enumerate(first.tolist()) if not there[one]), -1)
        made += forms(row, number, first, choices, absent)
    rows, choice, option, at = _columns(made)
    none = np.full(len(rows), np.nan)
    numbers = {
        "rank": rank[rows, at].astype(np.float64) if "rank" in ready.told else none,
        "score": score[rows, at] / 100 if "score" in ready.told else none,
    }
    codes = dict(zip(("kind", "target", "of"), outcome.targets[rows].T, strict=True))
    codes |= {
        name: codes_of(numbers[name], words)
        for name in ready.coded["recommended"]
        if name in numbers
    }
    table = Table("recommended", words, codes, numbers, np.ones(len(rows)), choice, option)
    return before.with_rows(table).in_key_order(pack.kinds["recommended"].key)


def found(pack: Pack, words: Words, said: Sequence[Spoken], joint: Joint) -> Table:
    """The facts `finding` of all stages so far, each as sure as the surest match behind it."""
    finds = [spoken for spoken in said if isinstance(spoken.rule.conclusion, Find)]
    rows = [_finding(spoken, words) for spoken in finds]
    every = np.concatenate([np.zeros((0, 3), dtype=np.int64), *rows])
    first, place = numbered(every)
    ends = np.cumsum([len(row) for row in rows])
    always = np.full(len(first), -1.0)  # trust; -1 where it is not there
    varying: dict[int, Numbers] = {}
    for spoken, at in zip(finds, np.split(place, ends[:-1]) if finds else [], strict=True):
        _surest(spoken, at, joint, always, varying)
    made: Forms = []
    trust: list[float] = []
    for row in range(len(first)):
        seen = np.maximum(varying[row], always[row]) if row in varying else always[row : row + 1]
        different, at, number = np.unique(seen, return_index=True, return_inverse=True)
        absent = 0 if different[0] < 0 else -1
        some = forms(row, number, at, joint.choices, absent)
        made += some
        trust += [float(seen[at]) for _, _, _, at in some]
    rows_of, choice, option, _ = _columns(made)
    codes = dict(zip(("name", "about", "severity"), every[first][rows_of].T, strict=True))
    table = Table("finding", words, codes, {}, np.array(trust), choice, option)
    return table.in_key_order(pack.kinds["finding"].key)


def _surest(
    spoken: Spoken, at: Index, joint: Joint, always: Numbers, varying: dict[int, Numbers]
) -> None:
    for support, rows in parts(spoken, np.arange(len(at))):
        states = joint.of(support)
        trust = spoken.trust[spoken.match[rows]][:, None]
        there, local = np.unique(at[rows], return_inverse=True)
        cells = np.full((len(there), states.options.shape[1]), -1.0)
        for some, piece in states.pieces(len(rows)):
            np.maximum.at(cells[:, some], local, np.where(kept(spoken, piece, rows), trust, -1.0))
        if not support:
            always[there] = np.maximum(always[there], cells[:, 0])
            continue
        whole = states.spread(cells, joint.choices.count)
        for row, cell in zip(there.tolist(), whole, strict=True):
            varying[row] = np.maximum(varying.get(row, -1.0), cell)


def _finding(spoken: Spoken, words: Words) -> Codes:
    end = spoken.rule.conclusion
    severity = end.severity if isinstance(end, Find) else ""
    code = words.code(severity) if severity else -1
    return np.column_stack([spoken.about[:, :2], np.full(len(spoken.about), code)])


def _columns(found: Forms) -> tuple[Index, Index, Index, Index]:
    row, choice, option, at = np.array(found, dtype=np.intp).reshape(-1, 4).T
    return row, choice, option, at


def codes_of(numbers: Numbers, words: Words) -> Codes:
    """[rows]: the codes of numbers."""
    values = [None if np.isnan(n) else n for n in numbers.tolist()]
    return np.array([words.code(value) for value in values], dtype=np.int64)
