"""A pack is read once, and everything wrong with it is said: where, what, and what to do."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from rules.errors import Fault, PackError
from rules.facts import fact_from
from rules.nodes import ENOUGH
from rules.reading import fingerprint, load, read
from tests.rules.small_pack import FILES, write_pack

CHANNELS = "rules/channels.yaml"
FITS = "channel.fits"


def faults(folder: Path, **changes: tuple[str, str] | str) -> list[Fault]:
    return read(write_pack(folder, **changes))[1]


def the_fault(folder: Path, **changes: tuple[str, str] | str) -> Fault:
    (fault,) = faults(folder, **changes)
    return fault


def titled(title: str) -> tuple[str, str]:
    """A change of the title of the first rule for channels, in line 2 of its file."""
    return ("title: The channel fits", f"title: {title}")


def added(folder: Path, name: str, text: str | bytes = "") -> Path:
    """A pack with one more file, or another one in its place."""
    pack = write_pack(folder)
    file = pack / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return pack


# what a fault says


def test_a_sane_pack_has_no_faults(tmp_path: Path) -> None:
    pack, wrong = read(write_pack(tmp_path))
    assert pack is not None
    assert wrong == []
    assert [rule.id for rule in pack.rules if rule.stage == "channels"] == [
        FITS,
        "channel.forum-needs-people",
    ]


def test_a_fault_names_file_line_rule_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    fault = the_fault(tmp_path, rules_channels=("{priority: at", "{prioritiy: at"))
    assert str(fault) == (
        "rules/channels.yaml line 4, rule `channel.fits`: objective has no attribute `prioritiy`."
        " Did you mean `priority`?"
    )


def test_all_faults_are_said_at_once_in_order_of_file_and_line(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        vocabulary=("number, unit: hours}", "number, unit: hour}"),
        parameters=("since: 2026-01-01", "since: last year"),
        catalogues_strengths="  leter: {sales: 3}\n",
        rules_channels=("{channel: strength.channel}", "{channel: leter}"),
        rules_owners=("hours: at least", "ours: at least"),
        cases_first=("{name: sales, priority: 3}\n    - person", "{nam: sales}\n    - person"),
    )
    with pytest.raises(PackError) as error:
        load(folder)
    assert [fault.file for fault in error.value.faults] == [
        "cases/first.yaml",
        "catalogues/strengths.yaml",
        "parameters.yaml",
        "rules/channels.yaml",
        "rules/owners.yaml",
        "vocabulary.yaml",
    ]
    assert len(str(error.value).splitlines()) == 6


def test_after_two_hundred_faults_reading_stops(tmp_path: Path) -> None:
    more = "\n".join(f"- id: r{i}\n  titel: R" for i in range(300))
    pack, wrong = read(write_pack(tmp_path, rules_channels=f"\n{more}\n"))
    assert pack is None
    assert len(wrong) == ENOUGH + 1
    assert "more than 200 faults" in wrong[-1].message


def test_no_fault_is_longer_than_a_few_lines_whatever_stands_in_the_file(tmp_path: Path) -> None:
    long = "x" * 3_000
    for changes in (
        {"rules_channels": ("objective: {priority", f"{long}: {{priority")},
        {"rules_channels": ("at least $strong", f"at least at most {long}")},
        {"rules_channels": ("{channel: strength.channel}", f"{{channel: {long}}}")},
        {"rules_channels": ("{strength.channel} serves", f"{{{long}}} serves")},
        {"catalogues_strengths": f"  {'x' * 150}: {{sales: 3}}\n"},
    ):
        wrong = faults(tmp_path, **changes)
        assert wrong
        assert max(len(fault.message) for fault in wrong) < 400


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


# names


UNKNOWN = [
    ("{priority: at", "{prioritiy: at", "`prioritiy`", "priority"),
    ("- objective: {p", "- objectiv: {p", "no kind of fact `objectiv`", "objective"),
    ("$strong", "$stong", "no parameter `$stong`", "strong"),
    ("same as objective.name", "same as objectve.name", "`objectve` is no pattern", "objective"),
    ("same as objective.name", "same as objective.nam", "no attribute `nam`", "name"),
    ("once per: objective.name", "once per: objective.nam", "no attribute `nam`", "name"),
    ("2 * objective.priority", "2 * objective.prioriti", "no attribute `prioriti`", "priority"),
    (
        "{channel: strength.channel}",
        "{chanel: letter}",
        "does not decide about `chanel`",
        "channel",
    ),
    ("{channel: strength.channel}", "{channel: leter}", "no channel `leter`", "letter"),
    ("{strength.channel} serves", "{strenth.channel} serves", "`strenth`", "strength"),
    ("  points: 2", "  point: 2", "`point` is not known here", "points"),
    ("{type: community}", "{tipe: community}", "no attribute `tipe`", "type"),
    ("  source: starter value\n\n", "  sorce: starter\n\n", "`sorce` is not known here", "source"),
]


@pytest.mark.parametrize(("old", "new", "says", "meant"), UNKNOWN)
def test_an_unknown_name_says_which_one_may_be_meant(
    tmp_path: Path, old: str, new: str, says: str, meant: str
) -> None:
    fault = faults(tmp_path, rules_channels=(old, new))[0]
    assert says in fault.message
    assert f"Did you mean `{meant}`?" in fault.message


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("rules_activities", "activity.id}", "writ}", "no activity `writ`. Did you mean `write`?"),
        ("catalogues_channels", "kind: channel", "kind: chanel", "Did you mean `channel`?"),
        ("catalogues_strengths", "sales: 5", "sale: 5", "Did you mean `sales`?"),
        ("catalogues_strengths", "value: score", "value: scor", "Did you mean `score`?"),
        ("vocabulary", "catalogue: channels", "catalogue: chanels", "Did you mean `channels`?"),
        ("vocabulary", "count: person", "count: persn", "Did you mean `person`?"),
        ("vocabulary", "type: number, u", "type: numbr, u", "Did you mean `number`?"),
        ("vocabulary", "unit: hours", "unit: hour", "Did you mean `hours`?"),
        ("cases_first", "- objective: {name: sales", "- objectiv: {name: sales", "`objective`?"),
        ("cases_first", "{name: sales", "{name: sale", "Did you mean `sales`?"),
        ("cases_first", "{name: sales", "{nme: sales", "Did you mean `name`?"),
        ("cases_first", "  expect:", "  expct:", "Did you mean `expect`?"),
    ],
)
def test_an_unknown_name_in_any_file_is_a_fault_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    fault = faults(tmp_path, **{file: (old, new)})[0]
    assert fault.line > 0
    assert says in fault.message


def test_a_file_of_rules_is_named_after_its_stage(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "rules/channels.yaml").rename(folder / "rules/chanels.yaml")
    assert "no stage `chanels` in pack.yaml" in str(read(folder)[1][0])
    assert "Did you mean `channels`?" in str(read(folder)[1][0])


# the parts of a rule


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  points: 2 * objective.priority * strength.score\n", "", "`points` is missing"),
        ("points: 2 * objective.priority * strength.score", "points:", "`points` is missing"),
        ("  way out: Find another person.\n", "", "`way out` is missing"),
        ("  way out: F", "  points: 1\n  way out: F", "`points` belong to `recommend` only"),
        ("  block: {channel: channel.id}\n", "", "one of `recommend`, `block` or `find`"),
        ("  way out: F", "  find: {name: x}\n  way out: F", "one of `recommend`, `block` or"),
        ('  because: "{channel.id} needs two people."\n', "", "`because` is missing"),
        (
            "id: channel.forum-needs-people",
            "id: channel.fits",
            "stands in rules/channels.yaml line",
        ),
        ("id: channel.forum-needs-people", "id: A forum", "`A forum` is no id for a rule"),
        ("team: {people: less than 2}", "channel: {id: letter}", "write `channel as another`"),
        ("- team: {people", "- team as The Team: {people", "`The Team` cannot be named"),
        ("{people: less than 2}", "{people: < 2}", "Instead of `<` write `less than`"),
        ("{people: less than 2}", "{people: les than 2}", "Did you mean `less than 2`?"),
        ("{channel: channel.id}", "{channel: [channel.id, team.people]}", "is a number"),
        ("- team: {people: less than 2}", "- team\n", "a pattern is one kind of fact"),
    ],
)
def test_a_rule_that_is_not_whole_is_a_fault(tmp_path: Path, old: str, new: str, says: str) -> None:
    wrong = faults(tmp_path, rules_channels=(old, new))
    assert says in wrong[0].message
    assert wrong[0].file == CHANNELS


def test_a_pattern_names_only_those_above_it(tmp_path: Path) -> None:
    objective = "    - objective: {priority: at least 1}\n"
    strength = "    - strength: {objective: same as objective.name, score: at least $strong}\n"
    change = (objective + strength, strength + objective)
    assert "stands further down" in the_fault(tmp_path, rules_channels=change).message


def test_what_stands_in_unless_cannot_be_named(tmp_path: Path) -> None:
    unless = (
        "  unless:\n    - person: {hours: known}\n    - activity: {hours: at least person.hours}"
    )
    fault = the_fault(tmp_path, rules_channels=("  once per", f"{unless}\n  once per"))
    assert "only those of `when` can be named" in fault.message


def test_rules_for_one_kind_agree_whether_it_belongs_to_something(tmp_path: Path) -> None:
    more = (
        "\n- id: owner.first\n  title: First\n  when: [person: {hours: known}]\n  points: 1\n"
        "  recommend: {owner: person.id}\n  because: First.\n  source: starter value\n"
    )
    fault = the_fault(tmp_path, rules_owners=more)
    assert (fault.rule, fault.line) == ("owner.first", 12)
    assert "rules/owners.yaml line 1 says what it belongs to" in fault.message


def test_a_catalogue_that_says_one_thing_in_two_ways_is_a_fault(tmp_path: Path) -> None:
    needs = (
        "  needs:\n    key: [activity, skill]\n    catalogue: activities\n    list: needs\n"
        "    attributes: {activity: {type: word}, skill: {type: word}, level: {type: number}}\n"
    )
    listed = "hours: 2, needs: [{skill: ink, level: 1}, {skill: ink, level: 2}]"
    fault = the_fault(
        tmp_path,
        vocabulary=("aggregates:\n", f"{needs}aggregates:\n"),
        catalogues_activities=("hours: 2", listed),
    )
    assert str(fault) == (
        "catalogues/activities.yaml line 3: needs: it is said twice, and catalogues/activities.yaml"
        " line 3 says otherwise; keep one"
    )


# nothing is evaluated


@pytest.mark.parametrize(
    "slot",
    [
        "{objective.__class__}",
        "{objective.name.__class__.__mro__}",
        "{objective.name!r}",
        "{objective.name:>999999999}",
        "{objective[name]}",
        "{0}",
        "{}",
        "{$strong.__class__}",
        "{__import__('os').getcwd()}",
        "{{objective.name}}",
        "{objective.name",
    ],
)
def test_a_sentence_holds_names_and_nothing_else(tmp_path: Path, slot: str) -> None:
    change = ("{strength.channel} serves", f"{slot} serves")
    assert all(fault.line == 9 for fault in faults(tmp_path, rules_channels=change))
    assert faults(tmp_path, rules_channels=change)


@pytest.mark.parametrize(
    "points", ["__import__('os')", "2 ** 9", "2 / 3", "objective.priority()", "[1][0]", "1 if 1"]
)
def test_points_hold_sums_and_products_and_nothing_else(tmp_path: Path, points: str) -> None:
    change = ("2 * objective.priority * strength.score", f'"{points}"')
    fault = the_fault(tmp_path, rules_channels=change)
    assert "cannot be read" in fault.message


def test_text_that_looks_like_code_stays_text(tmp_path: Path) -> None:
    change = titled('"%s $(ls) ${HOME} `id` <b>{objective.name}</b>"')
    pack = load(write_pack(tmp_path, rules_channels=change))
    rule = next(rule for rule in pack.rules if rule.id == FITS)
    assert rule.title == "%s $(ls) ${HOME} `id` <b>{objective.name}</b>"


@pytest.mark.parametrize("seed", range(150))
def test_no_damage_makes_the_reader_stumble(tmp_path: Path, seed: int) -> None:
    rng = Random(seed)
    folder = write_pack(tmp_path)
    for _ in range(rng.randint(1, 3)):
        file = folder / rng.choice(sorted(FILES))
        text = file.read_text(encoding="utf-8")
        at = rng.randrange(len(text))
        put = rng.choice([*"{}[]:,-#&*!|>'\"%@`~\n ", "", "3", "\t", "é", "- ", "a: ", "null"])
        file.write_text(text[:at] + put + text[at + rng.randrange(4) :], encoding="utf-8")
    pack, wrong = read(folder)
    assert wrong or pack is not None
    assert all(fault.message for fault in wrong)


# what is made of a pack


def test_the_same_files_have_the_same_fingerprint_and_other_points_another(tmp_path: Path) -> None:
    one, same = load(write_pack(tmp_path / "a")), load(write_pack(tmp_path / "b"))
    other = load(write_pack(tmp_path / "c", rules_channels=("points: 2", "points: 3")))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert fingerprint(replace(one, cases=())) == one.fingerprint


def test_yes_and_no_are_truth_values_where_the_vocabulary_says_so(tmp_path: Path) -> None:
    attribute = "sector:\n        type: word"
    change = (attribute, "open: {type: yes_no, ask: {page: a, question: b}}\n      " + attribute)
    pack = load(write_pack(tmp_path, vocabulary=change))
    assert fact_from(pack, "organisation", {"open": "yes"}).values == {"open": True}
