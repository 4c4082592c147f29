"""``motcua exchange service``: what a member offers others."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.exchange.management.choosing import a_member
from motcua.exchange.operations.services import NewService, close_service, open_service
from motcua.exchange.operations.serving import served
from motcua.exchange.queries.services import services
from motcua.kernel.actors import Actor

HELP = "Offer a service, close it, list all."


def arguments(parser: ArgumentParser) -> None:
    """Take what to do and with which service."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    into.add_parser("list", help="list the services on offer")
    new = into.add_parser("open", help="offer a service, or bring its description up to date")
    new.add_argument("code", help="such as population.v1")
    new.add_argument("--provider", default="", help="the member that answers")
    new.add_argument("--owner", default="", help="the agency whose data it is")
    new.add_argument("--title", default="", help="in Vietnamese; its own where it has one")
    new.add_argument("--title-en", default="")
    new.add_argument("--openapi", type=Path, help="JSON file; its own where it has one")
    close = into.add_parser("close", help="offer it no longer")
    close.add_argument("code")
    close.add_argument("--provider", default="")
    close.add_argument("--reason", required=True)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Do it."""
    by, at = Actor.system("exchange"), now()
    if options["action"] == "open":
        open_service(_described(options), by=by, at=at)
    elif options["action"] == "close":
        provider = a_member(options["provider"])
        close_service(provider, options["code"], reason=options["reason"], by=by, at=at)
    for one in services():
        say(f"{one.provider}  {one.code:<24} {one.title}")
    return True


def _described(options: dict[str, Any]) -> NewService:
    code = options["code"]
    own = served(code)
    if own is None and not (options["openapi"] and options["title"]):
        raise CommandError(
            f"This portal has no program that answers {code}: give --title and --openapi."
        )
    file = options["openapi"]
    openapi = json.loads(file.read_text()) if file else own.openapi() if own else {}
    return NewService(
        provider=a_member(options["provider"]),
        code=code,
        title=options["title"] or (own.title_vi if own else ""),
        title_en=options["title_en"] or (own.title_en if own else ""),
        owner=options["owner"],
        openapi=openapi,
    )
