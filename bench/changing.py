"""How long *What if* takes to answer a change, at the server: objectives put on other places, one
after another, by a raw websocket client."""

from __future__ import annotations

import asyncio
from random import Random
from statistics import median, quantiles
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import connect

from bench.pages import run, server
from bench.timing import goal

CHANGES = 60
PLACES = ("First", "Second", "Third")


def changes() -> None:
    """Times from a change to the end of the script that answers it; no change comes twice."""
    with server() as port:
        asyncio.run(_changed(port, 5))
        times = asyncio.run(_changed(port, CHANGES))
    print(f"{len(times)} changes of objectives: p50 {median(times):.0f} ms")
    goal("ms is the p95 of a change", quantiles(times, n=20)[-1], 200)


async def _changed(port: int, count: int) -> list[float]:
    """Milliseconds of each change."""
    rng = Random(0)
    url, origin = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
    times = []
    async with connect(url, subprotocols=["streamlit"], origin=origin, max_size=None) as socket:
        opening = BackMsg()
        opening.rerun_script.page_name = "what_if"
        page, drawn = await run(socket, opening)
        for _ in range(count):
            box = rng.choice(_places(drawn))
            again = BackMsg()
            again.rerun_script.page_script_hash = page
            state = again.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = box.id, _other(rng, box)
            started = perf_counter()
            page, drawn = await run(socket, again)
            times.append((perf_counter() - started) * 1000)
    return times


def _places(drawn: list[Element]) -> list[Selectbox]:
    """The places of objectives, as they stand."""
    boxes = [one.selectbox for one in drawn if one.WhichOneof("type") == "selectbox"]
    return [box for box in boxes if box.label in PLACES]


def _other(rng: Random, box: Selectbox) -> str:
    """Another objective than the one that stands there."""
    return rng.choice([title for title in box.options if title != box.raw_value])
