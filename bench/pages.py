"""How long a rerun of a page takes through `serve.py`, for 1, 10 and 50 people at once.

Each session is a raw websocket that speaks Streamlit's own protocol: it opens a page, and then asks
for a rerun as a click does, again and again, with five seconds to think in between.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.timing import goal

ROOT = Path(__file__).parent.parent
PAGES = ("overview", "channels", "activities")
SESSIONS = (1, 10, 50)
THINK = 5.0  # seconds
RERUNS = 6  # of each session


def reruns() -> None:
    """Times from asking to the end of the script; the first run of a session is not counted."""
    with server() as port:
        asyncio.run(_crowd(port, 3, 2))  # what a server that has been up for a minute has done
        print("sessions   reruns     p50     p95")
        late = 0.0
        for sessions in SESSIONS:
            times = asyncio.run(_crowd(port, sessions, RERUNS if sessions > 1 else 3 * RERUNS))
            late = quantiles(times, n=20)[-1]
            print(f"{sessions:8} {len(times):8} {median(times):6.3f} s {late:6.3f} s")
        goal(f"s is the p95 at {SESSIONS[-1]} sessions", late, 1)


@contextmanager
def server(filled: str = "") -> Iterator[int]:
    """`serve.py` on a free port with a database of its own: that of a program that fills it, or
    else with the example organisations."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        env = {**os.environ, "CROSSROADS_DATABASE_URL": f"sqlite:///{folder}/bench.db"}
        subprocess.run([sys.executable, "-c", filled or EXAMPLES], check=True, cwd=ROOT, env=env)
        command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=quiet, stderr=quiet)
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()
            server.wait(20)


EXAMPLES = """
from datetime import date
from models.database import migrate, writing
from services import samples
migrate()
with writing() as session:
    for one in samples.listed():
        samples.open(session, one.id, on=date.today())
"""


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health") as answer:
                if answer.status == 200:
                    return
        except URLError:
            sleep(0.5)
    raise TimeoutError("serve.py did not start within a minute")


async def _crowd(port: int, sessions: int, reruns: int) -> list[float]:
    people = [_person(port, number, reruns) for number in range(sessions)]
    return [seconds for times in await asyncio.gather(*people) for seconds in times]


async def _person(port: int, number: int, reruns: int) -> list[float]:
    """Seconds that each rerun of one session took."""
    rng = Random(number)
    await asyncio.sleep(rng.random() * THINK)
    url = f"ws://127.0.0.1:{port}/_stcore/stream"
    origin = f"http://127.0.0.1:{port}"
    times = []
    async with connect(url, subprotocols=["streamlit"], origin=origin, max_size=None) as socket:
        opening = BackMsg()
        opening.rerun_script.page_name = PAGES[number % len(PAGES)]
        page, _ = await run(socket, opening)
        for _ in range(reruns):
            await asyncio.sleep(THINK * (0.5 + rng.random()))
            again = BackMsg()
            again.rerun_script.page_script_hash = page
            started = perf_counter()
            await run(socket, again)
            times.append(perf_counter() - started)
    return times


async def run(socket: ClientConnection, ask: BackMsg) -> tuple[str, list[Element]]:
    """Ask for a run and wait for its end; the hash of the page that ran, and what it drew."""
    await socket.send(ask.SerializeToString())
    page = ""
    drawn: list[Element] = []
    async for data in socket:
        assert isinstance(data, bytes)
        said = ForwardMsg()
        said.ParseFromString(data)
        kind = said.WhichOneof("type")
        if kind == "navigation":
            page = said.navigation.page_script_hash
        if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
            drawn.append(said.delta.new_element)
            if drawn[-1].WhichOneof("type") == "exception":
                raise RuntimeError(drawn[-1].exception.message)
        # A run that only hands over to another page ends early, and is not the end.
        if kind == "script_finished" and said.script_finished in (0, 1):
            return page, drawn
    raise ConnectionError("the server closed the session")
