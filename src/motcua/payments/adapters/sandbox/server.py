"""The sandbox bank as a process: a small threaded server and the thread of its call-backs."""

from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from motcua.payments.adapters.sandbox.bank import Bank
from motcua.payments.adapters.sandbox.deliveries import Deliveries
from motcua.payments.adapters.sandbox.store import Store
from motcua.payments.rules.signatures import SigningKey


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Write nothing: the portal's log has the call-backs."""


class RunningBank:
    """A bank that listens; ``serve`` answers until ``stop`` is called from another thread."""

    def __init__(
        self, *, host: str, port: int, database: Path, call_back: str, key: SigningKey
    ) -> None:
        store = Store(database)
        self._calls = Deliveries(store, url=call_back, key=key)
        bank = Bank(store, key=key, wake=self._calls.wake)
        self._server = make_server(host, port, bank, _Server, _Quiet)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.server_port

    def serve(self) -> None:
        """Answer requests and make call-backs until stopped."""
        self._calls.start()
        try:
            self._server.serve_forever(poll_interval=0.05)
        finally:
            self._calls.stop()
            self._server.server_close()

    def stop(self) -> None:
        """Let ``serve`` return."""
        self._server.shutdown()
