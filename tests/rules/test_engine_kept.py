"""The engine over time: memory, threads, eviction, and what happens after something went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rules import engine
from rules.engine import recommend
from rules.pack import Fact, Pack
from tests.rules.building import at_least, kind, pack, pattern, rule, same_as
from tests.rules.random_packs import random_pack
from tests.rules.random_world import random_scenarios

WISH = kind("wish", ("name",), name="sales", priority=1)
STRENGTH = kind("strength", ("channel", "wish"), channel="forum", wish="sales", score=3)
FACTS = [Fact("wish", {"name": f"w{i}", "priority": i}) for i in range(3)]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    engine.forget()
    yield
    engine.forget()


def tiny() -> Pack:
    """A pack with a join on the pack's own facts and an `unless`."""
    strengths = [
        Fact("strength", {"channel": f"c{i}", "wish": f"w{i % 4}", "score": i % 5})
        for i in range(40)
    ]
    joined = rule(
        "joined",
        pattern("wish", priority=at_least(1)),
        pattern("strength", wish=same_as("wish.name"), score=at_least(2)),
        target="strength.channel",
        unless=(pattern("wish", "better", priority=at_least("strength.score")),),
    )
    return pack([joined, rule("plain", pattern("wish"))], [WISH, STRENGTH], strengths)


def megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is read from /proc, which is not here"
)


@needs_proc
def test_memory_stays_flat_over_20_000_evaluations() -> None:
    """One pack with a join and an `unless`, and one with findings, ranks and aggregates in stages:
    a kilobyte kept by each evaluation would show as 20 MB."""
    staged = random_pack(3)
    runs = [(tiny(), FACTS), *((staged, facts) for facts in random_scenarios(3, 3))]
    expected = [recommend(*run) for run in runs]
    for at in range(2_000):
        recommend(*runs[at % 4])
    before = megabytes()
    for at in range(20_000):
        recommend(*runs[at % 4])
    assert [recommend(*run) for run in runs] == expected
    assert megabytes() - before < 2


@needs_proc
def test_evicted_packs_give_their_memory_back() -> None:
    def run(number: int) -> None:
        many = [rule(f"r{i}", pattern("wish", priority=at_least(i))) for i in range(120)]
        for _ in range(number):
            recommend(pack(many, [WISH, STRENGTH]), FACTS)

    run(30)
    before = megabytes()
    run(60)
    assert megabytes() - before < 8  # about 1 MB for each pack if it were kept


def test_no_more_packs_are_kept_than_eight() -> None:
    packs = [tiny() for _ in range(20)]
    for one in packs:
        recommend(one, FACTS)
    assert list(engine._packs) == [one.fingerprint for one in packs[-8:]]


def test_a_pack_used_again_is_kept_longest() -> None:
    packs = [tiny() for _ in range(9)]
    for one in [*packs[:8], packs[0], packs[8]]:
        recommend(one, FACTS)
    assert packs[0].fingerprint in engine._packs
    assert packs[1].fingerprint not in engine._packs


def test_a_pack_in_use_is_never_freed() -> None:
    used = tiny()
    expected = recommend(used, FACTS)
    with engine._leased(used) as compiled:
        networks = compiled.networks
        for _ in range(12):
            recommend(tiny(), FACTS)
        engine.forget()
        assert networks
        assert recommend(used, FACTS) == expected
    engine.forget()
    assert not networks


def test_eight_threads_on_one_pack_say_what_one_says() -> None:
    drawn, scenarios = random_pack(3), random_scenarios(3, 8)
    alone = [recommend(drawn, facts) for facts in scenarios]
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda i: recommend(drawn, scenarios[i % 8]), range(400)))
    assert all(one == alone[i % 8] for i, one in enumerate(said))


def test_eight_threads_on_more_packs_than_are_kept_say_what_one_says() -> None:
    packs = [random_pack(seed) for seed in range(12)]
    facts = random_scenarios(3, 1)[0]
    alone = [recommend(one, facts) for one in packs]
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(lambda i: recommend(packs[i * 5 % 12], facts), range(300)))
    assert all(one == alone[i * 5 % 12] for i, one in enumerate(said))


@pytest.mark.parametrize("failing", ["assert_fact", "retract_fact", "start_action_for_state"])
def test_an_error_in_the_middle_leaves_nothing_behind(
    failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tiny()
    expected = recommend(rules, FACTS)
    real, calls = getattr(engine.durable, failing), 0

    def fails_second(*given: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        return real(*given)

    for _ in range(3):
        calls = 0 if failing != "start_action_for_state" else 1
        with monkeypatch.context() as patched:
            patched.setattr(engine.durable, failing, fails_second)
            with pytest.raises(KeyboardInterrupt):
                recommend(rules, [*FACTS, Fact("wish", {"name": "w3", "priority": 9})])
        assert recommend(rules, FACTS) == expected


def test_a_renewed_session_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tiny()
    expected = recommend(rules, FACTS)
    monkeypatch.setattr(engine, "TAKEN", 0)
    assert [recommend(rules, FACTS) for _ in range(5)] == [expected] * 5


def test_a_pack_that_nobody_ever_matched_can_be_freed() -> None:
    with engine._leased(tiny()):
        pass
    recommend(tiny(), [])
    engine.forget()
    assert not engine._packs
