"""How honest the data behind a piece of advice is, and its facts in words."""

from __future__ import annotations

from typing import Literal

from rules.advice import Part, Scored
from rules.pack import Fact, Pack
from rules.sentences import print_value
from services.advice import AdviceView

Honesty = Literal["owned", "sampled", "estimated", "unknown"]


def honesty(view: AdviceView, scored: Scored) -> Honesty:
    """What the weakest fact behind the reasons for it is: told or measured by the organisation,
    from a source, or estimated. A channel of which nobody knows who is there is unknown."""
    kind, name, _ = scored.target
    known = {fact.values["channel"] for fact in view.facts if fact.kind == "audience_use"}
    if kind == "channel" and name not in known:
        return "unknown"
    trust = min((part.trust for part in scored.parts if part.hundredths > 0), default=0.0)
    if trust >= _weight(view.pack, "trust_measured"):
        return "owned"
    if trust >= _weight(view.pack, "trust_sourced"):
        return "sampled"
    return "estimated" if trust > 0 else "unknown"


def basis(view: AdviceView, part: Part) -> list[str]:
    """The facts that a reason rests on, each in words, those of the organisation first."""
    own = set(map(id, view.facts))
    ordered = sorted(part.facts, key=lambda fact: id(fact) not in own)
    return list(dict.fromkeys(said for fact in ordered if (said := in_words(view, fact))))


def in_words(view: AdviceView, fact: Fact) -> str:
    """`something that a person can do (Ann, Photo)`, `an account (Instagram) — state: live`."""
    kind = view.pack.kinds[fact.kind]
    if kind.derived:
        return ""
    key, rest = [], []
    for name, attribute in kind.attributes.items():
        if name not in fact.values:
            continue
        said = print_value(view.pack, attribute, fact.values[name], view.names)
        if name in kind.key:
            key.append(said)
        else:
            rest.append(f"{attribute.title or name.replace('_', ' ')}: {said}")
    about = f"{kind.what or kind.name.replace('_', ' ')} ({', '.join(key)})" if key else kind.what
    return f"{about}{' — ' if rest else ''}{', '.join(rest)}"


def _weight(pack: Pack, name: str) -> float:
    parameter = pack.parameters.get(name)
    value = parameter.value if parameter else 1.0
    return float(value) if isinstance(value, int | float) else 1.0
