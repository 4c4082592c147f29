"""``motcua exchange log``: what an administrator decides about a message log."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.utils.timezone import now

from motcua.exchange.operations.breaks import accept_break
from motcua.kernel.actors import Actor

HELP = "Decide to go on with a message log that contradicts what was signed."


def arguments(parser: ArgumentParser) -> None:
    """Take whose log it is, and why it goes on."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    accept = into.add_parser(
        "accept-break", help="put the heads that it contradicts aside, and sign new ones"
    )
    accept.add_argument("member", help="whose log, such as 000.00.00.H26")
    accept.add_argument(
        "--reason", required=True, help="what was found out: everybody told reads it"
    )


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Go on, and say from where."""
    member, by = options["member"], Actor.system("exchange")
    size = accept_break(member, options["reason"], by=by, at=now())
    say(f"✓ {member}: nhật ký tiếp tục từ · the log goes on from #{size}")
    return True
