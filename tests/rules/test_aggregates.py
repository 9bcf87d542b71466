"""Aggregates: counted as a stage begins, from the facts that are there then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.aggregates import aggregated
from rules.condition import Constant, OneOf
from rules.engine import recommend
from rules.pack import Aggregate, Fact, Kind, Stage
from tests.rules.building import at_least, counting, kind, pack, pattern, rule, same_as

CHANNEL = kind("channel", ("id",), id="forum", needed=2)
HOST = kind("host", ("person", "channel"), person="p1", channel="forum", hours=1.5)
OF_CHANNEL = (("channel", same_as("channel.id")),)
COUNTS = counting(
    "moderation",
    "channel",
    hosts=Aggregate("count", "host", "", OF_CHANNEL),
    hours=Aggregate("sum", "host", "hours", OF_CHANNEL),
    most=Aggregate("most", "host", "hours", OF_CHANNEL),
    least=Aggregate("least", "host", "hours", OF_CHANNEL),
    mean=Aggregate("mean", "host", "hours", OF_CHANNEL),
    busy=Aggregate("count", "host", "", (*OF_CHANNEL, ("hours", at_least("channel.needed")))),
)
TEAM = Kind("team", (), {}, aggregates={"people": Aggregate("count", "host", "", ())})
CHANNELS = [Fact("channel", {"id": name, "needed": 2}) for name in ("forum", "video")]


def host(person: str, channel: str, hours: float | None = None, trust: float = 1.0) -> Fact:
    values = {"person": person, "channel": channel}
    return Fact("host", values if hours is None else {**values, "hours": hours}, trust)


def counted(*hosts: Fact, kind: str = "moderation") -> list[Fact]:
    empty = pack([], [CHANNEL, HOST, COUNTS, TEAM], CHANNELS)
    return aggregated(empty, [kind], {"channel": CHANNELS, "host": hosts})


def test_one_fact_for_each_fact_of_the_kind() -> None:
    facts = counted(host("p1", "forum", 1.5), host("p2", "forum", 2), host("p3", "forum"))
    assert [dict(fact.values) for fact in facts] == [
        {
            "channel": "forum",
            "hosts": 3,
            "hours": 3.5,
            "most": 2,
            "least": 1.5,
            "mean": 1.75,
            "busy": 1,
        },
        {"channel": "video", "hosts": 0, "hours": 0, "busy": 0},
    ]


def test_a_single_fact_without_for_each() -> None:
    assert [dict(fact.values) for fact in counted(kind="team")] == [{"people": 0}]
    assert counted(host("p1", "forum"), kind="team")[0].values == {"people": 1}


def test_a_count_is_as_sure_as_its_least_trusted_fact() -> None:
    facts = counted(host("p1", "forum", 1, 0.9), host("p2", "forum", 1, 0.4))
    assert [fact.trust for fact in facts] == [0.4, 1.0]


def test_no_order_of_facts_changes_a_sum() -> None:
    hours = [0.1, 0.2, 0.3, 1e6, 1e-6]
    hosts = [host(f"p{i}", "forum", h) for i, h in enumerate(hours)]
    assert counted(*hosts)[0].values == counted(*reversed(hosts))[0].values


@pytest.mark.parametrize(
    ("hours", "mean"),
    [((1, 1, 2), 1.333333), ((1, 2, 2), 1.666667), ((1, 3), 2), ((0.1, 0.2), 0.15)],
)
def test_a_mean_has_six_decimals_at_most(hours: tuple[float, ...], mean: float) -> None:
    hosts = [host(f"p{i}", "forum", h) for i, h in enumerate(hours)]
    found = counted(*hosts)[0].values["mean"]
    assert (found, type(found)) == (mean, type(mean))


def test_whole_sums_join_like_whole_numbers() -> None:
    total = counted(host("p1", "forum", 1.5), host("p2", "forum", 2.5))[0].values["hours"]
    assert (total, type(total)) == (4, int)


@pytest.mark.parametrize(("hosts", "speaks"), [(1, False), (2, True)])
def test_rules_join_what_was_counted(hosts: int, speaks: bool) -> None:
    enough = rule(
        "enough",
        pattern("channel"),
        pattern("moderation", channel=same_as("channel.id"), hosts=at_least("channel.needed")),
        target="channel.id",
    )
    rules = pack([enough], [CHANNEL, HOST, COUNTS], CHANNELS)
    facts = [host(f"p{i}", "forum") for i in range(hosts)]
    assert bool(recommend(rules, facts).scored) is speaks


def test_a_later_stage_counts_what_an_earlier_one_recommended() -> None:
    chosen = Kind(
        "chosen",
        (),
        kind("chosen", number=1).attributes,
        aggregates={
            "number": Aggregate(
                "count", "recommended", "", (("kind", OneOf((Constant("channel"),))),)
            )
        },
    )
    rules = [
        rule("each", pattern("channel"), target="channel.id"),
        replace(
            rule("three", pattern("chosen", number=OneOf((Constant(3),))), target="party"),
            stage="steps",
        ),
        rule("early", pattern("chosen", number=OneOf((Constant(0),))), target="early"),
    ]
    stages = (Stage("channels", ("channel",)), Stage("steps", ("step",)))
    said = recommend(pack(rules, [CHANNEL, chosen], CHANNELS, stages), []).matches
    assert [match.rule.id for match in said] == ["each", "each", "early", "three"]
