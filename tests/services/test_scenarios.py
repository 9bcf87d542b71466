"""What-ifs lie on a shelf and change nothing else, until somebody adopts one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.amendments import Amendment
from models.base import Base
from models.database import reading, writing
from models.organisation import Quarter
from models.recommendations import Decision, Recommendation
from models.scenarios import Scenario
from rules.levers import Lever, Move
from services import accounts, adopting, advice, audiences, objectives, people, scenarios, what_if
from services.adopting import Adopted
from services.advice import AdviceView
from services.refusals import Changed, Refused
from services.scenarios import Kept, Said
from tests.services import built
from tests.services.built import Shop

TODAY = date(2026, 11, 25)
STATED = ("objective", "account", "person", "organisation", "group", "audience_use")


@pytest.fixture
def shop(database: Path) -> Shop:
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
    return made


def view_of(shop: Shop, quarter: int = 0) -> AdviceView:
    with reading() as session:
        return advice.current(session, shop.id, quarter or shop.quarter)


def rows() -> dict[str, list[str]]:
    """Every row of every table but the shelf."""
    with reading() as session:
        return {
            table.name: [str(row) for row in session.execute(select(table))]
            for table in Base.metadata.sorted_tables
            if table.name != "scenario"
        }


def hiring(shop: Shop, begins: str = "today") -> Said:
    moves = what_if.replace(view_of(shop), "sales", "recruiting")
    return Said("Hire first", moves, "Ann", "As the board asked", begins)  # type: ignore[arg-type]


def kept(shop: Shop, said: Said) -> Kept:
    with writing() as session:
        view = advice.current(session, shop.id, shop.quarter)
        return scenarios.keep(session, view, said)


def adopted(one: Kept, on: date = TODAY) -> Adopted:
    with writing() as session:
        return adopting.adopt(session, one, "We cannot fill our jobs", who="Ann", on=on)


def hours(number: int, value: float) -> Move:
    return Move(Lever("fact", "person", (f"p{number}",), "hours"), value)


def of(view: AdviceView, kinds: Sequence[str]) -> set[str]:
    return {str(fact) for fact in view.facts if fact.kind in kinds}


# ---- The shelf -------------------------------------------------------------------------------


def test_a_what_if_is_kept_with_what_it_said_and_can_be_opened_by_others(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with reading() as session:
        found = scenarios.find(session, shop.id, one.id)
        assert scenarios.listed(session, shop.id) == [found]
    assert found == one
    assert (found.said.author, found.said.note) == ("Ann", "As the board asked")
    assert found.said.moves == hiring(shop).moves
    assert found.lines == ("You want “Finding new colleagues” in the place of “More sales”",)
    assert found.summary.startswith("You would start")


def test_the_shelf_writes_nowhere_else(shop: Shop) -> None:
    before = rows()
    one = kept(shop, hiring(shop))
    two = kept(shop, Said("More hours", (hours(shop.ann, 9),)))
    with writing() as session:
        view = advice.current(session, shop.id, shop.quarter)
        one = scenarios.restate(session, view, one, replace(one.said, note="Later"))
        one = scenarios.recalculate(session, one, view)
        scenarios.compare(session, shop.id, [one.id, two.id])
        scenarios.stale(session, one)
        scenarios.discard(session, two, "Nobody has the hours")
    assert rows() == before


def test_what_one_organisation_keeps_is_not_open_to_another(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with reading() as session, pytest.raises(Refused, match="not on the shelf"):
        scenarios.find(session, shop.id + 1, one.id)
    with reading() as session, pytest.raises(Refused, match="not on the shelf"):
        scenarios.find(session, shop.id, one.id + 1)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "80 letters"),
        ({"note": "x" * 1001}, "note"),
        ({"moves": ()}, "Move something"),
        ({"begins": "some day"}, "today or next quarter"),
    ],
)
def test_what_cannot_be_kept_is_refused(shop: Shop, change: dict[str, object], word: str) -> None:
    with pytest.raises(Refused, match=word):
        kept(shop, replace(hiring(shop), **change))  # type: ignore[arg-type]


def test_a_name_stands_once_on_the_shelf(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with pytest.raises(Refused, match="already"):
        kept(shop, hiring(shop))
    with writing() as session:
        scenarios.discard(session, one, "Too early")
    kept(shop, hiring(shop))


def test_up_to_three_are_compared(shop: Shop) -> None:
    ids = [
        kept(shop, Said(f"Hours {number}", (hours(shop.ann, number),))).id
        for number in (2, 9, 12, 20)
    ]
    with reading() as session:
        shown = scenarios.compare(session, shop.id, ids[:3])
        assert [one.kept.id for one in shown] == ids[:3]
        assert [one.difference.hours.given[1] for one in shown] == [5, 12, 15]
        with pytest.raises(Refused, match="Three"):
            scenarios.compare(session, shop.id, ids)


def test_of_two_who_change_a_what_if_the_second_sees_both_versions(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    view = view_of(shop)
    with writing() as session:
        scenarios.restate(session, view, one, replace(one.said, note="First"))
    with writing() as session, pytest.raises(Changed) as raised:
        scenarios.restate(session, view, one, replace(one.said, note="Second"))
    assert raised.value.theirs is not None
    assert raised.value.theirs["note"] == "First"
    assert raised.value.version == one.version + 1
    with writing() as session, pytest.raises(Changed):
        scenarios.discard(session, one, "No")
    with pytest.raises(Changed):
        adopted(one)


def test_discarding_asks_for_a_word_and_keeps_it(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with writing() as session, pytest.raises(Refused, match="why"):
        scenarios.discard(session, one, " ")
    with writing() as session:
        scenarios.discard(session, one, "Nobody has the hours", who="Ben")
    with reading() as session:
        assert scenarios.listed(session, shop.id) == []
        (gone,) = scenarios.listed(session, shop.id, settled=True)
    assert (gone.state, gone.why, gone.who) == ("discarded", "Nobody has the hours", "Ben")
    with pytest.raises(Refused, match="discarded already"):
        adopted(gone)


# ---- Older facts -----------------------------------------------------------------------------


def test_made_on_older_facts_it_says_so_and_keeps_what_it_said(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with writing() as session:
        assert scenarios.stale(session, one) is None
        people.add(session, shop.id, people.Someone("Cem", "personnel", 6))
    with reading() as session:
        stale = scenarios.stale(session, one)
        assert scenarios.find(session, shop.id, one.id) == one
    assert stale is not None
    assert "people and their hours" in stale.sentence
    assert "Recalculate" in stale.sentence
    assert not stale.rules
    with pytest.raises(Refused, match="Recalculate"):
        adopted(one)
    with writing() as session:
        again = scenarios.recalculate(session, one, advice.current(session, shop.id, shop.quarter))
        assert scenarios.stale(session, again) is None
    assert again.version == one.version + 1


def test_other_rules_make_it_older_too(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    two = kept(shop, Said("Fewer", (Move(Lever("parameter", "present"), 0.2),), begins="today"))
    adopted(two)
    with reading() as session:
        stale = scenarios.stale(session, one)
    assert stale is not None
    assert stale.rules
    assert "the rules" in stale.sentence


def test_a_day_that_passes_makes_nothing_older(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kept(shop, hiring(shop))

    class Later(date):
        @classmethod
        def today(cls) -> Later:
            return cls(2026, 12, 20)

    monkeypatch.setattr("services.facts.date", Later)
    with reading() as session:
        assert scenarios.stale(session, one) is None


def test_of_somebody_who_left_the_move_falls_away(shop: Shop) -> None:
    said = Said("Hours", (hours(shop.ann, 9), hours(shop.ben, 9)))
    one = kept(shop, said)
    with writing() as session:
        from services import leaving

        leaving.leave(session, shop.ben)
    with writing() as session:
        shown = scenarios.show(session, one)
        assert (shown.gone, shown.stale is not None) == (1, True)
        again = scenarios.recalculate(session, one, shown.before)
    assert again.said.moves == (hours(shop.ann, 9),)


# ---- Adopted ---------------------------------------------------------------------------------


def test_adopting_makes_the_facts_that_it_foresaw(shop: Shop) -> None:
    with reading() as session:
        view = view_of(shop)
        coming = what_if.entering(session, view)
    moves = (
        *what_if.want(view, ["recruiting", "service"]),
        hours(shop.ann, 9),
        Move(Lever("fact", "account", ("youtube",), "status"), "planned"),
        Move(Lever("fact", "account", ("instagram",), "status"), "closed"),
    )
    foreseen = what_if.under(view, moves, coming)
    done = adopted(kept(shop, Said("All of it", moves, begins="today")))
    assert done.left == ()
    assert done.quarter_id == shop.quarter
    assert of(view_of(shop), STATED) == of(foreseen, STATED)


def test_an_adopted_objective_leaves_a_decision_and_an_expectation(shop: Shop) -> None:
    adopted(kept(shop, hiring(shop)))
    with reading() as session:
        said = {
            (row.target, decision.answer, decision.why, decision.who): row.expectation
            for decision, row in session.execute(
                select(Decision, Recommendation).join(
                    Recommendation, Recommendation.id == Decision.recommendation_id
                )
            )
        }
        first, second = objectives.listed(session, shop.quarter)
    why = "We cannot fill our jobs"
    assert said == {
        ("sales", "declined", why, "Ann"): None,
        ("recruiting", "accepted", why, "Ann"): {
            "kpi": "applications",
            "direction": "up",
            "range": adopting_range(),
            "within": "2 to 3 quarters",
        },
    }
    assert (first.name, first.wish.why, second.name) == ("recruiting", why, "service")


def adopting_range() -> str:
    from services import rulebook

    return str(rulebook.pack().catalogues["kpis"]["applications"].values["target"])


def test_from_next_quarter_on_this_one_stays_as_it_is(shop: Shop) -> None:
    before, said = of(view_of(shop), STATED), hiring(shop, "next_quarter")
    assert adopting.at_once(view_of(shop), said.moves) == ()
    done = adopted(kept(shop, said))
    assert of(view_of(shop), STATED) == before
    with reading() as session:
        quarter = session.get_one(Quarter, done.quarter_id)
        assert quarter.starts_on == date(2027, 1, 1)
        names = [one.name for one in objectives.listed(session, quarter.id)]
    assert names == ["recruiting", "service"]


def test_people_and_accounts_count_from_today_whenever_it_begins(shop: Shop) -> None:
    said = Said("Hours", (*hiring(shop).moves, hours(shop.ann, 9), hours(shop.ben, 0)))
    assert adopting.at_once(view_of(shop), said.moves) == (
        "Ann *Baker* (hours a week): 9 h instead of 5 h",
    )
    adopted(kept(shop, said))
    with reading() as session:
        assert [one.said.hours for one in people.listed(session, shop.id)] == [9, 3]


def test_what_can_only_be_observed_is_said_by_name_and_left(shop: Shop) -> None:
    view = view_of(shop)
    (group,) = (str(fact.values["id"]) for fact in view.facts if fact.kind == "group")
    moves = (
        *hiring(shop).moves,
        Move(Lever("fact", "audience_use", (group, "instagram"), "share"), 0.9),
        hours(shop.ben, 0),
    )
    done = adopted(kept(shop, Said("Mixed", moves, begins="today")))
    assert [one.line.split(":")[0] for one in done.left] == [
        "Neighbours · Instagram (share that uses it)",
        "Ben (hours a week)",
    ]
    assert "seen, not decided" in done.left[0].why
    with reading() as session:
        assert [one.said.hours for one in people.listed(session, shop.id)] == [5, 3]
        (kept_group,) = audiences.listed(session, shop.id)
    assert kept_group.uses["instagram"].share != 0.9


def test_of_observations_alone_nothing_can_be_adopted(shop: Shop) -> None:
    one = kept(shop, Said("Away", (hours(shop.ben, 0),), begins="today"))
    before = rows()
    with pytest.raises(Refused, match="Nothing of this"):
        adopted(one)
    assert rows() == before


def test_values_and_rules_become_changes_of_ones_own(shop: Shop) -> None:
    rule = next(match.rule.id for match in view_of(shop).advice.matches)
    moves = (Move(Lever("parameter", "present"), 0.2), Move(Lever("rule", rule), False))
    adopted(kept(shop, Said("Rules", moves, begins="today")))
    with reading() as session:
        made = list(session.scalars(select(Amendment).order_by(Amendment.id)))
    assert [(one.parameter, one.value, one.rule, one.off) for one in made] == [
        ("present", 0.2, "", False),
        ("", None, rule, True),
    ]
    assert {(one.source, one.reason, one.who) for one in made} == {
        ("What if: Rules", "We cannot fill our jobs", "Ann")
    }
    on = (Move(Lever("rule", rule), True),)
    adopted(kept(shop, Said("On again", on, begins="today")))
    assert rule in {one.id for one in view_of(shop).pack.rules}


def test_starter_values_become_a_group_of_ones_own(shop: Shop) -> None:
    view = view_of(shop)
    moves = what_if.want(view, ["expertise"])
    (missing,) = what_if.audience(view, moves)
    adopted(kept(shop, Said("Experts", (*moves, *missing.moves), begins="today")))
    with reading() as session:
        groups = audiences.listed(session, shop.id)
    assert [one.said.name for one in groups] == ["Neighbours", "People at work in firms"]
    assert groups[1].uses


def test_adopting_asks_why_and_happens_once(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    with writing() as session, pytest.raises(Refused, match="why"):
        adopting.adopt(session, one, "", on=TODAY)
    done = adopted(one)
    assert (done.kept.state, done.kept.why) == ("adopted", "We cannot fill our jobs")
    with pytest.raises(Refused, match="adopted already"):
        adopted(done.kept)


def test_a_quarter_that_is_over_is_no_ground_to_adopt_on(shop: Shop) -> None:
    with writing() as session:
        earlier = advice.current(session, shop.id, shop.before)
        one = scenarios.keep(session, earlier, Said("Then", what_if.want(earlier, ["leads"])))
    with pytest.raises(Refused, match="is over"):
        adopted(one)
    with writing() as session:
        again = scenarios.recalculate(session, one, scenarios.ground(session, one, on=TODAY))
    assert again.quarter_id == shop.quarter
    assert adopted(again).kept.state == "adopted"
    assert scenarios_baselines(shop)[0].startswith("October")


def scenarios_baselines(shop: Shop) -> list[str]:
    with reading() as session:
        return list(scenarios.baselines(session, shop.id, on=TODAY).values())


def test_a_what_if_that_moves_what_never_was_is_not_adopted(shop: Shop) -> None:
    one = kept(shop, hiring(shop))
    strange = [{"what": "fact", "name": "person", "key": ["?"], "attribute": "hours", "value": 3}]
    with writing() as session:
        session.get_one(Scenario, one.id).moves = [*strange, "nothing", {"what": "else"}]
    with reading() as session:
        one = scenarios.find(session, shop.id, one.id)
        assert (len(one.said.moves), scenarios.show(session, one).gone) == (1, 1)
    with pytest.raises(Refused, match="is gone"):
        adopted(one)


def test_an_account_that_is_open_already_changes_its_state(shop: Shop) -> None:
    move = Move(Lever("fact", "account", ("instagram",), "status"), "paused")
    adopted(kept(shop, Said("Pause", (move,), begins="today")))
    with reading() as session:
        (account,) = accounts.listed(session, shop.id)
    assert (account.said.name, account.said.status) == ("@bakery", "paused")
