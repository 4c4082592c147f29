import os
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.management.base import BaseCommand

from motcua.config.parts import SUPERVISED
from motcua.config.ports import held_port
from motcua.config.serving import serve


class Command(BaseCommand):
    help = "Serve the pages and the JSON API (no worker, no database of its own)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        processes = min(8, max(2, os.cpu_count() or 2))
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument(
            "--processes", type=int, default=int(os.environ.get("WEB_PROCESSES") or processes)
        )
        parser.add_argument("--threads", type=int, default=int(os.environ.get("WEB_THREADS") or 4))

    def handle(self, *, host: str, port: int, processes: int, threads: int, **_: Any) -> None:
        with _own_port(host, port):
            serve(host=host, port=port, processes=processes, threads=threads)


def _own_port(host: str, port: int) -> AbstractContextManager[None]:
    """Hold the port, unless the supervisor that runs this process does."""
    return nullcontext() if os.environ.get(SUPERVISED) else held_port(host, port)
