"""``motcua exchange ca``: our own certificate authority, made once."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.utils.timezone import now

from motcua.exchange.management.choosing import a_member
from motcua.exchange.operations.keys import make_authority
from motcua.exchange.queries.trust import anchors_pem
from motcua.kernel.actors import Actor

HELP = "Make this portal's own certificate authority, once, and show the trust anchors."


def arguments(parser: ArgumentParser) -> None:
    """Take whether to make one."""
    parser.add_argument("action", nargs="?", choices=["new", "show"], default="show")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Make it where asked to, then say what is believed."""
    if options["action"] == "new":
        say(f"✓ {make_authority(a_member(''), by=Actor.system('exchange'), at=now())}")
    anchors = anchors_pem()
    say(anchors or "Chưa có gốc tin cậy nào · No trust anchor yet. Run: motcua exchange ca new")
    return True
