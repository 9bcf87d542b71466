"""Every example of docs/rule-language.md is what it says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from rules.aggregates import aggregated
from rules.cases import run
from rules.check import check_folder
from rules.engine import recommend
from rules.grid import evaluate
from rules.language import parse_test
from rules.pack import Fact, Pattern
from rules.reading import load, read
from tests.rules.building import kind, pack, rule

PAGE = (Path(__file__).parents[2] / "docs" / "rule-language.md").read_text(encoding="utf-8")


class Block(NamedTuple):
    """A fenced block of the page: what stands behind its fence, and its text."""

    what: str
    text: str


BLOCKS = [
    Block(*found) for found in re.findall(r"^```([^\n]*)\n(.*?)^```$", PAGE, flags=re.M | re.S)
]
FILES = [block for block in BLOCKS if block.what.endswith(".yaml")]
WRONG = [
    (block.text, BLOCKS[at + 1].text)
    for at, block in enumerate(BLOCKS)
    if block.what == "yaml wrong"
]
TESTS = re.findall(r"^\| `(.+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, flags=re.M)


def written(folder: Path, more: str = "") -> Path:
    """The bakery's pack; blocks of one file one after the other, `more` as rules for channels."""
    texts: dict[str, list[str]] = {}
    for block in FILES:
        texts.setdefault(block.what.split()[1], []).append(block.text)
    if more:
        texts["rules/channels.yaml"].append(more)
    for name, parts in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(parts), encoding="utf-8")
    return folder


def test_every_block_of_the_page_is_tried() -> None:
    tried = {*(block.what for block in FILES), "yaml wrong", "text"}
    assert {block.what for block in BLOCKS} == tried
    assert len(FILES) >= 12
    assert len(WRONG) >= 4
    assert len(TESTS) >= 18


def test_the_pack_of_the_page_can_be_read_and_all_its_cases_hold(tmp_path: Path) -> None:
    bakery = load(written(tmp_path))
    assert len(bakery.rules) == 6
    assert [run(bakery, case).failures for case in bakery.cases] == [()] * 6


def test_the_pack_of_the_page_has_nothing_to_correct(tmp_path: Path) -> None:
    assert check_folder(written(tmp_path), date(2026, 11, 25)).findings == ()


def test_the_same_objective_counts_once_with_its_most_trusted_group(tmp_path: Path) -> None:
    bakery = load(written(tmp_path))
    case = next(case for case in bakery.cases if case.name.startswith("Two groups"))
    scored = {one.target[1]: one for one in recommend(bakery, case.facts).scored}
    (part,) = scored["letter"].parts
    assert (part.hundredths, part.trust) == (2000, 1)
    assert part.sentence == "Newsletter serves More sales well, and 40 % of regulars use it."


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_wrong_is_answered_in_these_words(tmp_path: Path, text: str, message: str) -> None:
    _, faults = read(written(tmp_path, more=text))
    assert [fault.message for fault in sorted(faults)] == message.splitlines()
    assert {(fault.file, fault.rule) for fault in faults} == {
        ("rules/channels.yaml", "channel.wrong")
    }


@pytest.mark.parametrize(
    ("hours", "counted"),
    [
        ((3, 2, 2), {"people": 3, "hours": 7, "longest": 3, "usual": 2.333333}),
        ((), {"people": 0, "hours": 0}),
    ],
)
def test_the_team_of_the_page_is_counted_as_the_page_says(
    tmp_path: Path, hours: tuple[float, ...], counted: dict[str, float]
) -> None:
    people = [Fact("person", {"id": f"p{at}", "free_hours": one}) for at, one in enumerate(hours)]
    (team,) = aggregated(load(written(tmp_path)), ["team"], {"person": people})
    assert team.values == counted
    assert all(str(number) in PAGE for number in counted.values())


def samples() -> Iterator[tuple[str, str, bool]]:
    for test, passing, failing in TESTS:
        yield from ((test, value.strip(), True) for value in passing.split(","))
        yield from ((test, value.strip(), False) for value in failing.split(","))


@pytest.mark.parametrize(("test", "value", "passes"), list(samples()))
def test_a_test_passes_what_the_page_says(test: str, value: str, passes: bool) -> None:
    """By the engine and by the arrays; `$limit` is 3 and `other.value` is 7."""
    held: str | float | bool | None = {"yes": True, "no": False, "nothing": None}.get(value, value)
    if isinstance(held, str) and re.fullmatch(r"[\d.]+", held):
        held = float(held)
    example = next(v for v in (held, True if test in ("yes", "no") else None, 1.0) if v is not None)
    thing, other = kind("thing", (), value=example), kind("other", (), value=7)
    when = (
        Pattern("other", "other", ()),
        Pattern("thing", "thing", (("value", parse_test(test)),)),
    )
    rules = pack([rule("r", *when)], [thing, other], parameters={"limit": 3})
    facts = [Fact("other", {"value": 7}), Fact("thing", {} if held is None else {"value": held})]
    advice = recommend(rules, facts)
    assert bool(advice.matches) is passes
    assert evaluate(rules, [facts]) == [advice]
