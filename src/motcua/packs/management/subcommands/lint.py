"""``motcua packs lint [FOLDER…]``: say what is wrong with packs, where, and what to do."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motcua.packs.management.folders import asked_folders, take_folders, take_language
from motcua.packs.queries.folders import pack_beside, read_folder
from motcua.packs.queries.linting import Finding, findings_in, said

HELP = "Check packs: every flaw with file, line, column and cure."


def arguments(parser: ArgumentParser) -> None:
    """Take the folders and how to say it."""
    take_folders(parser)
    take_language(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Check them; errors make it fail, warnings do not."""
    language = options["language"]
    lines: list[dict[str, Any]] = []
    folders = asked_folders(options)
    for folder in folders:
        for found in findings_in(read_folder(folder), others=pack_beside(folder)):
            lines.append(_facts(folder, found, language))
            if not options["json"]:
                say(_line(lines[-1]))
    errors = sum(not line["warning"] for line in lines)
    if options["json"]:
        say(json.dumps(lines, ensure_ascii=False, indent=1))
    else:
        say(f"{len(folders)} packs, {errors} errors, {len(lines) - errors} warnings")
    return not errors


def _facts(folder: Path, found: Finding, language: str) -> dict[str, Any]:
    return {
        "file": str(folder / found.file),
        "line": found.line,
        "column": found.column,
        "rule": found.flaw.rule,
        "warning": found.flaw.warning,
        "message": said(found.flaw, language),
    }


def _line(facts: dict[str, Any]) -> str:
    kind = "warning" if facts["warning"] else "error"
    where = f"{facts['file']}:{facts['line']}:{facts['column']}"
    return f"{where}: {kind}: {facts['message']} [{facts['rule']}]"
