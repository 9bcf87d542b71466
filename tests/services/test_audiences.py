"""People to reach: starter values marked as such, what is known better, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from services import advice, audiences, rulebook
from services.audiences import Group, Kept, Use
from services.refusals import Changed, Refused
from tests.services.built import Shop, shop

NEAR = Group("Neighbours", business=False, age_from=30, age_to=49, region="de")
CHILDREN = replace(NEAR, age_from=6, age_to=10)
"""Of whom the rules know nothing."""
ASKED = Use(0.4, "measured", "asked 40 people in May")


@pytest.fixture
def bakery(session: Session) -> Shop:
    return shop(session)


def only(session: Session, bakery: Shop) -> Kept:
    (kept,) = audiences.listed(session, bakery.id)
    return kept


def known_better(session: Session, bakery: Shop, channel: str, use: Use) -> None:
    group = only(session, bakery)
    before = group.uses.get(channel)
    seen = replace(use, version=before.version if before else 0)
    audiences.record_share(session, group.id, channel, use.share, seen)


def test_shares_are_filled_in_as_estimates_with_their_source(
    session: Session, bakery: Shop
) -> None:
    audiences.describe(session, bakery.id, NEAR)
    uses = only(session, bakery).uses
    assert uses
    assert {use.grade for use in uses.values()} == {"estimated"}
    assert all("Germany" in use.source for use in uses.values())
    assert all(audiences.starter(rulebook.pack(), use) for use in uses.values())


def test_bands_weigh_by_the_years_they_share_with_the_group() -> None:
    pack = rulebook.pack()
    young = audiences.estimates(pack, replace(NEAR, age_from=18, age_to=29))["instagram"].share
    older = audiences.estimates(pack, NEAR)["instagram"].share
    both = audiences.estimates(pack, replace(NEAR, age_from=20, age_to=39))["instagram"].share
    assert both == pytest.approx((young + older) / 2, abs=0.006)


def test_where_nobody_knows_anything_is_unknown_and_never_nobody(
    session: Session, bakery: Shop
) -> None:
    audiences.describe(session, bakery.id, CHILDREN)
    assert only(session, bakery).uses == {}
    view = advice.current(session, bakery.id, bakery.quarter)
    assert not [fact for fact in view.facts if fact.kind == "audience_use"]


def test_what_people_know_better_counts_as_their_evidence(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    known_better(session, bakery, "instagram", ASKED)
    assert replace(only(session, bakery).uses["instagram"], version=0) == ASKED
    view = advice.current(session, bakery.id, bakery.quarter)
    trust = {f.values["channel"]: f.trust for f in view.facts if f.kind == "audience_use"}
    assert trust["instagram"] == 1.0 > trust["youtube"]


def test_nobody_at_all_is_an_answer_too(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    known_better(session, bakery, "instagram", replace(ASKED, share=0.0))
    assert only(session, bakery).uses["instagram"].share == 0.0


def test_what_people_said_stays_when_the_group_changes(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    known_better(session, bakery, "instagram", ASKED)
    known_better(session, bakery, "youtube", Use(0.2, "estimated", ""))
    group = only(session, bakery)
    us = replace(NEAR, region="us")
    audiences.redescribe(session, group.id, us, version=group.version)
    uses = only(session, bakery).uses
    assert uses["instagram"].source == ASKED.source
    assert (uses["youtube"].share, uses["youtube"].source) == (0.2, "your own guess")
    assert "United States" in uses["facebook_page"].source


def test_starter_values_go_where_there_are_none(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    known_better(session, bakery, "instagram", ASKED)
    group = only(session, bakery)
    audiences.redescribe(session, group.id, CHILDREN, version=group.version)
    assert list(only(session, bakery).uses) == ["instagram"]


def test_taking_a_share_back_brings_the_starter_value_back(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    before = only(session, bakery).uses["instagram"]
    known_better(session, bakery, "instagram", ASKED)
    group = only(session, bakery)
    audiences.record_share(session, group.id, "instagram", None, group.uses["instagram"])
    after = only(session, bakery).uses["instagram"]
    assert replace(after, version=0) == replace(before, version=0)


@pytest.mark.parametrize(
    ("channel", "share", "use", "words"),
    [
        ("instagram", 1.01, ASKED, "between none"),
        ("instagram", -0.01, ASKED, "between none"),
        ("instagram", 0.5, Use(0.5, "", ""), "how you know"),
        ("carrier_pigeon", 0.5, ASKED, "from the list"),
        ("instagram", 0.5, Use(0.5, "sourced", " "), "which source"),
        ("instagram", 0.5, Use(0.5, "sourced", "x" * 201), "200 letters"),
    ],
)
def test_a_share_that_cannot_be_is_refused(
    session: Session, bakery: Shop, channel: str, share: float, use: Use, words: str
) -> None:
    group = audiences.describe(session, bakery.id, CHILDREN)
    with pytest.raises(Refused, match=words):
        audiences.record_share(session, group.id, channel, share, use)
    assert only(session, bakery).uses == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "a name"),
        ({"name": "x" * 81}, "80 letters"),
        ({"age_from": 50}, "youngest"),
        ({"age_to": 121}, "youngest"),
        ({"region": ""}, "where they live"),
    ],
)
def test_people_that_cannot_be_are_refused(
    session: Session, bakery: Shop, change: dict[str, object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        audiences.describe(session, bakery.id, replace(NEAR, **change))  # type: ignore[arg-type]
    assert audiences.listed(session, bakery.id) == []


def test_two_groups_never_have_the_same_name(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    with pytest.raises(Refused, match="already"):
        audiences.describe(session, bakery.id, NEAR)
    audiences.describe(session, shop(session).id, NEAR)


def test_who_says_a_share_second_sees_the_first_one(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    group = only(session, bakery)
    seen = group.uses["instagram"].version
    audiences.record_share(session, group.id, "instagram", 0.4, replace(ASKED, version=seen))
    with pytest.raises(Changed) as changed:
        audiences.record_share(session, group.id, "instagram", 0.9, replace(ASKED, version=seen))
    assert changed.value.theirs is not None
    assert changed.value.theirs["share"] == 0.4


def test_who_changes_a_group_second_sees_the_first_one(session: Session, bakery: Shop) -> None:
    audiences.describe(session, bakery.id, NEAR)
    group = only(session, bakery)
    first = replace(NEAR, age_to=60)
    audiences.redescribe(session, group.id, first, version=group.version)
    with pytest.raises(Changed) as changed:
        audiences.redescribe(session, group.id, NEAR, version=group.version)
    assert changed.value.theirs is not None
    assert changed.value.theirs["age_to"] == 60


def test_a_group_that_is_forgotten_takes_its_shares_along(session: Session, bakery: Shop) -> None:
    group = audiences.describe(session, bakery.id, NEAR)
    audiences.forget(session, group.id)
    audiences.forget(session, group.id)
    assert audiences.listed(session, bakery.id) == []
    view = advice.current(session, bakery.id, bakery.quarter)
    assert not [fact for fact in view.facts if fact.kind in ("group", "audience_use")]
    with pytest.raises(Changed):
        audiences.redescribe(session, group.id, NEAR, version=1)


def test_a_share_of_a_group_that_is_gone_is_not_kept_but_said_to_be_gone(
    session: Session, bakery: Shop
) -> None:
    audiences.describe(session, bakery.id, NEAR)
    group = only(session, bakery)
    audiences.forget(session, group.id)
    for share in (0.4, None):
        with pytest.raises(Changed):
            audiences.record_share(session, group.id, "instagram", share, ASKED)
