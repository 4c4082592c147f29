"""Keys that belong to one machine: made at first use, kept in ``var/``, never in the code."""

import hmac
import os
import secrets
from pathlib import Path


def secret_key(var: Path) -> str:
    """Return ``SECRET_KEY`` from the environment, or the one kept in ``var/secret-key``."""
    return machine_secret(var, "secret-key", given=os.environ.get("SECRET_KEY"))


def machine_secret(var: Path, name: str, *, given: str | None = None) -> str:
    """Return ``given``, or the secret kept in the file ``name`` under ``var``, made when needed."""
    if given:
        return given
    place = var / name
    try:
        return place.read_text().strip()
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secret := secrets.token_urlsafe(50))
    return secret


def shared_secret(var: Path, name: str, *, root: str, given: str | None = None) -> str:
    """
    Return ``given``, the secret kept under ``var`` from before, or one that follows from ``root``.

    So all machines of a portal that have the same ``root`` have the same secret.
    """
    if given:
        return given
    try:
        return (var / name).read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return hmac.new(root.encode(), f"motcua {name}".encode(), "sha256").hexdigest()
