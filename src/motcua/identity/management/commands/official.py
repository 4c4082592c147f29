"""``motcua official``: let the owner of an account work for an agency, or no longer."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import holders
from motcua.identity.adapters.passphrases import key_of
from motcua.identity.operations.officials import make_official
from motcua.kernel.actors import Actor, Role


class Command(BaseCommand):
    help = "Give the owner of an account a post in an agency, or end it with --end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", help="account id, personal id number, e-mail or phone")
        parser.add_argument("agency", help="electronic id of the agency")
        parser.add_argument("role", choices=[role.value for role in Role])
        parser.add_argument("--title", default="", help="what the post is called, in Vietnamese")
        parser.add_argument("--end", action="store_true", help="end the post")

    def handle(self, *_args: Any, **options: Any) -> None:
        account, agency, role = options["account"], options["agency"], Role(options["role"])
        by, at = Actor.system("official"), now()
        if len(account) != 36:
            account = key_of(account)
        if options["end"]:
            end_post(_post_of(account, agency, role, at=at), by=by, at=at)
        elif options["title"]:
            make_official(account, agency, role, options["title"], by=by, at=at)
        else:
            raise CommandError("Say what the post is called: --title.")
        self.stdout.write(f"✓ {options['account']} {agency} {role}")


def _post_of(account: str, agency: str, role: Role, *, at: datetime) -> int:
    held = (post.id for post in holders(agency, role, at=at) if post.holder == account)
    if (post := next(held, None)) is None:
        raise CommandError("There is no such post.")
    return post
