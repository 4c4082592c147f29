"""
HTTP/1.1 as small messages need it: one packet out, headers read line by line.

The standard library's client sends what goes before a body and the body apart, so that the other
side is woken twice, and reads headers as those of a mail, which takes ten times as long.
"""

import http.client
import math
import re
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from socket import socket
from typing import BinaryIO

TOGETHER = 2**16
"""Bodies up to this size are sent in one piece with what goes before them."""
MOST_HEADERS = 100
LONGEST_LINE = 2**16
LONGEST_LENGTH = 18
"""Digits of a Content-Length: of thousands Python makes no number."""
_TARGET = re.compile(r"/[!-~]*")
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t -~\x80-\xff]*")


class Heard(RawIOBase):
    """
    What a connection says; once it has begun, all of it comes within ``seconds``, or none.

    Whoever waits for a line or a chunk would else be held by each drop of it anew. The
    connection's own time-out holds for each piece meanwhile, and nothing comes after ``until``.
    """

    def __init__(self, way: socket, seconds: float, until: float | None = None) -> None:
        self._way, self._seconds, self._each = way, seconds, way.gettimeout()
        self._until, self._has_begun = until, False

    def readable(self) -> bool:
        """Be read, not written."""
        return True

    def readinto(self, place: memoryview) -> int:  # type: ignore[override]
        """
        Wait for a piece.

        :raises TimeoutError: if none comes in time, or the time for all of them is over
        """
        if self._until is not None:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("an answer in drops")
            if self._each is None or left < self._each:
                self._way.settimeout(left)
        size = self._way.recv_into(place)
        if not self._has_begun:
            self._has_begun = True
            self._until = min(time.monotonic() + self._seconds, self._until or math.inf)
        return size

    def makefile(self, _mode: str) -> BufferedReader:
        """Return it as the standard library's client asks a socket for it."""
        return BufferedReader(self)


class Answer(HTTPResponse):
    """An answer; ``told`` are its headers in lower case, those that came twice joined."""

    told: Mapping[str, str]

    def __init__(
        self, way: socket, method: str, *, longest: float, until: float | None = None
    ) -> None:
        """
        Listen to a connection.

        :param longest: how many seconds the answer may take from its first byte on
        :param until: when it has to be there, by the monotonic clock
        """
        super().__init__(Heard(way, longest, until), method=method)  # type: ignore[arg-type]

    def begin(self) -> None:
        """
        Read up to the body, more strictly than the standard library.

        :raises HTTPException: if it is no HTTP/1, or has a header of another shape
        :raises OSError: if the other side goes away, or is too slow
        """
        while True:
            version, status, self.reason = self._read_status()  # type: ignore[attr-defined]
            self.told = _headers(self.fp)
            if status != http.client.CONTINUE:
                break
        if version not in {"HTTP/1.0", "HTTP/1.1"}:
            raise http.client.UnknownProtocol(version)
        self.code = self.status = status
        self.chunked = self.told.get("transfer-encoding", "").lower() == "chunked"
        self.chunk_left = None
        self.length = None if self.chunked else self._length()
        closing = version == "HTTP/1.0" or "close" in self.told.get("connection", "").lower()
        self.will_close = closing or not (self.chunked or self.length is not None)

    def _length(self) -> int | None:
        said = self.told.get("content-length")
        if self.status in {http.client.NO_CONTENT, http.client.NOT_MODIFIED}:
            return 0
        if said is None:
            return None
        if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_LENGTH):
            raise HTTPException("a length that is no number")
        return int(said)


def ask(
    method: str,
    target: str,
    headers: Mapping[str, str],
    content: bytes | Iterator[bytes],
    *,
    by: socket,
) -> None:
    """
    Send a request over a connection; what comes in pieces has its length in the headers.

    :raises ValueError: if a header or the target cannot be sent as it is
    :raises OSError: if the other side does not take it
    """
    if isinstance(content, bytes):
        headers = {**headers, "content-length": str(len(content))}
    head = _head(method, target, headers)
    if isinstance(content, bytes) and len(content) <= TOGETHER:
        by.sendall(head + content)
        return
    by.sendall(head)
    for piece in (content,) if isinstance(content, bytes) else content:
        by.sendall(piece)


def _head(method: str, target: str, headers: Mapping[str, str]) -> bytes:
    if not _TARGET.fullmatch(target):
        raise ValueError("Invalid target")
    for name, value in headers.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"Invalid header name {name!r}")
        if not _VALUE.fullmatch(value):
            raise ValueError(f"Invalid header value of {name}")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode("latin-1")


def _headers(lines: BinaryIO) -> dict[str, str]:
    headers = dict[str, str]()
    for _ in range(MOST_HEADERS):
        line = lines.readline(LONGEST_LINE)
        if line in {b"\r\n", b"\n"}:
            return headers
        name, colon, value = line.decode("latin-1").partition(":")
        if not (colon and value.endswith("\n") and _NAME.fullmatch(name := name.lower())):
            raise HTTPException("a header of another shape")
        value = value.removesuffix("\n").removesuffix("\r").strip(" \t")
        if not _VALUE.fullmatch(value):
            raise HTTPException("a header with a control character")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    raise HTTPException("too many headers")
