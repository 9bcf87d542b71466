"""A pack is read once, and everything wrong with it is said: where, what, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from rules.errors import PackError
from rules.facts import fact_from
from rules.nodes import ENOUGH
from rules.reading import fingerprint, load, read
from tests.rules.small_pack import FILES, write_pack
from tests.rules.spoiled import FITS, faults, the_fault, titled

# what a fault says


def test_a_sane_pack_has_no_faults(tmp_path: Path) -> None:
    pack, wrong = read(write_pack(tmp_path))
    assert pack is not None
    assert wrong == []
    assert [rule.id for rule in pack.rules if rule.stage == "channels"] == [
        FITS,
        "channel.forum-needs-people",
    ]


def test_a_fault_names_file_line_rule_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    fault = the_fault(tmp_path, rules_channels=("{priority: at", "{prioritiy: at"))
    assert str(fault) == (
        "rules/channels.yaml line 4, rule `channel.fits`: objective has no attribute `prioritiy`."
        " Did you mean `priority`?"
    )


def test_all_faults_are_said_at_once_in_order_of_file_and_line(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        vocabulary=("number, unit: hours}", "number, unit: hour}"),
        parameters=("since: 2026-01-01", "since: last year"),
        catalogues_strengths="  leter: {sales: 3}\n",
        rules_channels=("{channel: strength.channel}", "{channel: leter}"),
        rules_owners=("hours: at least", "ours: at least"),
        cases_first=("{name: sales, priority: 3}\n    - person", "{nam: sales}\n    - person"),
    )
    with pytest.raises(PackError) as error:
        load(folder)
    assert [fault.file for fault in error.value.faults] == [
        "cases/first.yaml",
        "catalogues/strengths.yaml",
        "parameters.yaml",
        "rules/channels.yaml",
        "rules/owners.yaml",
        "vocabulary.yaml",
    ]
    assert len(str(error.value).splitlines()) == 6


PRIORITY = "priority: {type: number, from: 0, to: 3, "


@pytest.mark.parametrize(
    ("lever", "wrong"),
    [
        ("{from: 3, to: 1, step: 1}", "`from` below `to`, and a `step` above 0"),
        ("{from: 0, to: 3}", "`from` below `to`, and a `step` above 0"),
        ("{from: 0, to: 3, step: 0.001}", "more than 1,000 steps"),
        ("{from: 0, to: 3, step: 1, along: [name]}", "moves `name` along, which is no other"),
        ("{from: 0, to: 3, step: 1, along: [priority]}", "moves `priority` along"),
        ("{from: 0, to: 3, step: 1, along: [prioriti]}", "Did you mean `priority`?"),
    ],
)
def test_a_lever_that_cannot_be_moved_is_a_fault(tmp_path: Path, lever: str, wrong: str) -> None:
    change = (PRIORITY, f"{PRIORITY}lever: {lever}, ")
    fault = the_fault(tmp_path, vocabulary=change)
    assert fault.file == "vocabulary.yaml"
    assert wrong in fault.message


def test_after_two_hundred_faults_reading_stops(tmp_path: Path) -> None:
    more = "\n".join(f"- id: r{i}\n  titel: R" for i in range(300))
    pack, wrong = read(write_pack(tmp_path, rules_channels=f"\n{more}\n"))
    assert pack is None
    assert len(wrong) == ENOUGH + 1
    assert "more than 200 faults" in wrong[-1].message


def test_no_fault_is_longer_than_a_few_lines_whatever_stands_in_the_file(tmp_path: Path) -> None:
    long = "x" * 3_000
    for changes in (
        {"rules_channels": ("objective: {priority", f"{long}: {{priority")},
        {"rules_channels": ("at least $strong", f"at least at most {long}")},
        {"rules_channels": ("{channel: strength.channel}", f"{{channel: {long}}}")},
        {"rules_channels": ("{strength.channel} serves", f"{{{long}}} serves")},
        {"catalogues_strengths": f"  {'x' * 150}: {{sales: 3}}\n"},
    ):
        wrong = faults(tmp_path, **changes)
        assert wrong
        assert max(len(fault.message) for fault in wrong) < 400


# nothing is evaluated


@pytest.mark.parametrize(
    "slot",
    [
        "{objective.__class__}",
        "{objective.name.__class__.__mro__}",
        "{objective.name!r}",
        "{objective.name:>999999999}",
        "{objective[name]}",
        "{0}",
        "{}",
        "{$strong.__class__}",
        "{__import__('os').getcwd()}",
        "{{objective.name}}",
        "{objective.name",
    ],
)
def test_a_sentence_holds_names_and_nothing_else(tmp_path: Path, slot: str) -> None:
    change = ("{strength.channel} serves", f"{slot} serves")
    assert all(fault.line == 9 for fault in faults(tmp_path, rules_channels=change))
    assert faults(tmp_path, rules_channels=change)


@pytest.mark.parametrize(
    "points", ["__import__('os')", "2 ** 9", "2 / 3", "objective.priority()", "[1][0]", "1 if 1"]
)
def test_points_hold_sums_and_products_and_nothing_else(tmp_path: Path, points: str) -> None:
    change = ("2 * objective.priority * strength.score", f'"{points}"')
    fault = the_fault(tmp_path, rules_channels=change)
    assert "cannot be read" in fault.message


def test_text_that_looks_like_code_stays_text(tmp_path: Path) -> None:
    change = titled('"%s $(ls) ${HOME} `id` <b>{objective.name}</b>"')
    pack = load(write_pack(tmp_path, rules_channels=change))
    rule = next(rule for rule in pack.rules if rule.id == FITS)
    assert rule.title == "%s $(ls) ${HOME} `id` <b>{objective.name}</b>"


@pytest.mark.parametrize("seed", range(150))
def test_no_damage_makes_the_reader_stumble(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    folder = write_pack(tmp_path)
    for _ in range(rng.randint(1, 3)):
        file = folder / rng.choice(sorted(FILES))
        text = file.read_text(encoding="utf-8")
        at = rng.randrange(len(text))
        put = rng.choice([*"{}[]:,-#&*!|>'\"%@`~\n ", "", "3", "\t", "é", "- ", "a: ", "null"])
        file.write_text(text[:at] + put + text[at + rng.randrange(4) :], encoding="utf-8")
    pack, wrong = read(folder)
    assert wrong or pack is not None
    assert all(fault.message for fault in wrong)


# what is made of a pack


def test_the_same_files_have_the_same_fingerprint_and_other_points_another(tmp_path: Path) -> None:
    one, same = load(write_pack(tmp_path / "a")), load(write_pack(tmp_path / "b"))
    other = load(write_pack(tmp_path / "c", rules_channels=("points: 2", "points: 3")))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert fingerprint(replace(one, cases=())) == one.fingerprint


def test_yes_and_no_are_truth_values_where_the_vocabulary_says_so(tmp_path: Path) -> None:
    attribute = "sector:\n        type: word"
    change = (attribute, "open: {type: yes_no, ask: {page: a, question: b}}\n      " + attribute)
    pack = load(write_pack(tmp_path, vocabulary=change))
    assert fact_from(pack, "organisation", {"open": "yes"}).values == {"open": True}


def test_a_pack_has_the_same_fingerprint_whenever_the_program_starts() -> None:
    pack = Path(__file__).parents[2] / "rules" / "packs" / "social_media"
    said = "from pathlib import Path; from rules.reading import load; "
    said += f"print(load(Path({str(pack)!r})).fingerprint)"
    started = [
        subprocess.run(
            [sys.executable, "-c", said],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=pack.parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert started[0].strip()
    assert started[0] == started[1]
