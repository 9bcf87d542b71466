"""Packs told apart by their fingerprint, so that what is made of one can be remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

from rules.pack import Pack


@dataclass(frozen=True, slots=True)
class Stamped:
    """A pack as the key of a cache: two with one fingerprint are the same."""

    fingerprint: str
    pack: Pack = field(compare=False, repr=False)


def stamped(pack: Pack) -> Stamped:
    """The pack as a key."""
    return Stamped(pack.fingerprint, pack)
