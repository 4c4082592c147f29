"""A PostgreSQL primary and the replica that follows it, on one machine."""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from motcua.backbone.postgres import Embedded
from motcua.backbone.postgres_home import give_to_server

PATIENCE = 60.0
"""Seconds until something that must come has not come."""


def until(answer: Callable[[], bool], what: str) -> None:
    """Wait until ``answer()`` is true; a server that restarts may not answer meanwhile."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        try:
            if answer():
                return
        except psycopg.OperationalError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"not within {PATIENCE:.0f} s: {what}")


@dataclass(frozen=True, slots=True)
class Server(Embedded):
    """An embedded server that can follow another, be killed, promoted and rewound."""

    name: str = "a"

    @property
    def sockets(self) -> Path:
        """A directory outside the data, which ``pg_rewind`` and base backups copy as a whole."""
        return self.data.parent / "s"

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement on it, outside any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def follows(self) -> bool:
        """Tell whether it is a replica."""
        return bool(self.ask("SELECT pg_is_in_recovery()")[0][0])

    def keep_log(self) -> None:
        """
        Keep some log beyond what followers need: a rewind needs it from the last common checkpoint.

        Which may be older than the base backup's end, when a slot did not hold it yet.
        """
        self.ask("ALTER SYSTEM SET wal_keep_size = '512MB'")
        self.ask("SELECT pg_reload_conf()")

    def make_slot(self, follower: "Server") -> None:
        """Keep the log until ``follower`` has it, however long it is away."""
        make = "SELECT pg_create_physical_replication_slot(%s, true)"
        if not self.ask("SELECT FROM pg_replication_slots WHERE slot_name = %s", follower.name):
            self.ask(make, follower.name)

    def copy_from(self, primary: "Server") -> None:
        """Become a replica of ``primary`` by a base backup, and start (pg_basebackup)."""
        primary.keep_log()
        primary.make_slot(self)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True, mode=0o700)
        give_to_server(self.data)
        self._run(
            *("pg_basebackup", "-D", str(self.data), "-d", self._source(primary)),
            *("-R", "-X", "stream", "-c", "fast", "-S", self.name),
        )
        self.start()

    def rewind_to(self, primary: "Server") -> None:
        """
        Follow the server that took over, dropping what only this one ever had (pg_rewind).

        Such rows were never acknowledged: an acknowledged one is on both.
        """
        primary.make_slot(self)
        self.prepare()
        self._own("motcua.conf")
        self._run("pg_rewind", "-D", str(self.data), f"--source-server={self._source(primary)}")
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(f"primary_conninfo = '{self._source(primary)}'\n")
            file.write(f"primary_slot_name = '{self.name}'\n")
        (self.data / "standby.signal").touch()
        self._own("standby.signal")
        self.start()

    def wait_for(self, follower: "Server") -> None:
        """Answer a commit from now on only when ``follower`` shows it too."""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 ({follower.name})'")
        self.ask("ALTER SYSTEM SET synchronous_commit = 'remote_apply'")
        self.ask("SELECT pg_reload_conf()")
        state = "SELECT sync_state FROM pg_stat_replication WHERE application_name = %s"
        until(lambda: self.ask(state, follower.name) == [("quorum",)], "commits wait for both")

    def wait_for_nobody(self) -> None:
        """Answer a commit as soon as it is on this server's own disk."""
        self.ask("ALTER SYSTEM RESET synchronous_standby_names")
        self.ask("ALTER SYSTEM RESET synchronous_commit")
        self.ask("SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Take over: write from now on, on a time line of its own."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-s", "promote")

    def kill(self) -> None:
        """Send ``kill -9`` to the whole server, as a power cut does."""
        number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        whole = psutil.Process(number)
        processes = [whole, *whole.children(recursive=True)]
        for process in processes:
            process.kill()
        psutil.wait_procs(processes, timeout=PATIENCE)

    def _own(self, name: str) -> None:
        """Let the server's user write a file that we made in its directory."""
        owner = self.data.stat()
        os.chown(self.data / name, owner.st_uid, owner.st_gid)

    def _source(self, primary: "Server") -> str:
        return f"host={primary.sockets} user=postgres dbname=postgres application_name={self.name}"


def address_of(*servers: Server, takes: str = "read-write") -> str:
    """Return the address of whichever of these servers takes writes, or is a ``standby``."""
    hosts = ",".join(str(server.sockets) for server in servers)
    return f"postgresql://postgres@/motcua?host={hosts}&target_session_attrs={takes}"


def pair(place: Path) -> tuple[Server, Server]:
    """Return two servers under ``place``, not made yet."""
    return Server(place / "a" / "postgres", "a"), Server(place / "b" / "postgres", "b")
