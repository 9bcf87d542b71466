"""The pack we ship: its cases hold, its size is what it promises, and nothing in it is wrong."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rules.cases import run
from rules.check import check_folder
from rules.pack import Case, Pack
from rules.reading import load, read

FOLDER = Path(__file__).parents[2] / "rules" / "packs" / "social_media"
BEFORE_ANY_CHECK_AGAIN = date(2026, 11, 24)


@cache
def pack() -> Pack:
    return load(FOLDER)


def readable_cases() -> tuple[Case, ...]:
    """The cases as far as they can be read; what cannot fails in the tests below."""
    found, _ = read(FOLDER)
    return found.cases if found else ()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in readable_cases()])
def test_case(case: Case) -> None:
    assert run(pack(), case).failures == ()


def test_the_pack_has_nothing_to_correct() -> None:
    report = check_folder(FOLDER, BEFORE_ANY_CHECK_AGAIN)
    assert [str(finding) for finding in report.findings] == []


def test_there_are_enough_rules_and_cases() -> None:
    assert len(pack().rules) >= 150
    assert len(pack().cases) >= 80


def test_every_case_is_a_sentence_of_its_own() -> None:
    names = [case.name for case in pack().cases]
    assert len(names) == len(set(names))
    assert [name for name in names if len(name.split()) < 4] == []


def test_every_stage_has_rules_that_say_where_they_come_from() -> None:
    assert {rule.stage for rule in pack().rules} == {stage.name for stage in pack().stages}
    assert [rule.id for rule in pack().rules if not (rule.source and rule.because)] == []


@pytest.mark.parametrize(
    ("catalogue", "entries"),
    [
        ("objectives", 14),
        ("channels", 26),
        ("activities", 52),
        ("roles", 18),
        ("questions", 46),
        ("kpis", 48),
    ],
)
def test_the_whole_of_the_framework_is_there(catalogue: str, entries: int) -> None:
    found = pack().catalogues[catalogue]
    assert len(found) == entries
    assert [entry.id for entry in found.values() if not entry.title.strip()] == []


def test_every_channel_is_rated_for_every_objective() -> None:
    rated = {
        (fact.values["channel"], fact.values["objective"])
        for fact in pack().fixed
        if fact.kind == "strength"
    }
    channels, objectives = pack().catalogues["channels"], pack().catalogues["objectives"]
    assert rated == {(channel, objective) for channel in channels for objective in objectives}


def test_each_sign_of_learning_is_told_by_a_rule_or_says_why_not_yet() -> None:
    rules = {rule.id for rule in pack().rules}
    for sign in pack().catalogues["culture_signs"].values():
        told, why = sign.values.get("told_by"), sign.values.get("not_yet")
        assert bool(told) != bool(why), sign.id
        assert set(told or ()) <= rules, sign.id
    untold = {
        one.id for one in pack().catalogues["culture_signs"].values() if "not_yet" in one.values
    }
    assert untold == {"visible_voices", "reused_practices", "report_without_reader"}
