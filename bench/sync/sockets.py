"""A signed stream between two programs over sockets: this one sends, the portal's server takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from bench.sync.house import VAR, say
from bench.sync.streams import Share, written

MESSAGE_ROWS = 100_000


def signed(rows: int, raw: float) -> None:
    """Send a member's rows, packed before, to ``motcua serve``; tell its speed beside raw COPY."""
    messages = written(Share("000.00.00.H26", 0, rows), VAR / "streams", most=MESSAGE_ROWS)
    with serving() as server:
        took, memory = _sent(messages, server)
    rate = sum(message.rows for message in messages) / took
    reached = f"{rate:,.0f}/s · {rate / raw:.0%} of raw COPY"
    say(f"signed, over sockets, {rows:,}", reached, "≥ 50,000/s, ≥ 50 %")
    say(
        "memory of that server", f"{memory[0]:,.0f} MB before, {memory[-1]:,.0f} MB at most", "flat"
    )


@contextmanager
def serving() -> Iterator[psutil.Process]:
    """Have ``motcua serve`` answer, to whom a member may send its dossiers; yield its process."""
    from tests.portals import free_ports

    from motcua.config.launch import launched
    from motcua.config.parts import motcua

    (port,) = free_ports(1)
    _prepare(f"http://127.0.0.1:{port}")
    settings = {"PORT": str(port), "WEB_PROCESSES": "1", "WEB_THREADS": "4"}
    with subprocess.Popen(launched(motcua("serve")), env={**os.environ, **settings}) as server:
        try:
            _wait_for(port, server)
            yield psutil.Process(server.pid)
        finally:
            server.terminate()


def memory_of(server: psutil.Process) -> float:
    """Return what a server and its workers hold of the memory, in MB."""
    whole = [server, *server.children(recursive=True)]
    return sum(process.memory_full_info().pss for process in whole) / 2**20


def _prepare(address: str) -> None:
    from motcua.exchange.operations.demo import seed_members
    from motcua.exchange.tests.wire import agreement, now, offered
    from motcua.kernel.actors import Actor
    from motcua.sync.api.gateway import SERVICE, answer
    from motcua.sync.operations.pushing import PURPOSE

    seed_members(address=address, by=Actor.system("bench"), at=now())
    agreement(PURPOSE, service=offered(answer, SERVICE))


def _sent(messages, server: psutil.Process) -> tuple[float, list[float]]:
    """Send every message in turn; return the seconds, and the server's memory, rising, in MB."""
    from django.utils.timezone import now

    from motcua.exchange.operations.calling import call
    from motcua.exchange.tests.places import POLICE
    from motcua.sync.api.gateway import SERVICE
    from motcua.sync.operations.pushing import PURPOSE

    memory, start = [memory_of(server)], time.perf_counter()
    for message in messages:
        headers = {"content-encoding": "gzip", "stream": "signed"}
        call(
            *(POLICE, SERVICE, "stream"),
            body=message.path,
            content_type="application/x-ndjson",
            headers=headers | {"stream-offset": str(message.offset)},
            purpose=PURPOSE,
            at=now(),
            timeout=600.0,
        )
        memory.append(memory_of(server))
    return time.perf_counter() - start, [memory[0], *sorted(memory)]


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not come up")
