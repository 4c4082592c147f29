from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.config.loading import load_demo, load_reference


class Command(BaseCommand):
    help = "Load the demonstration: agencies, officials, citizens, procedures. Safe to repeat."

    def handle(self, **_: Any) -> None:
        load_reference(at=now())
        load_demo(at=now())
