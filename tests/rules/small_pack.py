"""A small sane pack as YAML files, so that each test can spoil one thing in it."""

from __future__ import annotations

from pathlib import Path

PACK = """\
name: small
title: A small pack
version: "1.0"
stages:
  - {name: findings, title: What stands out}
  - {name: channels, decides: channel}
  - {name: activities, decides: activity}
  - {name: owners, decides: owner}
"""

VOCABULARY = """\
kinds:
  objective:
    what: an objective the organisation has stated
    key: name
    attributes:
      name: {type: word, catalogue: objectives, ask: {page: objectives, question: What is it?}}
      priority: {type: number, from: 0, to: 3, ask: {page: objectives, question: How much?}}
  organisation:
    what: the organisation itself
    attributes:
      sector:
        type: word
        words: [business, public]
        ask: {page: organisation, question: What are you?}
      hours: {type: number, from: 0, unit: hours, ask: {page: organisation, question: How long?}}
  person:
    what: someone who works there
    key: id
    attributes:
      id: {type: word}
      hours: {type: number, from: 0, unit: hours, ask: {page: organisation, question: How long?}}
  channel:
    what: a channel of the catalogue
    key: id
    catalogue: channels
    attributes:
      id: {type: word, catalogue: channels}
      type: {type: word}
  strength:
    what: how well a channel serves an objective
    key: [channel, objective]
    catalogue: strengths
    attributes:
      channel: {type: word, catalogue: channels}
      objective: {type: word, catalogue: objectives}
      score: {type: number, from: 0, to: 5}
  activity:
    what: an activity of the catalogue
    key: id
    catalogue: activities
    attributes:
      id: {type: word, catalogue: activities}
      channel: {type: word, catalogue: channels}
      hours: {type: number, unit: hours}
aggregates:
  team:
    people: {count: person}
"""

PARAMETERS = """\
strong:
  value: 4
  title: how strong a channel must be
  source: starter value
  since: 2026-01-01
  check again: 2099-01-01
"""

OBJECTIVES = """\
entries:
  - {id: sales, title: More sales}
  - {id: image, title: A better name}
"""

CHANNELS = """\
kind: channel
entries:
  - {id: letter, title: Newsletter, type: mail}
  - {id: forum, title: Forum, type: community}
"""

STRENGTHS = """\
kind: strength
table: {rows: channel, columns: objective, value: score}
values:
  letter: {sales: 5, image: 2}
  forum: {sales: 1, image: 4}
"""

ACTIVITIES = """\
kind: activity
entries:
  - {id: write, title: Write a letter, channel: letter, hours: 2}
  - {id: host, title: Host the forum, channel: forum, hours: 3}
"""

FINDINGS = """\
- id: findings.nobody
  title: Nobody is there
  when:
    - team: {people: 0}
  find: {name: nobody, severity: high}
  because: "Nobody is named yet."
  way out: Name one person.
  source: starter value
"""

RULES = """\
- id: channel.fits
  title: The channel fits
  when:
    - objective: {priority: at least 1}
    - strength: {objective: same as objective.name, score: at least $strong}
  once per: objective.name
  recommend: {channel: strength.channel}
  points: 2 * objective.priority * strength.score
  because: "{strength.channel} serves {objective.name}."
  source: starter value

- id: channel.forum-needs-people
  title: A forum needs people
  when:
    - channel: {type: community}
    - team: {people: less than 2}
  block: {channel: channel.id}
  way out: Find another person.
  because: "{channel.id} needs two people."
  source: starter value
"""

ACTIVITY_RULES = """\
- id: activity.follows-the-channel
  title: What the channel needs
  when:
    - recommended: {kind: channel}
    - activity: {channel: same as recommended.target}
  recommend: {activity: activity.id}
  points: 3
  because: "{activity.id} fills {recommended.target}."
  source: starter value
"""

OWNER_RULES = """\
- id: owner.has-the-hours
  title: The hours are there
  when:
    - recommended: {kind: activity}
    - activity: {id: same as recommended.target}
    - person: {hours: at least activity.hours}
  recommend: {owner: person.id, of: recommended.target}
  points: 1
  because: "{person.id} has {person.hours}."
  source: starter value
"""

CASES = """\
- case: One person who wants to sell gets a newsletter and writes it
  facts:
    - objective: {name: sales, priority: 3}
    - person: {id: p1, hours: 4}
  expect:
    top channel: [letter]
    blocked: {channel: [forum]}
    recommended: {activity: [write], owner: {write: [p1]}}
    not found: [nobody]

- case: With nobody named nobody owns anything
  facts:
    - objective: {name: sales, priority: 3}
  expect:
    found: [nobody]
    top owner: []
    silent: [owner.has-the-hours]
"""

FILES = {
    "pack.yaml": PACK,
    "vocabulary.yaml": VOCABULARY,
    "parameters.yaml": PARAMETERS,
    "catalogues/objectives.yaml": OBJECTIVES,
    "catalogues/channels.yaml": CHANNELS,
    "catalogues/strengths.yaml": STRENGTHS,
    "catalogues/activities.yaml": ACTIVITIES,
    "rules/findings.yaml": FINDINGS,
    "rules/channels.yaml": RULES,
    "rules/activities.yaml": ACTIVITY_RULES,
    "rules/owners.yaml": OWNER_RULES,
    "cases/first.yaml": CASES,
}


def write_pack(folder: Path, **changes: tuple[str, str] | str) -> Path:
    """The pack as files. A change by file name without ending (`vocabulary`, `rules_channels`) is
    text to add at its end, or a pair: what to replace by what."""
    for name, text in FILES.items():
        change = changes.pop(name.removesuffix(".yaml").replace("/", "_"), "")
        path = folder / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_changed(text, change), encoding="utf-8")
    assert not changes, f"no file is called {', '.join(changes)}"
    return folder / "small"


def _changed(text: str, change: tuple[str, str] | str) -> str:
    if isinstance(change, str):
        return text + change
    assert change[0] in text, f"nothing reads {change[0]!r}"
    return text.replace(*change)
