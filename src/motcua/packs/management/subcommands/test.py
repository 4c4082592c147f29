"""``motcua packs test [FOLDER…]``: try the examples that stand in packs."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from motcua.packs.management.folders import asked_folders, take_folders, take_language
from motcua.packs.queries.folders import pack_beside, read_folder
from motcua.packs.queries.linting import errors_in, said
from motcua.packs.queries.trying import try_source

HELP = "Try the examples of packs: form, eligibility, case, fee, papers, due date, result, work."


def arguments(parser: ArgumentParser) -> None:
    """Take the folders and the language."""
    take_folders(parser)
    take_language(parser)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Try them, saying of each what differs from what it expects."""
    language, wrong, tried = options["language"], 0, 0
    for folder in asked_folders(options):
        source = read_folder(folder)
        if errors_in(source):
            say(f"✗ {folder}: it has errors, see: motcua packs lint {folder}")
            wrong += 1
            continue
        for each in try_source(source, others=pack_beside(folder)):
            bad = [flaw for flaw in each.flaws if not flaw.warning]
            tried, wrong = tried + 1, wrong + bool(bad)
            say(f"{'✗' if bad else '✓'} {folder.name} {each.name}")
            for flaw in each.flaws:
                where = source.finding(flaw)
                way = ".".join(str(step) for step in flaw.path[2:])
                say(f"    {where.line}:{where.column} {way}: {said(flaw, language)}")
    say(f"{tried} examples, {wrong} not as they say")
    return not wrong
