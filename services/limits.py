"""Limits that a pack sets: starter values, or what an organisation made of them."""

from __future__ import annotations

from rules.pack import Pack


def figure(pack: Pack, name: str) -> float | None:
    """The value of a parameter as a number; None if the pack does not set it."""
    found = pack.parameters.get(name)
    value = found.value if found else None
    return float(value) if isinstance(value, int | float) else None
