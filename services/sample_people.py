"""Who is in an example: its people and parts, the people it wants to reach, and its accounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models.channels import ChannelAccount
from services import audiences, people, units
from services.audiences import Group, Use
from services.people import Someone
from services.units import Part

Told = Mapping[str, Any]
"""A part of an example as its file tells it."""


def yes(word: object) -> bool:
    """YAML 1.2 leaves `yes` and `no` words."""
    return word is True or word == "yes"


def come(session: Session, organisation_id: int, said: Told) -> dict[str, int]:
    """Parts and people; the ids of the people by name."""
    parts = {
        told["name"]: units.add(session, organisation_id, Part(told["name"], told["function"])).id
        for told in said.get("parts", ())
    }
    return {
        told["name"]: people.add(
            session,
            organisation_id,
            Someone(
                name=told["name"],
                function=told["function"],
                hours=float(told["hours"]),
                volunteer=yes(told.get("volunteer", "no")),
                unit_id=parts.get(told.get("part", "")),
                skills=tuple(told.get("skills", ())),
                roles=tuple(told.get("roles", ())),
            ),
        ).id
        for told in said["people"]
    }


def are_reached(session: Session, organisation_id: int, said: Told) -> None:
    """The groups to reach: estimates, and what they know better: channel → share and source."""
    for told in said.get("groups", ()):
        about = Group(
            name=told["name"],
            business=yes(told.get("business", "no")),
            age_from=told.get("age_from"),
            age_to=told.get("age_to"),
            region=told["region"],
        )
        group = audiences.describe(session, organisation_id, about)
        kept = next(g for g in audiences.listed(session, organisation_id) if g.id == group.id)
        for channel, known in told.get("known", {}).items():
            before = kept.uses.get(channel)
            use = Use(known["share"], known["grade"], known["source"], _version(before))
            audiences.record_share(session, group.id, channel, known["share"], use)


def have_accounts(
    session: Session, organisation_id: int, said: Told, there: Mapping[str, int], on: date
) -> None:
    """The accounts; `quiet` is how many days ago something happened there last."""
    for told in said.get("accounts", ()):
        session.add(
            ChannelAccount(
                organisation_id=organisation_id,
                channel=told["channel"],
                name=told["name"],
                status=told.get("status", "live"),
                owner_id=there.get(told.get("owner", "")),
                deputy_id=there.get(told.get("deputy", "")),
                two_factor=yes(told["two_factor"]) if "two_factor" in told else None,
                admins=told.get("admins"),
                last_activity_on=on - timedelta(days=told["quiet"]) if "quiet" in told else None,
            )
        )


def _version(use: Use | None) -> int:
    return use.version if use else 0
