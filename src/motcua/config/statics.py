"""Static files: gathered, named by content and compressed again only when one has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """Return what changes when any static file does."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            seen.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return seen.hexdigest()


def are_current() -> bool:
    """Tell whether the gathered files are those of this version."""
    mark = settings.STATIC_ROOT / ".fingerprint"
    return mark.exists() and bool(mark.read_text() == fingerprint())


def collect_where_changed() -> None:
    """Gather the static files where they are not the current ones."""
    if are_current():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    (settings.STATIC_ROOT / ".fingerprint").write_text(fingerprint())
