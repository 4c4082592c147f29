"""A whole portal for tests that need real processes: its own directory, database and ports."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from motcua.config.parts import Place, database_part, motcua, portal_parts
from motcua.config.ports import held_port
from motcua.config.supervisor import Running, Supervisor


@dataclass
class Portal:
    """A running portal: where it answers, and its parts, to be killed and looked at."""

    place: Place
    supervisor: Supervisor
    said: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.place.port}"

    def part(self, name: str) -> Running:
        return next(r for r in self.supervisor.running if r.part.name == name)

    def pid(self, name: str) -> int:
        process = self.part(name).process
        return process.pid if process is not None else 0

    def get(self, path: str) -> str:
        with urlopen(Request(self.url + path), timeout=10) as answer:
            return answer.read().decode()

    def command(self, *arguments: str) -> str:
        """Run a ``motcua`` command beside the portal and return what it printed."""
        done = subprocess.run(
            motcua(*arguments),
            env=environment(self.place),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def database_url(self) -> str:
        assert self.place.database is not None
        return self.place.database.url()


def environment(place: Place) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "BASE_URL"}}
    return {**kept, **place.settings()}


def free_ports(count: int) -> list[int]:
    """Return ports nobody has now, all different."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [door.getsockname()[1] for door in doors]
    finally:
        for door in doors:
            door.close()


@contextmanager
def _held(*ports: int) -> Iterator[None]:
    """Keep the ports for this portal also while one of its servers is away, as a run does."""
    with ExitStack() as stack:
        for each in ports:
            stack.enter_context(held_port("127.0.0.1", each))
        yield


@contextmanager
def portal(
    var: Path, *, demo: bool = True, ports: Sequence[int] = (), **settings: str
) -> Iterator[Portal]:
    """
    Run a portal under ``var``, watched as ``motcua run`` does, and leave nothing of it.

    :param ports: its own, the bank's and the registers', where they are to be certain ones
    """
    port, bank, registrar = ports or free_ports(3)
    place = Place(
        var=var,
        port=port,
        demo=demo,
        environment={
            "BANK_PORT": str(bank),
            "REGISTRAR_PORT": str(registrar),
            "BANK_URL": f"http://127.0.0.1:{bank}",
            "BASE_URL": f"http://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            "WEB_PROCESSES": "2",
            **settings,
        },
    )
    server = place.database
    assert server is not None, "these tests bring their own database: unset DATABASE_URL"
    said: list[str] = []
    supervisor = Supervisor(
        [database_part(server), *portal_parts(place)],
        logs=var / "logs",
        say=lambda _, english: said.append(english),
    )
    var.mkdir(parents=True, exist_ok=True)
    with server.hold(), _held(port, bank, registrar):
        watcher = threading.Thread(target=supervisor.watch)
        try:
            supervisor.bring_up(["database"])
            server.make_database()
            subprocess.run(motcua("prepare"), env=environment(place), check=True)
            supervisor.bring_up()
            watcher.start()
            yield Portal(place, supervisor, said)
        finally:
            supervisor.stopping.set()
            if watcher.ident is not None:
                watcher.join()
            supervisor.stop()
            if server.sockets != server.data:
                shutil.rmtree(server.sockets, ignore_errors=True)
