from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.config.loading import load_where_changed
from motcua.config.probes import unapplied_migrations
from motcua.config.statics import collect_where_changed
from motcua.config.terminal import step


class Command(BaseCommand):
    help = "Bring tables, reference data and static files up to this version."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        if unapplied_migrations():
            with step("Tạo hoặc nâng cấp các bảng", "Making or upgrading the tables"):
                call_command("migrate", verbosity=0, interactive=False)
        load_where_changed(at=now())
        with step("Chuẩn bị tệp tĩnh", "Making static files ready"):
            collect_where_changed()
