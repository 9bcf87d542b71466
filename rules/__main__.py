"""The rulebook at the command line: `python -m rules check | recommend | explain`.

Exit 0: fine. 1: the pack has findings. 2: the input cannot be used; a sentence on standard error
says why. JSON goes to standard output whole or not at all.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path

from rules.case_files import case_in
from rules.check import check_folder
from rules.engine import recommend
from rules.errors import RulesError
from rules.explain import why_not
from rules.facts import did_you_mean, shown
from rules.pack import Case, Pack
from rules.printing import advice_lines, check_lines, explanation_lines
from rules.reading import load
from rules.results import Json, advice_json, check_json, explanation_json
from rules.targets import belongs, decided_kinds, known_targets

FINE, FINDINGS, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. Whatever is wrong with the input is one sentence."""
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
        sys.stdout.flush()
    except (RulesError, OSError, UnicodeError, RecursionError) as error:
        if not isinstance(error, BrokenPipeError):
            print(_sentence(error), file=sys.stderr)
        if isinstance(error, OSError) and not error.filename:
            # What could not be written must not be tried again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    return code


def _sentence(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return f"{error.filename}: there is no such file or folder."
        case OSError() if error.filename:
            return f"{error.filename}: it cannot be read ({str(error.strerror).lower()})."
        case OSError():
            return f"The answer cannot be written ({str(error.strerror).lower()})."
        case UnicodeError():
            return "The text is not UTF-8. Save it as UTF-8."
        case RecursionError():
            return "The file is nested too deeply."
        case _:
            return str(error)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m rules", description="Check and try rule packs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="what is wrong with a pack")
    check.add_argument("--today", type=_day, help="the day for check-again dates, YYYY-MM-DD")
    check.set_defaults(run=_check)
    advise = commands.add_parser("recommend", help="what the rules say about a case")
    advise.set_defaults(run=_recommend)
    explain = commands.add_parser("explain", help="why a target is recommended, or why not")
    explain.set_defaults(run=_explain)
    for command in (check, advise, explain):
        command.add_argument("pack", metavar="PACK", type=Path, help="the folder of the pack")
        command.add_argument("--json", action="store_true", help="print JSON")
    for command in (advise, explain):
        command.add_argument("file", metavar="CASE.yaml", type=Path, help="facts, as in a case")
        command.add_argument("--case", help="which case of the file; else the first")
    explain.add_argument("kind", metavar="KIND", help="the kind of target, such as channel")
    explain.add_argument("target", metavar="TARGET", help="the target's id, such as newsletter")
    explain.add_argument("--of", default="", help="what the target belongs to")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"a day like 2026-01-31 is wanted, not {shown(text)}") from None


def _check(asked: Namespace) -> int:
    _existing_folder(asked.pack)
    report = check_folder(asked.pack, asked.today)
    _show(asked, check_json(report), check_lines(report))
    return FINDINGS if report.findings else FINE


def _recommend(asked: Namespace) -> int:
    pack, case = _given(asked)
    advice = recommend(pack, case.facts)
    _show(asked, advice_json(pack, advice), advice_lines(pack, advice))
    return FINE


def _explain(asked: Namespace) -> int:
    pack, case = _given(asked)
    advice = recommend(pack, case.facts)
    kinds = decided_kinds(pack)
    if asked.kind not in kinds:
        raise RulesError(f"No stage decides `{asked.kind}`.{did_you_mean(asked.kind, kinds)}")
    known = known_targets(pack, case.facts, asked.kind)
    if asked.target not in known:
        close = did_you_mean(asked.target, known)
        raise RulesError(f"There is no {asked.kind} `{asked.target}`.{close}")
    if belongs(pack, asked.kind) != bool(asked.of):
        needs = (
            "belongs to nothing; leave out --of" if asked.of else "belongs to something; say --of"
        )
        raise RulesError(f"A target of the kind `{asked.kind}` {needs}.")
    answer = why_not(pack, case.facts, advice, asked.kind, asked.target, asked.of)
    _show(asked, explanation_json(pack, answer), explanation_lines(pack, answer))
    return FINE


def _given(asked: Namespace) -> tuple[Pack, Case]:
    _existing_folder(asked.pack)
    pack = load(asked.pack)
    return pack, case_in(pack, asked.file, asked.case)


def _existing_folder(folder: Path) -> None:
    if not folder.is_dir():
        what = "is a file, not the folder of a pack" if folder.exists() else "does not exist"
        raise RulesError(f"{folder} {what}. Name a folder that holds pack.yaml.")


def _show(asked: Namespace, whole: Json, lines: Iterable[str]) -> None:
    if asked.json:
        print(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
        return
    for line in lines:
        print(line)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
