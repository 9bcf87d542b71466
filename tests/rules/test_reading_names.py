"""Names that are not there and rules that are not whole are said with what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.reading import read
from tests.rules.small_pack import write_pack
from tests.rules.spoiled import CHANNELS, faults, the_fault

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
