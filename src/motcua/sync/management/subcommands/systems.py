"""``motcua sync system``: who may tell of dossiers by the old portal's interface."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.kernel.actors import Actor
from motcua.sync.operations.systems import Made, is_open, make_system, new_password, switch
from motcua.sync.queries.systems import systems

Say = Callable[[str], None]
BY = Actor.system("command")
SHUT = "Giao diện cũ đang đóng · The old interface is shut. Set SYNC_LEGACY=1 and start again."


def arguments(parser: ArgumentParser) -> None:
    """Take what to do and which system."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    into.add_parser("list", help="the accounts there are")
    add = into.add_parser("add", help="make an account; its password is shown once")
    add.add_argument("username")
    add.add_argument("member", metavar="MEMBER", help="000.00.00.H57: whose system it is")
    add.add_argument("--name", default="", help="what people call it")
    add.add_argument("--above", action="store_true", help="a portal that tells us of statuses")
    for name, words in (
        ("password", "give it another password; the old one and its sessions end"),
        ("off", "let it in no longer; its sessions end"),
        ("on", "let it in again"),
    ):
        into.add_parser(name, help=words).add_argument("username")


def run(options: dict[str, Any], write: Say) -> None:
    """Do it."""
    match options["action"]:
        case "list":
            for each in systems(by=BY):
                state = "off" if each.off_at else "on"
                used = f"{each.used_at:%F %H:%M}" if each.used_at else "never"
                write(f"{each.username}  {each.member}  {state}  last signed in: {used}")
        case "add":
            _tell(
                make_system(
                    *(options["username"], options["member"]),
                    title=options["name"],
                    above=options["above"],
                    by=BY,
                    at=now(),
                ),
                write,
            )
        case "password":
            _tell(new_password(_number(options), by=BY, at=now()), write)
        case action:
            switch(_number(options), on=action == "on", by=BY, at=now())
            write(f"✓ {options['username']} {action}")
    if not is_open():
        write(SHUT)


def _number(options: dict[str, Any]) -> int:
    for each in systems(by=BY):
        if each.username == options["username"]:
            return each.id
    raise CommandError(f"There is no system {options['username']}. See: motcua sync system list")


def _tell(made: Made, write: Say) -> None:
    write(f"✓ {made.username}")
    write(f"  Mật khẩu, chỉ hiện một lần · Password, shown once: {made.password}")
