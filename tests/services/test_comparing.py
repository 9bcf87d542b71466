"""Two milestones beside each other: every point of the difference has its cause."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.milestones import FrozenPart, FrozenRules, Milestone
from models.organisation import Organisation
from rules import engine
from rules.advice import Part, Target
from rules.pack import Amendment, Fact
from services import (
    advice,
    amendments,
    assessments,
    circumstances,
    comparing_words,
    frozen,
    milestones,
    objectives,
    quarters,
    rulebook,
    thawing,
)
from services.amendments import Ground
from services.comparing import CAUSES, Comparison
from services.refusals import Refused
from tests.conftest import Example
from tests.services import built
from tests.services.built import Shop

ON = date(2027, 1, 20)


@pytest.fixture
def shop(session: Session) -> Shop:
    """A shop with a closed quarter, and the next one begun with what it knew."""
    there = built.shop(session)
    built.everything(session, there)
    answer(session, there.id, there.quarter, level=1)
    milestones.close(session, there.id, there.quarter, "Ann", on=ON)
    later = quarters.ensure(session, there.id, ON).id
    return replace(there, before=there.quarter, quarter=later)


def answer(
    session: Session, organisation_id: int, quarter_id: int, *, level: int, people: int = 6
) -> None:
    """Everybody gives the same answer to eight questions."""
    round_ = assessments.open_round(session, organisation_id, quarter_id)
    questions = rulebook.pack().catalogues["questions"].values()
    asked = [entry.id for entry in questions if entry.values["depth"] == 8]
    for _ in range(people):
        one = assessments.join(session, round_.id, function="sales_team")
        for question in asked:
            assessments.record(session, one.id, question, level)
    assessments.close(session, round_.id)


def compared(session: Session, shop: Shop) -> Comparison:
    kept = milestones.close(session, shop.id, shop.quarter, "Ann", on=ON)
    before = milestones.of_quarter(session, shop.before)
    assert before is not None
    return milestones.compare(session, before.id, kept.id)


def causes(found: Comparison) -> set[str]:
    return {cause.name for cause in found.causes if cause.what}


def adds_up(found: Comparison) -> None:
    """Target by target, and all together, to the last hundredth."""
    targets: set[Target] = {shift.target for shift in found.shifts}
    targets |= {shift.target for cause in found.causes for shift in cause.shifts}
    whole = {shift.target: shift.by for shift in found.shifts}
    for target in targets:
        assert sum(cause.on(target) for cause in found.causes) == whole.get(target, 0), target
    assert sum(cause.by for cause in found.causes) == sum(whole.values())


# ---- One cause alone -------------------------------------------------------------------------


def test_causes_stand_in_their_order(session: Session, shop: Shop) -> None:
    found = compared(session, shop)
    assert tuple(cause.name for cause in found.causes) == CAUSES
    assert (found.one, found.other) == ("October to December 2026", "January to March 2027")


def test_another_objective_is_a_cause_of_its_own(session: Session, shop: Shop) -> None:
    objectives.state(session, shop.id, shop.quarter, "image")
    objectives.drop(session, objectives.listed(session, shop.quarter)[0].id)
    found = compared(session, shop)
    adds_up(found)
    said = {cause.name: cause for cause in found.causes}
    assert said["objectives"].shifts
    assert any(line.startswith("New: ") for line in said["objectives"].what)
    assert any(line.startswith("No longer: ") for line in said["objectives"].what)
    assert not any(said[name].shifts for name in ("rules", "amendments", "people", "answers"))


def test_our_own_change_of_a_value_is_a_cause_of_its_own(session: Session, shop: Shop) -> None:
    rule = next(part.rule for part in _parts(session, shop) if part.hundredths > 0)
    change = Amendment(rule=rule.id, confidence=0.5)
    amendments.make(session, shop.quarter, change, Ground("us", "why"), seen=0, on=ON)
    found = compared(session, shop)
    adds_up(found)
    said = {cause.name: cause for cause in found.causes}
    assert said["amendments"].what == (f"New: {rule.title} (its weight).",)
    assert any(shift.by < 0 for shift in said["amendments"].shifts)
    assert not said["rules"].shifts


def _parts(session: Session, shop: Shop) -> list[Part]:
    view = advice.current(session, shop.id, shop.quarter)
    return [part for one in view.recommended("channel") for part in one.parts]


def test_better_answers_of_as_many_people_are_answers(session: Session, shop: Shop) -> None:
    answer(session, shop.id, shop.quarter, level=3)
    found = compared(session, shop)
    adds_up(found)
    assert {"answers"} <= causes(found) <= {"answers", "data", "objectives"}
    assert "people" not in causes(found)
    assert not found.doubts


def test_more_people_with_the_same_answers_are_who_answered(session: Session, shop: Shop) -> None:
    answer(session, shop.id, shop.quarter, level=1, people=7)
    found = compared(session, shop)
    adds_up(found)
    said = {cause.name: cause for cause in found.causes}
    assert said["people"].what == ("7 answered; before, it was 6.",)
    assert not said["answers"].what
    assert "Not the same number of people" in found.doubts[0]


def test_what_too_few_answer_comes_and_goes_with_who_answered(session: Session, shop: Shop) -> None:
    one = milestones.of_quarter(session, shop.before)
    two = milestones.close(session, *_other_quarter(session, shop), "Ann", on=ON)
    assert one is not None
    found = milestones.compare(session, two.id, one.id)
    adds_up(found)
    said = {cause.name: cause for cause in found.causes}
    assert any(line.startswith("Now shown: ") for line in said["people"].what)
    back = milestones.compare(session, one.id, two.id)
    adds_up(back)
    said = {cause.name: cause for cause in back.causes}
    assert any(line.startswith("Not shown any more: ") for line in said["people"].what)


def _other_quarter(session: Session, shop: Shop) -> tuple[int, int]:
    """The quarter before the first one that was answered."""
    first = min(quarters.listed(session, shop.id), key=lambda row: row.starts_on)
    return shop.id, first.id


def test_what_we_know_about_ourselves_is_data(session: Session, shop: Shop) -> None:
    place = (shop.id, shop.quarter)
    circumstances.record(session, place, ("readiness", "sponsor"), True)
    session.get_one(Organisation, shop.id).staff = 60
    session.flush()
    found = compared(session, shop)
    adds_up(found)
    assert "data" in causes(found)
    assert not {"rules", "amendments", "people", "answers"} & causes(found)
    (said,) = (cause.what for cause in found.causes if cause.name == "data")
    assert any(
        line.startswith("The organisation: people in the organisation: 60, b") for line in said
    )
    assert any("somebody at the top backs it: yes, before " in line for line in said)


def test_of_many_things_the_first_are_told_and_the_others_counted(
    session: Session, shop: Shop
) -> None:
    """An account each, one of which had another state before."""
    before = milestones.of_quarter(session, shop.before)
    assert before is not None
    one = thawing.thaw(session, before.id)
    names = list(one.delivered.catalogues["channels"])[:5]

    def account(name: str, **said: str | bool) -> Fact:
        return Fact("account", {"channel": name, "status": "live", **said})

    was = replace(one, facts=(account(names[0], status="paused", has_owner=False),))
    now = replace(one, facts=tuple(account(name, has_owner=True) for name in names))
    title = {name: one.delivered.catalogues["channels"][name].title for name in names}
    new, more = ", ".join(title[name] for name in names[1:4]), title[names[0]]
    assert comparing_words.what("data", was, now) == (
        f"Accounts: new: {new} and 1 more; {more}, state of the account: In use, before Paused; "
        f"{more}, somebody answers for it: yes, before no.",
    )
    assert comparing_words.what("data", was, replace(one, facts=())) == (
        f"Accounts: gone: {more}.",
    )


def test_an_objective_in_another_place_tells_both_places(session: Session, shop: Shop) -> None:
    before = milestones.of_quarter(session, shop.before)
    assert before is not None
    one = thawing.thaw(session, before.id)

    def wanted(priority: int, age: int) -> tuple[Fact, ...]:
        said = {"name": "sales", "priority": priority, "age_quarters": age}
        return (Fact("objective", said),)

    was, now = (replace(one, facts=wanted(*said)) for said in ((2, 0), (3, 1)))
    assert comparing_words.what("objectives", was, now) == (
        "More sales: now first, before second.",
    )
    assert not comparing_words.what("objectives", was, replace(one, facts=wanted(2, 1)))


def test_other_rules_are_a_cause_of_their_own(session: Session, shop: Shop) -> None:
    """The first quarter rested on rules in which one was worth more."""
    before = milestones.of_quarter(session, shop.before)
    assert before is not None
    files = dict(rulebook.words())
    name = "rules/channels.yaml"
    assert "points: 2" in files[name]
    files[name] = files[name].replace("points: 2", "points: 3", 1)
    _rests_on(session, before.id, frozen.canonical(files))
    found = compared(session, shop)
    adds_up(found)
    said = {cause.name: cause for cause in found.causes}
    assert said["rules"].what == ("Rules that weigh or read otherwise: 1.",)
    assert said["rules"].shifts
    assert not said["amendments"].shifts


def _rests_on(session: Session, milestone_id: int, rules: str) -> None:
    """Freeze a milestone anew as if these had been the rules of then."""
    pack = frozen.pack_of(rules)
    facts, names = frozen.facts_of(_text(session, milestone_id, "facts"))
    said = json.loads(_text(session, milestone_id, "rules"))
    said |= {"delivered": pack.fingerprint, "fingerprint": pack.fingerprint}
    said |= {"text_sha256": frozen.digest(rules)}
    advised = frozen.advice_text(pack, engine.recommend(pack, facts, names), names)
    session.add(FrozenRules(sha256=frozen.digest(rules), text=rules))
    session.flush()
    table = FrozenPart.__table__
    for name, text in {"rules": frozen.canonical(said), "advice": advised}.items():
        session.execute(
            table.update()  # type: ignore[attr-defined]
            .where(table.c.milestone_id == milestone_id, table.c.name == name)
            .values(text=text, sha256=frozen.digest(text))
        )
    hashes = session.execute(
        select(table.c.name, table.c.sha256).where(table.c.milestone_id == milestone_id)
    )
    whole = frozen.whole({row.name: row.sha256 for row in hashes})
    milestone = Milestone.__table__
    session.execute(
        milestone.update().where(milestone.c.id == milestone_id).values(sha256=whole)  # type: ignore[attr-defined]
    )
    session.expire_all()


def _text(session: Session, milestone_id: int, name: str) -> str:
    return thawing.text(session, milestone_id, name)


# ---- All together ----------------------------------------------------------------------------


@pytest.mark.parametrize("sample", ["bicycle_shop", "electricians", "town_hall"])
def test_over_two_years_the_parts_add_up_to_the_whole(
    example_of: Example, session: Session, sample: str
) -> None:
    organisation_id = example_of(sample)
    newest, *_, oldest = milestones.listed(session, organisation_id)
    found = milestones.compare(session, oldest.id, newest.id)
    adds_up(found)
    assert found.shifts
    assert {"data", "answers", "objectives"} & causes(found)
    back = milestones.compare(session, newest.id, oldest.id)
    adds_up(back)
    assert {s.target: s.by for s in back.shifts} == {s.target: -s.by for s in found.shifts}


def test_a_quarter_differs_from_itself_in_nothing(session: Session, shop: Shop) -> None:
    kept = milestones.of_quarter(session, shop.before)
    assert kept is not None
    found = milestones.compare(session, kept.id, kept.id)
    assert (found.shifts, causes(found), found.doubts) == ((), set(), ())


def test_every_sentence_is_in_words(example_of: Example, session: Session) -> None:
    organisation_id = example_of("bicycle_shop")
    newest, *_, oldest = milestones.listed(session, organisation_id)
    found = milestones.compare(session, oldest.id, newest.id)
    for cause in found.causes:
        for line in cause.what:
            assert "_" not in line
            assert not re.search(r"\b[a-z][0-9]+\b", line)
            assert line.endswith(".")


def test_quarters_of_two_organisations_are_not_compared(session: Session, shop: Shop) -> None:
    harbour, quarter = built.harbour(session, 3)
    theirs = milestones.close(session, harbour, quarter, "Zoe", on=ON)
    ours = milestones.of_quarter(session, shop.before)
    assert ours is not None
    with pytest.raises(Refused, match="different organisations"):
        milestones.compare(session, ours.id, theirs.id)
