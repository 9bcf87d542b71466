"""A folder of YAML → a checked pack: everything is checked once, and every fault is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rules.errors import FactError, Fault, PackError
from rules.facts import typed
from rules.nodes import EnoughFaults, Node, Source
from rules.pack import Case, Entry, Fact, Pack, Rule, Stage
from rules.reading_catalogues import fixed_facts, plain, read_entries
from rules.reading_parameters import read_parameters
from rules.reading_rules import RuleReader
from rules.reading_vocabulary import Lists, read_kinds
from rules.reading_yaml import parse

Files = Mapping[str, tuple[Node, Source]]


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
    files = dict(_files(folder, faults))
    pack = _frame(files, folder, faults)
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
    for needed in ("pack.yaml", "vocabulary.yaml"):
        if not (folder / needed).is_file():
            faults.append(Fault(needed, 0, "", "the file is missing; every pack has one"))
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        source = Source(name, faults)
        if not path.resolve().is_relative_to(folder.resolve()):
            source.fault(0, "the file lies outside the pack; copy it in")
            continue
        node = parse(path, source)
        if node is not None:
            yield name, (node, source)


def _frame(files: Files, folder: Path, faults: list[Fault]) -> Pack | None:
    if "pack.yaml" not in files:
        return None
    node, source = files["pack.yaml"]
    names = {"name", "title", "version", "stages"}
    parts = source.mapping(node, names | {"source", "what"}, names)
    stages = []
    for item in parts["stages"].items or () if "stages" in parts else ():
        stage = source.mapping(item, {"name", "title", "decides"}, {"name"})
        words = source.words(stage.get("decides"))
        stages.append(Stage(source.word(stage.get("name")), words, source.word(stage.get("title"))))
    decided = [kind for stage in stages for kind in stage.decides]
    for kind in sorted({kind for kind in decided if decided.count(kind) > 1}):
        source.fault(node.line, f"two stages decide about `{kind}`; one may")
    name, title, version = (source.word(parts.get(n)) for n in ("name", "title", "version"))
    return Pack(name, title, version, "", tuple(stages), {}, {}, {}, (), ())


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
    facts: list[Fact] = []
    for stem, node, source in _folder(files, "catalogues"):
        facts += (fact for fact, _ in fixed_facts(pack, stem, node, source, lists))
    try:
        return typed(replace(pack, fixed=()), facts)
    except FactError as error:
        files["pack.yaml"][1].faults.append(Fault("catalogues", 0, "", str(error)))
        return ()


def _rules(pack: Pack, files: Files) -> Iterator[Rule]:
    stages = {stage.name: stage for stage in pack.stages}
    seen: dict[str, str] = {}
    for stem, node, source in _folder(files, "rules"):
        if stem not in stages:
            source.fault(1, f"there is no stage `{stem}` in pack.yaml; name the file after one")
            continue
        for item in node.items or ():
            rule = RuleReader(pack, source, item, stages[stem]).rule()
            if rule is None:
                continue
            if rule.id in seen:
                source.fault(item.line, f"the id stands in {seen[rule.id]} too", rule.id)
            seen[rule.id] = source.name
            yield rule


def _cases(pack: Pack, files: Files) -> Iterator[Case]:
    for _, node, source in _folder(files, "cases"):
        yield from read_cases(pack, node, source)


def read_cases(pack: Pack, node: Node, source: Source) -> Iterator[Case]:
    """`- case: sentence, facts: [...], expect: {...}`; facts are typed when a case is run."""
    for item in node.items if node.items is not None else (node,):
        parts = source.mapping(item, {"case", "facts", "expect"}, {"facts"})
        facts: list[Fact] = []
        listed = parts.get("facts")
        for entry in listed.items or () if listed else ():
            facts += _case_facts(entry, source)
        expected = plain(parts["expect"], source) if "expect" in parts else {}
        yield Case(
            source.word(parts.get("case")) or source.name,
            tuple(facts),
            expected if isinstance(expected, dict) else {},
            source.name,
            item.line,
        )


def _case_facts(node: Node, source: Source) -> Iterator[Fact]:
    entries = source.mapping(node, None, set())
    trust = source.number(entries.pop("trust", None))
    for kind, body in entries.items():
        for row in body.items if body.items is not None else (body,):
            values = {n: plain(v, source) for n, v in source.mapping(row, None, set()).items()}
            yield Fact(kind, values, 1.0 if trust is None else trust)  # type: ignore[arg-type]
