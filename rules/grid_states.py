"""From conditions on choices to scenarios, by way of states: the ways in which a few choices are
taken together. What a match amounts to depends on few choices, so it is worked out once for each
of their states and handed to the scenarios by index, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.grid_fit import Fit, Silence
from rules.grid_joins import gathered
from rules.grid_tables import Choices, Codes, Index, Mask, Numbers, numbered
from rules.pack import Rule

Whole = NDArray[np.int64]
Support = tuple[int, ...]  # choices, ascending
STATES = 4_096  # up to so many states are numbered without looking which of them occur
CELLS = 8_000_000  # rows × states that are worked on at once


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one rule said. `points`, `trust`, `hundredths`, `choices` and `options` have a row for
    each match of `fit`; `about` and `group` one for each thing said, `match` telling in which
    match. Of a group (-1: none) only the heaviest that stands is kept."""

    rule: Rule
    fit: Fit
    points: Numbers
    trust: Numbers
    hundredths: Whole
    choices: Index
    options: Index
    silence: Silence
    match: Index
    about: Codes
    group: Index


@dataclass(frozen=True, slots=True)
class States:
    """`options[i, k]` is what choice i of a support takes in state k; `place` finds i. Scenarios
    `rows` are in the states `of`; all others in the state `usual`."""

    place: Index
    options: NDArray[np.int32]
    usual: int
    rows: Index
    of: Index

    def taken(self, choices: Index) -> NDArray[np.int32]:
        """[choices, states]: the options taken; anything where a choice is ALWAYS."""
        found: NDArray[np.int32] = self.options[self.place[choices]]
        return found

    def pieces(self, rows: int) -> Iterator[tuple[slice, States]]:
        """The states some at a time, so many that, times the rows, they fit into memory."""
        step = max(1, CELLS // max(rows, 1))
        for at in range(0, self.options.shape[1], step):
            some = slice(at, at + step)
            yield some, replace(self, options=self.options[:, some])

    def spread(self, cells: NDArray[Any], count: int) -> NDArray[Any]:
        """[rows, scenarios] from [rows, states]."""
        whole = np.repeat(cells[:, self.usual : self.usual + 1], count, axis=1)
        whole[:, self.rows] = cells[:, self.of]
        return whole


class Joint:
    """The states of every support that is asked for, each found once. Scenarios of a what-if differ
    in few choices, so most of them are in the usual state of most supports."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self._found: dict[Support, States] = {}

    def of(self, support: Support) -> States:
        """The states of some choices."""
        if support not in self._found:
            self._found[support] = self._states(support)
        return self._found[support]

    def at(self, scenario: int) -> States:
        """The single state of all choices in one scenario."""
        taken = [taken[scenario] for taken in self.choices.taken] or [0]
        place = np.arange(len(taken) + 1)
        place[-1] = 0
        options = np.array(taken, dtype=np.int32)[:, None]
        return States(place, options, 0, _NOWHERE, _NOWHERE)

    def moved(self, support: Support) -> Index:
        """The scenarios in which any of these choices is not as usual."""
        some = [self.choices.moved[choice] for choice in support]
        if len(some) < 2:
            return some[0] if some else _NOWHERE
        if 2 * sum(map(len, some)) < self.choices.count // 8:
            return np.unique(np.concatenate(some))
        mark = np.zeros(self.choices.count, dtype=np.bool_)
        for rows in some:
            mark[rows] = True
        return np.flatnonzero(mark)

    def radix(self, support: Support, rows: Index) -> tuple[int, Index]:
        """(the number of the usual state among all that could be, that of some scenarios)."""
        usual, number = 0, np.zeros(len(rows), dtype=np.intp)
        for choice in support:
            size = self.choices.sizes[choice]
            usual = usual * size + self.choices.usual[choice]
            number *= size
            number += self.choices.taken[choice][rows]
        return usual, number

    def _states(self, support: Support) -> States:
        place = np.zeros(len(self.choices.sizes) + 1, dtype=np.intp)
        place[list(support)] = np.arange(len(support))
        rows = self.moved(support)
        sizes = [self.choices.sizes[choice] for choice in support]
        if not sizes:
            return States(place, np.zeros((1, 1), dtype=np.int32), 0, rows, _NOWHERE)
        if prod(sizes) <= min(STATES, len(rows) + 16):
            options = np.indices(sizes, dtype=np.int32).reshape(len(sizes), -1)
            usual, of = self.radix(support, rows)
            return States(place, options, usual, rows, of)
        taken = [self.choices.taken[choice][rows] for choice in support]
        first, of = numbered(np.column_stack(taken))
        often = np.array([[self.choices.usual[choice]] for choice in support], dtype=np.int32)
        seen = np.array([one[first] for one in taken], dtype=np.int32)
        return States(place, np.hstack([often, seen]), 0, rows, of + 1)


_NOWHERE = np.zeros(0, dtype=np.intp)


def kept(spoken: Spoken, states: States, said: Index) -> Mask:
    """[said, states]: which of these stand and are the heaviest of their group. Groups are whole
    and lie together, the heaviest first."""
    mask = standing(spoken, states, spoken.match[said])
    if not len(said) or spoken.group[said[0]] < 0:
        return mask
    begins = np.flatnonzero(np.r_[True, spoken.group[said][1:] != spoken.group[said][:-1]])
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(said)], strict=True):
        before = mask[begin].copy()
        for row in range(begin + 1, end):
            mask[row] &= ~before
            before |= mask[row]
    return mask


def standing(spoken: Spoken, states: States, matches: Index) -> Mask:
    """[matches, states]: whether all facts of a match take the form that was matched, and nothing
    silences it."""
    mask = np.ones((len(matches), states.options.shape[1]), dtype=np.bool_)
    for choice, option in zip(spoken.choices[matches].T, spoken.options[matches].T, strict=True):
        if (choice >= 0).any():
            mask &= (choice < 0)[:, None] | (states.taken(choice) == option[:, None])
    silence = spoken.silence
    if len(silence.row):
        begun, place = ranges(silence.row, matches)
        quiet = states.taken(silence.choice[place]) == silence.option[place][:, None]
        mask &= ~gathered(np.logical_or, begun, quiet, len(matches), False)
    return mask


def ranges(rows: Index, wanted: Index) -> tuple[Index, Index]:
    """(place in `wanted`, place in the sorted `rows`) of all that are equal."""
    first = np.searchsorted(rows, wanted, side="left")
    counts = np.searchsorted(rows, wanted, side="right") - first
    begun = np.repeat(np.arange(len(wanted)), counts)
    place = np.arange(len(begun)) - np.repeat(np.cumsum(counts) - counts, counts)
    return begun, place + np.repeat(first, counts)


def parts(spoken: Spoken, said: Index) -> Iterator[tuple[Support, Index]]:
    """What was said, by the choices on which it depends; groups stay whole."""
    if not len(said):
        return
    row, choice = _depends(spoken, said)
    if not len(row):
        yield (), said
        return
    own = spoken.group[said] < 0
    team = np.where(own, np.arange(len(said)) + len(spoken.group), spoken.group[said])
    on: dict[int, set[int]] = {}
    for one, choice_of in zip(team[row].tolist(), choice.tolist(), strict=True):
        on.setdefault(one, set()).add(choice_of)
    by: dict[Support, list[int]] = {}
    support_of = {one: tuple(sorted(some)) for one, some in on.items()}
    for one, at in zip(team.tolist(), said.tolist(), strict=True):
        by.setdefault(support_of.get(one, ()), []).append(at)
    for support, rows in by.items():
        yield support, np.array(rows, dtype=np.intp)


def _depends(spoken: Spoken, said: Index) -> tuple[Index, Index]:
    """(row of `said`, choice on which it depends), those that silence it among them."""
    match = spoken.match[said]
    row, column = np.nonzero(spoken.choices[match] >= 0)
    rows, choices = [row], [spoken.choices[match][row, column]]
    if len(spoken.silence.row):
        begun, place = ranges(spoken.silence.row, match)
        rows.append(begun)
        choices.append(spoken.silence.choice[place])
    return np.concatenate(rows), np.concatenate(choices)
