"""Parameters and rules that differ between scenarios: a rule speaks once for each way in which the
parameters that it names may be set, and only where they are set so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rules.condition import Value
from rules.grid_tables import Choices
from rules.scenarios import Scenarios


@dataclass(frozen=True, slots=True)
class Varied:
    """The choices of an evaluation; which of them are parameters (with their values) or rules."""

    choices: Choices
    parameters: Mapping[str, tuple[int, tuple[Value, ...]]]
    switched: Mapping[str, int]

    def ways(
        self, named: Collection[str], values: Mapping[str, Value]
    ) -> Iterator[tuple[Mapping[str, Value], list[tuple[int, int]]]]:
        """(all parameters, the choices and options under which they are so)."""
        some = [name for name in self.parameters if name in named]
        for way in product(*(enumerate(self.parameters[name][1]) for name in some)):
            also = [(self.parameters[n][0], o) for n, (o, _) in zip(some, way, strict=True)]
            yield {**values, **{n: v for n, (_, v) in zip(some, way, strict=True)}}, also


def varied(scenarios: Scenarios) -> Varied:
    """The parameters and rules that differ, as choices."""
    choices = Choices(scenarios.count)
    return Varied(
        choices,
        {
            name: (choices.add(one.taken, len(one.options)), one.options)
            for name, one in scenarios.parameters.items()
        },
        {name: choices.add(taken, 2) for name, taken in scenarios.switched.items()},
    )
