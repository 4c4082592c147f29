"""
Private keys and trust anchors, in files of the portal's directory; the database has neither.

``exchange/<member>/<kid>.key`` are a member's keys, ``exchange/ca/`` our own authority's key and
certificate, ``exchange/anchors/*.pem`` the authorities of exchanges that this portal has joined.
"""

import os
import re
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from motcua.exchange.rules.authority import Authority

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]{0,39}")


def folder(*parts: str) -> Path:
    """Return a folder of the exchange's files; every part must be an id, not a path."""
    if not all(_NAME.fullmatch(part) for part in parts):
        raise ValueError(f"not the name of a key: {parts}")
    return Path(settings.VAR, "exchange", *parts)


def keep_private(place: Path, key: Ed25519PrivateKey) -> None:
    """Write a private key that only the portal's own user can read; never over another."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


@lru_cache(maxsize=256)
def _private(place: Path, _changed: int) -> Ed25519PrivateKey:
    key = load_pem_private_key(place.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{place} holds no Ed25519 key")
    return key


def private_key(place: Path) -> Ed25519PrivateKey | None:
    """Return the private key in a file, or nothing where there is no file."""
    try:
        changed = place.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _private(place, changed)


def member_key(member: str, kid: str) -> Ed25519PrivateKey | None:
    """Return a member's private key, or nothing where this portal does not have it."""
    return private_key(folder(member) / f"{kid}.key")


def authority() -> Authority | None:
    """Return our own authority, or nothing where this portal has none."""
    private = private_key(folder("ca") / "root.key")
    found = _kept_certificates(folder("ca") / "root.pem")
    return Authority(found[0], private) if private and found else None


def keep_authority(made: Authority) -> Authority:
    """Keep a new authority whole, or return the one that another process has kept before."""
    place = folder("ca")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="ca-", dir=place.parent, ignore_cleanup_errors=True) as beside:
        whole = Path(beside, "ca")
        keep_private(whole / "root.key", made.private)
        keep_public(whole / "root.pem", made.certificate.public_bytes(Encoding.PEM))
        try:
            whole.rename(place)
        except OSError:
            if (kept := authority()) is None:
                raise
            return kept
    return made


def keep_public(place: Path, content: bytes) -> None:
    """Write a certificate in one piece, so that nobody reads half of it."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(place)


def anchors() -> tuple[x509.Certificate, ...]:
    """Return the certificates of every authority believed: our own, joined ones, outside ones."""
    joined = sorted(folder("anchors").glob("*.pem"))
    found: list[x509.Certificate] = []
    for place in (folder("ca") / "root.pem", *joined):
        found.extend(_kept_certificates(place))
    return tuple(dict.fromkeys([*found, *outside_anchors()]))


def outside_anchors() -> tuple[x509.Certificate, ...]:
    """Return the certificates of outside authorities, named in ``EXCHANGE_ANCHORS``."""
    named = settings.EXCHANGE_ANCHORS
    return _kept_certificates(Path(named)) if named else ()


def _kept_certificates(place: Path) -> tuple[x509.Certificate, ...]:
    try:
        return _certificates(place, place.stat().st_mtime_ns)
    except FileNotFoundError:
        return ()


@lru_cache(maxsize=256)
def _certificates(place: Path, _changed: int) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificates(place.read_bytes()))
