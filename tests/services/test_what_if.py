"""A what-if says what the rules would say, in words, at once, and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.orm import Session

from models.database import writing
from models.objectives import Objective
from models.plan import Activity
from rules.aggregates import aggregated
from rules.amending import amended
from rules.engine import recommend
from rules.levers import Lever, Move, moved
from rules.pack import Amendment, Fact
from rules.prepared import by_kind
from services import (
    accounts,
    advice,
    amendments,
    board_words,
    objectives,
    people,
    rulebook,
    samples,
    what_if,
)
from services.accounts import Account
from services.advice import AdviceView
from services.amendments import Ground
from services.costs import hours_promised
from services.following import follow
from services.lever_words import Row
from services.moves import read, written
from services.refusals import Refused
from tests.conftest import Example
from tests.services import built
from tests.services.built import Shop

TODAY = date(2026, 11, 25)


@pytest.fixture
def shop(session: Session) -> Shop:
    made = built.shop(session)
    built.everything(session, made)
    return made


def view_of(session: Session, shop: Shop) -> AdviceView:
    return advice.current(session, shop.id, shop.quarter)


def tried(session: Session, shop: Shop, *moves: Move) -> tuple[AdviceView, AdviceView]:
    before = view_of(session, shop)
    return before, what_if.under(before, moves, what_if.entering(session, before))


def person(number: int, hours: float) -> Move:
    return Move(Lever("fact", "person", (f"p{number}",), "hours"), hours)


def account(channel: str, status: str | None) -> Move:
    return Move(Lever("fact", "account", (channel,), "status"), status)


def of(view: AdviceView, *kinds: str) -> set[str]:
    return {str(fact) for fact in view.facts if fact.kind in kinds}


def counted(view: AdviceView, kind: str) -> dict[str, object]:
    """What the rules count as their stages begin."""
    (fact,) = aggregated(view.pack, [kind], by_kind(view.facts))
    return dict(fact.values)


def every(view: AdviceView, entering: Sequence[Fact]) -> list[Row]:
    return [row for group in what_if.levers(view, entering) for row in group.rows]


# ---- What may come in, and what follows ------------------------------------------------------


def test_an_objective_comes_in_as_it_would_be_stated(session: Session, shop: Shop) -> None:
    session.add(
        Objective(
            organisation_id=shop.id, quarter_id=shop.before, catalogue_id="recruiting", position=1
        )
    )
    before = view_of(session, shop)
    coming = what_if.entering(session, before)
    for name in set(rulebook.pack().catalogues["objectives"]) - {"sales", "service"}:
        row = objectives.state(session, shop.id, shop.quarter, name)
        (stated,) = (f for f in view_of(session, shop).facts if f.values.get("name") == name)
        (fact,) = (one for one in coming if one.values.get("name") == name)
        assert stated == fact, name
        objectives.drop(session, row.id)


def test_an_account_comes_in_as_it_would_be_opened(session: Session, shop: Shop) -> None:
    _, after = tried(session, shop, account("youtube", "live"))
    accounts.add(session, shop.id, Account("youtube", "", "live"), on=TODAY)
    assert of(after, "account") == of(view_of(session, shop), "account")


def test_hours_reach_everything_that_follows_from_them(session: Session, shop: Shop) -> None:
    _, after = tried(session, shop, person(shop.ben, 9))
    (kept,) = (one for one in people.listed(session, shop.id) if one.id == shop.ben)
    said = people.Someone("Ben", "customer_service", 9)
    people.update(session, shop.ben, said, version=kept.version)
    assert of(after, "person") == of(view_of(session, shop), "person")
    assert counted(after, "team")["hours"] == 14


def test_with_everybody_away_there_are_no_hours_and_nobody_carries_too_much(
    session: Session, shop: Shop
) -> None:
    _, after = tried(session, shop, person(shop.ann, 0), person(shop.ben, 0))
    assert counted(after, "team") == {"people": 2, "hours": 0, "free": 0}
    assert "too_much_on_one" not in {one.name for one in after.advice.findings}


def test_a_factor_takes_its_answers_and_the_flow_along(
    example_of: Example, session: Session
) -> None:
    organisation_id = example_of("electricians")
    before = advice.current(session, organisation_id, built_quarter(session, organisation_id))
    (aims,) = (f for f in before.facts if f.kind == "factor" and f.values["id"] == "aims")
    level = 4 if aims.values["level"] != 4 else 0
    move = Move(Lever("fact", "factor", ("aims",), "level"), level)
    after = what_if.under(before, [move], ())
    assert counted(after, "flow")["inner"] != counted(before, "flow")["inner"]
    assert counted(after, "flow")["outer"] == counted(before, "flow")["outer"]
    assert of(after, "answer") != of(before, "answer")


def built_quarter(session: Session, organisation_id: int) -> int:
    from services import quarters

    return quarters.listed(session, organisation_id)[0].id


# ---- The scenario is what the engine says ----------------------------------------------------


def random_moves(rng: Random, view: AdviceView, entering: Sequence[Fact]) -> Iterator[Move]:
    for row in rng.sample(every(view, entering), rng.randint(1, 4)):
        step = rng.choice([step for step in row.steps if step != row.now])
        yield Move(row.lever, step.value)


@pytest.mark.parametrize("sample", ["electricians", "bicycle_shop", "town_hall"])
def test_a_scenario_is_what_the_engine_says_after_the_moves(
    example_of: Example, session: Session, sample: str
) -> None:
    organisation_id = example_of(sample)
    view = advice.current(session, organisation_id, built_quarter(session, organisation_id))
    entering = what_if.entering(session, view)
    rng = Random(7)
    for _ in range(4):
        moves = list(random_moves(rng, view, entering))
        after = what_if.under(view, moves, entering)
        changes = [one for move in moves for one in changed(move)]
        pack = amended(view.pack, changes) if changes else view.pack
        facts = follow(pack, view.facts, moved(view.pack, view.facts, moves, entering))
        assert after.advice == recommend(pack, facts, after.names), moves


@pytest.mark.parametrize("sample", [one.id for one in samples.listed()])
def test_whatever_is_moved_can_be_told_kept_and_put_to_a_board(
    example_of: Example, session: Session, sample: str
) -> None:
    organisation_id = example_of(sample)
    view = advice.current(session, organisation_id, built_quarter(session, organisation_id))
    entering = what_if.entering(session, view)
    rng = Random(11)
    for _ in range(4):
        moves = tuple(random_moves(rng, view, entering))
        after = what_if.under(view, moves, entering)
        found = what_if.difference(view, after, moves)
        told = what_if.board(view, after, found, begins="next_quarter", on=TODAY)
        assert read(json.loads(json.dumps(written(moves)))) == moves
        lines = [*what_if.in_words(view, moves), found.summary]
        lines += [one.sentence for one in (*told.proofs, *what_if.audience(view, moves))]
        lines += [f"{one.who} {one.why}" for one in told.owed]
        assert all(lines)
        assert not [line for line in lines if "_" in line or "None" in line], lines


def changed(move: Move) -> list[Amendment]:
    if move.lever.what == "parameter":
        return [Amendment(parameter=move.lever.name, value=move.value)]
    off = move.lever.what == "rule" and not move.value
    return [Amendment(rule=move.lever.name, off=True)] if off else []


def test_a_rule_that_is_switched_off_can_be_tried_on(session: Session, shop: Shop) -> None:
    plain = view_of(session, shop)
    rule = next(match.rule.id for match in plain.advice.matches)
    off = Amendment(rule=rule, off=True)
    amendments.make(session, shop.quarter, off, Ground("us", "for now"), seen=0, on=TODAY)
    before, after = tried(session, shop, Move(Lever("rule", rule), True))
    assert rule not in {match.rule.id for match in before.advice.matches}
    assert after.advice == plain.advice
    (row,) = (row for row in every(before, ()) if row.lever.name == rule)
    assert row.now.words == "Off"


def test_no_move_is_how_things_are(session: Session, shop: Shop) -> None:
    before, after = tried(session, shop)
    assert (after.advice, after.facts_hash) == (before.advice, before.facts_hash)


# ---- Levers and moves in words ---------------------------------------------------------------


def test_levers_are_grouped_and_say_their_values_in_words(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    groups = {one.id: one for one in what_if.levers(view, what_if.entering(session, view))}
    assert list(groups)[:4] == ["objective", "audience_use", "person", "account"]
    rows = {row.title: row for row in groups["objective"].rows}
    assert rows["More sales"].now.words == "First"
    assert rows["Finding new colleagues"].now.words == "Not wanted"
    assert [step.words for step in rows["More sales"].steps] == [
        "Not wanted", "Third", "Second", "First",
    ]  # fmt: skip
    ann, ben = groups["person"].rows
    assert (ann.title, ann.now.words, ben.steps[0].words) == ("Ann *Baker*", "5 h", "Away")
    shares = groups["audience_use"].rows
    assert {row.about for row in shares} == {"Neighbours"}
    assert all(step.words.endswith(" %") for step in shares[0].steps)


def test_free_hours_are_no_lever_of_their_own(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    names = {row.lever.attribute for row in every(view, ()) if row.lever.name == "person"}
    assert names == {"hours"}


def test_every_value_that_a_rule_reads_can_be_moved_within_its_range(
    session: Session, shop: Shop
) -> None:
    view = view_of(session, shop)
    rows = [row for row in every(view, ()) if row.lever.what == "parameter"]
    assert {"present", "small", "hours_each"} <= {row.lever.name for row in rows}
    for row in rows:
        parameter, values = view.pack.parameters[row.lever.name], [s.value for s in row.steps]
        assert (values[0], values[-1]) == (parameter.low, parameter.high), row.title
        assert parameter.value in values
        assert len(values) <= 45


def test_replacing_an_objective_is_one_act_that_keeps_its_place(
    session: Session, shop: Shop
) -> None:
    view = view_of(session, shop)
    moves = what_if.replace(view, "sales", "recruiting")
    assert what_if.wanted(view, moves) == ["recruiting", "service"]
    assert what_if.in_words(view, moves) == (
        "More sales: no longer wanted",
        "Finding new colleagues: first",
    )
    with pytest.raises(Refused):
        what_if.replace(view, "events", "recruiting")
    with pytest.raises(Refused):
        what_if.replace(view, "sales", "service")


def test_an_objective_that_goes_out_lets_the_others_move_up(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    gone = Move(Lever("fact", "objective", ("sales",), "priority"), None)
    moves = what_if.put(view, (), gone)
    after = what_if.under(view, moves, ())
    for stated in objectives.listed(session, shop.quarter):
        if stated.name == "sales":
            objectives.drop(session, stated.id)
    assert of(after, "objective") == of(view_of(session, shop), "objective")


def test_a_move_back_to_how_things_are_is_no_move(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    moves = what_if.put(view, (), person(shop.ann, 8))
    assert what_if.in_words(view, moves) == ("Ann *Baker* (hours a week): 8 h instead of 5 h",)
    assert what_if.put(view, moves, person(shop.ann, 5)) == ()


def test_a_fourth_objective_is_refused(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    with pytest.raises(Refused):
        what_if.want(view, ["sales", "service", "leads", "events"])


def test_a_move_of_somebody_who_left_is_told_apart(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    here, gone = person(shop.ann, 8), person(999, 8)
    assert what_if.possible(view, [here, gone], ()) == ((here,), (gone,))


# ---- What is different -----------------------------------------------------------------------


def test_each_shift_names_the_rule_that_decides_it(session: Session, shop: Shop) -> None:
    before = view_of(session, shop)
    moves = what_if.replace(before, "sales", "recruiting")
    after = what_if.under(before, moves, what_if.entering(session, before))
    found = what_if.difference(before, after, moves)
    assert found.shifts
    for shift in found.shifts:
        now = after.target(shift.target)
        assert (shift.after, shift.rank_after) == (now.hundredths, now.rank)
        parts = [*before.target(shift.target).parts, *now.parts]
        blocks = [*before.target(shift.target).blocks, *now.blocks]
        said = any(one.sentence == shift.sentence for one in (*parts, *blocks))
        assert said or (shift.before == shift.after and "others" in shift.sentence), shift.title
        assert bool(shift.rule_title) == said
    assert found.entering("channel") or found.entering("activity")
    assert not found.nothing
    assert found.summary.endswith(".")
    assert found.hours.have[0] == 6.8


def test_conflicts_that_appear_and_vanish_are_told(session: Session, shop: Shop) -> None:
    before, after = tried(session, shop, person(shop.ann, 0), person(shop.ben, 0))
    there, back = what_if.difference(before, after), what_if.difference(after, before)
    assert there.appear == back.vanish
    assert all(one.severity for one in (*there.appear, *there.vanish))
    assert there.appear or there.vanish


@pytest.mark.parametrize(
    ("lever", "value", "why"),
    [
        (Lever("parameter", "safe_voice"), 3, "same side"),
        (Lever("rule", "objective.open-jobs-press"), False, "did not speak"),
    ],
)
def test_what_alters_nothing_says_why(
    session: Session, shop: Shop, lever: Lever, value: object, why: str
) -> None:
    move = Move(lever, value)  # type: ignore[arg-type]
    before, after = tried(session, shop, move)
    found = what_if.difference(before, after, [move])
    assert found.nothing.startswith("This change alters nothing, because")
    assert why in found.nothing
    assert found.summary == found.nothing


def test_no_moves_alter_nothing(session: Session, shop: Shop) -> None:
    before, after = tried(session, shop)
    assert "as it is now" in what_if.difference(before, after).nothing


# ---- The five questions of a board -----------------------------------------------------------


def test_a_board_hears_what_starts_what_stops_and_when_it_shows(
    session: Session, shop: Shop
) -> None:
    before = view_of(session, shop)
    moves = what_if.replace(before, "sales", "recruiting")
    after = what_if.under(before, moves, what_if.entering(session, before))
    found = what_if.difference(before, after, moves)
    told = what_if.board(before, after, found, begins="next_quarter", on=TODAY)
    assert told.begins_on == date(2027, 1, 1)
    (horizon,) = told.horizons
    assert (horizon.title, horizon.new) == ("Finding new colleagues", True)
    assert (horizon.signal_from, horizon.signal_to) == (date(2027, 2, 12), date(2027, 3, 26))
    assert (horizon.outcome_from, horizon.outcome_to) == (date(2027, 7, 1), date(2027, 10, 1))
    (proof,) = told.proofs
    assert proof.kpi in proof.sentence
    assert "1 October 2027" in proof.sentence
    assert {one.title for one in told.starts} == {
        after.title(kind, name) for kind, name in found.starts
    }
    assert told.people
    at_once = what_if.board(before, after, found, begins="today", on=TODAY)
    assert at_once.begins_on == TODAY


def test_what_is_promised_and_advised_no_longer_stays_with_its_hours(
    session: Session, shop: Shop
) -> None:
    session.add(
        Activity(
            organisation_id=shop.id, quarter_id=shop.quarter, catalogue_id="purpose_card",
            title="A simple plan", hours_setup=1, hours_week=0.5, owner_id=shop.ben,
        )
    )  # fmt: skip
    session.flush()
    before = view_of(session, shop)
    moves = what_if.replace(before, "service", "recruiting")
    after = what_if.under(before, moves, what_if.entering(session, before))
    found = what_if.difference(before, after, moves)
    told = what_if.board(before, after, found, begins="today", on=TODAY)
    assert {(one.kind, one.name) for one in told.stops} == set(found.stops)
    (stays,) = told.stays
    assert (stays.name, stays.hours > 0) == ("purpose_card", True)
    (_, stops, *_) = board_words.answers(after, told)
    assert [line for line in stops.lines if line.endswith("stays until you drop it")] == [
        board_words.stays(stays)
    ]
    assert told.takes == found.hours.takes[1] >= hours_promised(after)


def test_who_expected_what_goes_is_owed_an_answer(session: Session, shop: Shop) -> None:
    before = view_of(session, shop)
    moves = what_if.replace(before, "service", "recruiting")
    after = what_if.under(before, moves, what_if.entering(session, before))
    found = what_if.difference(before, after, moves)
    told = what_if.board(before, after, found, begins="today", on=TODAY)
    assert any("Better service" in one.why for one in told.owed), told.owed


# ---- Whom a new objective reaches ------------------------------------------------------------


def test_undescribed_people_are_said_first_and_starter_values_are_marked(
    session: Session, shop: Shop
) -> None:
    view = view_of(session, shop)
    coming = what_if.entering(session, view)
    moves = what_if.want(view, ["sales", "expertise"])
    (missing,) = what_if.audience(view, moves)
    assert missing.objective == "expertise"
    assert "people at work in firms" in missing.sentence
    more = (*moves, *missing.moves)
    after = what_if.under(view, more, coming)
    assert what_if.audience(view, more) == ()
    assert "starter values" in after.names["starter_expertise"]
    assert any("Starter values" in line for line in what_if.in_words(view, more))
    shares = {r.about for g in what_if.levers(view, coming, more) if g.id == "audience_use"
              for r in g.rows}  # fmt: skip
    assert len(shares) == 2


def test_people_who_are_described_need_no_starter_values(session: Session, shop: Shop) -> None:
    view = view_of(session, shop)
    assert what_if.audience(view, what_if.want(view, ["awareness"])) == ()
    assert what_if.audience(view, what_if.want(view, ["sales"])) == ()


def test_an_objective_that_needs_nobody_in_particular_asks_for_nobody(
    session: Session, shop: Shop
) -> None:
    view = view_of(session, shop)
    assert what_if.audience(view, what_if.want(view, ["crisis"])) == ()


def test_it_all_writes_nothing(database: Path) -> None:
    with writing() as session:
        shop = built.shop(session)
        built.everything(session, shop)
    with writing() as session:
        before, after = tried(session, shop, person(shop.ann, 9))
        what_if.difference(before, after)
        assert not session.new
        assert not session.dirty
