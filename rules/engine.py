"""Advice for one organisation, matched by durable-rules: the only module that knows it.

durable-rules is used as a positive matcher alone, within the limits that were measured: patterns as
`writing.py` writes them, rulesets as `compiling.py` cuts them, facts typed before they come here.
The pack's own facts stay in its networks; an organisation's are asserted, matched and retracted.

    stage:  aggregates → matches (networks) → conclusions (Python) → facts for the next stage
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from threading import Lock

import durable_rules_engine as durable

from rules.advice import Advice, Finding, Scored
from rules.compiling import Shard, Unit
from rules.conclude import Conclusions, conclude, found, ranked, recommended
from rules.crowding import MATCHES, too_many
from rules.facts import typed
from rules.pack import Fact, Pack
from rules.phrases import Names
from rules.prepared import Ids, Numbered, Prepared

KEPT = 8
"""Compiled packs; those unused for longest are freed."""

TAKEN = 10_000
"""Matches taken from one session before it is renewed: some 0.3 MB that it would not give back."""

Found = dict[Unit, list[Ids]]

_numbers_in = re.compile(r'"id":"f(\d+)"').findall


def recommend(pack: Pack, facts: Iterable[Fact], names: Mapping[str, str] | None = None) -> Advice:
    """What the rules say about these facts; `names` are titles of ids that no catalogue knows.

    Neither the order of facts nor that of rules changes anything. Raises FactError for facts that
    the vocabulary does not allow, TooManyMatches where a rule would try too many of them.
    """
    own = typed(pack, facts)
    with _leased(pack) as compiled:
        return _advice(pack, list(_said(compiled, own, names or {})))


def _said(compiled: Compiled, own: Sequence[Fact], names: Names) -> Iterator[Conclusions]:
    """What each stage says, in turn."""
    ready = compiled.prepared()
    begun = len(ready.pack.fixed)
    stated = ready.numbered(own, ready.read, after=begun)
    later: list[Fact] = []
    findings: list[Finding] = []
    for at, step in enumerate(ready.steps):
        made = [*later, *found(findings)]
        made += ready.aggregates(step, [*own, *made])
        present = stated + ready.numbered(made, step.kinds, after=begun + len(own))
        ready.refuse(step, present)
        matched = compiled.matched(at, present)
        said = Conclusions()
        for clause, matches in ready.standing(step, matched, present):
            conclude(said, clause, matches, names)
        said.places = ranked(said)
        later += recommended(said.places)
        findings += said.findings
        yield said


def _advice(pack: Pack, said: Sequence[Conclusions]) -> Advice:
    scored = [
        Scored(t, *place, tuple(done.parts.get(t, ())), tuple(done.blocks.get(t, ())))
        for done in said
        for t, place in done.places.items()
    ]
    findings = [finding for done in said for finding in done.findings]
    matches = [match for done in said for match in done.matches]
    return Advice(
        fingerprint=pack.fingerprint,
        scored=tuple(sorted(scored, key=_order)),
        findings=tuple(sorted(findings, key=lambda finding: finding.rule.id)),
        matches=tuple(sorted(matches, key=lambda match: match.rule.id)),
    )


def _order(scored: Scored) -> tuple[str, str, bool, int, str]:
    kind, target, of = scored.target
    return kind, of, scored.rank is None, scored.rank or 0, target


class Network:
    """One ruleset in durable-rules' memory, the pack's own facts in it. One thread at a time."""

    names = count()

    def __init__(self, shard: Shard, fixed: Iterable[Numbered]) -> None:
        self.shard = shard
        self.fixed = [one.text for one in fixed if one.fact.kind in shard.kinds]
        self.handle = durable.create_ruleset(f"network{next(self.names)}", shard.text)
        self.taken = TAKEN + 1
        self._warm()

    def matched(self, facts: Iterable[Numbered]) -> Found:
        """Each match once, those of the pack's own facts among them. After an error the network is
        in no known state and must be closed."""
        if self.taken > TAKEN:
            self._renew()
        found = {unit: list(ids) for unit, ids in self.always.items()}
        there = []
        for one in facts:
            if one.fact.kind in self.shard.kinds and self._state(one.text):
                there.append(one.number)
        if there:
            self._take(found)
        if _own_together(found, set(there)):
            # Retracting the second fact of one match reads past the end of what durable-rules
            # keeps of it (seen with AddressSanitizer), so this session is given up whole.
            self.taken = TAKEN + 1
            return found
        for number in there:
            durable.retract_fact(self.handle, f'{{"id":"f{number}","sid":"0"}}')
        return found

    def _renew(self) -> None:
        """A new session that holds what stays for good. durable-rules never forgets which matches a
        fact was in, so a session that is kept for ever grows and slows down."""
        durable.delete_state(self.handle, "0")
        self._warm()
        self.fixed = [text for text in self.fixed if self._state(text)]
        self.always: Found = {}
        self._take(self.always)
        self.taken = 0

    def _warm(self) -> None:
        """Freeing a session aborts the process unless an action has fired in it."""
        _, self.session = durable.assert_fact(self.handle, '{"_k":"$warm","id":"warm","sid":"0"}')
        self._take({})

    def _state(self, text: str) -> bool:
        """Assert a fact; False if no pattern reads it, and then it is not kept."""
        answer: int = durable.assert_fact(self.handle, text)[0]
        if answer not in (0, 1):
            raise RuntimeError(f"durable-rules answered {answer} to {text}")
        return answer == 0

    def _take(self, found: Found) -> None:
        """Add what has matched since the last time."""
        started = durable.start_action_for_state(self.handle, self.session)
        text = started[1] if started else None
        while text:
            if text.startswith('{"r'):
                unit = self.shard.units[int(text[3 : text.index('"', 3)])]
                found.setdefault(unit, []).append(tuple(map(int, _numbers_in(text))))
                self.taken += 1
            text = durable.complete_and_start_action(self.handle, self.session)

    def close(self) -> None:
        """Give the memory back."""
        durable.delete_state(self.handle, "0")
        durable.delete_ruleset(self.handle)


def _own_together(found: Found, own: set[int]) -> bool:
    """Whether one match holds two facts that are to be retracted, or the same one twice."""
    return any(
        sum(number in own for number in numbers) > 1 for ids in found.values() for numbers in ids
    )


class Compiled:
    """A pack in the engine, for any number of threads: each waits its turn."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.users = 0
        self.lock = Lock()
        self.networks: dict[int, list[Network]] = {}
        self._prepared: Prepared | None = None

    def prepared(self) -> Prepared:
        """Made when first asked for."""
        with self.lock:
            self._prepared = self._prepared or Prepared(self.pack)
            return self._prepared

    def matched(self, stage: int, facts: Sequence[Numbered]) -> Found:
        """All matches of a stage. Whatever goes wrong, the next call builds its networks anew."""
        ready = self.prepared()
        found: Found = {}
        with self.lock:
            networks = self.networks.pop(stage, [])
            try:
                for at, shard in enumerate(ready.steps[stage].shards):
                    if at == len(networks):
                        networks.append(Network(shard, ready.fixed.values()))
                    found.update(networks[at].matched(facts))
                    if sum(map(len, found.values())) > MATCHES:
                        raise too_many(ready.steps[stage].rules, found)
            except BaseException:
                _close(networks)
                raise
            self.networks[stage] = networks
        return found

    def close(self) -> None:
        """Give the engine's memory back."""
        with self.lock:
            for networks in self.networks.values():
                _close(networks)
            self.networks.clear()


def _close(networks: Iterable[Network]) -> None:
    for network in networks:
        network.close()


_gate = Lock()
_packs: OrderedDict[str, Compiled] = OrderedDict()


@contextmanager
def _leased(pack: Pack) -> Iterator[Compiled]:
    """The compiled pack, which nobody frees meanwhile."""
    with _gate:
        compiled = _packs.setdefault(pack.fingerprint, Compiled(pack))
        _packs.move_to_end(pack.fingerprint)
        compiled.users += 1
    try:
        yield compiled
    finally:
        with _gate:
            compiled.users -= 1
        forget(KEPT)


def forget(kept: int = 0) -> None:
    """Free the compiled packs that nobody uses, but for the `kept` used last."""
    with _gate:
        oldest = list(_packs)[: max(0, len(_packs) - kept)]
        idle = [_packs.pop(one) for one in oldest if not _packs[one].users]
    for compiled in idle:
        compiled.close()
