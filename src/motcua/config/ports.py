"""A port for one portal alone, though the web server lets several processes share theirs."""

import errno
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from motcua.backbone.trouble import Trouble

_FREED_WITHIN = 4.0


@contextmanager
def held_port(host: str, port: int, *, patience: float = _FREED_WITHIN) -> Iterator[None]:
    """
    Keep a port for one portal meanwhile; wait a moment for one that is just being let go of.

    The web server binds with ``SO_REUSEPORT``, so that two portals started in the same second
    would share a port and each answer half of the visitors. A name beside the port, which only one
    process can have and which ends with it, comes first (Linux: unix(7), abstract sockets).

    Then the port stays bound here, without listening: while the server is being brought back,
    nothing else can take it. Else a client that tries again and again may be given that very port
    for its own end, so that it is connected to itself and the server never gets the port back.

    :raises Trouble: if another program keeps it, or this machine does not give it
    """
    limit = time.monotonic() + patience
    with socket.socket(socket.AF_UNIX) as name:
        if sys.platform == "linux":
            _until(limit, lambda: name.bind(f"\0motcua-{host}:{port}"), host, port)
        _until(limit, lambda: _bound(host, port, socket.SO_REUSEADDR).close(), host, port)
        shared = (socket.SO_REUSEADDR, socket.SO_REUSEPORT)
        with _bound(host, port, *shared):
            yield


def _bound(host: str, port: int, *options: int) -> socket.socket:
    door = socket.socket()
    try:
        for option in options:
            door.setsockopt(socket.SOL_SOCKET, option, 1)
        door.bind((host, port))
    except OSError:
        door.close()
        raise
    return door


def _until(limit: float, act: Callable[[], None], host: str, port: int) -> None:
    while True:
        try:
            act()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _trouble_with_address(host, port, error) from error
            if time.monotonic() > limit:
                raise Trouble(
                    f"Cổng {port} đang được chương trình khác dùng. Hãy chọn cổng khác: "
                    f"make run PORT={port + 10}",
                    f"Port {port} is taken by another program. Choose another: "
                    f"make run PORT={port + 10}",
                ) from error
        else:
            return
        time.sleep(0.25)


def _trouble_with_address(host: str, port: int, error: OSError) -> Trouble:
    if isinstance(error, PermissionError):
        return Trouble(
            f"Cổng {port} chỉ dành cho root. Hãy chọn cổng từ 1024 trở lên: make run PORT=8000",
            f"Port {port} is for root only. Choose one from 1024 up: make run PORT=8000",
        )
    return Trouble(
        f"Máy này không có địa chỉ {host}. Hãy đặt HOST=127.0.0.1 hoặc HOST=0.0.0.0.",
        f"This machine has no address {host}. Set HOST=127.0.0.1 or HOST=0.0.0.0.",
    )
