"""The web server that ``bench.exchange`` measures."""

import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels


def application():
    from bench.exchange import application as portal

    return portal()


if __name__ == "__main__":
    Granian(
        "bench.exchange_server:application",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
