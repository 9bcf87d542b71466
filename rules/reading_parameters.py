"""parameters.yaml → dated and sourced values that rules name."""

from __future__ import annotations

from rules.condition import Value
from rules.facts import did_you_mean, shown
from rules.nodes import Node, Source
from rules.pack import ParameterValue
from rules.reading_scope import check_name
from rules.reading_vocabulary import UNITS

PARAMETER = ("value", "title", "unit", "source", "since", "check again", "from", "to")
NEEDED = ("value", "title", "source", "since")


def read_parameters(node: Node, source: Source) -> dict[str, ParameterValue]:
    """`name: {value, title, unit, source, since, check again, from, to}` for every parameter."""
    found = {}
    for name, body in source.mapping(node, None).items():
        if check_name(source, body.line, name, "parameter", {}):
            found[name] = _parameter(name, body, source)
    return found


def _parameter(name: str, node: Node, source: Source) -> ParameterValue:
    parts = source.mapping(node, PARAMETER, NEEDED)
    parameter = ParameterValue(
        name=name,
        value=value(parts["value"], source) if "value" in parts else 0,
        title=source.word(parts.get("title")),
        unit=source.word(parts.get("unit")),
        source=source.word(parts.get("source")),
        since=source.date(parts.get("since")),
        check_again=source.date(parts.get("check again")),
        low=source.number(parts.get("from")),
        high=source.number(parts.get("to")),
    )
    wrong = misfit(parameter, parameter.value) or _contradiction(parameter)
    if wrong:
        source.fault(node.line, f"{name}: {wrong}")
    return parameter


def value(node: Node, source: Source) -> Value:
    """A parameter's value as it is written: a number, yes or no, or a word."""
    text = source.scalar(node)
    if not node.quoted and text in ("yes", "no"):
        return text == "yes"
    if not node.quoted and text[:1] in tuple("-+.0123456789") and text != "-":
        return source.number(node) or 0
    return source.word(node)


def misfit(parameter: ParameterValue, value: Value) -> str:
    """Why a value is none for this parameter: of another type, or out of its range; else ''."""
    if isinstance(value, bool | str):
        ranged = parameter.low is not None or parameter.high is not None
        return f"a number is wanted, not {shown(value)}" if ranged else ""
    low, high = parameter.low, parameter.high
    if low is not None and value < low:
        return f"{value} is below {low}, its least value"
    return (
        f"{value} is above {high}, its largest value" if high is not None and value > high else ""
    )


def _contradiction(parameter: ParameterValue) -> str:
    unit, low, high = parameter.unit, parameter.low, parameter.high
    since, again = parameter.since, parameter.check_again
    if unit and unit not in UNITS:
        close = did_you_mean(unit, UNITS)
        return f"the unit is one of {', '.join(UNITS)}, not {shown(unit)}.{close}"
    if low is not None and high is not None and low > high:
        return f"`from` {low} lies above `to` {high}"
    if since and again and again < since:
        return "`check again` lies before `since`"
    return ""
