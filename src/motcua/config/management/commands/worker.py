import asyncio
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.backbone.working import work
from motcua.config.launch import step_back

POLITE = 15
"""
How far a worker steps back for the pages people wait for, as ``nice`` counts.

While they take all the processors it gets a thirtieth of one, and what they leave of it.
"""


class Command(BaseCommand):
    help = "Do the jobs that wait in the database: deliveries, papers, notices, payments."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument(
            "--concurrency",
            type=int,
            default=int(os.environ.get("WORKER_CONCURRENCY") or 4),
            help="how many jobs at once",
        )

    def handle(self, *, once: bool, concurrency: int, **_: Any) -> None:
        step_back(POLITE)
        asyncio.run(work(concurrency=concurrency, once=once))
