"""The room the figure-of-eight has, in pixels: lying on wide pages, upright on narrow ones.

A chart does not know the page's width when it is made; these expressions are worked out where it is
drawn, so one chart fits a phone and a meeting room.
"""

from __future__ import annotations

import altair as alt

HEIGHT = 470
NARROW = 560  # below this width the eight stands upright, so that names keep their room beside it

X = alt.X("px:Q", scale=None, axis=None)
Y = alt.Y("py:Q", scale=None, axis=None)
COLOUR = alt.Color("colour:N", scale=None, legend=None)
SIZE = alt.Size("wide:Q", scale=None, legend=None)


def room() -> list[alt.Parameter]:
    """How large a loop's radius may be (`unit` along, `tall` across), and a station's disc."""
    return [
        alt.param(name="upright", expr=f"width < {NARROW}"),
        alt.param(
            name="unit",
            expr="upright ? min((width - 226) / 2, (height - 96) / 4.84)"
            " : min((width - 216) / 4.84, (height - 124) / 2)",
        ),
        alt.param(name="tall", expr="upright ? unit : min(unit * 1.25, (height - 124) / 2)"),
        alt.param(name="middle", expr="height / 2 - (upright ? 20 : 0)"),
        alt.param(name="disc", expr="max(unit * 0.38, 27)"),
    ]


def placed(base: alt.Chart) -> alt.Chart:
    """Pixels px and py from x and y (in loop radii); upright, the inner cycle is at the top."""
    return base.transform_calculate(
        px="width / 2 + unit * (upright ? -datum.y : datum.x)",
        py="middle - tall * (upright ? -datum.x : datum.y)",
    )
