"""``motcua packs preview FOLDER``: see a pack as people will, from its files."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application

from motcua.packs.queries.previewing import PREVIEWED

HELP = "Draw the pages of a pack from its files, at each request anew; on this machine only."


def arguments(parser: ArgumentParser) -> None:
    """Take the folder and the port."""
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8010)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Serve until it is interrupted."""
    folder: Path = options["folder"]
    if not (folder / "procedure.yaml").is_file():
        raise CommandError(f"{folder} is no folder of a pack: it has no procedure.yaml.")
    call_command("collectstatic", interactive=False, verbosity=0)
    PREVIEWED.update(folder=str(folder), portal=settings.ROOT_URLCONF)
    settings.ROOT_URLCONF = "motcua.packs.web.preview_urls"
    with make_server("127.0.0.1", options["port"], get_wsgi_application()) as server:
        say(f"http://127.0.0.1:{server.server_port}/  ({folder}; Ctrl+C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("")
    return True
