"""``motcua sync parent``: whom our own dossiers are told."""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from getpass import getpass
from typing import Any

from django.core.management.base import CommandError
from django.utils.timezone import now
from django.utils.translation import override

from motcua.backbone.sentences import say
from motcua.exchange.queries.members import own_members
from motcua.kernel.actors import Actor
from motcua.sync.operations.parents import (
    LegacyAccount,
    add_legacy_parent,
    add_parent,
    change_password,
    pause,
    resume,
    tell_anew,
    tell_now,
)
from motcua.sync.operations.telling import tell_parent
from motcua.sync.queries.parents import ParentStanding, parents

Say = Callable[[str], None]
BY = Actor.system("command")


def arguments(parser: ArgumentParser) -> None:
    """Take what to do and which parent."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    into.add_parser("list", help="how far each has come, and what waits")
    for name, words in (
        ("add", "tell a member of our dossiers, those there are and all that follow"),
        ("pause", "tell it nothing for now; its place is kept"),
        ("resume", "go on from that place"),
        ("push-now", "tell it now, and say what came of it"),
        ("password", "give another password of an old interface, asked for or in SYNC_PASSWORD"),
        ("anew", "tell it everything from the first step on"),
    ):
        one = into.add_parser(name, help=words)
        one.add_argument("portal", metavar="MEMBER", help="000.00.00.G14")
        if name == "add":
            _legacy(one)
        one.add_argument("--as", dest="member", metavar="MEMBER", help="which of ours it is about")


def _legacy(parser: ArgumentParser) -> None:
    """Take what is needed for a system that speaks the old portal's interface."""
    parser.add_argument("--address", help="of the old interface: https://host/dich-vu-cong")
    parser.add_argument("--username", default="", help="as whom we sign in there")
    parser.add_argument("--dstcode", default="", help="whom the messages are for")
    parser.add_argument(
        "--inside", action="store_true", help="it may be on a private network or this machine"
    )
    parser.add_argument("--below", default="", help="H57: a province's system, told of statuses")


def _password() -> str:
    return os.environ.get("SYNC_PASSWORD") or getpass("Mật khẩu · Password: ")


def run(options: dict[str, Any], write: Say) -> None:
    """Do it."""
    if options["action"] == "add":
        ours = options["member"] or next(iter(own_members()), "")
        _add(ours, options)
        write(f"✓ {ours} → {options['portal']}")
    elif options["action"] == "list":
        for each in parents(by=BY, at=now()):
            _tell(each, write)
    else:
        found = _found(options)
        _ACTIONS[options["action"]](found.id, write)
        _tell(_found(options), write)


def _add(ours: str, options: dict[str, Any]) -> None:
    if not options["address"]:
        add_parent(ours, options["portal"], by=BY, at=now())
        return
    account = LegacyAccount(
        options["address"],
        options["username"],
        _password(),
        options["dstcode"],
        inside=options["inside"],
    )
    below = options["below"]
    add_legacy_parent(ours, options["portal"], account, below=below, by=BY, at=now())


def _found(options: dict[str, Any]) -> ParentStanding:
    rows = [each for each in parents(by=BY, at=now()) if each.to == options["portal"]]
    if options["member"]:
        rows = [each for each in rows if each.member == options["member"]]
    if len(rows) != 1:
        which = "no parent" if not rows else "several parents (name one of ours with --as)"
        raise CommandError(f"There is {which} {options['portal']}. See: motcua sync parent list")
    return rows[0]


def _push_now(number: int, write: Say) -> None:
    tell_now(number, by=BY)
    write(f"{tell_parent(number, clock=now):,} rows were sent.")


_ACTIONS: dict[str, Callable[[int, Say], None]] = {
    "pause": lambda number, _: pause(number, by=BY, at=now()),
    "resume": lambda number, _: resume(number, by=BY, at=now()),
    "push-now": _push_now,
    "password": lambda number, _: change_password(number, _password(), by=BY),
    "anew": lambda number, _: tell_anew(number, by=BY, at=now()),
}


def _tell(each: ParentStanding, write: Say) -> None:
    state = "paused" if each.paused_at else "stuck" if each.is_stuck else "up to date"
    if each.waiting and state == "up to date":
        state = "on its way"
    since = f" since {each.since:%F %H:%M}" if each.since else ""
    write(
        f"{each.member} → {each.to}  {state}: {each.sent:,} rows sent, "
        f"{each.waiting:,} steps wait{since}, {each.untaken:,} not taken"
    )
    if each.error:
        with override("en"):
            write(f"  {say(each.error, each.facts)}")
