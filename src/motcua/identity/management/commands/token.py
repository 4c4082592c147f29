"""``motcua token``: let a program use the JSON API as a person."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from motcua.identity.adapters.passphrases import key_of
from motcua.identity.operations.tokens import issue_token
from motcua.identity.queries.people import NoSuchPerson
from motcua.kernel.actors import Actor


class Command(BaseCommand):
    help = "Make a secret by which a program acts as an account; it is printed once, here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="account id, personal id number, e-mail or phone")
        parser.add_argument("--name", required=True, help="what the program is")
        parser.add_argument("--days", type=int, default=90, help="how long it is good for")
        parser.add_argument("--agency", default="", help="electronic id of the agency to act for")
        parser.add_argument("--read-only", action="store_true", help="it may change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        scopes = ["read"] if options["read_only"] else ["read", "write"]
        account = options["account"]
        try:
            UUID(account)
        except ValueError:
            account = key_of(account)
        try:
            secret = issue_token(
                account,
                name=options["name"],
                days=options["days"],
                scopes=scopes,
                agency=options["agency"],
                by=Actor.system("token"),
                at=now(),
            )
        except NoSuchPerson:
            raise CommandError("There is no such account.") from None
        self.stdout.write(secret)
