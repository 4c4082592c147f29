from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.backbone.backups import back_up
from motcua.config.terminal import step

SAFE = "Keep it as safe as the portal: its keys and passwords are in it, unencrypted."


class Command(BaseCommand):
    help = "Write the whole portal into a new folder: database, files, keys. It goes on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", type=Path, metavar="DIR")

    def handle(self, *, to: Path, **_: Any) -> None:
        with step("Sao lưu cơ sở dữ liệu, tệp và khóa", "Backing up database, files and keys"):
            found = back_up(to.resolve(), var=settings.VAR, at=now())
        self.stdout.write(f"✓ {to}: {len(found['sha256'])} files. {SAFE}")
