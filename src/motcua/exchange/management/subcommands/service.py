"""``motcua exchange service``: what a member offers others."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.exchange.management.choosing import a_member
from motcua.exchange.operations.services import NewService, close_service, open_service
from motcua.exchange.operations.serving import served
from motcua.exchange.operations.upstreams import System, check_upstream, set_upstream
from motcua.exchange.queries.services import services
from motcua.kernel.actors import Actor

HELP = "Offer a service, put a system of your own behind it, close it, list all."


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
    _behind(into.add_parser("upstream", help="have a web service of your own answer it"))
    close = into.add_parser("close", help="offer it no longer")
    close.add_argument("code")
    close.add_argument("--provider", default="")
    close.add_argument("--reason", required=True)


def _behind(parser: ArgumentParser) -> None:
    parser.add_argument("code")
    parser.add_argument("url", nargs="?", default="", help="such as http://10.0.0.5/api")
    parser.add_argument("--provider", default="")
    parser.add_argument("--inside", action="store_true", help="a private network is meant")
    parser.add_argument("--timeout", type=float, default=10.0, metavar="SECONDS")
    parser.add_argument("--most-mb", type=float, default=16.0, metavar="MB", help="largest message")
    parser.add_argument("--none", action="store_true", help="this portal answers it again")
    parser.add_argument("--check", action="store_true", help="only try what is set")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Do it."""
    by, at = Actor.system("exchange"), now()
    if options["action"] == "open":
        open_service(_described(options), by=by, at=at)
    elif options["action"] == "upstream":
        return _placed(options, say, by=by, at=at)
    elif options["action"] == "close":
        provider = a_member(options["provider"])
        close_service(provider, options["code"], reason=options["reason"], by=by, at=at)
    for one in services():
        say(f"{one.provider}  {one.code:<24} {one.title}")
    return True


def _placed(
    options: dict[str, Any], say: Callable[[str], None], *, by: Actor, at: datetime
) -> bool:
    """Set, take away or only try the system behind a service; tell whether it answers."""
    provider, code = a_member(options["provider"]), options["code"]
    if options["none"]:
        set_upstream(provider, code, None, by=by, at=at)
        say(f"{provider}  {code}  –")
        return True
    if not options["check"]:
        most = int(options["most_mb"] * 2**20)
        system = System(options["url"], options["timeout"], most, options["inside"])
        set_upstream(provider, code, system, by=by, at=at)
    found = check_upstream(provider, code, by=by)
    met = f"HTTP {found.status}  {found.milliseconds} ms  {found.trouble}".rstrip()
    say(f"{provider}  {code}  {met}")
    return not found.trouble


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
