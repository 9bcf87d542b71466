"""How long the pages about numbers and learning take at the server with eight quarters and 100,000
results behind them: opened, and then asked again, by a raw websocket client."""

from __future__ import annotations

import asyncio
from statistics import median, quantiles
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect

from bench.pages import run, server
from bench.timing import goal

PAGES = {"culture": "How we learn", "measuring": "Our numbers"}
AGAIN = 30
CHART = "vega_lite_chart"

FILLED = """
from datetime import date
from models.database import migrate, writing
from services import samples
from tests.services import many_results
from models.results import Result
migrate()
with writing() as session:
    example = samples.open(session, "bicycle_shop", on=date.today())
    session.query(Result).delete()
    put_in = many_results.fill(session, example.id, 100_000, until=date.today())
print(f"{put_in} results in eight quarters and more")
"""


def results() -> None:
    """Times from asking for a page to the end of its script, the first one of a session included;
    sessions come one after the other."""
    with server(FILLED) as port:
        for page in PAGES:
            asyncio.run(_asked(port, page, 3))  # what a server that is up for a minute has done
        for page, title in PAGES.items():
            first, *again = asyncio.run(_asked(port, page, AGAIN))
            print(f"{title}: opened in {first:.0f} ms, asked again p50 {median(again):.0f} ms")
            goal(f"ms is the p95 of “{title}”", quantiles(again, n=20)[-1], 500)


async def _asked(port: int, name: str, count: int) -> list[float]:
    """Milliseconds of each run of a page in one session."""
    url, origin = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
    times = []
    async with connect(url, subprotocols=["streamlit"], origin=origin, max_size=None) as socket:
        ask = BackMsg()
        ask.rerun_script.page_name = name
        for _ in range(count + 1):
            started = perf_counter()
            page, drawn = await run(socket, ask)
            times.append((perf_counter() - started) * 1000)
            charts = sum(one.WhichOneof("type") == CHART for one in drawn)
            if not charts:
                raise RuntimeError(f"{name} drew no picture; it has not shown what it should")
            ask = BackMsg()
            ask.rerun_script.page_script_hash = page
    return times
