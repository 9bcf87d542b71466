"""Which reason comes first: the one that says most about this target and least about the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.database import reading, writing
from rules.advice import Scored
from services import advice, honesty
from services.advice import AdviceView, for_and_against
from tests.services import built

SHARED_BY_ALL = "channel.serves-the-objective"


@pytest.fixture
def view(database: Path) -> AdviceView:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    with reading() as session:
        return advice.current(session, shop.id, shop.quarter)


def channel(view: AdviceView, name: str) -> Scored:
    return view.target(("channel", name, ""))


def first(view: AdviceView, scored: Scored) -> str:
    speaks_for, _ = for_and_against(view, scored)
    return speaks_for[0].rule.id


def sharing(view: AdviceView, rule: str, kind: str, of: str = "") -> int:
    """For how many targets beside each other a rule speaks."""
    return sum(
        any(part.rule.id == rule and part.hundredths > 0 for part in one.parts)
        for one in view.scored(kind, of)
    )


def test_what_is_true_of_one_channel_comes_before_what_is_true_of_many(view: AdviceView) -> None:
    assert sharing(view, SHARED_BY_ALL, "channel") > 5
    assert sharing(view, "channel.place-to-visit", "channel") == 1
    google = channel(view, "gbp")
    heaviest = max(google.parts, key=lambda part: part.hundredths)
    assert heaviest.rule.id == SHARED_BY_ALL
    assert first(view, google) == "channel.place-to-visit"


def test_the_best_channels_do_not_all_begin_alike(view: AdviceView) -> None:
    best = view.recommended("channel")[:5]
    assert len({first(view, scored) for scored in best}) >= 4
    assert SHARED_BY_ALL not in {first(view, scored) for scored in best}


def test_a_reason_that_hardly_counts_does_not_come_first(view: AdviceView) -> None:
    """Few channels share “you can take its numbers out”, but it is worth one point of many."""
    letter = channel(view, "newsletter")
    speaks_for, _ = for_and_against(view, letter)
    order = [part.rule.id for part in speaks_for]
    assert order[0] == "channel.list-of-your-own"


def test_of_two_sentences_of_one_rule_the_weightier_comes_first(view: AdviceView) -> None:
    speaks_for, _ = for_and_against(view, channel(view, "gbp"))
    twice = [part.hundredths for part in speaks_for if part.rule.id == SHARED_BY_ALL]
    assert len(twice) == 2
    assert twice == sorted(twice, reverse=True)


@pytest.mark.parametrize("kind", ["channel", "activity", "step", "objective"])
def test_whatever_comes_first_all_reasons_together_are_the_score(
    view: AdviceView, kind: str
) -> None:
    assert view.scored(kind)
    for scored in view.scored(kind):
        speaks_for, against = for_and_against(view, scored)
        assert sum(part.hundredths for part in [*speaks_for, *against]) == scored.hundredths
        assert all(part.hundredths > 0 for part in speaks_for)
        assert [part.hundredths for part in against] == sorted(part.hundredths for part in against)


def test_an_owner_is_compared_with_the_other_people_of_the_same_activity(view: AdviceView) -> None:
    """What is said of one of two people comes first, however many activities it is said about."""
    owners = [scored for scored in view.advice.scored if scored.target[0] == "owner"]
    assert owners
    for scored in owners:
        speaks_for, _ = for_and_against(view, scored)
        shares = [
            part.hundredths / sharing(view, part.rule.id, "owner", scored.target[2])
            for part in speaks_for
        ]
        assert shares == sorted(shares, reverse=True)


def test_the_order_of_the_parts_does_not_matter(view: AdviceView) -> None:
    for scored in view.advice.scored:
        turned = replace(scored, parts=scored.parts[::-1])
        assert for_and_against(view, turned) == for_and_against(view, scored)


def test_a_reason_rests_on_as_much_of_a_fact_as_its_rule_reads(view: AdviceView) -> None:
    speaks_for, _ = for_and_against(view, channel(view, "gbp"))
    assert honesty.basis(view, speaks_for[0]) == [
        "the organisation — a place people visit: yes",
        "a channel (Google business profile) — kind of channel: local",
    ]


def test_every_reason_rests_on_something_that_can_be_said(view: AdviceView) -> None:
    """But for those that follow from other advice and from nothing else."""
    follows = {"recommended", "finding", "activity", "channel"}
    for scored in view.advice.scored:
        for part in scored.parts:
            from_advice = {fact.kind for fact in part.facts} <= follows
            assert from_advice or honesty.basis(view, part)
