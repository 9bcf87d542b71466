"""Days as they are said."""

from __future__ import annotations

from datetime import date, datetime


def said(day: date | datetime) -> str:
    """`3 October 2026`."""
    return f"{day.day} {day:%B %Y}"
