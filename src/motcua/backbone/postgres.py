"""The database: an outside one named by ``DATABASE_URL``, or the embedded PostgreSQL 18."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from motcua.backbone.postgres_home import (
    DatabaseTrouble,
    binary,
    clear_stale_pid,
    disk_full_at,
    give_to_server,
    server_user,
    why_not,
)

__all__ = ["MAJOR", "DatabaseTrouble", "Embedded", "embedded"]

SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "max_connections": "100",
    "wal_compression": "off",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_preload_libraries": "pg_stat_statements",
}
"""
What the embedded server is started with; an outside one is its administrator's.

What goes into the log is not compressed: the only way this build knows costs as much processor
time as the rest of a filing.
"""

MAJOR = 18
_LONGEST_SOCKET = 80
_ROOM_NEEDED = 2**26
_PATIENCE = "30"
"""Seconds in which a busy server may say that it is there; one that is not says so at once."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The embedded server of one data directory."""

    data: Path

    @property
    def sockets(self) -> Path:
        """
        The directory of its socket.

        The data directory, unless the system's limit of 107 bytes, or a comma, which parts two
        hosts in an address, forbids it.
        """
        if len(os.fsencode(self.data)) < _LONGEST_SOCKET and "," not in str(self.data):
            return self.data
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"motcua-{name}"

    def url(self, database: str = "motcua") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={quote(str(self.sockets))}"

    def command(self) -> list[str]:
        """Return what runs the server in the foreground; SIGINT stops it fast and safely."""
        return [str(binary("postgres")), "-D", str(self.data)]

    def is_running(self) -> bool:
        """Tell whether it accepts connections."""
        if not (self.data / "postmaster.pid").exists():
            return False
        return (
            self._run(
                "pg_isready",
                "-q",
                "-t",
                _PATIENCE,
                "-U",
                "postgres",
                "-h",
                str(self.sockets),
                check=False,
            )
            == 0
        )

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """
        Have the server running meanwhile: start it where needed, and let the last user stop it.

        Whoever uses it holds a shared lock, which the system lets go of even after ``kill -9``.

        :raises DatabaseTrouble: if it cannot run, saying why
        """
        with self.hold() as hold:
            try:
                with self._alone():
                    self.start()
                yield
            finally:
                with self._alone():
                    if is_last(hold):
                        self.stop()

    @contextmanager
    def hold(self) -> Iterator[IO[str]]:
        """
        Count as one of the server's users, without starting or stopping it.

        Until the block ends nobody else stops it; ``is_last`` tells whether there is anybody else.
        """
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.data.with_suffix(".users").open("a") as users:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
            yield users

    def start(self) -> None:
        """
        Make the data directory where needed, start the server, and make our database.

        Does nothing when it already runs.

        :raises DatabaseTrouble: if it cannot, saying why
        """
        self.prepare()
        if not self.is_running():
            log = ("-l", str(self.data / "server.log"))
            self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "120", "-s", *log, "start")
        self.make_database()

    def prepare(self) -> None:
        """
        Make the data directory where needed and write the server's settings.

        :raises DatabaseTrouble: if it was made by another major version, or there is no room
        """
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.data.parent).free < _ROOM_NEEDED:
            raise disk_full_at(self.data)
        self._check_version()
        if not (self.data / "PG_VERSION").exists():
            self._make()
        self._make_sockets()
        give_to_server(self.data, self.sockets)
        clear_stale_pid(self.data)
        self._write_settings()

    def make_database(self) -> None:
        """Make our database on the running server, where it is not there yet."""
        if self._query("SELECT count(*) FROM pg_database WHERE datname = 'motcua'") == "0":
            self._run(
                *("createdb", "-h", str(self.sockets), "-U", "postgres"),
                *("--template", "template0", "motcua"),
            )

    def stop(self) -> None:
        """Stop the server, letting no transaction finish half; do nothing when it is not there."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-m", "fast", "stop", check=False)

    def _check_version(self) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists() or (found := version.read_text().strip()) == str(MAJOR):
            return
        raise DatabaseTrouble(
            f"{self.data} do PostgreSQL {found} tạo ra; bản Một Cửa này dùng PostgreSQL {MAJOR}. "
            "Hãy kết xuất bằng bản cũ rồi nạp lại, hoặc chuyển thư mục đó đi nơi khác để bắt đầu "
            "mới. Không có gì trong đó bị thay đổi.",
            f"{self.data} was made by PostgreSQL {found}; this version of Một Cửa runs "
            f"PostgreSQL {MAJOR}. Dump it with the old version and restore it here, or "
            "move the directory away to start afresh. Nothing in it was changed.",
        )

    def _make(self) -> None:
        """Build the data directory beside its place, so that a power cut leaves no half of one."""
        new = self.data.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        give_to_server(new)
        self._run(
            *("initdb", "-D", str(new), "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--locale=C", "--data-checksums"),
        )
        if self.data.exists():
            self.data.rmdir()
        new.rename(self.data)

    def _write_settings(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": f'"{self.sockets}"'}
        ours = "".join(f"{name} = '{_quoted(value)}'\n" for name, value in settings.items())
        (self.data / "motcua.conf").write_text(ours)
        main, include = self.data / "postgresql.conf", "include_if_exists = 'motcua.conf'\n"
        if include not in main.read_text():
            with main.open("a") as file:
                file.write(include)

    def _make_sockets(self) -> None:
        self.sockets.mkdir(exist_ok=True, mode=0o700)
        if self.sockets != self.data and self.sockets.is_symlink():
            raise DatabaseTrouble(
                f"{self.sockets} không phải thư mục của Một Cửa. Hãy xóa nó đi.",
                f"{self.sockets} is not Một Cửa's own directory. Remove it.",
            )

    def _query(self, query: str) -> str:
        command = [str(binary("psql")), "-h", str(self.sockets), "-U", "postgres", "-Atc", query]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise why_not(self.data, done.stderr)
        return done.stdout.strip()

    def _run(self, name: str, *arguments: str, check: bool = True) -> int:
        user = server_user()
        done = subprocess.run(
            [binary(name), *arguments],
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            start_new_session=True,
        )
        if check and done.returncode:
            raise why_not(self.data, done.stderr)
        return done.returncode

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.data.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _quoted(value: str) -> str:
    return value.replace("'", "''")


def is_last(users: IO[str]) -> bool:
    """Tell whether nobody else holds the server."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def embedded(var: Path) -> Embedded:
    """Return the embedded server whose data lie under ``var``."""
    return Embedded(var / "postgres")
