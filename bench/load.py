"""A small load generator: keep-alive clients on one thread, so that it takes little itself."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context


@dataclass
class Outcome:
    """What a load gave: how long each request took, in seconds, and answers by status."""

    seconds: float
    took: list[float]
    statuses: dict[int, int]
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.took) / self.seconds

    def percentile(self, share: float) -> float:
        """Return the time below which ``share`` of the requests were answered, in ms."""
        ordered = sorted(self.took)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def request(
    method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
) -> bytes:
    """Return one HTTP/1.1 request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(
    port: int, requests: list[bytes], *, clients: int = 8, seconds: float = 8, keep: bool = False
) -> Outcome:
    """
    Send ``requests`` in turn over ``clients`` connections until they or ``seconds`` run out.

    It runs in a process of its own, so that the caller's work does not disturb it.
    """
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(theirs, port, requests, clients, seconds, keep))
    worker.start()
    theirs.close()
    outcome = ours.recv()
    worker.join()
    return outcome


class Client:
    """One connection, one request at a time; a new one where the server closed the last."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self.port, self.selector = port, selector
        self.got = b""
        self.sent = 0.0
        self._connect()

    def _connect(self) -> None:
        self.ends = False
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self) -> None:
        self.selector.unregister(self.socket)
        self.socket.close()

    def send(self, what: bytes) -> None:
        self.got = b""
        self.sent = time.perf_counter()
        if self.ends:
            self.close()
            self._connect()
        self.socket.sendall(what)

    def read(self) -> tuple[int, bytes] | None:
        """Return status and body once the whole answer is here."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self.got += piece
        head, gap, body = self.got.partition(b"\r\n\r\n")
        if not gap:
            return None
        status = int(head[9:12])
        lower = head.lower()
        self.ends = b"\r\nconnection: close" in lower
        at = lower.find(b"content-length:")
        if at >= 0:
            length = int(lower[at + 15 :].split(b"\r\n", 1)[0])
            return (status, body) if len(body) >= length else None
        if b"transfer-encoding: chunked" in lower:
            return (status, body) if body.endswith(b"0\r\n\r\n") else None
        return status, body


def _work(pipe, port, requests, clients, seconds, keep) -> None:
    todo: Iterator[bytes] = iter(requests)
    outcome = Outcome(0, [], {})
    selector = selectors.DefaultSelector()
    start = time.perf_counter()
    for first in islice(todo, clients):
        Client(port, selector).send(first)
    while selector.get_map():
        for key, _ in selector.select():
            client = key.data
            answer = client.read()
            if answer is None:
                continue
            now = time.perf_counter()
            _note(outcome, now - client.sent, answer, keep=keep)
            following = next(todo, None) if now - start < seconds else None
            if following is None:
                client.close()
            else:
                client.send(following)
    outcome.seconds = time.perf_counter() - start
    pipe.send(outcome)


def _note(outcome: Outcome, took: float, answer: tuple[int, bytes], *, keep: bool) -> None:
    status, body = answer
    outcome.took.append(took)
    outcome.statuses[status] = outcome.statuses.get(status, 0) + 1
    if keep:
        outcome.bodies.append(body)
