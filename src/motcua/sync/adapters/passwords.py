"""Passwords with which we sign in elsewhere: in files of the portal's directory, one each."""

import os
from pathlib import Path

from django.conf import settings

__all__ = ["keep_password", "password_of"]


def password_of(parent: int) -> str | None:
    """Return the password kept for a parent; none where this machine has none."""
    try:
        return _place(parent).read_text()
    except FileNotFoundError:
        return None


def keep_password(parent: int, password: str) -> None:
    """Keep a password, readable for the portal's own user alone, in the place of one before."""
    place = _place(parent)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(password)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)


def _place(parent: int) -> Path:
    return Path(settings.VAR, "sync", "parents", f"{parent}.password")
