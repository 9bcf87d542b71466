"""Each kind of mistake, planted once in a sane pack, is found; and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rules.check import Finding, Report, check_folder
from rules.engine import recommend
from rules.pack import Fact
from rules.reading import load
from tests.rules.small_pack import write_pack

TODAY = date(2026, 11, 24)


def checked(folder: Path, **changes: tuple[str, str] | str) -> Report:
    return check_folder(write_pack(folder, **changes), TODAY)


def found(folder: Path, **changes: tuple[str, str] | str) -> list[Finding]:
    return list(checked(folder, **changes).findings)


def about(findings: list[Finding], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


def facts_of(finding: Finding) -> tuple[Fact, ...]:
    return tuple(Fact(kind, values) for one in finding.example for kind, values in one.items())


def spoken(folder: Path, finding: Finding) -> set[str]:
    """The rules that speak in a finding's example."""
    advice = recommend(load(folder), facts_of(finding))
    return {match.rule.id for match in advice.matches}


def test_a_sane_pack_has_no_findings(tmp_path: Path) -> None:
    report = checked(tmp_path)
    assert [str(finding) for finding in report.findings] == []
    assert (report.rules, report.cases) == (5, 2)


def test_an_unknown_name_is_a_finding_at_its_line(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rules_channels=("{priority: at", "{prioritiy: at"))
    assert (finding.file, finding.rule) == ("rules/channels.yaml", "channel.fits")
    assert finding.line in (1, 3, 4)
    assert "prioritiy" in finding.message
    assert "priority" in finding.message.replace("prioritiy", "")


def test_a_test_that_no_value_passes_is_found_and_its_neighbour_is_not(tmp_path: Path) -> None:
    above = found(tmp_path, rules_channels=("priority: at least 1", "priority: at least 4"))
    assert any("priority" in finding.message for finding in about(above, "channel.fits"))
    at = found(tmp_path / "at", rules_channels=("priority: at least 1", "priority: at least 3"))
    assert at == []


def test_a_word_outside_the_closed_list_is_found(tmp_path: Path) -> None:
    rule = extra("organisation: {sector: busines}")
    findings = about(found(tmp_path, rules_channels=rule), "channel.extra")
    assert any("busines" in finding.message for finding in findings)


def extra(when: str, **parts: str) -> str:
    """One more rule for channels; `when` is YAML flow, patterns separated by new lines."""
    patterns = "\n".join(f"    - {pattern}" for pattern in when.splitlines())
    fields = {
        "recommend": "{channel: letter}",
        "points": "1",
        "because": '"One more."',
        "source": "starter value",
        **parts,
    }
    body = "\n".join(f"  {name.replace('_', ' ')}: {text}" for name, text in fields.items() if text)
    return f"\n- id: channel.extra\n  title: One more\n  when:\n{patterns}\n{body}\n"


def never(folder: Path, when: str, **parts: str) -> bool:
    findings = found(folder, rules_channels=extra(when, **parts))
    return any("never speak" in finding.message for finding in about(findings, "channel.extra"))


def test_tests_that_contradict_each_other_through_a_join_are_found(tmp_path: Path) -> None:
    join = (
        "objective: {{name: {}}}\n"
        "strength: {{objective: same as objective.name, channel: forum, score: {}}}"
    )
    assert never(tmp_path / "a", join.format("sales", "at least 4"))
    assert not never(tmp_path / "b", join.format("image", "at least 4"))


def test_an_order_that_cannot_hold_is_found(tmp_path: Path) -> None:
    when = "person: {hours: at most 2}\nperson as other: {hours: more than person.hours}"
    assert not never(tmp_path / "a", when)
    ring = when.replace("at most 2", "at least 2") + "\nactivity: {hours: more than other.hours}"
    assert not never(tmp_path / "b", ring)
    assert never(tmp_path / "c", ring.replace("at least 2", "at least 3"))


def test_one_fact_cannot_be_two_things_at_once(tmp_path: Path) -> None:
    when = "organisation: {sector: business}\norganisation as again: {sector: public}"
    assert never(tmp_path / "a", when)
    assert not never(tmp_path / "b", when.replace("public", "business"))


def test_two_objectives_can_be_two_things_at_once(tmp_path: Path) -> None:
    when = "objective: {name: sales}\nobjective as again: {name: image}"
    assert not never(tmp_path, when)


