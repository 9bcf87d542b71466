"""The people to reach, and which channels they use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audiences import ChannelUse, TargetGroup
from rules.pack import Entry, Pack
from services import rulebook
from services.refusals import Changed, Refused

GRADES = {"measured": "measured", "sourced": "from a source", "estimated": "estimated"}
OWN = {"measured": "your own numbers", "sourced": "", "estimated": "your own guess"}
"""Where a share comes from if nobody says."""
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Group:
    """People to reach: at work (`business`) or in private, how old, in which region (catalogue)."""

    name: str
    business: bool = False
    age_from: int | None = None
    age_to: int | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """The share (0-1) of a group that uses a channel, how good the evidence is, and its source.
    `version` 0: not kept yet."""

    share: float
    grade: str
    source: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A group as kept: where it lies, at which version, what it says, and its channels."""

    id: int
    version: int
    said: Group
    uses: Mapping[str, Use] = field(default_factory=dict)


def describe(session: Session, organisation_id: int, said: Group) -> TargetGroup:
    """More people to reach, with shares filled in as far as the pack has an estimate."""
    said = _checked(session, organisation_id, said)
    group = TargetGroup(organisation_id=organisation_id, **asdict(said))
    session.add(group)
    session.flush()
    prefill(session, group)
    return group


def redescribe(session: Session, group_id: int, said: Group, *, version: int) -> TargetGroup:
    """Change a group read at `version`; estimates follow, what people know better stays. Raises
    Changed if it is newer by now, or gone."""
    group = session.get(TargetGroup, group_id)
    if group is None:
        raise Changed(None)
    if group.version != version:
        raise Changed(asdict(_said(group)), group.version)
    for name, value in asdict(_checked(session, group.organisation_id, said, group_id)).items():
        setattr(group, name, value)
    session.flush()
    prefill(session, group)
    return group


def prefill(session: Session, group: TargetGroup) -> None:
    """Put the pack's estimates where nobody has said anything; one's own guess is something too."""
    pack = rulebook.pack()
    guesses = estimates(pack, _said(group))
    rows = session.scalars(select(ChannelUse).where(ChannelUse.group_id == group.id))
    kept = {row.channel: row for row in rows}
    for channel, row in kept.items():
        if starter(pack, _use(row)) and channel not in guesses:
            session.delete(row)
    for channel, use in guesses.items():
        found = kept.get(channel)
        if found is None:
            found = ChannelUse(group_id=group.id, channel=channel)
            session.add(found)
        elif not starter(pack, _use(found)):
            continue
        found.share, found.grade, found.source = use.share, use.grade, use.source
    session.flush()


def record_share(
    session: Session, group_id: int, channel: str, share: float | None, use: Use
) -> None:
    """What is known of a group on a channel, read at `use.version` (0: nothing was there); None
    takes it back to the estimate. Raises Changed if somebody else said something since, or took the
    group away."""
    if session.get(TargetGroup, group_id) is None:
        raise Changed(None)
    row = session.scalars(
        select(ChannelUse).where(ChannelUse.group_id == group_id, ChannelUse.channel == channel)
    ).one_or_none()
    if (row.version if row else 0) != use.version:
        now = asdict(_use(row)) if row else None
        raise Changed(now, row.version if row else 0)
    if share is None:
        if row:
            session.delete(row)
            session.flush()
        prefill(session, session.get_one(TargetGroup, group_id))
        return
    _check_share(channel, share, use)
    row = row or ChannelUse(group_id=group_id, channel=channel)
    row.share, row.grade, row.source = share, use.grade, use.source.strip() or OWN[use.grade]
    session.add(row)
    session.flush()


def forget(session: Session, group_id: int) -> None:
    """Reach them no longer; forgetting twice changes nothing."""
    group = session.get(TargetGroup, group_id)
    if group is not None:
        session.delete(group)
        session.flush()


