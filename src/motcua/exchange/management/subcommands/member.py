"""``motcua exchange member``: who takes part."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.timezone import now

from motcua.exchange.operations.members import NewMember, invite_member, move_member
from motcua.exchange.queries.members import MemberState, members, own_members
from motcua.kernel.actors import Actor

HELP = "Invite a member, suspend it, let it in again, end its part; list all."
TO = {
    "suspend": MemberState.SUSPENDED,
    "resume": MemberState.ACTIVE,
    "end": MemberState.ENDED,
}


def arguments(parser: ArgumentParser) -> None:
    """Take what to do and with whom."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    into.add_parser("list", help="list the members")
    new = into.add_parser("invite", help="let an agency join")
    new.add_argument("member", help="id, such as 000.00.00.H26")
    new.add_argument("title", help="the agency's full name, in Vietnamese")
    new.add_argument("--title-en", default="")
    new.add_argument("--agency", default="", help="where its officials work, if not the id")
    new.add_argument(
        "--address", default="", help="base URL of its portal; else this one's, if it is ours"
    )
    for name in TO:
        other = into.add_parser(name)
        other.add_argument("member")
        other.add_argument("--reason", required=True)


def run(options: dict[str, Any], say: Callable[[str], None]) -> bool:
    """Do it."""
    by, at, action = Actor.system("exchange"), now(), options["action"]
    if action == "invite":
        names = ("member", "title", "title_en", "agency")
        ours = settings.BASE_URL if options["member"] in own_members() else ""
        facts = (*(options[name] for name in names), options["address"] or ours)
        invite_member(NewMember(*facts), by=by, at=at)
    elif action in TO:
        move_member(options["member"], TO[action], reason=options["reason"], by=by, at=at)
    for member in members():
        say(f"{member.id:<14} {member.state:<10} {member.title}  {member.address}".rstrip())
    return True
