from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load the demonstration: agencies, officials, citizens, procedures. Safe to repeat."

    def handle(self, **_: Any) -> None:
        pass
