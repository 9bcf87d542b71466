"""The join-free rules as one decision table of zen-engine that collects every row that holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import zen

from rules.condition import Compare, Constant
from rules.pack import Fact, Pack, Recommend, Rule

COMPARE = {"at least": ">=", "less than": "<"}


class Table:
    """A pack as a table; `recommend` gives the scores, `trace` how each row came about too."""

    def __init__(self, pack: Pack) -> None:
        content = json.dumps({"nodes": _nodes(pack), "edges": _edges()})
        self.decision = zen.ZenEngine().create_decision(content)

    def recommend(self, facts: Iterable[Fact], *, trace: bool = False) -> dict[str, int]:
        """target -> hundredths."""
        context = {fact.kind: dict(fact.values) for fact in facts}
        answer = self.decision.evaluate(context, {"trace": True} if trace else None)
        scores: Counter[str] = Counter()
        for row in answer["result"]:
            scores[row["target"]] += row["points"] * 100
        return dict(scores)


def _nodes(pack: Pack) -> list[dict[str, Any]]:
    inputs = sorted({field for rule in pack.rules for field in _tests(rule)})
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": field, "name": field, "field": field} for field in inputs],
        "outputs": [
            {"id": name, "name": name, "field": name} for name in ("rule", "target", "points")
        ],
        "rules": [_row(rule) for rule in pack.rules],
    }
    return [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]


def _edges() -> list[dict[str, str]]:
    ways: Sequence[tuple[str, str]] = (("in", "table"), ("table", "out"))
    return [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in ways]


def _row(rule: Rule) -> dict[str, str]:
    end = rule.conclusion
    assert isinstance(end, Recommend)
    assert isinstance(end.targets[0], Constant)
    assert isinstance(rule.points, Constant)
    said = {
        "rule": json.dumps(rule.id),
        "target": json.dumps(end.targets[0].value),
        "points": str(rule.points.value),
    }
    return {"_id": rule.id, **_tests(rule), **said}


def _tests(rule: Rule) -> dict[str, str]:
    found = {}
    for pattern in rule.when:
        for name, test in pattern.tests:
            assert isinstance(test, Compare)
            assert isinstance(test.term, Constant)
            found[f"{pattern.kind}.{name}"] = f"{COMPARE[test.order]} {test.term.value}"
    return found
