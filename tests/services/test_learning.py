"""What came of advice, what the tool proposes from it, and what people say to that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.database import reading, writing
from models.recommendations import Decision
from rules.pack import Amendment
from services import (
    advice,
    amendments,
    experiments,
    learning,
    ledger,
    lessons,
    recommendations,
    rulebook,
)
from services.experiments import Card, Decided
from services.learning import Proposal
from services.recommendations import Said
from services.refusals import Changed, Refused
from services.scoring import Expected, Score
from tests.services import built

TODAY = date(2026, 11, 24)
LESSON = lessons.Said("Films of the workshop bring people in.", "keep", "single", "channel", "gbp")
CARD = Card("Short films", "They are passed on", date(2026, 12, 1), 3, 5, "shares")


@pytest.fixture
def shop(database: Path) -> built.Shop:
    with writing() as session:
        made = built.shop(session)
        built.everything(session, made)
        return made


def take(shop: built.Shop, count: int = 1, answer: str = "accepted") -> list[Expected]:
    """Take the best channels from which something is expected."""
    with writing() as session:
        view = advice.current(session, shop.id, shop.quarter)
        expecting = [
            one for one in view.recommended("channel") if any(p.rule.expect for p in one.parts)
        ]
        for one in expecting[:count]:
            said = Said(answer, "because" if answer == "declined" else "")  # type: ignore[arg-type]
            recommendations.decide(session, view, one.target, said, seen=None)
    return expected(shop)


def expected(shop: built.Shop) -> list[Expected]:
    with reading() as session:
        return learning.expected(session, shop.id)


def give(shop: built.Shop, one: Expected, said: Score, seen: int = 0) -> None:
    with writing() as session:
        learning.score(session, shop.quarter, one.recommendation_id, said, seen=seen)


def proposed(shop: built.Shop) -> list[Proposal]:
    with reading() as session:
        return learning.proposals(session, shop.id, shop.quarter, date.today())


def failed(shop: built.Shop, count: int = 3) -> Proposal:
    """Channels were taken, nothing came of them; the first proposal that follows."""
    for one in take(shop, count):
        give(shop, one, Score("not_met"))
    return proposed(shop)[0]


# ---- What was expected, and what came of it ---------------------------------------------------


def test_accepted_advice_carries_an_expectation_in_words(shop: built.Shop) -> None:
    (one,) = take(shop)
    assert "goes up: better than the four weeks before, within two quarters" in one.words
    assert one.due_on == date(2027, 3, 31)
    assert one.quarter == "October to December 2026"
    assert one.score is None


@pytest.mark.parametrize(("on", "is_due"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_it_is_due_in_its_last_quarter(shop: built.Shop, on: date, is_due: bool) -> None:
    assert bool(learning.due(take(shop), on)) is is_due


def test_of_declined_advice_nothing_is_expected(shop: built.Shop) -> None:
    assert take(shop, answer="declined") == []


def test_what_is_taken_back_is_expected_no_longer_unless_it_was_scored(shop: built.Shop) -> None:
    first, second = take(shop, 2)
    give(shop, first, Score("met"))
    with writing() as session:
        for standing in recommendations.standing(session, shop.quarter).values():
            recommendations.undo(session, standing.decision_id)
    assert [one.recommendation_id for one in expected(shop)] == [first.recommendation_id]
    assert second.score is None


def test_a_score_is_kept_once_and_can_be_corrected(shop: built.Shop) -> None:
    (one,) = take(shop)
    give(shop, one, Score("met", who="Ann", low=3, high=5, actual=4))
    give(shop, one, Score("met", who="Ann", low=3, high=5, actual=4))
    (kept,) = expected(shop)
    assert kept.score == Score("met", who="Ann", low=3, high=5, actual=4)
    assert kept.version == 1
    give(shop, one, Score("not_met", "We counted twice"), seen=1)
    assert expected(shop)[0].score == Score("not_met", "We counted twice")


def test_who_scores_second_sees_what_stands(shop: built.Shop) -> None:
    (one,) = take(shop)
    give(shop, one, Score("met"))
    with pytest.raises(Changed) as told:
        give(shop, one, Score("partly"))
    assert told.value.theirs is not None
    assert (told.value.theirs["result"], told.value.version) == ("met", 1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Score("cannot_tell", " "), "why nobody can tell"),
        (Score("met", "x" * 2_001), "shorten"),
        (Score("met", low=5, high=3), "above"),
        (Score("met", actual=float("nan")), "common size"),
        (Score("great"), "Say what came of it"),  # type: ignore[arg-type]
    ],
)
def test_a_score_that_says_too_little_is_refused(shop: built.Shop, said: Score, words: str) -> None:
    (one,) = take(shop)
    with pytest.raises(Refused, match=words):
        give(shop, one, said)


def test_what_is_not_there_or_a_neighbours_cannot_be_scored(shop: built.Shop) -> None:
    (one,) = take(shop)
    with writing() as session:
        _, elsewhere = built.harbour(session, 3)
    for quarter, number in ((shop.quarter, 999), (elsewhere, one.recommendation_id)):
        with pytest.raises(Refused, match="Nothing was expected"), writing() as session:
            learning.score(session, quarter, number, Score("met"), seen=0)


def test_the_hit_rate_counts_partly_as_half_and_leaves_out_what_nobody_can_tell() -> None:
    scores = [Score("met"), Score("partly"), Score("not_met"), Score("cannot_tell", "no data")]
    assert learning.hit_rate(scores) == 0.5
    assert learning.hit_rate(scores[3:]) is None


# ---- Proposals --------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "proposes"), [(2, False), (3, True)])
def test_two_scores_are_too_few_to_propose_anything(
    shop: built.Shop, count: int, proposes: bool
) -> None:
    for one in take(shop, count):
        give(shop, one, Score("not_met"))
    assert bool(proposed(shop)) is proposes


def test_a_number_that_should_fall_is_expected_to_go_down(shop: built.Shop) -> None:
    with writing() as session:
        made = recommendations.save(
            session,
            advice.current(session, shop.id, shop.quarter),
            ("activity", "no_such", ""),
            {
                "kpi": "first_response_time",
                "direction": "up",
                "range": "r",
                "within": "one quarter",
            },
        )
        session.add(Decision(recommendation_id=made.id, answer="accepted", made_at=built.NOW))
    (one,) = expected(shop)
    assert "Time to a first answer” goes down" in one.words


def test_without_a_score_nothing_is_proposed(shop: built.Shop) -> None:
    take(shop, 3)
    assert proposed(shop) == []


def test_where_nobody_can_tell_nothing_is_proposed(shop: built.Shop) -> None:
    for one in take(shop, 3):
        give(shop, one, Score("cannot_tell", "we do not count"))
    assert proposed(shop) == []


def test_rules_whose_advice_failed_should_count_less_with_the_evidence_in_words(
    shop: built.Shop,
) -> None:
    one = failed(shop)
    assert one.before == 1.0
    assert one.proposed < 1
    assert "3 pieces of its advice scored: 3 did not come true" in one.evidence
    assert "0% came true" in one.evidence


def test_rules_whose_advice_came_true_should_count_more(shop: built.Shop) -> None:
    for one in take(shop, 3):
        give(shop, one, Score("met"))
    assert proposed(shop)
    assert all(1 < one.proposed <= 2 for one in proposed(shop))


def test_accepting_lets_the_rule_count_so_with_the_scores_as_source(shop: built.Shop) -> None:
    one = failed(shop)
    with writing() as session:
        learning.accept(session, (shop.id, shop.quarter), one, why="", who="Ann", on=date.today())
    with reading() as session:
        pack = rulebook.for_organisation(session, shop.id, shop.quarter)
        (kept,) = amendments.standing(session, shop.id, shop.quarter).values()
        (answer,) = learning.answered(session, shop.id)
    assert pack.confidence[one.rule] == one.proposed
    assert kept.ground.source == f"our own scores: {one.evidence}"
    assert (answer.accepted, answer.who, answer.before) == (True, "Ann", 1.0)
    assert one.rule not in [other.rule for other in proposed(shop)]


def test_rejecting_needs_a_word_is_kept_and_returns_only_with_something_new(
    shop: built.Shop,
) -> None:
    one = failed(shop, 3)
    place, today = (shop.id, shop.quarter), date.today()
    with pytest.raises(Refused, match="why not"), writing() as session:
        learning.reject(session, place, one, why=" ", who="", on=today)
    with writing() as session:
        learning.reject(session, place, one, why="Three are too few", who="Ben", on=today)
    assert one.rule not in [other.rule for other in proposed(shop)]
    with reading() as session:
        (answer,) = learning.answered(session, shop.id)
    assert (answer.accepted, answer.why) == (False, "Three are too few")
    for more in take(shop, 5):
        give(shop, more, Score("not_met"), seen=more.version)
    assert one.rule in [other.rule for other in proposed(shop)]


def test_who_answers_a_proposal_second_is_told(shop: built.Shop) -> None:
    one = failed(shop)
    place = (shop.id, shop.quarter)
    with writing() as session:
        learning.accept(session, place, one, why="", who="", on=date.today())
    with pytest.raises(Changed), writing() as session:
        learning.reject(session, place, one, why="no", who="", on=date.today())


def test_a_proposal_on_older_scores_is_told_what_is_proposed_now(shop: built.Shop) -> None:
    one = failed(shop)
    stale = replace(one, basis=one.basis[:1])
    with pytest.raises(Changed) as told, writing() as session:
        learning.accept(session, (shop.id, shop.quarter), stale, why="", who="", on=date.today())
    assert told.value.theirs is not None
    assert told.value.theirs["proposed"] == one.proposed


def test_a_quarter_that_is_over_keeps_its_rules(shop: built.Shop) -> None:
    one, place = failed(shop), (shop.id, shop.quarter)
    with pytest.raises(Refused, match="over"), writing() as session:
        learning.accept(session, place, one, why="", who="", on=date(2027, 3, 1))


# ---- Lessons ----------------------------------------------------------------------------------


def learned(shop: built.Shop) -> list[lessons.Kept]:
    with reading() as session:
        return lessons.listed(session, shop.id)


def test_a_lesson_is_kept_once_with_what_it_touches(shop: built.Shop) -> None:
    with writing() as session:
        first = lessons.learn(session, shop.quarter, LESSON)
        assert lessons.learn(session, shop.quarter, LESSON) == first
    (one,) = learned(shop)
    assert "Google" in one.title
    assert one.quarter == "October to December 2026"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (replace(LESSON, text=" "), "what you learned"),
        (replace(LESSON, text="x" * 2_001), "shorten"),
        (replace(LESSON, verdict="maybe"), "keep, change or stop"),
        (replace(LESSON, loop="triple"), "question what you want"),
        (replace(LESSON, touches="weather"), "what it touches"),
        (replace(LESSON, about="no_such"), "not known any more"),
    ],
)
def test_a_lesson_that_says_too_little_is_refused(
    shop: built.Shop, said: lessons.Said, words: str
) -> None:
    with pytest.raises(Refused, match=words), writing() as session:
        lessons.learn(session, shop.quarter, said)


def test_two_who_restate_a_lesson_lose_nothing(shop: built.Shop) -> None:
    with writing() as session:
        number = lessons.learn(session, shop.quarter, LESSON)
    with writing() as session:
        lessons.restate(session, number, replace(LESSON, text="Other words"), version=1)
    with pytest.raises(Changed) as told, writing() as session:
        lessons.restate(session, number, replace(LESSON, verdict="stop"), version=1)
    assert told.value.theirs is not None
    assert told.value.theirs["text"] == "Other words"


def test_a_lesson_becomes_a_dated_change_with_the_lesson_as_its_source(shop: built.Shop) -> None:
    said = lessons.Said(
        "A third of our guests is enough.", "change", "double", "parameter", "present", "Ben"
    )
    with writing() as session:
        number = lessons.learn(session, shop.quarter, said)
        change = Amendment(parameter="present", value=0.3)
        lessons.amend(session, shop.quarter, number, change, seen=0, on=TODAY)
    with reading() as session:
        (kept,) = amendments.standing(session, shop.id, shop.quarter).values()
    assert kept.ground.source == "a lesson of October to December 2026"
    assert (kept.ground.reason, kept.ground.who) == (said.text, "Ben")
    assert kept.starts_on == date(2026, 10, 1)
    assert learned(shop)[0].amendment_id == kept.id
    with writing() as session:
        amendments.withdraw(session, shop.quarter, kept.id, on=TODAY)
    assert learned(shop)[0].amendment_id == 0


# ---- Tests on cards ---------------------------------------------------------------------------


def test_a_test_is_put_up_and_ends_with_a_decision(shop: built.Shop) -> None:
    with writing() as session:
        kept = experiments.begin(session, shop.quarter, CARD, on=TODAY)
    with writing() as session:
        decided = Decided("keep", "Four shares a film", "Ann", 4)
        ended = experiments.decide(session, kept.id, decided, version=1, on=TODAY)
    assert (ended.decided, ended.decided_on) == (decided, TODAY)
    with reading() as session:
        cards = experiments.listed(session, shop.id)
    assert experiments.running(cards) == []
    assert experiments.decided_share(cards, TODAY) == 1.0
    (row,) = ledger.compared([], cards)
    assert (row.result, row.low, row.actual, row.unit) == ("met", 3, 4, "shares")


def test_two_who_decide_one_test_lose_nothing(shop: built.Shop) -> None:
    with writing() as session:
        kept = experiments.begin(session, shop.quarter, CARD, on=TODAY)
    with writing() as session:
        experiments.decide(session, kept.id, Decided("stop", "nobody came"), version=1, on=TODAY)
    with pytest.raises(Changed) as told, writing() as session:
        experiments.decide(session, kept.id, Decided("keep", "it was fun"), version=1, on=TODAY)
    assert told.value.theirs is not None
    assert told.value.theirs["decision"] == "stop"


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (replace(CARD, title=" "), "what you try"),
        (replace(CARD, assumption=""), "what you assume"),
        (replace(CARD, due_on=date(2026, 11, 23)), "lies ahead"),
        (replace(CARD, low=9), "above"),
        (replace(CARD, title="x" * 121), "shorten"),
    ],
)
def test_a_card_that_says_too_little_is_refused(shop: built.Shop, card: Card, words: str) -> None:
    with pytest.raises(Refused, match=words), writing() as session:
        experiments.begin(session, shop.quarter, card, on=TODAY)


@pytest.mark.parametrize(("days", "debt"), [(120, 0), (121, 1)])
def test_a_test_that_runs_longer_than_120_days_is_a_debt(
    shop: built.Shop, days: int, debt: int
) -> None:
    began = date.fromordinal(TODAY.toordinal() - days)
    with writing() as session:
        experiments.begin(session, shop.quarter, CARD, on=began)
        cards = experiments.listed(session, shop.id)
    assert len(experiments.old(cards, TODAY)) == debt
    assert experiments.decided_share(cards, TODAY) is None
    assert experiments.decided_share(cards, date(2026, 12, 2)) == 0.0


# ---- Over time --------------------------------------------------------------------------------


def test_the_ledger_tells_loops_and_hits_by_quarter(shop: built.Shop) -> None:
    first, second = take(shop, 2)
    give(shop, first, Score("met"))
    give(shop, second, Score("not_met"))
    with writing() as session:
        lessons.learn(session, shop.quarter, LESSON)
        lessons.learn(session, shop.quarter, replace(LESSON, text="b", loop="double"))
        change = Amendment(parameter="present", value=0.3)
        ground = amendments.Ground("us", "because")
        amendments.make(session, shop.quarter, change, ground, seen=0, on=TODAY)
    with reading() as session:
        before, now = ledger.loops(session, shop.id)
    assert (before.single, before.double, before.hits) == (0, 0, None)
    assert (now.quarter, now.single, now.double) == ("Oct–Dec 2026", 1, 2)
    assert (now.hits, now.scored) == (0.5, 2)
