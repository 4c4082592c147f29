"""
Translations: one catalogue a room, English keys, Vietnamese texts.

``python -m tools.messages extract [ROOM …]`` brings catalogues up to date with code and templates,
``missing`` prints what has no Vietnamese yet (and fails), ``compile`` writes the ``.mo`` files.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools.build_messages import compile_messages

HOUSE = Path(__file__).parent.parent / "src" / "motcua"
METHODS = [("**/tests/**", "ignore"), ("**.py", "python"), ("templates/**.html", "jinja2")]
OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
BORN = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
SPOKEN_FOR = {"backbone": ["backbone", "kernel", "config"]}


def rooms() -> list[Path]:
    """Return the folders that have words of their own."""
    return sorted(p for p in HOUSE.iterdir() if p.is_dir() and p.name not in {"kernel", "config"})


def place_of(room: Path) -> Path:
    """Return where a room keeps its Vietnamese."""
    return room / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def found_in(room: Path) -> Catalog:
    """Return every message that a room's code and templates contain."""
    catalogue = Catalog(
        locale="vi", project="motcua", charset="utf-8", creation_date=BORN, revision_date=BORN
    )
    for part in SPOKEN_FOR.get(room.name, [room.name]):
        folder = HOUSE / part
        for name, _line, text, comments, context in extract_from_dir(
            folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
        ):
            catalogue.add(
                text, None, [(f"{part}/{name}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def up_to_date(room: Path) -> Catalog:
    """Return a room's catalogue: what it contains now, with the Vietnamese it had."""
    place, found = place_of(room), found_in(room)
    known = Catalog(locale="vi")
    if place.exists():
        with place.open("rb") as file:
            known = read_po(file, locale="vi")
    for message in found:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and old.string and not old.fuzzy:
            message.string = old.string
    return found


def extract(names: list[str]) -> None:
    """Rewrite the catalogues of the rooms named, or of all."""
    for room in rooms():
        if names and room.name not in names:
            continue
        catalogue = up_to_date(room)
        if len(catalogue):
            place_of(room).parent.mkdir(parents=True, exist_ok=True)
            with place_of(room).open("wb") as file:
                write_po(file, catalogue, sort_output=True, omit_header=False, include_lineno=False)


def missing() -> Iterator[str]:
    """Yield each message without Vietnamese, as ``room: message``."""
    for room in rooms():
        for message in up_to_date(room):
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and not all(texts):
                yield f"{room.name}: {message.id}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["extract", *names]:
            extract(names)
        case ["compile"]:
            compile_messages(HOUSE)
        case _:
            sys.exit("\n".join(missing()) or 0)
