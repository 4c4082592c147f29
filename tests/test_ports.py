"""A port belongs to one portal, also when two are started in the same second."""

import socket
import struct
from threading import Barrier, Thread

import pytest

from motcua.backbone.trouble import Trouble
from motcua.config.ports import held_port
from tests.portals import free_ports


def test_of_two_portals_started_at_once_one_gets_the_port_and_the_other_is_told():
    (port,) = free_ports(1)
    together, done, told = Barrier(2), Barrier(2), []

    def start():
        together.wait()
        try:
            with held_port("127.0.0.1", port, patience=0):
                told.append("has it")
                done.wait()
                return
        except Trouble as trouble:
            told.append(trouble.english.split(".")[0])
        done.wait()

    threads = [Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [f"Port {port} is taken by another program", "has it"]


def test_a_port_that_a_web_server_shares_among_its_processes_is_not_given_to_another():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with pytest.raises(Trouble, match="taken"), held_port("127.0.0.1", port, patience=0):
            pass
    with held_port("127.0.0.1", port):
        pass


def self_connected(port):
    """Connect to a port from that very port, as a client that tries often will at some time."""
    client = socket.socket()
    span = struct.pack("I", port | port << 16)
    client.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, span)
    try:
        client.connect(("127.0.0.1", port))
    except OSError:
        client.close()
        raise
    return client


IP_LOCAL_PORT_RANGE = 51
"""Of linux/in.h since 6.3; Python 3.11 has no name for it."""


@pytest.fixture
def _new_enough():
    with socket.socket() as trial:
        try:
            trial.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, struct.pack("I", 0))
        except OSError:
            pytest.skip("this kernel cannot be told which port to give a client")


@pytest.mark.usefixtures("_new_enough")
def test_nobody_takes_the_port_while_the_server_is_brought_back():
    (port,) = free_ports(1)
    with held_port("127.0.0.1", port):
        with pytest.raises(OSError, match="Cannot assign requested address"):
            self_connected(port)
        for option in (socket.SO_REUSEPORT, socket.SO_REUSEADDR):
            with socket.socket() as server:
                server.setsockopt(socket.SOL_SOCKET, option, 1)
                server.bind(("127.0.0.1", port))
                server.listen()
                with socket.create_connection(("127.0.0.1", port)) as client:
                    assert client.getpeername()[1] == port
