"""Start with us: who we are, how we work today, what we want; ten minutes to the first advice."""

from __future__ import annotations

from ui import frame

frame.heading("begin")
