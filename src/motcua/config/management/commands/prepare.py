from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from motcua.config.probes import unapplied_migrations
from motcua.config.statics import collect_where_changed
from motcua.config.terminal import step


class Command(BaseCommand):
    help = "Bring database, reference data and static files up to this version."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true")

    def handle(self, **_: Any) -> None:
        if unapplied_migrations():
            with step("Tạo hoặc nâng cấp các bảng", "Making or upgrading the tables"):
                call_command("migrate", verbosity=0, interactive=False)
        with step("Chuẩn bị tệp tĩnh", "Making static files ready"):
            collect_where_changed()
        if settings.DEMO:
            call_command("demo")
