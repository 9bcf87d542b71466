"""Closing a quarter: frozen whole, read-only from then on, corrected by what is added."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.assessments import Answer, Assessment
from models.database import engine
from models.learning import Lesson
from models.milestones import Addendum, FrozenPart, FrozenRules, Milestone
from models.organisation import Quarter
from models.plan import Activity
from models.results import Result
from rules.pack import Amendment
from services import (
    advice,
    amendments,
    assessments,
    backup,
    circumstances,
    frozen,
    leaving,
    milestones,
    needs,
    objectives,
    organisations,
    plan,
    recommendations,
    rulebook,
)
from services.amendments import Ground
from services.needs import Expectation
from services.recommendations import Said
from services.refusals import Refused
from tests.services import built
from tests.services.built import Shop

ON = date(2026, 12, 20)
MOMENT = datetime(2026, 12, 20, 17, tzinfo=UTC)
SLOW = Expectation("function", "slow_answers", 4, 1, "customer_service")
PARTS = {
    "advice", "amendments", "answers", "decisions", "facts", "meeting", "objectives", "promises",
    "quarter", "results", "rules",
}  # fmt: skip


@pytest.fixture
def session(database: Path) -> Iterator[Session]:
    """A session whose transactions end where a test says so."""
    with Session(engine().execution_options(write=True)) as opened:
        yield opened


@pytest.fixture
def shop(session: Session) -> Shop:
    there = built.shop(session)
    built.everything(session, there)
    return there


def close(session: Session, shop: Shop) -> milestones.Closed:
    return milestones.close(session, shop.id, shop.quarter, "Ann", on=ON, at=MOMENT)


def answered(session: Session, shop: Shop, quarter: int, level: int, people: int = 6) -> Assessment:
    """A round in which the first question has this level from so many people."""
    round_ = assessments.open_round(session, shop.id, quarter)
    question = next(iter(rulebook.pack().catalogues["questions"]))
    for _ in range(people):
        one = assessments.join(session, round_.id, function="sales_team")
        assessments.record(session, one.id, question, level, note="Between us")
    return round_


# ---- Frozen ----------------------------------------------------------------------------------


def test_everything_of_the_quarter_is_frozen_and_every_hash_is_right(
    session: Session, shop: Shop
) -> None:
    kept = close(session, shop)
    rows = session.scalars(select(FrozenPart).where(FrozenPart.milestone_id == kept.id)).all()
    assert {row.name for row in rows} == PARTS
    assert all(row.text == frozen.canonical(json.loads(row.text)) for row in rows)
    assert all(row.sha256 == frozen.digest(row.text) for row in rows)
    assert kept.sha256 == frozen.whole({row.name: row.sha256 for row in rows})
    assert milestones.damaged(session, kept.id) == ()
    assert (kept.quarter, kept.by) == ("October to December 2026", "Ann")


def test_facts_advice_and_rules_are_those_that_people_saw(session: Session, shop: Shop) -> None:
    view = advice.current(session, shop.id, shop.quarter)
    kept = close(session, shop)
    facts, names = frozen.facts_of(frozen.canonical(milestones.part(session, kept.id, "facts")))
    assert len(facts) == len(view.facts)
    assert all(fact in view.facts for fact in facts)
    assert names == view.names
    told = milestones.part(session, kept.id, "advice")["targets"]
    assert [(t["target"], t["hundredths"], t["rank"]) for t in told] == [
        (one.target[1], one.hundredths, one.rank) for one in view.advice.scored
    ]
    rules = milestones.part(session, kept.id, "rules")
    assert (rules["version"], rules["fingerprint"]) == (view.pack.version, view.pack.fingerprint)


def test_decisions_taken_back_and_promises_with_their_owners_are_frozen_too(
    session: Session, shop: Shop
) -> None:
    view = advice.current(session, shop.id, shop.quarter)
    target = view.recommended("channel")[0].target
    no = recommendations.decide(session, view, target, Said("declined", "Not now"), seen=None)
    recommendations.undo(session, no.decision_id)
    kept = close(session, shop)
    (decision,) = milestones.part(session, kept.id, "decisions")
    assert (decision["answer"], decision["why"]) == ("declined", "Not now")
    assert decision["undone_at"]
    assert decision["about"]["target"] == target[1]
    (promise,) = milestones.part(session, kept.id, "promises")
    assert (promise["owner"], promise["title"]) == ("Ann *Baker*", "Ask what people expect")
    assert promise["catalogue_id"] == "needs_workshop"
    wanted = [one["catalogue_id"] for one in milestones.part(session, kept.id, "objectives")]
    assert wanted == ["sales", "service"]
    (insight,) = milestones.part(session, kept.id, "results")["insight"]
    assert insight["receiver"] == "Ben"


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_answers_are_frozen_only_as_far_as_they_may_be_shown(
    session: Session, shop: Shop, people: int, shown: bool
) -> None:
    answered(session, shop, shop.quarter, 1, people)
    assert milestones.open_rounds(session, shop.quarter) == 1
    kept = close(session, shop)
    found = milestones.part(session, kept.id, "answers")
    assert bool(found["factors"]) is shown
    assert bool(found["notes"]) is shown
    assert found["joined"] == people
    assert milestones.open_rounds(session, shop.quarter) == 0
    assert session.scalar(select(func.count()).select_from(Answer)) == people


def test_the_text_of_the_rules_is_kept_once_for_all(session: Session, shop: Shop) -> None:
    close(session, shop)
    milestones.close(session, shop.id, shop.before, "Ann", on=ON)
    assert session.scalar(select(func.count()).select_from(FrozenRules)) == 1


def test_closing_twice_is_closing_once(session: Session, shop: Shop) -> None:
    first = close(session, shop)
    assert milestones.close(session, shop.id, shop.quarter, "Ben", on=ON) == first
    assert [one.id for one in milestones.listed(session, shop.id)] == [first.id]


@pytest.mark.parametrize(
    ("quarter", "by", "on", "told"),
    [
        ("quarter", "  ", ON, "who closes"),
        ("quarter", "Ann", date(2026, 9, 30), "not begun"),
        ("elsewhere", "Ann", ON, "not there"),
    ],
)
def test_what_cannot_be_closed_is_refused_in_words(
    session: Session, shop: Shop, quarter: str, by: str, on: date, told: str
) -> None:
    number = shop.quarter if quarter == "quarter" else built.harbour(session, 3)[1]
    with pytest.raises(Refused, match=told):
        milestones.close(session, shop.id, number, by, on=on)


def test_a_quarter_may_be_closed_on_its_first_day(session: Session, shop: Shop) -> None:
    first = date(2026, 10, 1)
    assert milestones.close(session, shop.id, shop.quarter, "Ann", on=first).id


# ---- Read-only -------------------------------------------------------------------------------


def _expect(session: Session, shop: Shop) -> None:
    needs.add(session, shop.id, shop.quarter, SLOW)


def _expect_otherwise(session: Session, shop: Shop) -> None:
    (row,) = needs.listed(session, shop.id, shop.quarter)
    needs.update(session, row.id, replace(SLOW, importance=1), version=row.version)


def _answer_about_ourselves(session: Session, shop: Shop) -> None:
    circumstances.record(session, (shop.id, shop.quarter), ("readiness", "sponsor"), True)
    session.flush()


def _want(session: Session, shop: Shop) -> None:
    objectives.state(session, shop.id, shop.quarter, "image")


def _want_no_longer(session: Session, shop: Shop) -> None:
    objectives.drop(session, objectives.listed(session, shop.quarter)[0].id)


def _promise(session: Session, shop: Shop) -> None:
    plan.add(session, shop.id, shop.quarter, plan.Said("More"), ON)


def _mark(session: Session, shop: Shop) -> None:
    (kept,) = plan.listed(session, shop.quarter)
    plan.mark(session, kept.id, plan.Standing("done"), version=kept.version)


def _decide(session: Session, shop: Shop) -> None:
    view = advice.current(session, shop.id, shop.quarter)
    target = view.recommended("channel")[1].target
    recommendations.decide(session, view, target, Said("accepted"), seen=None)


def _take_back(session: Session, shop: Shop) -> None:
    ((_, standing),) = recommendations.standing(session, shop.quarter).items()
    recommendations.undo(session, standing.decision_id)


def _ask(session: Session, shop: Shop) -> None:
    assessments.open_round(session, shop.id, shop.quarter)


def _change_a_rule(session: Session, shop: Shop) -> None:
    change = Amendment(parameter="quiet_days", value=50)
    ground = Ground("us", "because")
    amendments.make(session, shop.quarter, change, ground, seen=0, on=ON)


def _move_a_promise_out(session: Session, shop: Shop) -> None:
    row = session.get_one(Activity, plan.listed(session, shop.quarter)[0].id)
    row.quarter_id = shop.before
    session.flush()


@pytest.mark.parametrize(
    "act",
    [
        _expect, _expect_otherwise, _answer_about_ourselves, _want, _want_no_longer, _promise,
        _mark, _decide, _take_back, _ask, _change_a_rule, _move_a_promise_out,
    ],
)  # fmt: skip
def test_nothing_in_a_closed_quarter_changes_any_more(
    session: Session, shop: Shop, act: Callable[[Session, Shop], None]
) -> None:
    view = advice.current(session, shop.id, shop.quarter)
    best = view.recommended("channel")[0].target
    recommendations.decide(session, view, best, Said("accepted"), seen=None)
    close(session, shop)
    session.commit()
    before = backup.here(session).digest
    with pytest.raises(Refused, match="closed and stays as it was"):
        act(session, shop)
    session.rollback()
    assert backup.here(session).digest == before


@pytest.mark.parametrize("act", [_expect, _want, _promise, _mark, _decide, _ask])
def test_all_that_works_as_long_as_the_quarter_is_open(
    session: Session, shop: Shop, act: Callable[[Session, Shop], None]
) -> None:
    milestones.close(session, shop.id, shop.before, "Ann", on=ON)
    act(session, shop)


def test_an_answer_to_a_closed_quarter_is_refused(session: Session, shop: Shop) -> None:
    answered(session, shop, shop.quarter, 1)
    close(session, shop)
    row = session.scalars(select(Answer)).first()
    assert row is not None
    row.level = 4
    with pytest.raises(Refused, match="stays as it was"):
        session.flush()


@pytest.mark.parametrize("table", [Milestone, FrozenPart, FrozenRules, Addendum])
def test_what_was_frozen_is_neither_rewritten_nor_removed(
    session: Session, shop: Shop, table: type[Milestone]
) -> None:
    kept = close(session, shop)
    milestones.addendum(session, kept.id, "It was otherwise.", "Ben")
    session.commit()
    session.delete(session.scalars(select(table)).first())
    with pytest.raises(Refused, match="never rewritten"):
        session.flush()
    session.rollback()
    row = session.scalars(select(table)).first()
    assert row is not None
    field = {Milestone: "closed_by"}.get(table, "text")
    setattr(row, field, "Nobody")
    with pytest.raises(Refused, match="never rewritten"):
        session.flush()
    session.rollback()


def test_who_leaves_keeps_the_promises_of_closed_quarters(session: Session, shop: Shop) -> None:
    close(session, shop)
    leaving.leave(session, shop.ann)
    (kept,) = plan.listed(session, shop.quarter)
    assert kept.owner == "Ann *Baker*"


def test_an_organisation_goes_with_its_milestones(session: Session, shop: Shop) -> None:
    close(session, shop)
    organisations.remove(session, shop.id)
    assert session.scalar(select(func.count()).select_from(FrozenPart)) == 0


# ---- Corrected -------------------------------------------------------------------------------


def test_a_correction_is_added_with_its_date_and_changes_nothing_else(
    session: Session, shop: Shop
) -> None:
    kept = close(session, shop)
    moment = datetime(2027, 1, 7, 10, tzinfo=UTC)
    first = milestones.addendum(session, kept.id, " Ben did it. ", "Ann", at=moment)
    again = milestones.addendum(session, kept.id, "Ben did it.", "Ann")
    second = milestones.addendum(session, kept.id, "With Ann's help.", "Ben")
    assert first == again == milestones.Added("Ben did it.", "Ann", moment)
    assert milestones.addenda(session, kept.id) == [first, second]
    assert milestones.damaged(session, kept.id) == ()
    assert milestones.find(session, shop.id, kept.id) == kept


@pytest.mark.parametrize(("text", "by"), [("", "Ann"), ("It was so.", " "), ("x" * 5001, "Ann")])
def test_a_correction_has_words_and_a_name(
    session: Session, shop: Shop, text: str, by: str
) -> None:
    kept = close(session, shop)
    with pytest.raises(Refused):
        milestones.addendum(session, kept.id, text, by)


@pytest.mark.parametrize(
    ("table", "values", "told"),
    [
        (FrozenPart, {"text": "{}"}, set(PARTS)),
        (Milestone, {"closed_by": "Ben"}, {"whole"}),
        (Milestone, {"sha256": "0"}, {"whole", "addenda"}),
        (FrozenRules, {"text": "{}"}, {"rules"}),
        (Addendum, {"text": "Never."}, {"addenda"}),
    ],
)
def test_whoever_writes_past_the_tool_is_noticed(
    session: Session, shop: Shop, table: type[Milestone], values: dict[str, str], told: set[str]
) -> None:
    kept = close(session, shop)
    milestones.addendum(session, kept.id, "It was otherwise.", "Ben")
    session.execute(update(table).values(**values))
    session.expire_all()
    assert set(milestones.damaged(session, kept.id)) == told
    assert not milestones.rederive(session, kept.id).same


def test_a_part_that_is_gone_is_noticed(session: Session, shop: Shop) -> None:
    kept = close(session, shop)
    session.execute(FrozenPart.__table__.delete().where(FrozenPart.name == "facts"))  # type: ignore[attr-defined]
    session.expire_all()
    assert milestones.damaged(session, kept.id) == ("whole",)


# ---- Derived again ---------------------------------------------------------------------------


def test_a_milestone_derives_its_advice_again_byte_for_byte(session: Session, shop: Shop) -> None:
    kept = close(session, shop)
    assert milestones.rederive(session, kept.id) == milestones.rederive(session, kept.id)
    assert milestones.rederive(session, kept.id).same


def test_with_our_own_changes_of_the_rules_too(session: Session, shop: Shop) -> None:
    change = Amendment(parameter="quiet_days", value=50)
    amendments.make(session, shop.quarter, change, Ground("us", "why"), seen=0, on=ON)
    kept = close(session, shop)
    assert milestones.part(session, kept.id, "amendments")[0]["value"] == 50
    assert milestones.rederive(session, kept.id).same


def test_what_changes_afterwards_changes_nothing_in_it(session: Session, shop: Shop) -> None:
    kept = close(session, shop)
    leaving.leave(session, shop.ann)
    leaving.forget(session, shop.ann)
    assert milestones.rederive(session, kept.id).same


def test_rules_that_are_newer_are_told_and_not_used(
    session: Session, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = close(session, shop)
    newer = replace(rulebook.pack(), version="99.0", fingerprint="other")
    monkeypatch.setattr(rulebook, "pack", lambda: newer)
    again = milestones.rederive(session, kept.id)
    assert again.newer.startswith("The tool comes with rules of version 99.0 by now")


def test_rules_of_then_are_read_from_what_was_frozen(session: Session, shop: Shop) -> None:
    kept = close(session, shop)
    text = session.scalar(select(FrozenRules.text))
    assert text is not None
    files = json.loads(text)
    assert not any(name.startswith("cases/") for name in files)
    other = {**files, "pack.yaml": files["pack.yaml"] + "\n# written otherwise\n"}
    pack = frozen.pack_of(frozen.canonical(other))
    assert pack is not rulebook.pack()
    assert pack.fingerprint == rulebook.pack().fingerprint
    assert kept.id


def test_rules_that_cannot_be_read_any_more_are_said_so(
    session: Session, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rules.errors import Fault, PackError

    def unreadable(_: str) -> None:
        raise PackError([Fault("pack.yaml", 1, "", "another language")])

    kept = close(session, shop)
    monkeypatch.setattr(frozen, "pack_of", unreadable)
    again = milestones.rederive(session, kept.id)
    assert not again.same
    assert "cannot read the rules of then" in again.differs[0]


def test_what_comes_out_otherwise_is_named(
    session: Session, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rules import engine

    def half(pack: object, facts: object, names: object) -> object:
        found = true(pack, facts, names)
        best, *others = found.scored
        return replace(found, scored=(replace(best, hundredths=best.hundredths + 50), *others[1:]))

    kept = close(session, shop)
    true = engine.recommend
    monkeypatch.setattr("services.rederiving.engine.recommend", half)
    again = milestones.rederive(session, kept.id)
    assert not again.same
    assert any("points and comes to" in told for told in again.differs)
    assert any("is not spoken of any more" in told for told in again.differs)


# ---- Taken home ------------------------------------------------------------------------------


def test_a_backup_carries_milestones_and_they_are_whole_afterwards(
    session: Session, shop: Shop
) -> None:
    kept = close(session, shop)
    milestones.addendum(session, kept.id, "It was otherwise.", "Ben")
    session.commit()
    data = backup.save(session)
    organisations.remove(session, shop.id)
    backup.replace(session, backup.read(data), seen=backup.here(session).digest)
    assert milestones.damaged(session, kept.id) == ()
    assert milestones.rederive(session, kept.id).same
    assert session.get_one(Quarter, shop.quarter).number == 4


# ---- Numbers ---------------------------------------------------------------------------------


def number(shop: Shop, on: date, value: float, kept_at: datetime) -> Result:
    return Result(
        organisation_id=shop.id, kpi="sales", period="month", starts_on=on, value=value,
        visibility="owned", way="typed", kept_at=kept_at,
    )  # fmt: skip


BEFORE, AFTER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "within"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_numbers_of_the_quarter_are_frozen_and_stay(
    session: Session, shop: Shop, on: date, within: bool
) -> None:
    row = number(shop, on, 3, BEFORE)
    session.add(row)
    session.flush()
    kept = close(session, shop)
    found = milestones.part(session, kept.id, "results")["result"]
    assert [one["value"] for one in found if one["kpi"] == "sales"] == ([3.0] if within else [])
    row.value = 4
    if within:
        with pytest.raises(Refused, match="stays as it was"):
            session.flush()
    else:
        session.flush()


def test_a_number_that_comes_in_later_is_kept_and_may_be_corrected(
    session: Session, shop: Shop
) -> None:
    close(session, shop)
    row = number(shop, date(2026, 12, 1), 3, AFTER)
    session.add(row)
    session.flush()
    row.value = 4
    session.flush()


def test_what_was_learned_is_frozen_and_stays(session: Session, shop: Shop) -> None:
    row = Lesson(
        organisation_id=shop.id, quarter_id=shop.quarter, text="Answer first", verdict="keep",
        loop="single", touches="activity", made_at=BEFORE,
    )  # fmt: skip
    session.add(row)
    session.flush()
    kept = close(session, shop)
    (lesson,) = milestones.part(session, kept.id, "results")["lesson"]
    assert (lesson["text"], lesson["verdict"]) == ("Answer first", "keep")
    row.text = "Ask first"
    with pytest.raises(Refused, match="stays as it was"):
        session.flush()
