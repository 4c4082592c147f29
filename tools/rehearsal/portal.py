"""A portal over two database servers, and clients that file until they are answered."""

import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import motcua
from motcua.config.parts import Place, portal_parts
from motcua.config.parts import motcua as command
from motcua.config.supervisor import Supervisor
from tools.rehearsal.servers import PATIENCE, Server, address_of

PROCEDURE = "1.001662"
_SHIPPED = Path(motcua.__path__[0]) / "packs/shipped" / PROCEDURE / "examples"
_EXAMPLE = _SHIPPED / "valid-car-wash-two-wells.json"
_HERE = {'"66"': '"01"', '"24133"': '"00070"'}
"""The example happens elsewhere; the demonstration's officials work in Hà Nội."""


@dataclass(frozen=True, slots=True)
class Portal:
    """Where it answers, and what its processes find in their environment."""

    url: str
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """Run a ``motcua`` command of this portal and return what it printed."""
        done = subprocess.run(
            command(*arguments), env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"motcua {arguments[0]}: {done.stderr or done.stdout}")
        return done.stdout

    def get(self, path: str) -> str:
        """Return a page as a stranger sees it."""
        with urlopen(self.url + path, timeout=10) as answer:
            return str(answer.read().decode())


def place_of(var: Path, servers: tuple[Server, ...]) -> Place:
    """Return a portal that finds by itself which server takes writes and which follows."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    port, bank, registers = (door.getsockname()[1] for door in doors)
    for door in doors:
        door.close()
    return Place(
        var=var,
        port=port,
        environment={
            "BANK_PORT": str(bank),
            "REGISTRAR_PORT": str(registers),
            "BASE_URL": f"http://127.0.0.1:{port}",
            "DATABASE_URL": address_of(*servers),
            "DATABASE_REPLICA_URL": address_of(*servers, takes="standby"),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            "WEB_PROCESSES": "2",
        },
    )


def portal_at(place: Place) -> Portal:
    """Return the portal of a place, whose processes may not run yet."""
    return Portal(f"http://127.0.0.1:{place.port}", {**os.environ, **place.settings()})


@contextmanager
def running(place: Place) -> Iterator[Portal]:
    """Have web, worker and sandbox bank running meanwhile."""
    supervisor = Supervisor(portal_parts(place), logs=place.var / "logs", say=lambda *_: None)
    watcher = threading.Thread(target=supervisor.watch)
    try:
        supervisor.bring_up()
        watcher.start()
        yield portal_at(place)
    finally:
        supervisor.stopping.set()
        if watcher.ident is not None:
            watcher.join()
        supervisor.stop()


@dataclass(slots=True)
class Clients:
    """Careful clients: each sends a filing again, under the same key, until it is acknowledged."""

    portal: Portal
    token: str
    acknowledged: dict[str, tuple[str, float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    _gate: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, count: int, each: int) -> None:
        """Begin with ``count`` clients that file ``each`` dossiers one after the other."""
        text = _EXAMPLE.read_text(encoding="utf-8")
        for there, here in _HERE.items():
            text = text.replace(there, here)
        body = json.dumps({"procedure": PROCEDURE, "answers": json.loads(text)["answers"]}).encode()
        round_ = len(self._threads)
        for number in range(round_, round_ + count):
            thread = threading.Thread(target=self._file, args=(number, each, body))
            self._threads.append(thread)
            thread.start()

    def finish(self) -> None:
        """Wait until every filing was acknowledged."""
        for thread in self._threads:
            thread.join()
        if self.failed:
            raise TimeoutError(f"never acknowledged: {self.failed}")

    def _file(self, number: int, each: int, body: bytes) -> None:
        for n in range(each):
            key = f"rehearsal-{number}-{n}"
            code = self._until_answered(key, body)
            with self._gate:
                if code:
                    self.acknowledged[key] = code, time.monotonic()
                else:
                    self.failed.append(key)

    def _until_answered(self, key: str, body: bytes) -> str:
        limit = time.monotonic() + PATIENCE * 2
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        while time.monotonic() < limit:
            request = Request(self.portal.url + "/api/v1/dossiers", body, headers)
            try:
                with urlopen(request, timeout=20) as answer:
                    return str(json.load(answer)["code"])
            except HTTPError as refused:
                if refused.code not in {502, 503}:
                    return ""
            except (OSError, HTTPException):
                pass
            time.sleep(0.1)
        return ""
