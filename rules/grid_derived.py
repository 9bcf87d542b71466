"""What later stages see: the facts `recommended` and `finding`, with the choices they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from rules.grid_axis import Axis, Forms, forms
from rules.grid_facts import Prepared
from rules.grid_joins import gathered
from rules.grid_scores import Outcome
from rules.grid_states import Joint, Spoken, Support, kept, parts
from rules.grid_tables import ALWAYS, Choices, Codes, Index, Numbers, Table, Words, numbered
from rules.pack import Find, Pack


def recommended(
    pack: Pack, ready: Prepared, before: Table, outcome: Outcome, choices: Choices
) -> Table:
    """The facts `recommended` with those of one stage more. Numbers that no rule reads are left
    out: they would make a form of a fact for each score."""
    rank, score, words = outcome.rank, outcome.score, before.words
    told = [column for name, column in (("rank", rank), ("score", score)) if name in ready.told]
    made: list[tuple[int, int, int, int]] = []  # row, choice, option, a scenario that sees it
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
        choice_of = choices.add(number.astype(np.int32), len(first))
        kept = [(option, at) for option, at in enumerate(first.tolist()) if there[at]]
        made += [(row, choice_of, option, at) for option, at in kept]
    rows, choice, option, at = np.array(made, dtype=np.intp).reshape(-1, 4).T
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
    trusts = [Trusts() for _ in range(len(first))]
    for spoken, at in zip(finds, np.split(place, ends[:-1]) if finds else [], strict=True):
        _surest(spoken, at, joint, trusts)
    made: Forms = []
    trust: list[float] = []
    for row, one in enumerate(trusts):
        axis = Axis(joint, tuple(sorted({choice for some, _ in one.cells for choice in some})))
        seen = np.full(axis.size, one.always)
        for support, cells in one.cells:
            seen = np.maximum(seen, axis.of(joint.of(support), cells))
        some, at_axis = forms(row, (seen >= 0).astype(np.float64), [seen], axis)
        made += some
        trust += [float(seen[at]) for at in at_axis]
    rows_of, choice, option = np.array(made, dtype=np.intp).reshape(-1, 3).T
    codes = dict(zip(("name", "about", "severity"), every[first][rows_of].T, strict=True))
    table = Table("finding", words, codes, {}, np.array(trust), choice, option)
    return table.in_key_order(pack.kinds["finding"].key)


@dataclass(slots=True)
class Trusts:
    """The highest trust behind a finding, -1 where it is not there: in every scenario, and by the
    states of some choices."""

    always: float = -1.0
    cells: list[tuple[Support, Numbers]] = field(default_factory=list)


def _surest(spoken: Spoken, at: Index, joint: Joint, trusts: Sequence[Trusts]) -> None:
    for support, rows in parts(spoken, np.arange(len(at))):
        states = joint.of(support)
        rows = rows[np.argsort(at[rows], kind="stable")]
        trust = spoken.trust[spoken.match[rows]][:, None]
        there, local = np.unique(at[rows], return_inverse=True)
        cells = np.full((len(there), states.options.shape[1]), -1.0)
        for some, piece in states.pieces(len(rows)):
            seen = np.where(kept(spoken, piece, rows), trust, -1.0)
            cells[:, some] = gathered(np.maximum, local, seen, len(there), -1.0)
        for row, cell in zip(there.tolist(), cells, strict=True):
            if support:
                trusts[row].cells.append((support, cell))
            else:
                trusts[row].always = max(trusts[row].always, float(cell[0]))


def _finding(spoken: Spoken, words: Words) -> Codes:
    end = spoken.rule.conclusion
    severity = end.severity if isinstance(end, Find) else ""
    code = words.code(severity) if severity else -1
    return np.column_stack([spoken.about[:, :2], np.full(len(spoken.about), code)])


def codes_of(numbers: Numbers, words: Words) -> Codes:
    """[rows]: the codes of numbers."""
    values = [None if np.isnan(n) else n for n in numbers.tolist()]
    return np.array([words.code(value) for value in values], dtype=np.int64)
