"""Pages as people open them, through the frame, on a throw-away database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.database import reading, writing
from services import organisations
from tests.conftest import TODAY, Example
from ui import errors, frame, links

ROOT = Path(__file__).resolve().parents[2]

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPage]:
    """`open_page("choose/channels", organisation="Shop")`: the page after its first run, on TODAY.

    The test fails at its end if any run of any page ended in an error, unless it asks for
    `open_page.errors` and empties it.
    """
    failed: list[Exception] = []

    def keep(error: Exception) -> None:
        failed.append(error)
        shown(error)

    shown = errors.show
    monkeypatch.setattr(errors, "show", keep)
    monkeypatch.setattr(frame, "today", lambda: TODAY)

    def opened(page: str, *, organisation: str = "", quarter: str = "", **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
        if organisation:
            app.query_params["organisation"] = organisation
        if quarter:
            app.query_params["quarter"] = quarter
        for name, said in address.items():
            app.query_params[name] = said
        if page != f"start/{links.HOME}":  # one is there without going anywhere
            app.switch_page(f"pages/{page}.py")
        return app.run()

    opened.errors = failed  # type: ignore[attr-defined]
    yield opened
    if failed:
        raise failed[0]


@pytest.fixture
def shop(database: Path) -> str:
    """The name of an organisation that has said nothing but who it is."""
    with writing() as session:
        said = organisations.Profile(
            name="Corner Books", staff=3, sector="business", audience="consumers", region="de"
        )
        return organisations.create(session, said, on=TODAY).name


@pytest.fixture
def example(example_of: Example) -> str:
    """The name of a made-up organisation with eight quarters behind it."""
    organisation_id = example_of("bicycle_shop")
    with reading() as session:
        return str(organisations.get(session, organisation_id).name)  # type: ignore[union-attr]
