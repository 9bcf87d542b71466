"""The rules part of the benchmark: against others, growth, memory, and the real pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from bench import generated
from bench.naive import Naive
from bench.timing import goal, medians, resident
from bench.zen_table import Table
from rules import engine
from rules.advice import Advice
from rules.engine import recommend
from rules.reading import load

REAL = Path(__file__).parent.parent / "rules" / "packs" / "social_media"
SIZES = (50, 200, 800, 3_200)


def scores(advice: Advice) -> dict[str, int]:
    """target -> hundredths, as the others give them."""
    return {scored.target[1]: scored.hundredths for scored in advice.scored}


def against_naive() -> None:
    """200 rules, half with joins: advice with its sentences against points added up in actions."""
    pack = generated.pack(200)
    naive = Naive(pack)
    for seed in range(5):
        facts = generated.facts(pack, seed)
        assert scores(recommend(pack, facts)) == naive.recommend(facts), "results differ"
    facts = generated.facts(pack)
    found = len(recommend(pack, facts).matches)
    took = medians(
        {"ours": lambda: recommend(pack, facts), "naive": lambda: naive.recommend(facts)}, 40
    )
    print(f"200 rules, {len(pack.fixed)} fixed and {len(facts)} own facts, {found} matches, equal:")
    print(f"  ours, explained       {took['ours']:8.2f} ms")
    print(f"  naive durable-rules   {took['naive']:8.2f} ms")
    goal("times faster than naive", took["naive"] / took["ours"], 2, at_least=True)


def against_zen() -> None:
    """The join-free subset: 200 rules against a decision table of 200 rows."""
    pack = generated.pack(200, joins=False)
    table = Table(pack)
    for seed in range(5):
        facts = generated.facts(pack, seed)
        assert scores(recommend(pack, facts)) == table.recommend(facts), "results differ"
    facts = generated.facts(pack)
    found = len(recommend(pack, facts).matches)
    took = medians(
        {
            "ours": lambda: recommend(pack, facts),
            "zen": lambda: table.recommend(facts),
            "traced": lambda: table.recommend(facts, trace=True),
        },
        300,
    )
    print(f"200 join-free rules, {len(facts)} facts, {found} matches, equal:")
    print(f"  ours, explained       {took['ours']:8.2f} ms")
    print(f"  zen-engine            {took['zen']:8.2f} ms")
    print(f"  zen-engine with trace {took['traced']:8.2f} ms")
    goal("of zen's time", took["ours"] / took["zen"], 1.7)
    print(f"  {took['ours'] / took['traced']:.2f} of zen's time with its trace")


def growth() -> None:
    """Compile time, time for one evaluation and memory, as rules and facts grow together."""
    took = {}
    print("rules   own facts   matches   compile   evaluate   memory")
    for size in SIZES:
        engine.forget()
        pack = generated.pack(size)
        facts = generated.facts(pack)
        before = resident()
        started = perf_counter()
        found = len(recommend(pack, facts).matches)
        first = (perf_counter() - started) * 1000
        took[size] = medians({"ours": lambda p=pack, f=facts: recommend(p, f)}, 15)["ours"]
        print(
            f"{size:5} {len(facts):11} {found:9} {first - took[size]:6.0f} ms "
            f"{took[size]:7.2f} ms {resident() - before:5.0f} MB"
        )
    goal("times as long for 3,200 rules as for 200", took[3_200] / took[200], 20)


def memory() -> None:
    """20,000 evaluations of one pack, and 60 packs compiled one after another."""
    pack = generated.pack(50)
    facts = generated.facts(pack)
    for _ in range(500):
        recommend(pack, facts)
    before = resident()
    for _ in range(20_000):
        recommend(pack, facts)
    print(f"20,000 evaluations: {resident() - before:+.1f} MB")
    pack = generated.pack(120)
    facts = generated.facts(pack)
    for number in range(90):
        if number == 30:
            before = resident()
        recommend(replace(pack, fingerprint=f"{pack.name} {number}"), facts)
    print(f"60 more packs compiled and freed: {resident() - before:+.1f} MB")


def real_pack() -> None:
    """Every case of the real pack, with all of its catalogue."""
    pack = load(REAL)
    took = []
    for case in pack.cases:
        middle = medians({"ours": lambda c=case: recommend(pack, c.facts)}, 9)["ours"]
        took.append((middle, len(case.facts), case.name))
    took.sort()
    print(f"{len(pack.rules)} rules, {len(pack.fixed)} fixed facts, {len(pack.cases)} cases:")
    print(f"  median case  {took[len(took) // 2][0]:6.2f} ms")
    slowest, facts, name = took[-1]
    print(f"  slowest case {slowest:6.2f} ms ({facts} facts: {name})")
    goal("ms for the real pack's slowest case", slowest, 25)
