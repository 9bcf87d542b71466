"""What the README says can be found where it says."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAID = (ROOT / "README.md").read_text("utf-8")


def test_the_rule_that_is_shown_stands_in_the_pack_word_for_word() -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", SAID, re.DOTALL)
    rules = ROOT / "rules" / "packs" / "social_media" / "rules"
    assert shown in (rules / "channels.yaml").read_text("utf-8")


def test_every_command_it_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)\b(?=`|  )", SAID)) <= targets


def test_every_folder_and_module_it_names_is_there() -> None:
    named = re.findall(r"`([a-z_]+/[\w/]*(?:\.py)?)`", SAID)
    assert [one for one in named if not (ROOT / one).exists()] == []
