"""``motcua packs redtape [FOLDER|CODE…]``: say what packs ask that they need not ask."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from motcua.packs.management.asked import AskedPack, asked_packs, linked, take_packs
from motcua.packs.management.folders import take_language
from motcua.packs.queries.linting import Flaw
from motcua.packs.queries.redtape import Finding, redtape, told

HELP = "Say what packs ask needlessly: papers and questions the State holds, doubles, time, law."


def arguments(parser: ArgumentParser) -> None:
    """Take the packs and how to say it."""
    take_packs(parser)
    take_language(parser)
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Say every finding with its place, weight and cure; findings are no errors."""
    packs, language = asked_packs(options), options["language"]
    parts = linked(packs)
    lines: list[dict[str, Any]] = []
    for each in packs:
        for finding in redtape(each.pack, parts=parts):
            lines.append(_facts(each, finding, language))
            if not options["json"]:
                say(_line(lines[-1]))
    if options["json"]:
        say(json.dumps(lines, ensure_ascii=False, indent=1))
    else:
        say(f"{len(packs)} packs, {len(lines)} findings")
    return True


def _facts(asked: AskedPack, finding: Finding, language: str) -> dict[str, Any]:
    words = told(finding, language)
    where = ".".join(str(step) for step in finding.path)
    if asked.source is not None:
        where = asked.source.finding(Flaw(finding.rule, finding.path, "")).where
    return {
        "pack": asked.pack.code,
        "place": where,
        "rule": finding.rule,
        "weight": finding.weight.value,
        "message": words.message,
        "cure": words.cure,
        "held_by": list(finding.held_by),
        "remains": words.remains,
        "law": words.law,
    }


def _line(facts: dict[str, Any]) -> str:
    said = " ".join(
        f"{facts['message']}. {facts['cure']}. {facts['remains']} {facts['law']}".split()
    )
    return f"{facts['pack']}/{facts['place']}: {facts['weight']}: {said} [{facts['rule']}]"
