"""One step of everything: what it does to advice, and under how many errors advice stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from rules.amending import amended
from rules.engine import recommend
from rules.levers import Dial, Lever, Move, moved
from rules.pack import Amendment, Fact, Pack
from rules.sensitivity import Share, one_step, robustness, sensitivity
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_facts
from tests.rules.shop import fact
from tests.rules.test_levers import random_dials, with_levers

SALES = Lever("fact", "objective", ("sales",), "priority")
NEWSLETTER = ("channel", "newsletter", "")


def stated(priority: int) -> list[Fact]:
    return [
        fact("objective", name="sales", priority=priority),
        fact("use", group="locals", channel="newsletter", share=0.5),
    ]


def test_a_step_up_and_a_step_down_are_told_apart() -> None:
    dial = Dial(SALES, (2, None, 1, 3))
    up, down = sensitivity(with_levers(), stated(2), [dial], [NEWSLETTER])
    assert (up.value, up.up, up.change > 0) == (3, True, True)
    assert (down.value, down.up, down.change < 0) == (1, False, True)


def test_above_the_highest_there_is_no_step() -> None:
    (down,) = sensitivity(with_levers(), stated(3), [Dial(SALES, (3, None, 1, 2))], [NEWSLETTER])
    assert (down.value, down.up) == (2, False)


def test_below_the_lowest_number_a_fact_is_gone() -> None:
    dial = Dial(SALES, (1, None, 2, 3))
    _, down = sensitivity(with_levers(), stated(1), [dial], [NEWSLETTER])
    assert down.value is None


def test_words_are_steps_in_the_order_of_their_list() -> None:
    dial = Dial(Lever("fact", "account", ("x",), "status"), ("paused", "live", "closed"))
    assert one_step(dial).values == ("paused", "live")


def test_a_target_that_no_rule_speaks_about_changes_by_nothing() -> None:
    dial = Dial(SALES, (2, None, 1, 3))
    steps = sensitivity(with_levers(), stated(2), [dial], [("channel", "nowhere", "")])
    assert [step.change for step in steps] == [0, 0]


def after(
    pack: Pack, facts: list[Fact], move: Move
) -> dict[tuple[str, str, str], tuple[int, bool]]:
    """By target: score and whether it is recommended, as the engine says after a move."""
    changes = []
    if move.lever.what == "parameter":
        changes = [Amendment(parameter=move.lever.name, value=move.value)]
    elif move.lever.what == "rule" and not move.value:
        changes = [Amendment(rule=move.lever.name, off=True)]
    said = recommend(amended(pack, changes), moved(pack, facts, [move]))
    return {one.target: (one.hundredths, one.rank is not None) for one in said.scored}


def differences(count: int) -> Iterator[str]:
    """Where a step is not what the engine says of it."""
    for number in range(count):
        rng = Random(number)
        pack, facts = random_pack(number), random_facts(rng)
        turned = random_dials(rng, pack, facts)
        before = {one.target: one for one in recommend(pack, facts).scored}
        for step in sensitivity(pack, facts, turned, list(before)):
            score, stays = after(pack, facts, Move(step.lever, step.value)).get(
                step.target, (0, False)
            )
            was = before[step.target]
            wanted = (score - was.hundredths, stays and was.rank is None, not stays and was.rank)
            if (step.change, step.enters, step.leaves) != (wanted[0], wanted[1], bool(wanted[2])):
                yield f"seed {number}: {step}"


def test_every_step_is_what_the_engine_says_of_it() -> None:
    assert not list(differences(40))


@pytest.mark.parametrize(("beside", "stays"), [((3, 2), 1), ((2, 1), 0), ((2, 1, 3), 1)])
def test_robust_is_what_stays_however_one_is_wrong(beside: tuple[int, ...], stays: int) -> None:
    fits = tuple(rule for rule in with_levers().rules if rule.id == "it-fits")
    pack = replace(with_levers(), rules=fits, fingerprint="it fits")
    one, two = robustness(pack, stated(beside[0]), [Dial(SALES, beside)], NEWSLETTER)
    assert one == Share(1, stays, len(beside) - 1)
    assert two == Share(2, 0, 0)
