from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.serving import serve_registers


class Command(BaseCommand):
    help = "Let the national registers kept here answer members of the exchange."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.REGISTRAR_PORT)
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *, host: str, port: int, threads: int, **_: Any) -> None:
        serve_registers(host=host, port=port, threads=threads)
