"""All tables, so that one import knows the whole schema."""

from models import (
    amendments,
    assessments,
    audiences,
    channels,
    learning,
    listening,
    meetings,
    milestones,
    needs,
    objectives,
    organisation,
    plan,
    recommendations,
    results,
    scenarios,
)

__all__ = [
    "amendments",
    "assessments",
    "audiences",
    "channels",
    "learning",
    "listening",
    "meetings",
    "milestones",
    "needs",
    "objectives",
    "organisation",
    "plan",
    "recommendations",
    "results",
    "scenarios",
]
