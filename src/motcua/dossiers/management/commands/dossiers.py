"""``motcua dossiers reindex``: make anew what dossiers are found by."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from motcua.backbone.languages import language_of_terminal
from motcua.dossiers.operations.finding import find_anew


class Command(BaseCommand):
    help = "Make anew what dossiers are found by at the desk, after a pack's marks changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        reindex = actions.add_parser("reindex", help="from the oldest on, in batches")
        reindex.add_argument("--procedure", default="", help="only this one, such as 1.001193")
        reindex.add_argument("--after", type=int, default=0, help="go on after this dossier's id")
        reindex.add_argument("--batch", type=int, default=500, help="how many at once")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(language_of_terminal()):
            self._reindex(options["procedure"], options["after"], options["batch"])

    def _reindex(self, procedure: str, after: int, batch: int) -> None:
        looked = changed = 0
        progress = _("{looked} looked at, {changed} changed; to go on: --after {last}")
        while some := find_anew(after, procedure=procedure, on=localdate(), batch=batch):
            after = some.last
            looked, changed = looked + some.count, changed + some.changed
            self.stdout.write(progress.format(looked=looked, changed=changed, last=after))
            self.stdout.flush()
        done = _("Done: {looked} dossiers looked at, {changed} changed.")
        self.stdout.write(done.format(looked=looked, changed=changed))
