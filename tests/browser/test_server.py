"""What `make run` starts is hardened, and nothing on its pages is blocked by that."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request

import pytest

from tests.browser.conftest import ROOT, Look, Server


def test_every_answer_carries_a_strict_policy(server: Server) -> None:
    with urllib.request.urlopen(server.url, timeout=10) as answer:
        policy = answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def started_in_vain(*more: str, **environment: str) -> str:
    """What is said when the server leaves instead of listening."""
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", "0"]
    done = subprocess.run(
        [*command, *more],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_an_open_address_is_refused_before_the_port_is_bound() -> None:
    said = started_in_vain("--server.address", "0.0.0.0")
    assert "listens on this machine only" in said


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/x.db", "nonsense", "sqlite:///README.md"]
)
def test_a_database_that_cannot_be_used_is_named_in_a_sentence(url: str) -> None:
    said = started_in_vain(CROSSROADS_DATABASE_URL=url)
    assert "Crossroads cannot use its database" in said


def test_the_first_page_opens_without_a_complaint_of_the_browser(look: Look) -> None:
    visit = look()
    visit.open()
    assert visit.page.title()
    assert visit.complaints == []
