"""A rule cannot expect a number to rise that is better when it falls."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.check import Finding, check_folder
from tests.rules.small_pack import write_pack
from tests.rules.test_check import TODAY

KPIS = """\
entries:
  - {id: waiting, title: Hours until an answer, direction: down}
  - {id: gifts, title: Gifts, direction: up}
  - {id: promises, title: Promises kept, direction: hold}
"""
KIND = """\
  number:
    what: a number of the catalogue
    key: id
    catalogue: kpis
    attributes:
      id: {type: word, catalogue: kpis}
  channel:
    what: a channel of the catalogue
"""


def found(folder: Path, kpi: str, direction: str, test: str = "") -> list[Finding]:
    """Of a rule that expects this of a number; with `test`, of any number that passes it."""
    expect = f"  expect: {{kpi: {kpi}, direction: {direction}, range: more, within: one quarter}}\n"
    line = "    - strength: {objective: same as objective.name, score: at least $strong}\n"
    rule = (line, f"{line}    - number: {{id: {test}}}\n" if test else line)
    pack = write_pack(
        folder,
        vocabulary=("  channel:\n    what: a channel of the catalogue\n", KIND),
        rules_channels=rule,
    )
    (pack / "catalogues/kpis.yaml").write_text(KPIS)
    file = pack / "rules/channels.yaml"
    because = '  because: "{strength.channel} serves'
    file.write_text(file.read_text().replace(because, expect + because))
    return [one for one in check_folder(pack, TODAY).findings if "better when it goes" in str(one)]


@pytest.mark.parametrize(("kpi", "direction"), [("waiting", "up"), ("gifts", "down")])
def test_the_wrong_way_is_found_by_the_name_of_the_number(
    tmp_path: Path, kpi: str, direction: str
) -> None:
    (finding,) = found(tmp_path, kpi, direction)
    assert (finding.rule, "direction: better" in finding.message) == ("channel.fits", True)


@pytest.mark.parametrize(
    ("kpi", "direction"),
    [("waiting", "down"), ("gifts", "up"), ("waiting", "better"), ("waiting", "hold"),
     ("promises", "up")],
)  # fmt: skip
def test_the_right_way_and_what_has_no_opposite_are_fine(
    tmp_path: Path, kpi: str, direction: str
) -> None:
    assert found(tmp_path, kpi, direction) == []


def test_any_number_may_be_one_that_should_fall_and_a_state_shows_it(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "number.id", "up", "known")
    assert "Hours until an answer" in finding.message
    assert finding.example


def test_a_test_that_leaves_such_numbers_out_is_seen(tmp_path: Path) -> None:
    assert found(tmp_path, "number.id", "up", "not waiting") == []
    assert found(tmp_path / "better", "number.id", "better", "known") == []
