"""A folder of YAML → a checked pack: everything is checked once, and every fault is reported."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rules.errors import Fault, PackError
from rules.facts import did_you_mean, key, shown
from rules.nodes import EnoughFaults, Node, Source, what_it_is
from rules.pack import Case, Entry, Fact, Pack, Recommend, Rule, Stage
from rules.reading_cases import read_cases
from rules.reading_catalogues import fixed_facts, read_entries
from rules.reading_parameters import read_parameters
from rules.reading_rules import RuleReader
from rules.reading_vocabulary import Lists, read_kinds
from rules.reading_yaml import parse

Files = Mapping[str, tuple[Node, Source]]

NEEDED = ("pack.yaml", "vocabulary.yaml")
KNOWN_FILES = (*NEEDED, "parameters.yaml")
FOLDERS = ("catalogues", "rules", "cases")


def load(folder: Path) -> Pack:
    """The pack in a folder; PackError with all its faults if it has any."""
    pack, faults = read(folder)
    if pack is None or faults:
        raise PackError(faults)
    return pack


def read(folder: Path) -> tuple[Pack | None, list[Fault]]:
    """The pack as far as it can be read, and everything that is wrong with it."""
    faults: list[Fault] = []
    if not folder.is_dir():
        return None, [Fault(str(folder), 0, "", "there is no such folder; name a pack's folder")]
    try:
        return _read(folder, faults), faults
    except EnoughFaults:
        return None, faults


def _read(folder: Path, faults: list[Fault]) -> Pack | None:
    for needed in NEEDED:
        if not (folder / needed).exists():
            faults.append(Fault(needed, 0, "", "the file is missing; every pack has one"))
    if not (folder / "pack.yaml").exists():
        return None  # any folder of the disk, perhaps: what lies in it is nobody's pack
    files = dict(_files(folder, faults))
    pack = _frame(files)
    if pack is None:
        return None
    if "parameters.yaml" in files:
        pack = replace(pack, parameters=read_parameters(*files["parameters.yaml"]))
    pack = replace(pack, catalogues=_catalogues(files))
    lists: Lists = {}
    if "vocabulary.yaml" in files:
        kinds, lists = read_kinds(pack, *files["vocabulary.yaml"], findings=_findings(files))
        pack = replace(pack, kinds=kinds)
    pack = replace(pack, fixed=_fixed(pack, files, lists))
    pack = replace(pack, rules=tuple(_rules(pack, files)))
    faults += _half_belonging(pack.rules)
    pack = replace(pack, cases=tuple(_cases(pack, files)))
    return replace(pack, fingerprint=fingerprint(pack))


def fingerprint(pack: Pack) -> str:
    """SHA-256 of everything that can change advice."""
    parts: list[object] = [pack.version, pack.stages, sorted(pack.kinds.items())]
    parts += [sorted((n, p.value) for n, p in pack.parameters.items())]
    parts += [sorted(repr(sorted(f.values.items())) + f.kind for f in pack.fixed)]
    parts += [sorted(repr(replace(rule, file="", line=0)) for rule in pack.rules)]
    parts += [sorted(pack.confidence.items())]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _files(folder: Path, faults: list[Fault]) -> Iterator[tuple[str, tuple[Node, Source]]]:
    for name in FOLDERS:
        if (folder / name).is_dir() and not os.access(folder / name, os.R_OK | os.X_OK):
            faults.append(Fault(name, 0, "", "the folder cannot be opened: permission denied"))
    for path in sorted((*folder.rglob("*.yaml"), *folder.rglob("*.yml"))):
        name = path.relative_to(folder).as_posix()
        source = Source(name, faults)
        stray = _stray(folder, path, name)
        if stray:
            source.fault(0, stray)
            continue
        node = parse(path, source)
        if node is not None:
            yield name, (node, source)


def _stray(folder: Path, path: Path, name: str) -> str:
    """Why a file is no part of the pack; '' if it is one."""
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        inside = False
    if not inside:
        return "the file lies outside the pack; copy it in"
    if path.suffix != ".yaml":
        return "the name ends in .yml and is not read; let it end in .yaml"
    top, *below = name.split("/")
    known = FOLDERS if below else KNOWN_FILES
    if top in known:
        return ""
    what = "folder" if below else "file"
    close = did_you_mean(top, known) or f" Known are {', '.join(known)}."
    return f"a pack has no {what} {shown(top)}.{close}"


def _frame(files: Files) -> Pack | None:
    if "pack.yaml" not in files:
        return None
    node, source = files["pack.yaml"]
    names = ("name", "title", "version", "stages")
    parts = source.mapping(node, (*names, "source", "what"), names)
    stages = tuple(_stages(parts.get("stages"), source))
    name, title, version = (source.word(parts.get(n)) for n in names[:3])
    return Pack(name, title, version, "", stages, {}, {}, {}, (), ())


def _stages(listed: Node | None, source: Source) -> Iterator[Stage]:
    """The stages in order; no two of one name, and none that decides what another decides."""
    if listed is None or listed.empty:
        return
    if listed.items is None:
        wanted = "`stages` wants a list, as in `- {name: channels, decides: channel}`"
        source.fault(listed.line, f"{wanted}, not {what_it_is(listed)}")
    names: set[str] = set()
    decided: dict[str, str] = {}
    for item in listed.items or ():
        parts = source.mapping(item, ("name", "title", "decides"), ("name",))
        name, decides = source.word(parts.get("name")), source.words(parts.get("decides"))
        if name in names:
            source.fault(item.line, f"the stage {shown(name)} stands here twice; keep one")
        names.add(name)
        for kind in decides:
            other = decided.setdefault(kind, name)
            if other != name:
                wanted = "one stage may decide about it"
                source.fault(item.line, f"{shown(other)} decides about {shown(kind)} too; {wanted}")
        yield Stage(name, decides, source.word(parts.get("title")))


def _folder(files: Files, folder: str) -> Iterator[tuple[str, Node, Source]]:
    for name, (node, source) in files.items():
        if name.startswith(f"{folder}/"):
            yield Path(name).stem, node, source


def _catalogues(files: Files) -> dict[str, dict[str, Entry]]:
    return {stem: read_entries(node, source) for stem, node, source in _folder(files, "catalogues")}


def _findings(files: Files) -> set[str]:
    """The names that findings of the rules have, read before the rules themselves."""
    named = set()
    for _, node, _ in _folder(files, "rules"):
        for item in node.items or ():
            find = item.get("find")
            name = find.get("name") if find else None
            if name and name.text:
                named.add(name.text)
    return named


def _fixed(pack: Pack, files: Files, lists: Lists) -> tuple[Fact, ...]:
    """The facts of all catalogues; a fault where two of them say one thing in two ways."""
    kept: dict[object, tuple[Fact, str, int]] = {}
    for stem, node, source in _folder(files, "catalogues"):
        for fact, line in fixed_facts(pack, stem, node, source, lists):
            known, file, first = kept.setdefault(key(pack, fact), (fact, source.name, line))
            if known != fact:
                wanted = f"{file} line {first} says otherwise; keep one"
                source.fault(line, f"{fact.kind}: it is said twice, and {wanted}")
    return tuple(fact for fact, _, _ in kept.values())


def _rules(pack: Pack, files: Files) -> Iterator[Rule]:
    stages = {stage.name: stage for stage in pack.stages}
    seen: dict[str, str] = {}
    for stem, node, source in _folder(files, "rules"):
        if stem not in stages:
            close = did_you_mean(stem, stages)
            wanted = "name the file after one"
            source.fault(1, f"there is no stage {shown(stem)} in pack.yaml; {wanted}.{close}")
            continue
        if node.items is None:
            source.fault(node.line, "a list of rules is wanted: every rule begins with `- id:`")
        for item in node.items or ():
            rule = RuleReader(pack, source, item, stages[stem]).rule()
            if rule is None:
                continue
            first = seen.setdefault(rule.id, f"{source.name} line {item.line}")
            if first != f"{source.name} line {item.line}":
                wanted = "every rule has an id of its own"
                source.fault(item.line, f"the id stands in {first} too; {wanted}", rule.id)
            yield rule


def _half_belonging(rules: Iterable[Rule]) -> Iterator[Fault]:
    """Targets of one kind all belong to something, or none does: ranks are counted by it."""
    belongs: dict[str, tuple[bool, str]] = {}
    for rule in rules:
        if isinstance(rule.conclusion, Recommend):
            kind, belonging = rule.conclusion.kind, rule.conclusion.of is not None
            first, where = belongs.setdefault(kind, (belonging, f"{rule.file} line {rule.line}"))
            if first != belonging:
                said = "says no `of`" if belonging else "says what it belongs to with `of`"
                wrong = f"{kind}: the rule in {where} {said}; let both do the same"
                yield Fault(rule.file, rule.line, rule.id, wrong)


def _cases(pack: Pack, files: Files) -> Iterator[Case]:
    for _, node, source in _folder(files, "cases"):
        yield from read_cases(pack, node, source)
