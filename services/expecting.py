"""What a rule expects of its advice, as it is kept with a recommendation."""

from __future__ import annotations

from collections.abc import Iterable

from rules.advice import Part
from rules.condition import Constant, Parameter, Reference, Term
from rules.pack import Expectation, Pack


def expectation(pack: Pack, parts: Iterable[Part]) -> dict[str, str] | None:
    """What accepting should bring: the weightiest reason that expects something says it."""
    expecting = [part for part in parts if part.rule.expect and part.hundredths > 0]
    for part in sorted(expecting, key=lambda part: (-part.hundredths, part.rule.id)):
        expected: Expectation | None = part.rule.expect
        if expected is not None:
            kpi = _value(pack, part, expected.kpi)
            return {
                "kpi": kpi,
                "direction": _direction(pack, kpi, expected),
                "range": expected.range,
                "within": expected.within,
            }
    return None


def _direction(pack: Pack, kpi: str, expected: Expectation) -> str:
    """Where the number should go; `better` is as its catalogue says."""
    if expected.direction != "better":
        return expected.direction
    entry = pack.catalogues["kpis"].get(kpi)
    return str(entry.values.get("direction", "up")) if entry else "up"


def _value(pack: Pack, part: Part, term: Term) -> str:
    match term:
        case Constant(value):
            return str(value)
        case Parameter(name):
            return str(pack.parameters[name].value)
        case Reference(alias, attribute):
            aliases = [pattern.alias for pattern in part.rule.when]
            return str(part.facts[aliases.index(alias)].values.get(attribute, ""))
