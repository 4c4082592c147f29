"""What the portal is made of when it runs on one machine: database, web, worker and others."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from motcua.backbone.postgres import Embedded, embedded
from motcua.backbone.postgres_home import server_user
from motcua.config.supervisor import Part

SUPERVISED = "MOTCUA_SUPERVISED"
"""Set for the processes of a supervisor: it keeps the database running for them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a portal runs: its directory, its address, whether the demonstration belongs to it."""

    var: Path
    port: int
    host: str = "127.0.0.1"
    demo: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def bank_port(self) -> int:
        """The port of the sandbox bank, beside the portal's own."""
        given = self.environment.get("BANK_PORT") or os.environ.get("BANK_PORT")
        return int(given or self.port + 1)

    @property
    def registrar_port(self) -> int:
        """The port of the registers' own process, beside the sandbox bank's."""
        given = self.environment.get("REGISTRAR_PORT") or os.environ.get("REGISTRAR_PORT")
        return int(given or self.port + 2)

    @property
    def database(self) -> Embedded | None:
        """The embedded server, or nothing where ``DATABASE_URL`` names another."""
        return None if os.environ.get("DATABASE_URL") else embedded(self.var)

    def settings(self) -> dict[str, str]:
        """Return what the portal's processes find in their environment."""
        return {
            SUPERVISED: "1",
            "MOTCUA_VAR": str(self.var),
            "MOTCUA_DEMO": "1" if self.demo else "0",
            "HOST": self.host,
            "PORT": str(self.port),
            "BANK_PORT": str(self.bank_port),
            "REGISTRAR_PORT": str(self.registrar_port),
            "PYTHONUNBUFFERED": "1",
            # The C library keeps an arena of free memory for each of many threads otherwise.
            "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),
            **self.environment,
        }


def motcua(*arguments: str) -> list[str]:
    """Return the command line of one ``motcua`` command."""
    return [sys.executable, "-m", "motcua.config.cli", *arguments]


def answers(url: str) -> bool:
    """Tell whether a web address answers well."""
    try:
        with urlopen(url, timeout=2) as answer:  # noqa: S310 (an address of our own)
            return bool(answer.status == 200)
    except OSError:
        return False


def is_there(url: str) -> bool:
    """Tell whether a web server answers at all."""
    try:
        urlopen(url, timeout=2).close()  # noqa: S310 (an address of our own)
    except HTTPError:
        return True
    except OSError:
        return False
    return True


def database_part(server: Embedded) -> Part:
    """Return the embedded PostgreSQL, in the foreground, where one process watches it."""
    return Part(
        name="database",
        command=server.command(),
        ready=server.is_running,
        before=server.prepare,
        user=server_user(),
        stop_with=signal.SIGINT,
        ready_within=120,
        stops_within=60,
    )


def portal_parts(place: Place) -> list[Part]:
    """Return web, worker and, for the demonstration, the sandbox bank and the registers."""
    settings, base = place.settings(), f"http://127.0.0.1:{place.port}"
    parts = [
        Part("web", motcua("serve"), lambda: answers(f"{base}/healthz"), environment=settings),
        Part(
            "worker",
            motcua("worker"),
            lambda: answers(f"{base}/readyz"),
            environment=settings,
            stops_within=30,
        ),
    ]
    if place.demo:
        parts.append(_counterpart("sandbox-bank", place.bank_port, settings))
        parts.append(_counterpart("registrar", place.registrar_port, settings))
    return parts


def _counterpart(name: str, port: int, settings: Mapping[str, str]) -> Part:
    """Return another institution of the demonstration, which the portal does without at first."""
    health = f"http://127.0.0.1:{port}/healthz"
    return Part(name, motcua(name), lambda: answers(health), environment=settings, aside=True)
