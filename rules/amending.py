"""An organisation's own changes laid over a pack; the pack itself is never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.condition import Value
from rules.errors import Fault, PackError
from rules.facts import did_you_mean, shown
from rules.pack import Amendment, Pack, ParameterValue
from rules.reading import fingerprint
from rules.reading_parameters import misfit as out_of_range


def amended(pack: Pack, amendments: Sequence[Amendment]) -> Pack:
    """The pack with the amendments in force; PackError names every one that does not fit."""
    faults = [
        Fault("amendment", 0, a.rule, wrong) for a in amendments if (wrong := misfit(pack, a))
    ]
    if faults:
        raise PackError(faults)
    parameters = dict(pack.parameters)
    for one in amendments:
        if one.parameter and one.value is not None:
            parameters[one.parameter] = replace(parameters[one.parameter], value=one.value)
    off = {one.rule for one in amendments if one.off}
    confidence = {one.rule: one.confidence for one in amendments if one.confidence is not None}
    changed = replace(
        pack,
        parameters=parameters,
        rules=tuple(rule for rule in pack.rules if rule.id not in off),
        confidence={**pack.confidence, **confidence},
        amendments=(*pack.amendments, *amendments),
    )
    return replace(changed, fingerprint=fingerprint(changed))


def misfit(pack: Pack, amendment: Amendment) -> str:
    """Why an amendment does not fit the pack; '' if it does."""
    if amendment.parameter:
        parameter = pack.parameters.get(amendment.parameter)
        if parameter is None:
            hint = did_you_mean(amendment.parameter, pack.parameters)
            return f"there is no parameter `{amendment.parameter}`.{hint}"
        return _misfit_value(parameter, amendment.value)
    known = [rule.id for rule in pack.rules]
    if amendment.rule not in known:
        return f"there is no rule `{amendment.rule}`.{did_you_mean(amendment.rule, known)}"
    sure = amendment.confidence
    if sure is not None and not 0 <= sure <= 2:
        return f"a confidence is a number from 0 to 2, not {sure}"
    return "" if amendment.off or sure is not None else "say what is to be different"


def _misfit_value(parameter: ParameterValue, value: Value | None) -> str:
    if value is None:
        return f"`{parameter.title}`: say the new value"
    if _sort(value) != _sort(parameter.value):
        return f"`{parameter.title}` does not take {shown(value)}"
    wrong = out_of_range(parameter, value)
    return f"`{parameter.title}`: {wrong}" if wrong else ""


def _sort(value: Value) -> str:
    if isinstance(value, bool):
        return "yes or no"
    return "word" if isinstance(value, str) else "number"
