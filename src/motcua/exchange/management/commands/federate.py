"""``motcua federate``: two portals become one exchange with one command each."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.exchange.management.choosing import a_member
from motcua.exchange.operations.inviting import invite_portal
from motcua.exchange.operations.joining import ask_to_join, join
from motcua.exchange.operations.members import NewMember
from motcua.exchange.operations.telling import read_peer
from motcua.kernel.actors import Actor


class Command(BaseCommand):
    """Invite at the hub, join at the other portal."""

    help = "Join portals to one exchange: invite at the hub, join at the other."

    def add_arguments(self, parser: ArgumentParser) -> None:
        into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        invite = into.add_parser("invite", help="print a code with which a portal joins, once")
        invite.add_argument("member", help="id, such as 000.00.00.H57")
        invite.add_argument("title", help="the agency's full name, in Vietnamese")
        invite.add_argument("--title-en", default="")
        joining = into.add_parser("join", help="join the exchange of another portal")
        joining.add_argument("address", help="base URL of the hub")
        joining.add_argument("code", help="what motcua federate invite printed there")
        joining.add_argument("--member", default="", help="who joins, EXCHANGE_MEMBER otherwise")

    def handle(self, *_args: Any, **options: Any) -> None:
        by, at = Actor.system("federate"), now()
        if options["action"] == "invite":
            new = NewMember(options["member"], options["title"], options["title_en"])
            code = invite_portal(new, by=by, at=at)
            self.stdout.write(f"motcua federate join {settings.BASE_URL} {code}")
            return
        member, address = a_member(options["member"]), options["address"]
        kid, joined = ask_to_join(address, options["code"], member, own_address=settings.BASE_URL)
        join(joined, by=by, at=at)
        read_peer(joined.hub.id, by=by, at=at)
        self.stdout.write(f"✓ {joined.hub.id} {joined.hub.title} ↔ {member} ({kid})")
