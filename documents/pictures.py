"""Charts as pictures to take away, made without any network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import vl_convert

WIDE = 860
"""Pixels, before the picture is enlarged for print."""


def png(spec: Mapping[str, Any]) -> bytes:
    """A chart as a picture of dots, large enough for print."""
    made: bytes = vl_convert.vegalite_to_png(_alone(spec), scale=2)
    return made


def svg(spec: Mapping[str, Any]) -> bytes:
    """A chart as a drawing that can be enlarged as far as one likes."""
    made: str = vl_convert.vegalite_to_svg(_alone(spec))
    return made.encode()


def _alone(spec: Mapping[str, Any]) -> str:
    """The chart on white, as wide as a page, with room around it."""
    return json.dumps({**spec, "width": WIDE, "background": "#FFFFFF", "padding": 16})
