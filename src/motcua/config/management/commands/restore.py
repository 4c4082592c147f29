from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.backbone.backups import restore
from motcua.config.terminal import step


class Command(BaseCommand):
    help = "Bring a backup back into an empty database and its keys into MOTCUA_VAR."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="DIR")

    def handle(self, *, source: Path, **_: Any) -> None:
        with step("Khôi phục cơ sở dữ liệu, tệp và khóa", "Restoring database, files and keys"):
            found = restore(source.resolve(), var=settings.VAR)
        self.stdout.write(f"✓ {found['at']}, Một Cửa {found['motcua']}. Next: motcua migrate")
