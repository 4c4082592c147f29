from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.terminal import say


class Command(BaseCommand):
    help = "Print where the portal is and who may sign in to the demonstration."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        print()
        say(f"Cổng đã mở tại {settings.BASE_URL}/", f"The portal is at {settings.BASE_URL}/")
        say("Nhấn Ctrl-C để dừng; dữ liệu vẫn được giữ", "Press Ctrl-C to stop; all data are kept")
