"""A door before a server, over TCP: what goes in comes through, what comes out waits for a word."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LONGEST = 60.0
"""Seconds after which it lets through what nobody gave a word for."""


class Relay:
    """Where it answers; while ``open`` is not set, what the server says does not come through."""

    def __init__(self, door: socket.socket, port: int) -> None:
        self.address = f"http://127.0.0.1:{door.getsockname()[1]}"
        self.open = threading.Event()
        self._door, self._port = door, port
        self._threads: list[threading.Thread] = []
        self._lines: list[socket.socket] = []
        self._start(self._listen)

    def close(self) -> None:
        """Let go of every connection, and wait until nothing of it is left."""
        self.open.set()
        for each in (self._door, *self._lines):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for each in self._lines:
            each.close()

    def _start(self, work, *about) -> None:
        self._threads.append(threading.Thread(target=work, args=about))
        self._threads[-1].start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                came, _ = self._door.accept()
                on = socket.create_connection(("127.0.0.1", self._port))
                self._lines += [came, on]
                self._start(self._carry, came, on, False)
                self._start(self._carry, on, came, True)

    def _carry(self, one: socket.socket, other: socket.socket, waits: bool) -> None:
        with suppress(OSError):
            while piece := one.recv(2**16):
                if waits:
                    self.open.wait(LONGEST)
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def before(port: int) -> Iterator[Relay]:
    """Stand before the server at a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        relay = Relay(door, port)
        try:
            yield relay
        finally:
            relay.close()
