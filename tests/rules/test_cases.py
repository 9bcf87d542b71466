"""What a case may expect, and what it says when that does not come out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.cases import rules_that_spoke, run, run_all
from rules.pack import Case, Fact, Pack
from rules.reading import load
from tests.rules.small_pack import write_pack

FACTS = (
    Fact("objective", {"name": "sales", "priority": 3}),
    Fact("objective", {"name": "image", "priority": 1}),
    Fact("person", {"id": "p1", "hours": 4}),
    Fact("person", {"id": "p2", "hours": 2}),
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load(write_pack(tmp_path_factory.mktemp("cases")))


def failures(pack: Pack, facts: tuple[Fact, ...] = FACTS, **expected: object) -> tuple[str, ...]:
    """What fails; `_` in a name stands for a space."""
    named = {name.replace("_", " "): wanted for name, wanted in expected.items()}
    return run(pack, Case("it", facts, named)).failures


def test_every_case_of_the_small_pack_holds(pack: Pack) -> None:
    outcomes = run_all(pack)
    assert [outcome.failures for outcome in outcomes] == [(), ()]
    assert rules_that_spoke(outcomes) == {rule.id for rule in pack.rules}


def test_the_ranking_must_begin_with_exactly_these(pack: Pack) -> None:
    assert failures(pack, top_channel=["letter"]) == ()
    assert failures(pack, top_channel=["letter", "forum"]) == ()
    (said,) = failures(pack, top_channel=["forum", "letter"])
    assert "letter, forum" in said


def test_an_empty_ranking_means_that_nothing_is_recommended(pack: Pack) -> None:
    assert failures(pack, (), top_channel=[]) == ()
    assert len(failures(pack, top_channel=[])) == 1


def test_enough_of_the_named_among_the_first(pack: Pack) -> None:
    named = ["letter", "forum", "video"]
    assert failures(pack, top_2_channel={"at least": 2, "of": named}) == ()
    (said,) = failures(pack, top_2_channel={"at least": 3, "of": named})
    assert "only 2 of at least 3" in said
    assert len(failures(pack, top_1_channel={"at least": 2, "of": named})) == 1


def test_targets_recommended_and_not(pack: Pack) -> None:
    assert failures(pack, recommended={"channel": ["letter", "forum"]}) == ()
    assert failures(pack, not_recommended={"channel": "video"}) == ()
    (said,) = failures(pack, not_recommended={"channel": ["letter"]})
    assert "30 points and rank 1" in said


def test_a_blocked_target_names_the_rule_that_blocks(pack: Pack) -> None:
    alone = FACTS[:3]
    assert failures(pack, alone, blocked={"channel": "forum"}) == ()
    (said,) = failures(pack, alone, recommended={"channel": ["forum"]})
    assert "`channel.forum-needs-people`" in said
    assert len(failures(pack, blocked={"channel": "forum"})) == 1


def test_what_belongs_to_something_is_named_with_it(pack: Pack) -> None:
    assert failures(pack, recommended={"owner": {"write": ["p1", "p2"]}}) == ()
    assert failures(pack, top_owner_of_host=["p1"]) == ()
    assert failures(pack, not_recommended={"owner": {"host": "p2"}}) == ()
    assert len(failures(pack, recommended={"owner": {"host": "p2"}})) == 1


def test_findings_and_rules_that_spoke_or_did_not(pack: Pack) -> None:
    assert failures(pack, (), found=["nobody"], spoke=["findings.nobody"]) == ()
    assert failures(pack, not_found="nobody", silent=["findings.nobody"]) == ()
    assert len(failures(pack, found=["nobody"], spoke=["findings.nobody"])) == 2
    assert len(failures(pack, (), not_found=["nobody"], silent=["findings.nobody"])) == 2


@pytest.mark.parametrize(
    ("expected", "meant"),
    [
        ({"tops channel": ["letter"]}, "top channel"),
        ({"top chanel": ["letter"]}, "channel"),
        ({"recommended": {"chanel": ["letter"]}}, "channel"),
        ({"spoke": ["channel.fit"]}, "channel.fits"),
        ({"found": ["nobdy"]}, "nobody"),
    ],
)
def test_an_expectation_nobody_can_meet_says_what_may_be_meant(
    pack: Pack, expected: dict[str, object], meant: str
) -> None:
    (said,) = run(pack, Case("it", FACTS, expected)).failures
    assert f"Did you mean `{meant}`?" in said


def test_a_case_that_expects_nothing_proves_nothing(pack: Pack) -> None:
    (said,) = failures(pack)
    assert "expects nothing" in said


def test_facts_that_the_vocabulary_refuses_fail_the_case_by_name(pack: Pack) -> None:
    wrong = replace(FACTS[0], values={"name": "sales", "priority": 4})
    outcome = run(pack, Case("it", (wrong,), {"top channel": []}))
    assert outcome.advice is None
    assert "priority" in outcome.failures[0]
