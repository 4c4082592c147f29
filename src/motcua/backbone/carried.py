"""What the package carries is loaded again only where the package, or its settings, changed."""

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from motcua.backbone.models import Carried

_PACKAGE = Path(__file__).parents[1]


def mark_of_package(*settings: object) -> str:
    """Return what changes when any file of the package does, or one of these settings."""
    seen = hashlib.sha256(repr(settings).encode())
    for line in _files(str(_PACKAGE)):
        seen.update(line.encode())
    return seen.hexdigest()


def is_loaded(name: str, mark: str) -> bool:
    """Tell whether the tables hold what is carried under that name, as it is now."""
    return Carried.objects.filter(name=name, mark=mark).exists()


def note_loaded(name: str, mark: str, *, at: datetime) -> None:
    """Write down that it is loaded."""
    Carried.objects.update_or_create(name=name, defaults={"mark": mark, "at": at})


def _files(folder: str) -> Iterator[str]:
    """Yield name, size and time of each file; what Python made of the source does not count."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            seen = entry.stat()
            yield f"{entry.path} {seen.st_size} {seen.st_mtime_ns}\n"
