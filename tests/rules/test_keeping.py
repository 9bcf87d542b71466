"""What is kept is made once, and what nobody asked for longest goes first."""

from __future__ import annotations

from rules.keeping import Kept


def test_what_is_kept_is_made_once() -> None:
    made: list[str] = []
    kept: Kept[str, str] = Kept(2)

    def make(name: str) -> str:
        return kept.get(name, lambda: made.append(name) or name)  # type: ignore[func-returns-value]

    assert [make(name) for name in ("a", "b", "a")] == ["a", "b", "a"]
    assert made == ["a", "b"]


def test_what_nobody_asked_for_longest_goes_first() -> None:
    kept: Kept[str, int] = Kept(2)
    for at, name in enumerate(("a", "b", "a", "c")):
        kept.get(name, lambda at=at: at)
    assert kept.get("a", lambda: 9) == 0
    assert kept.get("b", lambda: 9) == 9
