import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.config import federated


class Command(BaseCommand):
    help = "What motcua demo-federation does inside each of its portals."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        into = parser.add_subparsers(dest="action", required=True)
        for name in ("load", "tokens", "invite"):
            into.add_parser(name).add_argument("member")
        joining = into.add_parser("join")
        for name in ("member", "address", "code"):
            joining.add_argument(name)
        agreeing = into.add_parser("agree")
        agreeing.add_argument("member")
        agreeing.add_argument("others", nargs="+")

    def handle(self, *, action: str, member: str, **given: Any) -> None:
        match action:
            case "load":
                federated.load(member, at=now())
            case "tokens":
                self.stdout.write(json.dumps(federated.tokens(member, at=now())))
            case "invite":
                self.stdout.write(federated.invite(member, at=now()))
            case "join":
                federated.join_hub(member, given["address"], given["code"])
            case _:
                federated.agree(member, given["others"])
