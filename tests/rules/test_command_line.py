"""The three commands: what they print, how they end, and that no input makes them stumble."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rules.__main__ import main
from tests.rules.small_pack import write_pack

CASE = """\
- case: One who sells
  facts:
    - objective: {name: sales, priority: 3}
    - person: {id: p1, hours: 4}
- case: Nobody
  facts:
    - objective: {name: sales, priority: 3}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(tmp_path)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write(tmp_path, CASE)


def write(folder: Path, text: str | bytes) -> Path:
    file = folder / "case.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


Captured = pytest.CaptureFixture[str]


def answer(capsys: Captured, *arguments: object) -> Any:
    assert main([str(argument) for argument in arguments] + ["--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: Captured, *arguments: object) -> str:
    """What is said on standard error; nothing is on standard output."""
    assert main([str(argument) for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert captured.err.strip()
    return captured.err


# check


def test_a_sane_pack_ends_with_zero_and_its_counts(pack: Path, capsys: Captured) -> None:
    said = answer(capsys, "check", pack)
    assert said == {"rules": 5, "cases": 2, "findings": []}


def test_a_finding_ends_with_one_and_names_place_rule_and_example(
    tmp_path: Path, capsys: Captured
) -> None:
    folder = write_pack(tmp_path, cases_first=("top channel: [letter]", "top channel: [forum]"))
    assert main(["check", str(folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    (finding,) = said["findings"]
    assert set(finding) == {"file", "line", "rule", "message", "example"}
    assert (finding["file"], finding["line"]) == ("cases/first.yaml", 1)
    assert {"objective": {"name": "sales", "priority": 3}} in finding["example"]


def test_people_read_the_same_finding_as_lines(tmp_path: Path, capsys: Captured) -> None:
    folder = write_pack(tmp_path, cases_first=("top channel: [letter]", "top channel: [forum]"))
    assert main(["check", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "cases/first.yaml line 1" in said
    assert "- objective: {name: sales, priority: 3}" in said
    assert said.endswith("5 rules, 2 cases: 1 to correct.\n")


def test_a_pack_with_a_damaged_file_has_findings(tmp_path: Path, capsys: Captured) -> None:
    folder = write_pack(tmp_path, rules_channels="\n- id: [\n")
    assert main(["check", str(folder), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["findings"][0]["file"] == "rules/channels.yaml"


def test_the_day_is_what_today_says(tmp_path: Path, capsys: Captured) -> None:
    folder = str(write_pack(tmp_path))
    assert main(["check", folder, "--today", "2098-12-31"]) == 0
    assert main(["check", folder, "--today", "2099-01-01"]) == 1
    assert "`strong`" in capsys.readouterr().out


def test_a_day_that_is_none_is_refused(pack: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", str(pack), "--today", "tomorrow"])
    assert end.value.code == 2
    assert "a day like 2026-01-31 is wanted, not `tomorrow`" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "recommend", "explain"])
def test_a_folder_that_is_not_there_is_refused(
    command: str, tmp_path: Path, case: Path, capsys: Captured
) -> None:
    more = {"check": [], "recommend": [case], "explain": [case, "channel", "letter"]}[command]
    assert "does not exist" in refused(capsys, command, tmp_path / "none", *more)


def test_a_file_in_place_of_a_folder_is_refused(case: Path, capsys: Captured) -> None:
    assert "pack.yaml" in refused(capsys, "check", case)


# recommend


def test_advice_holds_every_documented_field(pack: Path, case: Path, capsys: Captured) -> None:
    said = answer(capsys, "recommend", pack, case)
    assert set(said) == {"pack", "targets", "findings"}
    letter = next(target for target in said["targets"] if target["target"] == "letter")
    assert (letter["kind"], letter["title"], letter["rank"]) == ("channel", "Newsletter", 1)
    assert letter["score"] == 30 == sum(part["score"] for part in letter["parts"])
    assert letter["parts"][0]["sentence"] == "Newsletter serves More sales."
    forum = next(target for target in said["targets"] if target["target"] == "forum")
    assert forum["rank"] is None
    assert forum["blocks"][0]["way_out"] == "Find another person."


PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")


def documented(command: str) -> set[str]:
    """The fields that the page names for a command."""
    table = PAGE.split(f"\n`{command}`:\n")[1].lstrip().split("\n\n")[0]
    firsts = [line.split("|")[1] for line in table.splitlines()[2:]]
    return {field for first in firsts for field in re.findall(r"`([^`]+)`", first)}


def fields(said: Any, path: str = "") -> set[str]:
    """Every field of an answer by its path; what holds facts is a field whole."""
    if path.endswith((".example", ".values")) or not isinstance(said, dict | list):
        return {path}
    if isinstance(said, list):
        return {field for one in said for field in fields(one, f"{path}[]")}
    return {field for name in said for field in fields(said[name], f"{path}.{name}".lstrip("."))}


def test_every_field_of_check_is_documented_and_no_other(tmp_path: Path, capsys: Captured) -> None:
    folder = write_pack(tmp_path, cases_first=("top channel: [letter]", "top channel: [forum]"))
    main(["check", str(folder), "--json"])
    assert fields(json.loads(capsys.readouterr().out)) == documented("check")


def test_every_field_of_advice_is_documented_and_no_other(
    pack: Path, tmp_path: Path, capsys: Captured
) -> None:
    said = answer(capsys, "recommend", pack, write(tmp_path, CASE), "--case", "Nobody")
    assert fields(said) == documented("recommend")


def test_every_field_of_an_explanation_is_documented_and_no_other(
    pack: Path, case: Path, capsys: Captured
) -> None:
    said = [
        answer(capsys, "explain", pack, case, *target)
        for target in (("channel", "letter"), ("channel", "forum"), ("activity", "host"))
    ]
    assert set.union(*map(fields, said)) - {"parts", "blocks", "near"} == documented("explain")


def test_people_read_titles_reasons_and_ways_out(pack: Path, case: Path, capsys: Captured) -> None:
    assert main(["recommend", str(pack), str(case)]) == 0
    said = capsys.readouterr().out
    assert "1. Newsletter (30 points)" in said
    assert "Newsletter serves More sales." in said
    assert "Way out: Find another person." in said


def test_another_case_of_the_file_is_taken_by_its_sentence(
    pack: Path, case: Path, capsys: Captured
) -> None:
    said = answer(capsys, "recommend", pack, case, "--case", "Nobody")
    assert [finding["name"] for finding in said["findings"]] == ["nobody"]
    assert "One who sells" in refused(capsys, "recommend", pack, case, "--case", "One who sell")


def test_one_mapping_with_facts_is_a_case_too(pack: Path, tmp_path: Path, capsys: Captured) -> None:
    file = write(tmp_path, "facts:\n  - objective: {name: sales, priority: 1}\n")
    said = answer(capsys, "recommend", pack, file)
    assert any(target["target"] == "letter" for target in said["targets"])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("- case: It\n  facts:\n    - objective: {nam: sales}\n", "name"),
        ("- case: It\n  facts:\n    - objectiv: {name: sales}\n", "objective"),
        ("- case: It\n  facts:\n    - objective: {name: sales, priority: much}\n", "priority"),
        ("- case: It\n  facts:\n    - objective: {name: sales, priority: 9}\n", "priority"),
        ("- case: It\n", "facts"),
        ("- case: It\n  facts: [", "YAML"),
        ("- case: It\n  facts: 3\n", "facts"),
        ("- 3\n", "name: value"),
        ("", "empty"),
        ("[]", "case"),
        ("hello", "name: value"),
        ("a: &x 1\nb: *x\n", "anchors"),
        (b"\xff\xfe\x00\x01", "UTF-8"),
        (b"\x00\x01\x02", "NUL"),
        ("[" * 4000, "nested"),
        ("- case: It\n  facts: [{objective: {name: sales, priority: 1e400}}]\n", "1e400"),
        (
            "- case: It\n  facts: [{objective: {name: sales, priority: " + "9" * 30 + "}}]\n",
            "large",
        ),
        ("- case: It\n  facts: [{trust: 7, objective: {name: sales}}]\n", "trust"),
        ("- case: It\n  facts: [[]]\n", "name: value"),
        ("- case: It\n  facts: [{objective: }]\n", "name: value"),
        ("- case: It\n  facts: [{objective: {name: }}]\n", "`name` is missing"),
        ("- case: It\n  facts: [{objective: {name: [sales]}}]\n", "several facts"),
        ("- case: It\n  facts: [{objective: {name: {a: b}}}]\n", "several facts"),
        ("- case: It\n  facts: [{recommended: {kind: channel}}]\n", "make these facts themselves"),
        (
            "- case: It\n  facts: [{person: [{id: a, hours: 1}, {id: a, hours: 2}]}]\n",
            "line 2: person a: it is said twice",
        ),
        ("- case: It\n  facts: []\n  expect: 3\n", "name: value"),
        ("- " * 5_000 + "\n", "nested"),
    ],
)
def test_a_case_that_cannot_be_used_is_refused_in_a_sentence(
    pack: Path, tmp_path: Path, capsys: Captured, text: str | bytes, hint: str
) -> None:
    assert hint in refused(capsys, "recommend", pack, write(tmp_path, text))


def test_a_case_file_that_is_not_there_or_a_folder_is_refused(
    pack: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert "no such file" in refused(capsys, "recommend", pack, tmp_path / "none.yaml")
    assert refused(capsys, "recommend", pack, tmp_path)


@pytest.mark.parametrize("special", ["/dev/null", "/dev/zero", "pipe", "loop"])
def test_what_is_no_file_of_text_is_refused_at_once(
    pack: Path, tmp_path: Path, capsys: Captured, special: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refused(capsys, "recommend", pack, tmp_path / special)


@pytest.mark.parametrize("folder", ["/", "/proc/self", ""])
def test_a_folder_that_is_no_pack_is_not_searched(folder: str, capsys: Captured) -> None:
    assert main(["check", folder]) == 1
    said = capsys.readouterr().out
    assert "pack.yaml: the file is missing; every pack has one" in said
    assert said.endswith("0 rules, 0 cases: 2 to correct.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_one_may_not_read_is_refused(pack: Path, case: Path, capsys: Captured) -> None:
    case.chmod(0)
    assert "cannot be opened" in refused(capsys, "recommend", pack, case)


def test_a_pack_with_faults_is_refused_with_all_of_them(
    tmp_path: Path, case: Path, capsys: Captured
) -> None:
    folder = write_pack(
        tmp_path,
        rules_channels=("priority: at least 1", "prioritiy: at least 1"),
        rules_owners=("hours: at", "ours: at"),
    )
    said = refused(capsys, "recommend", folder, case)
    assert "prioritiy" in said
    assert "ours" in said


# explain


def test_why_a_target_is_recommended(pack: Path, case: Path, capsys: Captured) -> None:
    said = answer(capsys, "explain", pack, case, "channel", "letter")
    assert (said["state"], said["rank"], said["score"]) == ("recommended", 1, 30)
    assert main(["explain", str(pack), str(case), "channel", "letter"]) == 0
    assert "Newsletter is recommended: rank 1, 30 points." in capsys.readouterr().out


def test_why_a_target_is_not(pack: Path, case: Path, capsys: Captured) -> None:
    said = answer(capsys, "explain", pack, case, "channel", "forum")
    assert said["state"] == "blocked"
    assert said["blocks"][0]["way_out"] == "Find another person."
    assert main(["explain", str(pack), str(case), "channel", "forum"]) == 0
    assert "Forum is blocked." in capsys.readouterr().out


def test_a_silent_target_says_what_was_not_met(pack: Path, case: Path, capsys: Captured) -> None:
    said = answer(capsys, "explain", pack, case, "activity", "host")
    assert said["state"] == "silent"
    assert said["near"][0]["rule"] == "activity.follows-the-channel"


def test_what_belongs_to_something_is_named_with_it(
    pack: Path, case: Path, capsys: Captured
) -> None:
    said = answer(capsys, "explain", pack, case, "owner", "p1", "--of", "write")
    assert said["state"] == "recommended"
    assert "--of" in refused(capsys, "explain", pack, case, "owner", "p1")
    assert "--of" in refused(capsys, "explain", pack, case, "channel", "forum", "--of", "x")


@pytest.mark.parametrize(
    ("kind", "target", "meant"),
    [("channel", "leter", "letter"), ("chanel", "letter", "channel"), ("owner", "p11", "p1")],
)
def test_an_unknown_target_says_what_may_be_meant(
    pack: Path, case: Path, capsys: Captured, kind: str, target: str, meant: str
) -> None:
    said = refused(capsys, "explain", pack, case, kind, target, "--of", "write")
    assert f"Did you mean `{meant}`?" in said


# the process


def test_a_closed_pipe_is_no_stumble(pack: Path, case: Path) -> None:
    command = [sys.executable, "-m", "rules", "recommend", str(pack), str(case), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate()
    assert process.returncode == 2
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_is_said_in_a_sentence(pack: Path, case: Path) -> None:
    command = [sys.executable, "-m", "rules", "recommend", str(pack), str(case)]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=buffered, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"The answer cannot be written (no space left on device).\n"


def test_bytes_that_are_no_text_are_no_stumble(pack: Path, case: Path) -> None:
    command = [sys.executable, "-m", "rules", "recommend", str(pack), str(case), "--case", b"\xff"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"there is no case" in done.stderr
    assert b"Traceback" not in done.stderr


def test_no_command_at_all_shows_how_to_use_it(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2
    assert "usage: python -m rules" in capsys.readouterr().err


def test_a_fact_said_twice_is_refused_with_both_lines(
    pack: Path, tmp_path: Path, capsys: Captured
) -> None:
    twice = CASE.replace(
        "    - person", "    - objective: {name: sales, priority: 1}\n    - person"
    )
    said = refused(capsys, "recommend", pack, write(tmp_path, twice))
    assert "case.yaml line 4: objective sales: it is said twice, and line 3 says otherwise" in said
    other_case = f"{CASE}    - objective: {{name: sales, priority: 3}}\n"
    assert main(["recommend", str(pack), str(write(tmp_path, other_case))]) == 0


def test_a_fact_that_contradicts_the_pack_is_refused_with_its_line(
    pack: Path, tmp_path: Path, capsys: Captured
) -> None:
    against = CASE.replace("    - person", "    - channel: {id: letter, type: x}\n    - person")
    said = refused(capsys, "recommend", pack, write(tmp_path, against))
    assert "case.yaml line 4: channel letter: the pack says otherwise; leave it out" in said
