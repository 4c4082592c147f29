"""
A whole portal in one folder, and back: the database with all files in it, and the keys.

``database.dump`` is pg_dump's (one snapshot, so that nothing is half there), ``keys`` what lies
under ``var`` and cannot be made again, ``manifest.json`` what it is, with a hash of each file.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

from motcua import __version__
from motcua.backbone.postgres_home import binary
from motcua.backbone.trouble import Trouble

DUMP, KEYS, MANIFEST = "database.dump", "keys", "manifest.json"
OURS = ("*-key", "exchange/**/*", "sync/parents/*.password")
"""
What under ``var`` cannot be made again: the machine's secrets, the exchange's keys, and the
passwords with which other systems are signed in to. All of it is written as it is, unencrypted.
"""


class BackupTrouble(Trouble):
    """A backup could not be made or brought back; the texts say why and what to do."""


def back_up(to: Path, *, var: Path, at: datetime) -> dict[str, Any]:
    """
    Write a backup into the new folder ``to`` and return its manifest; the portal goes on meanwhile.

    :raises BackupTrouble: if the folder is there already, or pg_dump fails
    """
    if to.exists():
        raise BackupTrouble(
            f"{to} đã có. Hãy chọn một thư mục mới cho mỗi bản sao lưu.",
            f"{to} is there already. Choose a new folder for each backup.",
        )
    new = to.with_name(f"{to.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True, mode=0o700)
    _copy_keys(var, new)
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={new / DUMP}")
    _copy_keys(var, new)
    manifest = {"motcua": __version__, "at": at.isoformat(), "sha256": _hashes(new)}
    (new / MANIFEST).write_text(json.dumps(manifest, indent=1))
    new.rename(to)
    return manifest


def restore(source: Path, *, var: Path) -> dict[str, Any]:
    """
    Bring a backup back into an empty database and ``var``, and return its manifest.

    Its keys take the place of those under ``var``: whoever has an empty database needs none of
    them. Afterwards ``motcua migrate`` brings an older backup up to this version.

    :raises BackupTrouble: if the backup is damaged, the database is not empty, or pg_restore fails
    """
    manifest = _checked(source)
    if _has_tables():
        raise BackupTrouble(
            "Cơ sở dữ liệu này không trống. Hãy khôi phục vào một cơ sở dữ liệu mới "
            "(DATABASE_URL hoặc MOTCUA_VAR khác); không có gì bị thay đổi.",
            "This database is not empty. Restore into a new one (another DATABASE_URL or "
            "MOTCUA_VAR); nothing was changed.",
        )
    connection.close()
    _run("pg_restore", "--no-owner", "--single-transaction", str(source / DUMP), into=True)
    for file in (source / KEYS).rglob("*"):
        if file.is_file():
            place = var / file.relative_to(source / KEYS)
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(file, place)
    return manifest


def _copy_keys(var: Path, new: Path) -> None:
    """
    Copy what is not copied yet.

    Once before the dump, so that no log's head is newer than the log; once after it, for the keys
    that were made meanwhile.
    """
    for file in _keys(var):
        copy = new / KEYS / file.relative_to(var)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(file, copy)


def _keys(var: Path) -> Iterator[Path]:
    for pattern in OURS:
        found = (file for file in sorted(var.glob(pattern)) if file.suffix != ".new")
        yield from (file for file in found if file.is_file())


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != MANIFEST:
            with file.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256")
            found[str(file.relative_to(folder))] = digest.hexdigest()
    return found


def _checked(source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
    except (OSError, ValueError) as error:
        raise BackupTrouble(
            f"{source} không phải bản sao lưu của Một Cửa.",
            f"{source} is no backup of Một Cửa. {error}",
        ) from error
    if manifest["sha256"] != _hashes(source):
        raise BackupTrouble(
            f"Bản sao lưu {source} đã bị hỏng: tệp khác với lúc sao lưu. Hãy dùng bản khác.",
            f"The backup {source} is damaged: its files are not those written. Use another.",
        )
    return manifest


def _has_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        row = cursor.fetchone()
    return bool(row and row[0])


def _run(name: str, *arguments: str, into: bool = False) -> None:
    """Run one of PostgreSQL's programs on our database; the password stays off its command line."""
    known = connection.get_connection_params()
    password = known.pop("password", "")
    ours = {"client_encoding", "cursor_factory", "context", "prepare_threshold"}
    asked = make_conninfo("", **{k: v for k, v in known.items() if k not in ours})
    done = subprocess.run(
        [str(binary(name)), f"--dbname={asked}", *arguments],
        env={**os.environ, "PGPASSWORD": str(password)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupTrouble(
            f"{name} dừng vì lỗi; {'không có gì được khôi phục' if into else 'chưa sao lưu'}.",
            f"{name} failed; {'nothing was restored' if into else 'there is no backup'}. "
            f"{done.stderr.strip()[-2000:]}",
        )
