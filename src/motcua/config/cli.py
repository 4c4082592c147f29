"""One command line for everything: ``motcua COMMAND``."""

import os
import sys
from pathlib import Path

from motcua.backbone.postgres import DatabaseTrouble, embedded

WITHOUT_DATABASE = {"help", "--help", "-h", "--version", "run", "makemessages"}


def main() -> None:
    """Run one command; start the embedded database first where the command needs it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    arguments = sys.argv[1:] or ["help"]
    arguments[0] = arguments[0].replace("-", "_") if arguments[0][0] != "-" else arguments[0]
    if arguments[0] not in WITHOUT_DATABASE and "DATABASE_URL" not in os.environ:
        server = embedded(Path(os.environ.get("MOTCUA_VAR", "var")).resolve())
        try:
            server.start()
        except DatabaseTrouble as trouble:
            sys.exit(str(trouble))
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["motcua", *arguments])