def listed(session: Session, organisation_id: int) -> list[Kept]:
    """All groups in the order in which they were described."""
    groups = session.scalars(
        select(TargetGroup)
        .where(TargetGroup.organisation_id == organisation_id)
        .order_by(TargetGroup.id)
    ).all()
    uses: dict[int, dict[str, Use]] = defaultdict(dict)
    rows = select(ChannelUse).where(ChannelUse.group_id.in_([group.id for group in groups]))
    for row in session.scalars(rows.order_by(ChannelUse.share.desc(), ChannelUse.channel)):
        uses[row.group_id][row.channel] = _use(row)
    return [Kept(group.id, group.version, _said(group), uses[group.id]) for group in groups]


def estimates(pack: Pack, group: Group) -> dict[str, Use]:
    """The pack's estimate for people of this age in this region: bands weigh by the years that
    they have in common with the group. Nothing if the pack knows nobody like them."""
    weighed = [
        (entry, years)
        for entry in pack.catalogues.get("audience_shares", {}).values()
        if entry.values.get("region") == group.region
        and (entry.values.get("business") == "yes") == group.business
        and (years := _years(entry, group))
    ]
    whole = sum(years for _, years in weighed)
    found: dict[str, float] = defaultdict(float)
    for entry, years in weighed:
        shares = entry.values.get("shares")
        for channel, share in shares.items() if isinstance(shares, Mapping) else ():
            found[channel] += float(share) * years / whole
    source = "; ".join(_label(entry) for entry, _ in weighed)
    channels = pack.catalogues["channels"]
    return {
        channel: Use(round(share, 2), "estimated", source)
        for channel, share in found.items()
        if channel in channels
    }


def starter(pack: Pack, use: Use) -> bool:
    """Whether a share is the pack's estimate, not something that people said."""
    labels = tuple(_label(entry) for entry in pack.catalogues.get("audience_shares", {}).values())
    return use.grade == "estimated" and use.source.startswith(labels)


def _label(entry: Entry) -> str:
    return f"{entry.title} ({entry.values.get('source')})"


def _years(entry: Entry, group: Group) -> int:
    if group.business:
        return 1
    low, high = (entry.values.get(name) for name in ("age_from", "age_to"))
    youngest = max(int(str(low or 0)), 18 if group.age_from is None else group.age_from)
    oldest = min(int(str(high or OLDEST)), OLDEST if group.age_to is None else group.age_to)
    return max(0, min(oldest, 80) - youngest + 1)


def _checked(
    session: Session, organisation_id: int, said: Group, own_id: int | None = None
) -> Group:
    name = " ".join(said.name.split())
    if not name:
        raise Refused("Give these people a name, as you speak of them among yourselves.")
    if len(name) > 80:
        raise Refused("Please shorten the name to 80 letters.")
    ages = [age for age in (said.age_from, said.age_to) if age is not None]
    if any(not 0 <= age <= OLDEST for age in ages) or ages != sorted(ages):
        raise Refused("The youngest cannot be older than the oldest.")
    if said.region not in rulebook.pack().catalogues["regions"]:
        raise Refused("Say where they live.")
    same = select(TargetGroup.id).where(
        TargetGroup.organisation_id == organisation_id,
        TargetGroup.name == name,
        TargetGroup.id != (own_id or 0),
    )
    if session.scalars(same).first():
        raise Refused("There are people with this name already. Please add a word to it.")
    return replace(said, name=name)


def _check_share(channel: str, share: float, use: Use) -> None:
    if channel not in rulebook.pack().catalogues["channels"] or use.grade not in GRADES:
        raise Refused("Choose the channel from the list, and say how you know.")
    if not 0 <= share <= 1:
        raise Refused("A share lies between none of them and all of them.")
    if use.grade == "sourced" and not use.source.strip():
        raise Refused("Say which source it comes from.")
    if len(use.source) > 200:
        raise Refused("Please shorten the source to 200 letters.")


def _said(row: TargetGroup) -> Group:
    return Group(row.name, row.business, row.age_from, row.age_to, row.region)


def _use(row: ChannelUse) -> Use:
    return Use(row.share, row.grade, row.source, row.version)
