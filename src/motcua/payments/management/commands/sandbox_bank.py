import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from motcua.payments.adapters.sandbox.server import RunningBank
from motcua.payments.rules.signatures import SigningKey


class Command(BaseCommand):
    help = "Run the sandbox bank: a web site of its own to try payments with."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and where to tell that money came."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.BANK_PORT)
        parser.add_argument("--portal", default=settings.BASE_URL, help="address of the portal")

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve until told to stop."""
        room = "motcua.payments.web.urls"  # all rooms' addresses would take a second to load
        path = reverse("call-back", urlconf=room, kwargs={"provider": "sandbox"})
        bank = RunningBank(
            host=options["host"],
            port=options["port"],
            database=settings.VAR / "sandbox-bank.db",
            call_back=options["portal"] + path,
            key=SigningKey(settings.SANDBOX_BANK["key_id"], settings.SANDBOX_BANK["secret"]),
        )
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: threading.Thread(target=bank.stop).start())
        self.stdout.write(f"sandbox bank: http://{options['host']}:{bank.port}/")
        bank.serve()
