"""All tables, so that one import knows the whole schema."""

from models import (
    amendments,
    assessments,
    audiences,
    channels,
    needs,
    objectives,
    organisation,
    plan,
    recommendations,
)

__all__ = [
    "amendments",
    "assessments",
    "audiences",
    "channels",
    "needs",
    "objectives",
    "organisation",
    "plan",
    "recommendations",
]
