"""``motcua exchange prove``: the proof of one entry, for anybody."""

from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.showing import prove_with_bodies
from motcua.exchange.queries.keys import NoKeyOfOurs
from motcua.exchange.queries.members import kept_logs
from motcua.exchange.queries.proving import proof_of
from motcua.kernel.actors import Actor

HELP = "Print the proof that an exchange took place: what was signed, by whom, when it was logged."


def arguments(parser: ArgumentParser) -> None:
    """Take which entry, and where to write what it carried."""
    parser.add_argument("entry", type=UUID, help="its id, as the header Motcua-Entry told it")
    parser.add_argument(
        "--with-body",
        type=Path,
        metavar="FILE",
        help="write the proof with what was sent and answered, as far as it is kept, to a new file",
    )
    parser.add_argument("--purpose", default="", help="why, with --with-body: it is written down")


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """
    Number what waits, then print the proof, or write it with what was sent and answered.

    :raises CommandError: if the file cannot be written, or is there already
    """
    for member in kept_logs():
        with suppress(NoKeyOfOurs):
            while sequence(member, at=now()):
                pass
    entry, by, file = options["entry"], Actor.system("exchange"), options["with_body"]
    if file is None:
        say(proof_of(entry, by=by).decode())
        return True
    try:
        file.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise CommandError(str(error)) from error
    try:
        file.write_bytes(prove_with_bodies(entry, options["purpose"], by=by, at=now()))
    except BaseException:
        file.unlink()
        raise
    say(f"{file}: chứng cứ và nội dung · proof and bodies")
    return True
