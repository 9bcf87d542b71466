"""What rules can recommend: the kinds that stages decide, their catalogues, ids and titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.condition import Constant, Reference, Term
from rules.pack import Fact, Pack, Recommend, Rule


def decided_kinds(pack: Pack) -> set[str]:
    """The kinds of target that the pack's stages decide."""
    return {kind for stage in pack.stages for kind in stage.decides}


def catalogue_of(pack: Pack, kind: str) -> str:
    """The catalogue whose ids the targets of a kind are, '' if they are the organisation's own."""
    found = pack.kinds.get(kind)
    if found is None:
        return f"{kind}s" if f"{kind}s" in pack.catalogues else ""
    if found.catalogue:
        return found.catalogue
    return found.attributes[found.key[0]].catalogue if len(found.key) == 1 else ""


def title(pack: Pack, kind: str, target: str) -> str:
    """The catalogue's title of a target; its id where it has none."""
    entry = pack.catalogues.get(catalogue_of(pack, kind), {}).get(target)
    return entry.title if entry else target


def belongs(pack: Pack, kind: str) -> bool:
    """Whether targets of a kind belong to something, as an owner to an activity."""
    return any(one.of is not None for one in _conclusions(pack, kind))


def known_targets(pack: Pack, facts: Iterable[Fact], kind: str) -> set[str]:
    """Every id that a target of a kind could be, on these facts."""
    known = set(pack.catalogues.get(catalogue_of(pack, kind), ()))
    held = [*pack.fixed, *facts]
    for rule in pack.rules:
        if isinstance(rule.conclusion, Recommend) and rule.conclusion.kind == kind:
            known |= {word for term in rule.conclusion.targets for word in _ids(rule, term, held)}
    return known


def _ids(rule: Rule, term: Term, held: Iterable[Fact]) -> Iterator[str]:
    """What a conclusion's term can be on facts; a parameter is never a target."""
    if isinstance(term, Constant):
        yield str(term.value)
    if isinstance(term, Reference):
        kind = next(pattern.kind for pattern in rule.when if pattern.alias == term.alias)
        values = (fact.values.get(term.attribute) for fact in held if fact.kind == kind)
        yield from (str(value) for value in values if value is not None)


def _conclusions(pack: Pack, kind: str) -> Iterator[Recommend]:
    for rule in pack.rules:
        if isinstance(rule.conclusion, Recommend) and rule.conclusion.kind == kind:
            yield rule.conclusion
