"""Rules in words that a shop owner understands, whichever pack they come from."""

from __future__ import annotations

import re

import pytest

from models.database import reading, writing
from rules import explain
from rules.engine import recommend
from services import advice, rulebook, rulebook_words, spoken
from services.rulebook_words import Told
from tests.services import built

MACHINE = re.compile(r"\b[a-z]+_\w+|\b[a-z]\w*\.[a-z]\w*|[{}$]")
"""Ids, dotted references and the marks that only an author of rules understands."""


def everything() -> dict[str, Told]:
    return {told.id: told for told in rulebook_words.told(rulebook.pack())}


def test_every_rule_is_told_without_a_word_for_machines() -> None:
    for told in everything().values():
        said = [told.title, told.stage, told.because, *told.when, *told.unless, told.does]
        assert [one for one in said if MACHINE.search(one)] == []
        assert told.because
        assert told.when
        assert told.source


def test_a_rule_tells_when_it_speaks_unless_and_what_it_does() -> None:
    told = everything()["activity.not-before-the-first"]
    assert told.stage == "What to do"
    assert told.when[0] == "the organisation (people in the organisation at least 15)"
    assert "“What is lived is in place” (matter: this step before)" in told.unless
    assert told.does == "It speaks against it with 3 points."
    assert told.values == ("small",)


@pytest.mark.parametrize(
    ("rule", "does", "weighs"),
    [
        ("activity.political-adverts", "It blocks this", False),
        ("finding.own-name-only", "It points out a small snag.", False),
        ("channel.meant-for-firms", "points: 2 times fit for firms", True),
    ],
)
def test_only_what_gives_points_can_weigh_less(rule: str, does: str, weighs: bool) -> None:
    told = everything()[rule]
    assert does in told.does
    assert told.weighs is weighs


@pytest.mark.parametrize(
    "rule",
    [
        "owner.only-volunteers",
        "channel.forbidden-on-work-phones",
        "activity.consent-first",
        "finding.one-key-only",
        "step.children-first",
        "step.lock-the-doors",
        "activity.political-adverts",
    ],
)
def test_rules_that_protect_people_are_known_as_such(rule: str) -> None:
    assert everything()[rule].protects


def test_what_a_rule_waits_for_is_called_by_the_title_of_the_rule_that_finds_it() -> None:
    pack = rulebook.pack()
    answer = explain.why_not(pack, [], recommend(pack, []), "step", "secure_accounts")
    either = "“One phone away from losing the account” or “Only one key to the house”"
    assert [one.text for one in answer.near[0].obstacles] == [f"Not found: {either}."]
    assert everything()["step.lock-the-doors"].when == (either,)


def test_other_rules_are_not_called_protection() -> None:
    assert not everything()["channel.costs-little-time"].protects


@pytest.mark.parametrize(
    ("text", "percent", "read"),
    [("4,5", False, 4.5), ("4.5 h", False, 4.5), ("35 %", True, 0.35), ("35", True, 0.35),
     ("1,000,000", False, None), ("", False, None), ("1e5", False, None), ("nan", False, None)],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(text: str, percent: bool, read: float | None) -> None:
    assert rulebook_words.number(text, percent=percent) == read


def test_what_spoke_this_quarter_is_told_with_what_it_was_about(database: object) -> None:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    with reading() as session:
        view = advice.current(session, shop.id, shop.quarter)
    spoke = spoken.spoken(view)
    assert set(spoke) == {match.rule.id for match in view.advice.matches}
    about = spoke["activity.serves-the-objective"]
    assert view.title("activity", view.recommended("activity")[0].target[1]) in about
    (first, *_) = spoken.examples(view, "activity.serves-the-objective")
    assert "works for" in first
    assert "‹" not in first
