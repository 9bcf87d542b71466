"""What surprises people in YAML, and files that cannot be used, are faults in plain words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rules.errors import Fault, PackError
from rules.reading import load, read
from tests.rules.small_pack import FILES, write_pack
from tests.rules.spoiled import CHANNELS, FITS, added, faults, the_fault, titled

# the traps of YAML


TRAPS = [
    (("  points: 2 *", "  points: 3\n  points: 2 *"), 9, "`points` stands here twice: the first"),
    (titled("&here The channel fits"), 2, "anchors and aliases (& and *) are not allowed"),
    (titled("*here"), 2, "anchors and aliases (& and *) are not allowed"),
    (("  once per", "  <<: {points: 3}\n  once per"), 6, "merge keys (<<) are not allowed"),
    (titled("!!python/object/apply:os.system [ls]"), 2, "tags (`!!python/object/apply:os.system`)"),
    (titled("!!str 3"), 2, "tags (`!!str`) are not allowed; write the plain value"),
    (("  title: The", "\ttitle: The"), 2, "a tab; write spaces instead"),
    (titled("A\u202eB"), 2, "a character that cannot be seen (U+202E); take it out"),
    (titled("It fits: well"), 2, "a colon within a text; put the whole text in quotes"),
    (titled('"It fits'), 9, "this is not YAML"),
    (titled("[It fits"), 3, "this is not YAML"),
    (titled("%it"), 2, "a sign that YAML keeps for itself; put the text in quotes"),
]


@pytest.mark.parametrize(("change", "line", "says"), TRAPS)
def test_a_trap_of_yaml_is_a_fault_at_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, says: str
) -> None:
    fault = the_fault(tmp_path, rules_channels=change)
    assert (fault.file, fault.line) == (CHANNELS, line)
    assert says in fault.message


@pytest.mark.parametrize(
    "deep",
    [
        "[" * 3_000 + "]" * 3_000,
        "{a: " * 3_000 + "}" * 3_000,
        "- " * 3_000 + "x",
        "".join(f"{' ' * i}a:\n" for i in range(1_400)),
        "[" * 22 + "]" * 22,
    ],
    ids=["lists", "mappings", "dashes", "indented", "one too many"],
)
def test_three_thousand_levels_are_a_fault(tmp_path: Path, deep: str) -> None:
    (fault,) = read(added(tmp_path, "cases/deep.yaml", deep))[1]
    assert fault.file == "cases/deep.yaml"
    assert "nested deeper than 20 levels" in fault.message


def test_twenty_levels_are_read(tmp_path: Path) -> None:
    (fault,) = read(added(tmp_path, "cases/deep.yaml", "[" * 21 + "]" * 21))[1]
    assert "lines like `name: value` are wanted" in fault.message


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2026-01-01", "a date"),
        ("12", "a number"),
        ("0x1F", "a number"),
        ("1e3", "a number"),
        ("1_000", "a number"),
        (".inf", "a number"),
        ("true", "a truth value"),
        ("null", "nothing"),
        ("~", "nothing"),
    ],
)
def test_what_yaml_may_take_for_something_else_than_a_word_is_a_fault(
    tmp_path: Path, text: str, read_as: str
) -> None:
    fault = the_fault(tmp_path, rules_channels=titled(text))
    wanted = f'`{text}` is read as {read_as} where a word is wanted; write "{text}" in quotes'
    assert (fault.line, fault.rule, fault.message) == (2, FITS, wanted)
    assert faults(tmp_path / "quoted", rules_channels=titled(f'"{text}"')) == []


@pytest.mark.parametrize("text", ["yes", "no", "on", "off", "y", "Yes"])
def test_yes_and_no_stay_words(tmp_path: Path, text: str) -> None:
    pack = load(write_pack(tmp_path, rules_channels=titled(text)))
    assert next(rule for rule in pack.rules if rule.id == FITS).title == text


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("2026-01-01", "`2026-01-01` is read as a date"),
        ("3", "a word is wanted, not `3`; put it in quotes if it is one"),
        ("yes", "a word is wanted, not `yes`; put it in quotes if it is one"),
        ("true", "`true` is read as a truth value"),
        ("at least 3", "it is a word, and only numbers are compared in size"),
        ("same as objective.priority", "`objective.priority` is a number, where a word is wanted"),
    ],
)
def test_a_test_of_a_word_takes_words(tmp_path: Path, cell: str, says: str) -> None:
    change = ("objective: same as objective.name", f"objective: {cell}")
    fault = the_fault(tmp_path, rules_channels=change)
    assert (fault.line, fault.rule) == (5, FITS)
    assert fault.message.startswith(f"objective: {says}")


@pytest.mark.parametrize("number", ["1e3", "0x1F", "+3", "03", '"3"', "9" * 20, "much"])
def test_a_number_is_written_plainly(tmp_path: Path, number: str) -> None:
    fault = the_fault(tmp_path, catalogues_activities=("hours: 2", f"hours: {number}"))
    assert (fault.file, fault.line) == ("catalogues/activities.yaml", 3)
    assert "number" in fault.message


# files


@pytest.mark.parametrize("name", ["pack.yaml", "vocabulary.yaml"])
def test_a_missing_file_is_a_fault(tmp_path: Path, name: str) -> None:
    folder = write_pack(tmp_path)
    (folder / name).unlink()
    assert Fault(name, 0, "", "the file is missing; every pack has one") in read(folder)[1]


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="there is no such folder"):
        load(tmp_path / "none")


def test_a_megabyte_may_be_read_and_no_byte_more(tmp_path: Path) -> None:
    text = FILES["parameters.yaml"]
    most = text + "#" + "x" * (1_000_000 - len(text) - 1)
    assert read(added(tmp_path, "parameters.yaml", most))[1] == []
    (fault,) = [f for f in read(added(tmp_path, "parameters.yaml", most + "x"))[1] if not f.rule]
    assert fault.message == "the file is larger than 1 MB; split it"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (b"- case: caf\xe9\n", 1, "this is not UTF-8 text; save the file as UTF-8"),
        ("a\nb".encode("utf-16"), 1, "this is not UTF-8 text"),
        (b"a: 1\n\x00", 2, "a character that cannot be seen (NUL)"),
        (b"", 1, "the file is empty"),
        (b"# nothing\n", 1, "the file is empty"),
        (b"---\na: 1\n---\nb: 1\n", 3, "a second document (---)"),
        (b"%YAML 1.1\n---\na: 1\n", 2, "directives (%) are not allowed"),
    ],
)
def test_a_file_that_cannot_be_used_is_a_fault(
    tmp_path: Path, text: bytes, line: int, says: str
) -> None:
    (fault,) = read(added(tmp_path, "cases/odd.yaml", text))[1]
    assert (fault.file, fault.line) == ("cases/odd.yaml", line)
    assert says in fault.message


def test_a_mark_at_the_beginning_of_a_file_is_no_fault(tmp_path: Path) -> None:
    folder = added(tmp_path, "pack.yaml", b"\xef\xbb\xbf" + FILES["pack.yaml"].encode())
    assert read(folder)[1] == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rule/channels.yaml", "a pack has no folder `rule`. Did you mean `rules`?"),
        ("parameter.yaml", "a pack has no file `parameter.yaml`. Did you mean `parameters.yaml`?"),
        ("cases/more.yml", "the name ends in .yml and is not read; let it end in .yaml"),
    ],
)
def test_a_file_that_nothing_reads_is_a_fault(tmp_path: Path, name: str, says: str) -> None:
    (fault,) = read(added(tmp_path, name, "a: 1\n"))[1]
    assert (fault.file, fault.message) == (name, says)


def test_a_file_that_leads_out_of_the_pack_is_a_fault(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    outside = tmp_path / "outside.yaml"
    outside.write_text("- case: It\n  facts: []\n")
    (folder / "cases" / "link.yaml").symlink_to(outside)
    (fault,) = read(folder)[1]
    assert "outside the pack" in fault.message


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "cases" / "more.yaml").mkdir()
    (fault,) = read(folder)[1]
    assert fault.message == "this is not a file; put a file of that name there"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_one_may_not_read_is_a_fault(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "parameters.yaml").chmod(0)
    assert "cannot be opened" in str(read(folder)[1][0])


def test_a_folder_one_may_not_open_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "cases")
    assert [str(fault) for fault in read(folder)[1]] == [
        "cases: the folder cannot be opened: permission denied"
    ]
