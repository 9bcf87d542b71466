"""What a machine lacks is said in one sentence, before anything is made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def make(folder: Path, *said: str) -> tuple[int, list[str]]:
    """What `make install` says in a folder that has nothing but the project's own three files."""
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, folder)
    done = subprocess.run(
        ["make", "--no-print-directory", "install", *said],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("PYTHON=", "Crossroads needs Python 3.11, 3.12 or 3.13"),
        ("PYTHON=/no/such/python", "Crossroads needs Python 3.11, 3.12 or 3.13"),
        ("PYTHON=false", "Crossroads needs Python 3.11, 3.12 or 3.13"),
        ("CC=no-such-compiler", "Crossroads needs a C compiler"),
    ],
)
def test_what_is_missing_is_one_sentence_that_says_what_to_install(
    tmp_path: Path, said: str, wanted: str
) -> None:
    code, lines = make(tmp_path, said)
    assert code != 0
    assert len(lines) == 1
    assert lines[0].startswith(wanted)
    assert "install" in lines[0]
    assert not (tmp_path / ".venv").exists()
