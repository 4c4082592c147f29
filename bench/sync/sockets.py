"""A web server of the portal that members may send their dossiers to, signed, over sockets."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from motcua.exchange.tests.places import HANOI, POLICE


@contextmanager
def serving(hub: str = POLICE, *senders: str) -> Iterator[psutil.Process]:
    """
    Have ``motcua serve`` answer for a member to whom others may send; yield its process.

    It has its usual number of processes and threads, unless the environment says otherwise.

    The members of the demonstration where none are named.
    """
    from tests.portals import free_ports

    from motcua.config.launch import launched
    from motcua.config.parts import motcua

    (port,) = free_ports(1)
    _prepare(f"http://127.0.0.1:{port}", hub, senders)
    environ = {**os.environ, "PORT": str(port)}
    with subprocess.Popen(launched(motcua("serve")), env=environ) as server:
        try:
            _wait_for(port, server)
            yield psutil.Process(server.pid)
        finally:
            server.terminate()


def memory_of(server: psutil.Process) -> float:
    """Return what a server and its workers hold of the memory, in MB."""
    whole = [server, *server.children(recursive=True)]
    return sum(process.memory_full_info().pss for process in whole) / 2**20


def _prepare(address: str, hub: str, senders: Sequence[str]) -> None:
    from motcua.exchange.operations.demo import DEMO_MEMBERS, seed_members
    from motcua.exchange.operations.members import NewMember
    from motcua.exchange.tests.wire import agreement, now, offered
    from motcua.kernel.actors import Actor
    from motcua.sync.api.gateway import SERVICE, answer
    from motcua.sync.operations.pushing import PURPOSE

    named = tuple(NewMember(each, each, each) for each in (hub, *senders))
    members = named if senders else DEMO_MEMBERS
    seed_members(members, address=address, by=Actor.system("bench"), at=now())
    service = offered(answer, SERVICE, hub)
    for sender in senders or (HANOI,):
        agreement(PURPOSE, consumer=sender, service=service)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not come up")
