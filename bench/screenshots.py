"""`python -m bench.screenshots`: the README's and docs' pictures, taken from the running app."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from models.database import engine, migrate, writing
from services import samples
from tests.browser.conftest import ARGUMENTS, STILL, Server, found_browser

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
EXAMPLE = "bicycle_shop"
SHOTS = (  # picture, page, width, height, colours
    ("overview", "overview", 1280, 900, "light"),
    ("overview-dark", "overview", 1280, 900, "dark"),
    ("overview-phone", "overview", 400, 900, "light"),
    ("channels", "channels", 1280, 1000, "light"),
    ("plan", "plan", 1280, 900, "light"),
    ("rules", "rules", 1280, 900, "light"),
)


def _take() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "pictures.db"
        os.environ["CROSSROADS_DATABASE_URL"] = f"sqlite:///{database}"
        migrate()
        with writing() as session:
            name = samples.open(session, EXAMPLE, on=date.today()).name
        engine().dispose()
        server = Server(database)
        server.start()
        browser = playwright.chromium.launch(executable_path=found_browser(), args=ARGUMENTS)
        try:
            for shot in SHOTS:
                _shoot(browser, server, name, *shot)
        finally:
            browser.close()
            server.stop()


def _shoot(
    browser: Browser, server: Server, name: str, picture: str, page: str, *look: int | str
) -> None:
    width, height, colours = look
    window = browser.new_page(
        viewport={"width": int(width), "height": int(height)},
        color_scheme=colours,  # type: ignore[arg-type]
    )
    window.goto(f"{server.url}/{page}?organisation={quote(name)}")
    window.wait_for_function(STILL, polling="raf", timeout=30_000)
    window.wait_for_timeout(1_500)  # pictures are drawn after the script has run
    window.screenshot(path=str(PICTURES / f"{picture}.png"))
    window.close()
    print(f"docs/pictures/{picture}.png")


if __name__ == "__main__":
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    _take()