def test_a_where_that_numbers_refute_is_found(tmp_path: Path) -> None:
    when = "objective: {priority: known}"
    assert never(tmp_path / "a", when, where="['2 * objective.priority at least 7']")
    assert not never(tmp_path / "b", when, where="['2 * objective.priority at least 6']")


def test_a_finding_that_no_rule_makes_is_an_unknown_name(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, rules_channels=extra("finding: {name: nobdy}"))
    assert (finding.file, finding.rule) == ("rules/channels.yaml", "channel.extra")
    assert finding.message == "name: `nobdy` is not one of its words. Did you mean `nobody`?"


def test_a_finding_that_only_a_later_stage_makes_is_found(tmp_path: Path) -> None:
    late = (
        "\n- id: owner.late\n  title: Late\n  when: [team: {people: 0}]\n"
        "  find: {name: late}\n  because: Late.\n  source: starter value\n"
    )
    for name, speaks in (("late", False), ("nobody", True)):
        rule = extra(f"finding: {{name: {name}}}")
        findings = found(tmp_path / name, rules_channels=rule, rules_owners=late)
        reasons = [f.message for f in about(findings, "channel.extra") if "never" in f.message]
        assert bool(reasons) is not speaks


def test_recommended_targets_of_a_later_stage_are_found(tmp_path: Path) -> None:
    assert never(tmp_path / "a", "recommended: {kind: activity}")


def test_an_unless_that_always_holds_is_found(tmp_path: Path) -> None:
    when = "objective: {priority: at least 2}"
    assert never(tmp_path / "a", when, unless="[{objective: {priority: at least 1}}]")
    assert not never(tmp_path / "b", when, unless="[{objective: {priority: at least 3}}]")
    assert never(tmp_path / "c", when, unless="[{channel: {type: community}}]")


def test_a_rule_implied_by_another_is_found_with_a_state_in_which_both_speak(
    tmp_path: Path,
) -> None:
    narrower = extra(
        "objective: {priority: at least 2, name: sales}\n"
        "strength: {objective: same as objective.name, score: at least 4}",
        recommend="{channel: strength.channel}",
        points="2 * objective.priority * strength.score",
        once_per="objective.name",
    )
    findings = about(found(tmp_path, rules_channels=narrower), "channel.extra")
    (finding,) = [f for f in findings if "`channel.fits`" in f.message]
    assert {"channel.fits", "channel.extra"} <= spoken(tmp_path / "small", finding)


def test_a_special_case_is_implied_by_a_rule_that_joins_the_catalogue(tmp_path: Path) -> None:
    special = extra(
        "objective: {priority: at least 1, name: sales}\n"
        "strength: {objective: sales, channel: letter}",
        points="2 * objective.priority * strength.score",
        once_per="objective.name",
    )
    findings = about(found(tmp_path, rules_channels=special), "channel.extra")
    assert any("`channel.fits`" in finding.message for finding in findings)


def test_a_rule_with_points_of_its_own_is_a_grade_and_no_finding(tmp_path: Path) -> None:
    graded = extra(
        "objective: {priority: at least 2}\n"
        "strength: {objective: same as objective.name, score: at least 4}",
        recommend="{channel: strength.channel}",
        points="3",
        once_per="objective.name",
    )
    findings = about(found(tmp_path, rules_channels=graded), "channel.extra")
    assert not any("`channel.fits`" in finding.message for finding in findings)


def test_a_recommendation_that_is_always_blocked_is_found(tmp_path: Path) -> None:
    against = extra(
        "channel: {type: community}\nteam: {people: 1}", recommend="{channel: channel.id}"
    )
    findings = about(found(tmp_path, rules_channels=against), "channel.extra")
    (finding,) = [f for f in findings if "`channel.forum-needs-people`" in f.message]
    assert {"channel.forum-needs-people", "channel.extra"} <= spoken(tmp_path / "small", finding)


def test_a_block_as_an_exception_to_a_recommendation_is_no_contradiction(tmp_path: Path) -> None:
    general = extra("channel: {type: community}", recommend="{channel: channel.id}")
    findings = about(found(tmp_path, rules_channels=general), "channel.extra")
    assert not any("`channel.forum-needs-people`" in finding.message for finding in findings)


def test_opposite_points_in_the_same_state_are_found(tmp_path: Path) -> None:
    both = extra("objective: {name: sales}") + extra(
        "objective: {name: sales}", points="-1"
    ).replace("channel.extra", "channel.against")
    findings = found(tmp_path, rules_channels=both)
    assert any("advises against" in finding.message for finding in findings)


