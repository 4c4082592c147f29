"""A pack's folder: reading it, and what the texts of its files are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.whole import flaws_of
from motcua.packs.rules.places import LARGEST, TOO_LARGE
from motcua.packs.rules.published import SHIPPED, pack_schema
from motcua.packs.rules.source import Source, errors, source_of

__all__ = [
    "SHIPPED",
    "Source",
    "folders_in",
    "pack_beside",
    "pack_in",
    "read_files",
    "read_folder",
    "write_folder",
]

NOT_TEXT = N_("This file is no text in UTF-8: save it as such, or remove it")
NO_LINKS = N_("This is a link to a file elsewhere: put the file itself here")
OTHER_NAME = N_("The folder is named {folder}, the code is {code}: make them the same")


@public
def folders_in(folder: Path) -> tuple[Path, ...]:
    """Return the packs in a folder: itself if it is one, else those directly inside it."""
    if (folder / "procedure.yaml").exists():
        return (folder,)
    return tuple(sorted(path.parent for path in folder.glob("*/procedure.yaml")))


@public
def read_folder(folder: Path) -> Source:
    """Return the pack in a folder; lists it does not have itself are those beside it, or ours."""
    texts: dict[str, str] = {}
    flaws: list[Flaw] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or any(part.startswith(".") for part in Path(name).parts):
            continue
        found = _text(path, name)
        if isinstance(found, Flaw):
            flaws.append(found)
        else:
            texts[name] = found
    source = read_files(texts, beside=folder.parent)
    code = source.document.get("procedure", {})
    code = code.get("code") if isinstance(code, dict) else None
    if isinstance(code, str) and code != folder.resolve().name:
        facts = {"folder": folder.resolve().name, "code": code}
        flaws.append(Flaw("folder-name", ("procedure", "code"), OTHER_NAME, facts))
    named = {flaw.path for flaw in flaws}
    kept = (flaw for flaw in source.flaws if flaw.path not in named)
    return replace(source, flaws=(*flaws, *kept))


@public
def published_schema() -> Mapping[str, Any]:
    """Return the JSON Schema 2020-12 of the files of packs."""
    return pack_schema()


@public
def pack_beside(folder: Path) -> Callable[[str], Pack | None]:
    """Return what finds the packs that stand beside a pack's folder, or come with the portal."""

    @cache
    def find(code: str) -> Pack | None:
        for place in (folder.resolve().parent / code, SHIPPED / code):
            if not (place / "procedure.yaml").is_file():
                continue
            source = read_folder(place)
            if not errors(flaws_of(source)):
                return pack_from(source.document, version="")
        return None

    return find


@public
def read_files(texts: Mapping[str, str], *, beside: Path = SHIPPED) -> Source:
    """Return the pack whose files have these texts, by name: what the studio writes."""
    shared: dict[str, str] = {}
    for folder in (SHIPPED, beside):
        for path in (folder / "lists").glob("*.yaml"):
            shared[path.stem] = path.read_text(encoding="utf-8", errors="replace")
    return source_of(texts, shared=shared)


@public
def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a pack, by their names inside its folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _text(path: Path, name: str) -> str | Flaw:
    at = ("files", name)
    if path.is_symlink():
        return Flaw("unreadable", at, NO_LINKS)
    if path.stat().st_size > 4 * LARGEST:
        return Flaw("unreadable", at, TOO_LARGE, {"most": str(LARGEST)})
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Flaw("unreadable", at, NOT_TEXT)


@public
def pack_in(source: Source) -> Pack:
    """Return the pack of files without errors (`linting.errors_in`)."""
    return pack_from(source.document, version="")
