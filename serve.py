"""What `make run` starts: the database brought up to date, warm imports, a hardened server.

Streamlit's own start is kept (`streamlit run serve.py`); this module adds what it lacks: a strict
Content-Security-Policy, a refusal to listen on an open address without sign-in, and a frozen
garbage collector, which otherwise costs half of the server's time (a full collection after
every script run).
"""

from __future__ import annotations

import base64
import gc
import hashlib
import re
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from streamlit import config

from models.database import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE = Path(__file__).resolve().parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def refuse_open_address() -> None:
    """Leave before the port is bound when anyone on the network could read and write."""
    address = config.get_option("server.address")
    if address not in LOOPBACK:
        sys.exit(
            f"Crossroads listens on this machine only, not on {address or 'all addresses'}: "
            "nobody has to sign in. Set server.address to 127.0.0.1."
        )


def prepare_database() -> None:
    """Bring the database up to date; leave with a sentence when it cannot be opened or used."""
    try:
        migrate()
    except (SQLAlchemyError, CommandError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0].rstrip(".")
        sys.exit(
            f"Crossroads cannot use its database: {reason}. CROSSROADS_DATABASE_URL says which one "
            "it is, as in sqlite:////home/ann/crossroads.db; the folder of the file must exist."
        )


def inline_script_hashes() -> list[str]:
    """The CSP sources of the inline scripts in Streamlit's own page, computed at every start."""
    page = Path(st.__file__).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def security_headers() -> list[tuple[bytes, bytes]]:
    """Headers of every answer: nothing from outside, no framing, no foreign script."""
    scripts = " ".join(["script-src 'self' 'wasm-unsafe-eval'", *inline_script_hashes()])
    policy = (
        f"default-src 'self'; {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class Headers:
    """ASGI middleware that adds the security headers to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.headers]
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


@asynccontextmanager
async def warm(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Import what the first visitor would wait for, then freeze what stays.

    Streamlit takes a folder `pages/` for its old kind of pages until somebody's first run has said
    otherwise; a link to any page but the first would be "not found" for the first visitor.
    """
    import altair as alt
    import pandas as pd
    from streamlit.runtime.pages_manager import PagesManager

    from rules import engine
    from services import plan_model, rulebook
    from services.plan_problem import Problem

    PagesManager.uses_pages_directory = False
    alt.Chart(pd.DataFrame({"x": [0], "y": [0]})).mark_point().to_dict()
    engine.recommend(rulebook.pack(), ())
    plan_model.solve(Problem((), ()))
    gc.collect()
    gc.freeze()
    yield {}


refuse_open_address()
prepare_database()
app = st.App(HERE / "streamlit_app.py", lifespan=warm, middleware=[Middleware(Headers)])