def test_points_that_add_up_unasked_are_found_with_a_state_that_shows_it(tmp_path: Path) -> None:
    twice = extra("objective: {priority: at least 1}\nperson: {hours: at least 1}", points="2")
    findings = about(found(tmp_path / "a", rules_channels=twice), "channel.extra")
    (finding,) = [f for f in findings if "once per" in f.message]
    advice = recommend(load(tmp_path / "a" / "small"), facts_of(finding))
    points = [
        [part.points for part in scored.parts if part.rule.id == "channel.extra"]
        for scored in advice.scored
    ]
    assert any(len(given) > len(set(given)) for given in points)
    asked = twice.replace("  points", "  once per: target\n  points")
    findings = about(found(tmp_path / "b", rules_channels=asked), "channel.extra")
    assert not any("once per" in finding.message for finding in findings)


def test_an_objective_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    findings = found(tmp_path, catalogues_objectives="  - {id: crisis, title: Calm}\n")
    (finding,) = [f for f in findings if "crisis" in f.message]
    assert (finding.file, finding.line) == ("catalogues/objectives.yaml", 4)
    assert {"objective": {"name": "crisis"}} in finding.example
    assert "channel" in finding.message


def test_a_channel_that_no_rule_reaches_is_found(tmp_path: Path) -> None:
    more = "  - {id: video, title: Films, type: network}\n"
    findings = found(tmp_path, catalogues_channels=more)
    (finding,) = findings
    assert (finding.file, finding.line) == ("catalogues/channels.yaml", 5)
    assert "video" in finding.message


def test_a_fact_that_nobody_is_asked_for_is_found(tmp_path: Path) -> None:
    change = (", ask: {page: objectives, question: How much?}", "")
    findings = found(tmp_path, vocabulary=change)
    (finding,) = findings
    assert finding.rule == "channel.fits"
    assert "objective.priority" in finding.message
    assert "channel.fits" in spoken(tmp_path / "small", finding)


def test_a_parameter_that_no_rule_names_is_found(tmp_path: Path) -> None:
    more = "weak: {value: 1, title: weak, source: starter value, since: 2026-01-01}\n"
    (finding,) = found(tmp_path, parameters=more)
    assert finding.file == "parameters.yaml"
    assert finding.line == 7
    assert "`weak`" in finding.message


def test_a_parameter_is_found_on_its_check_again_date_and_not_the_day_before(
    tmp_path: Path,
) -> None:
    folder = write_pack(tmp_path, parameters=("2099-01-01", "2026-11-25"))
    assert check_folder(folder, date(2026, 11, 24)).findings == ()
    (finding,) = check_folder(folder, date(2026, 11, 25)).findings
    assert "`strong`" in finding.message
    assert "2026-11-25" in finding.message
    assert "channel.fits" in spoken(folder, finding)


def test_a_rule_that_speaks_in_no_case_is_found_with_a_state_in_which_it_would(
    tmp_path: Path,
) -> None:
    rule = extra(
        "recommended: {kind: channel}\nfinding: {name: nobody}\nteam: {people: 2}",
        recommend="{activity: host}",
        once_per="target",
    ).replace("channel.extra", "activity.extra")
    rule = rule.replace("team: {people: 2}", "organisation: {hours: at least 8}")
    (finding,) = found(tmp_path, rules_activities=rule)
    assert "no case" in finding.message
    assert "activity.extra" in spoken(tmp_path / "small", finding)


def test_a_case_that_fails_is_found_at_its_line(tmp_path: Path) -> None:
    findings = found(tmp_path, cases_first=("top channel: [letter]", "top channel: [forum]"))
    (finding,) = findings
    assert finding.file == "cases/first.yaml"
    assert finding.line == 1
    assert "forum" in finding.message
    assert {"objective": {"name": "sales", "priority": 3}} in finding.example


def test_findings_are_ordered_and_never_said_twice(tmp_path: Path) -> None:
    findings = found(
        tmp_path,
        rules_channels=extra("recommended: {kind: activity}"),
        catalogues_objectives="  - {id: crisis, title: Calm}\n",
    )
    assert findings == sorted(findings, key=lambda f: (f.file, f.line, f.rule, f.message))
    assert len({(f.file, f.line, f.message) for f in findings}) == len(findings)
