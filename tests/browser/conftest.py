"""The real server and a real Chromium. Without a browser these tests are skipped, loudly; in CI
they fail."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from models.database import engine, writing
from services import samples

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAIN = '[data-testid="stMain"]'
SOON = 10_000
"""Milliseconds within which what must be there has to be there: the browser draws after the script
has ended, and later still on a busy machine."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
ARGUMENTS += ["--disable-background-networking"]
STILL = """() => {
    const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
    const still = app.testScriptState === "notRunning" && app.testConnectionState === "CONNECTED";
    window.stillFor = still ? (window.stillFor ?? 0) + 1 : 0;
    if (window.stillFor < 8) return false;
    window.stillFor = 0;
    return true;
}"""
"""Nothing runs for eight frames on end; frames, as a busy browser is late with all it does."""


@dataclass
class Server:
    """The app as `make run` starts it, on a database of its own; it can be stopped and started."""

    database: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *options: str) -> None:
        """Start on a free port and wait until it says it is well."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        environment = os.environ | {"CROSSROADS_DATABASE_URL": f"sqlite:///{self.database}"}
        self.process = subprocess.Popen(
            [*command, "--server.port", str(self.port), *options],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            if self._well():
                return
            time.sleep(0.1)
        raise TimeoutError("the server did not start within 30 s")

    def _well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


@dataclass
class Visit:
    """A browser window on the app, with everything its console complained about."""

    page: Page
    server: Server
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> None:
        """Go to a page of the app and wait until it has settled."""
        self.page.goto(f"{self.server.url}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and nothing more is coming."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(STILL, polling="raf", timeout=30_000)

    def click(self, name: str, role: str = "button") -> None:
        """Click what is called so, and wait for the answer."""
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.settle()

    def reads(self, *words: str) -> None:
        """The page says all of this, now or in a moment."""
        for said in words:
            expect(self.page.locator(MAIN)).to_contain_text(said, use_inner_text=True, timeout=SOON)

    def stands(self, label: str, value: str) -> None:
        """In the field called so stands this, now or in a moment."""
        expect(self.page.get_by_label(label).first).to_have_value(value, timeout=SOON)

    def listen(self) -> None:
        """Collect errors of the console; the two 404s of a deep link are harmless."""

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error" and "404" not in message.text:
                self.complaints.append(message.text)

        self.page.on("console", heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))


def found_browser() -> str | None:
    """Where a Chromium is on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        try:
            yield playwright.chromium.launch(executable_path=found_browser(), args=ARGUMENTS)
        except Error as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"NO BROWSER: {str(error).splitlines()[0]}")


@pytest.fixture(scope="module")
def server(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on an empty database, shared by the tests of one file."""
    file = tmp_path_factory.mktemp("served") / "crossroads.db"
    shutil.copy(migrated, file)
    running = Server(file)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def example(server: Server) -> str:
    """The name of a made-up organisation with eight quarters behind it, put into the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CROSSROADS_DATABASE_URL", f"sqlite:///{server.database}")
        with writing() as session:
            name = samples.open(session, "bicycle_shop", on=date.today()).name
        engine().dispose()
    return name


Look = Callable[..., Visit]


@pytest.fixture
def look(browser: Browser, server: Server) -> Iterator[Look]:
    """`look(width=400, scheme="dark")` opens a window of that width."""
    opened = []

    def window(width: int = 1280, scheme: str = "light") -> Visit:
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        opened.append(page)
        visit = Visit(page, server)
        visit.listen()
        return visit

    yield window
    for page in opened:
        page.close()
