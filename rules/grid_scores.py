"""What the matches of a stage amount to in every scenario: parts, scores, blocks, ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from rules.grid_joins import gathered
from rules.grid_states import STATES, Joint, Spoken, Whole, kept, parts
from rules.grid_tables import Codes, Index, Mask, numbered
from rules.pack import Recommend, Rule

MANY = 1_000  # scenarios from which one row at a time is quicker


@dataclass(frozen=True, slots=True)
class Outcome:
    """The targets that a stage spoke about, [targets, scenarios]; rank 0 is not recommended."""

    targets: Codes  # [targets, 3]
    blocks: Whole
    score: Whole
    rank: Whole


def weighed(said: Sequence[Spoken], joint: Joint) -> Outcome:
    """Scores, blocks and ranks of everything that the rules of a stage said."""
    said = [spoken for spoken in said if isinstance(spoken.rule.conclusion, Recommend)]
    everything = np.concatenate([np.zeros((0, 3), dtype=np.int64), *(s.about for s in said)])
    first, place = numbered(everything)
    targets = everything[first]
    score = np.zeros((len(targets), joint.choices.count), dtype=np.int64)
    blocks = np.zeros_like(score)
    _add(score, [(s, at) for s, at in _placed(said, place) if not _blocks(s.rule)], joint)
    _add(blocks, [(s, at) for s, at in _placed(said, place) if _blocks(s.rule)], joint)
    return Outcome(targets, blocks, score, _ranks(targets, score, blocks > 0))


def _placed(said: Sequence[Spoken], place: Index) -> list[tuple[Spoken, Index]]:
    """Each rule with the rows of the targets that it speaks about."""
    ends = np.cumsum([len(spoken.match) for spoken in said])
    return list(zip(said, np.split(place, ends[:-1]) if said else [], strict=True))


def _blocks(rule: Rule) -> bool:
    return isinstance(rule.conclusion, Recommend) and rule.conclusion.blocks


def _add(total: Whole, said: Sequence[tuple[Spoken, Index]], joint: Joint) -> None:
    """Add up what stands: points, or 1 for each block. Matches that nothing but their own facts
    decides are added up together, cell by cell; of the others, states are tried."""
    usual = np.zeros(len(total), dtype=np.int64)
    plain = []
    for spoken, at in said:
        amounts = np.ones_like(spoken.hundredths) if _blocks(spoken.rule) else spoken.hundredths
        alone = _alone(spoken, joint)
        if alone.any():
            match = spoken.match[alone]
            plain.append((at[alone], amounts[match], spoken.choices[match], spoken.options[match]))
        for support, rows in parts(spoken, np.flatnonzero(~alone)):
            states = joint.of(support)
            there, local = np.unique(at[rows], return_inverse=True)
            cells = np.zeros((len(there), states.options.shape[1]), dtype=np.int64)
            each = amounts[spoken.match[rows]]
            for some, piece in states.pieces(len(rows)):
                for row, mask in enumerate(kept(spoken, piece, rows)):
                    cells[local[row], some] += each[row] * mask
            usual[there] += cells[:, states.usual]
            _spread(total, there, cells, (states.usual, states.rows, states.of))
    if plain:
        _add_cells(total, usual, plain, joint)
    total += usual[:, None]


def _spread(total: Whole, there: Index, cells: Whole, states: tuple[int, Index, Index]) -> None:
    """What differs from the usual state, in the scenarios where it does."""
    usual, rows, of = states
    if len(rows):
        more = cells - cells[:, usual : usual + 1]
        for target, cell in zip(there.tolist(), more, strict=True):
            total[target, rows] += cell[of]


def _alone(spoken: Spoken, joint: Joint) -> Mask:
    """[said]: what stands wherever its own facts do: nothing silences it, and no other of its
    group can stand beside it."""
    sizes = np.array([*joint.choices.sizes, 1])[spoken.choices[spoken.match]]
    alone: Mask = np.prod(sizes, axis=1, dtype=np.float64) <= STATES
    if len(spoken.silence.row):
        heard = np.ones(len(spoken.fit), dtype=np.bool_)
        heard[spoken.silence.row] = False
        alone &= heard[spoken.match]
    group = spoken.group
    if not len(group) or group[0] < 0:
        return alone
    counts = np.bincount(group)
    single = counts == 1
    for choice, option in zip(
        spoken.choices[spoken.match].T, spoken.options[spoken.match].T, strict=True
    ):
        if single.all():
            break
        single |= _exclusive(group, choice, option, counts)
    lonely = gathered(np.logical_and, group, alone, len(counts), True)
    whole: Mask = single & lonely
    return whole[group]


def _exclusive(group: Index, choice: Index, option: Index, counts: Index) -> Mask:
    """[groups]: whether all of a group are different forms of one fact."""
    low = gathered(np.minimum, group, choice, len(counts), 0)
    high = gathered(np.maximum, group, choice, len(counts), 0)
    width = int(option.max(initial=0)) + 1
    different = np.bincount(np.unique(group * width + option) // width, minlength=len(counts))
    exclusive: Mask = (low == high) & (low >= 0) & (different == counts)
    return exclusive


def _add_cells(
    total: Whole, usual: Whole, plain: Sequence[tuple[Index, Whole, Index, Index]], joint: Joint
) -> None:
    widest = max(choices.shape[1] for _, _, choices, _ in plain)
    at = np.concatenate([at for at, _, _, _ in plain])
    amounts = np.concatenate([amounts for _, amounts, _, _ in plain])
    choices = np.concatenate([_wide(choices, widest) for _, _, choices, _ in plain])
    options = np.concatenate([_wide(options, widest) for _, _, _, options in plain])
    order = np.argsort(choices, axis=1)
    choices = np.take_along_axis(choices, order, axis=1)
    options = np.take_along_axis(options, order, axis=1)
    choices[:, 1:][choices[:, 1:] == choices[:, :-1]] = -1  # two patterns, one fact
    sizes = np.where(choices >= 0, np.array([*joint.choices.sizes, 1])[choices], 1)
    cell = np.zeros(len(at), dtype=np.intp)
    for column in range(widest):
        cell = cell * sizes[:, column] + np.where(choices[:, column] >= 0, options[:, column], 0)
    first, support = numbered(choices)
    pair_first, pair = numbered(np.column_stack([support, at]))
    pair_size = np.prod(sizes[pair_first], axis=1)
    begins = np.concatenate([[0], np.cumsum(pair_size)])
    table = np.bincount(begins[pair] + cell, weights=amounts, minlength=begins[-1])
    table = np.rint(table).astype(np.int64)
    ends = np.cumsum(np.bincount(support[pair_first], minlength=len(first)))
    for number, row in enumerate(first.tolist()):
        some = tuple(choice for choice in choices[row].tolist() if choice >= 0)
        begin = ends[number - 1] if number else 0
        pairs = np.arange(begin, ends[number])
        size = prod(joint.choices.sizes[choice] for choice in some)
        cells = table[begins[pairs[0]] : begins[pairs[-1]] + size].reshape(len(pairs), size)
        rows = joint.moved(some)
        now, of = joint.radix(some, rows)
        there = at[pair_first[pairs]]
        usual[there] += cells[:, now]
        _spread(total, there, cells, (now, rows, of))


def _wide(columns: Index, widest: int) -> Index:
    whole = np.full((len(columns), widest), -1, dtype=np.intp)
    whole[:, : columns.shape[1]] = columns
    return whole


def _ranks(targets: Codes, score: Whole, blocked: Mask) -> Whole:
    """1 + the recommended targets of the same kind and `of` with a higher score; 0 for others."""
    recommended = (score > 0) & ~blocked
    counted = np.where(recommended, score, 0).astype(np.int32)
    rank = np.zeros(score.shape, dtype=np.int32)
    first, family = numbered(targets[:, [0, 2]])
    for one in range(len(first)):
        mine = np.flatnonzero(family == one)
        for target in mine.tolist():
            rank[target] = 1 + _higher(counted, mine, target)
    return np.where(recommended, rank, 0)


def _higher(counted: NDArray[np.int32], mine: Index, target: int) -> NDArray[np.int32]:
    """[scenarios]: how many of a family count for more."""
    if counted.shape[1] < MANY:
        few: NDArray[np.int32] = (counted[mine] > counted[target]).sum(axis=0, dtype=np.int32)
        return few
    higher = np.zeros(counted.shape[1], dtype=np.int32)
    for other in mine.tolist():
        higher += counted[other] > counted[target]
    return higher
