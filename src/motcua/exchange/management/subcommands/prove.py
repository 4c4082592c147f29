"""``motcua exchange prove``: the proof of one entry, for anybody."""

from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.queries.keys import NoKeyOfOurs
from motcua.exchange.queries.members import kept_logs
from motcua.exchange.queries.proving import proof_of
from motcua.kernel.actors import Actor

HELP = "Print the proof that an exchange took place: what was signed, by whom, when it was logged."


def arguments(parser: ArgumentParser) -> None:
    """Take which entry."""
    parser.add_argument("entry", type=UUID, help="its id, as the header Motcua-Entry told it")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Number what waits, then print the proof."""
    for member in kept_logs():
        with suppress(NoKeyOfOurs):
            while sequence(member, at=now()):
                pass
    say(proof_of(options["entry"], by=Actor.system("exchange")).decode())
    return True
