"""``motcua packs new CODE --title …``: begin a pack."""

import re
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import localdate

from motcua.packs.queries.folders import write_folder
from motcua.packs.rules.published import pack_schema
from motcua.packs.rules.skeleton import skeleton

HELP = "Begin a pack: a whole one, with what is to be written marked TODO."


def arguments(parser: ArgumentParser) -> None:
    """Take the procedure's code and title, and where to write."""
    parser.add_argument("code", help="the procedure's code: 1.004873")
    parser.add_argument("--title", default="TODO Tên thủ tục", help="its Vietnamese title")
    parser.add_argument("--to", type=Path, default=Path(), help="where (here)")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Write it into a folder named by its code, and say what to do next."""
    code: str = options["code"]
    if not re.fullmatch(pack_schema()["$defs"]["code"]["pattern"], code):
        raise CommandError(f"{code} is no code of a procedure: write it like 1.004873.")
    folder = options["to"] / code
    if folder.exists():
        raise CommandError(f"{folder} is there already: name another folder, or move it away.")
    write_folder(folder, skeleton(code, title=options["title"], day=localdate().isoformat()))
    say(f"{folder}\nNext: replace each TODO that this finds: motcua packs lint {folder}")
    return True
