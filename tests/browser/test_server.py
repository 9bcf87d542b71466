"""What `make run` starts is hardened, and nothing on its pages is blocked by that."""

from __future__ import annotations

import subprocess
import sys
import urllib.request

from tests.browser.conftest import ROOT, Look, Server


def test_every_answer_carries_a_strict_policy(server: Server) -> None:
    with urllib.request.urlopen(server.url, timeout=10) as answer:
        policy = answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_an_open_address_is_refused_before_the_port_is_bound() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", "0"]
    done = subprocess.run(
        [*command, "--server.address", "0.0.0.0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "listens on this machine only" in done.stdout + done.stderr
    assert done.returncode != 0


def test_the_first_page_opens_without_a_complaint_of_the_browser(look: Look) -> None:
    visit = look()
    visit.open()
    assert visit.page.title()
    assert visit.complaints == []
