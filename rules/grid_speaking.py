"""What each rule says and how heavily it weighs, before it is asked where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.condition import Constant, Reference, Term
from rules.grid_amounts import amount, rounded
from rules.grid_fit import Fit
from rules.grid_joins import fitting, silenced
from rules.grid_states import Spoken, Whole
from rules.grid_tables import Codes, Index, Mask, World, numbered
from rules.pack import Find, Rule

Triple = tuple[Term | None, Term | None, Term | None]
MISSING = -2  # the code of a target whose attribute is missing


def speak(
    world: World, rule: Rule, confidence: float, also: Sequence[tuple[int, int]] = ()
) -> Spoken | None:
    """Match one rule and weigh what it says, if it says anything; `also` are choices and options
    besides its facts."""
    fit = fitting(world, rule)
    if fit is None:
        return None
    points = np.zeros(len(fit)) if rule.points is None else rounded(amount(world, fit, rule.points))
    known = ~np.isnan(points)
    fit, points = fit.where(known), points[known]
    never, silence = silenced(world, rule, fit)
    fit, points = fit.where(never), points[never]
    if not len(fit):
        return None
    trust = fit.trust()
    weighed = rounded(points * trust * confidence) * 100
    match, about = _said(world, fit, rule)
    choices, options = _conditions(fit, also)
    hundredths = np.rint(weighed).astype(np.int64)
    match, about, group = _grouped(rule, fit, (match, about), hundredths)
    return Spoken(
        rule=rule,
        fit=fit,
        points=points,
        trust=trust,
        hundredths=hundredths,
        choices=choices,
        options=options,
        silence=silence,
        match=match,
        about=about,
        group=group,
    )


def _conditions(fit: Fit, also: Sequence[tuple[int, int]]) -> tuple[Index, Index]:
    """[matches, …]: the choices on which each match depends, their options."""
    choices, options = fit.choices()
    if not also:
        return choices, options
    more = np.tile(np.array(also, dtype=np.intp), (len(fit), 1, 1))
    return np.hstack([choices, more[:, :, 0]]), np.hstack([options, more[:, :, 1]])


def _said(world: World, fit: Fit, rule: Rule) -> tuple[Index, Codes]:
    """(match, [said, 3] codes of kind, target and of; for a finding of name, about and -1), each
    thing once a match; one that lacks a target says nothing."""
    end = rule.conclusion
    if isinstance(end, Find):
        triples: list[Triple] = [(Constant(end.name), end.about, None)]
    else:
        triples = [(Constant(end.kind), target, end.of) for target in end.targets]
    columns = [np.column_stack([_codes(world, fit, t) for t in three]) for three in triples]
    if len(columns) == 1:
        known = (columns[0] > MISSING).all(axis=1)
        return np.flatnonzero(known), columns[0][known]
    about = np.stack(columns, axis=1)  # [matches, targets, 3]
    whole: Mask = np.all(about > MISSING, axis=(1, 2))
    told = np.tile(whole[:, None], len(triples))
    for later in range(len(triples)):
        for earlier in range(later):
            told[:, later] &= (about[:, later] != about[:, earlier]).any(axis=1)
    return np.nonzero(told)[0], about[told]


def _codes(world: World, fit: Fit, term: Term | None) -> Codes:
    """[matches]: -1 for nothing meant, -2 for nothing there."""
    if isinstance(term, Reference):
        codes = fit.codes(term)
        return np.where(codes < 0, MISSING, codes)
    if term is None:
        return np.full(len(fit), -1, dtype=np.int64)
    value = term.value if isinstance(term, Constant) else world.parameters[term.name]
    return np.full(len(fit), world.words.code(value), dtype=np.int64)


def _grouped(
    rule: Rule, fit: Fit, said: tuple[Index, Codes], hundredths: Whole
) -> tuple[Index, Codes, Index]:
    """With `once per`, what was said for one target and value side by side, the heaviest first; of
    equals the first in fact-key order."""
    match, about = said
    if not rule.once_per:
        return match, about, np.full(len(match), -1, dtype=np.intp)
    by = [about]
    if isinstance(rule.once_per, Reference):
        by.append(fit.codes(rule.once_per)[match][:, None])
    _, group = numbered(np.hstack(by))
    order = np.lexsort((match, -np.abs(hundredths[match]), group))
    return match[order], about[order], group[order]
