"""Charts as pictures to take away, made without any network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import vl_convert

WIDE = 860
"""Pixels, before the picture is enlarged for print."""


def png(spec: Mapping[str, Any], wide: int = WIDE, high: int | None = None) -> bytes:
    """A chart as a picture of dots, large enough for print; `wide` and `high` in pixels as `WIDE`
    is."""
    made: bytes = vl_convert.vegalite_to_png(_alone(spec, wide, high), scale=2)
    return made


def svg(spec: Mapping[str, Any], wide: int = WIDE, high: int | None = None) -> bytes:
    """A chart as a drawing that can be enlarged as far as one likes."""
    made: str = vl_convert.vegalite_to_svg(_alone(spec, wide, high))
    return made.encode()


def _alone(spec: Mapping[str, Any], wide: int, high: int | None) -> str:
    """The chart on white, as wide as said, with room around it."""
    own_height = {} if high is None else {"height": high}
    own_room = 16 if wide > WIDE / 2 else 6
    return json.dumps(
        {**spec, "width": wide, **own_height, "background": "#FFFFFF", "padding": own_room}
    )
