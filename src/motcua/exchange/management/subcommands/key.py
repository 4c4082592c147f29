"""``motcua exchange key``: keys of members, made, certified, replaced, revoked."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import now

from motcua.exchange.management.choosing import a_member
from motcua.exchange.operations.keys import (
    OVERLAP,
    ask_for_certificate,
    certify_request,
    import_certificate,
    new_key,
    revoke_key,
)
from motcua.exchange.operations.renewing import certified_by_hub, renew_key
from motcua.exchange.queries.trust import keys_of
from motcua.exchange.rules.authority import KEY_LASTS, REASONS
from motcua.kernel.actors import Actor

HELP = "Keys of a member: new, rotate, request, certify, import, revoke, list."
Say = Callable[[str], None]


def arguments(parser: ArgumentParser) -> None:
    """Take what to do and whose key."""
    into = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, words in (
        (
            "new",
            "make a key, certified by our authority or our hub; older ones hold a while yet",
        ),
        ("rotate", "the same, when the old key is about to end"),
    ):
        new = into.add_parser(name, help=words)
        new.add_argument("member", nargs="?", default="")
        new.add_argument("--days", type=int, default=KEY_LASTS.days, help="how long it lasts")
        new.add_argument("--overlap", type=int, default=OVERLAP.days, help="days older ones hold")
    request = into.add_parser("request", help="make a key, print the request for an authority")
    request.add_argument("member", nargs="?", default="")
    certify = into.add_parser("certify", help="certify a member's request; prints the certificate")
    certify.add_argument("member")
    certify.add_argument("file", type=Path)
    take = into.add_parser("import", help="take in a certificate that a trust anchor issued")
    take.add_argument("member")
    take.add_argument("file", type=Path)
    revoke = into.add_parser("revoke", help="refuse what a key signs from now on")
    revoke.add_argument("kid")
    revoke.add_argument("--reason", required=True, choices=list(REASONS))
    revoke.add_argument("--note", default="")
    listing = into.add_parser("list", help="list the keys of a member")
    listing.add_argument("member", nargs="?", default="")


def run(options: dict[str, Any], say: Say) -> bool:
    """Do it."""
    _ACTIONS[options["action"]](options, say)
    return True


def _new(options: dict[str, Any], say: Say) -> None:
    member, by = a_member(options["member"]), Actor.system("exchange")
    retire = timedelta(days=options["overlap"])
    if certified_by_hub():
        say(f"✓ {renew_key(member, by=by, at=now(), retire=retire)}")
        return
    lasts = timedelta(days=options["days"])
    say(f"✓ {new_key(member, by=by, at=now(), lasts=lasts, retire=retire)}")


def _request(options: dict[str, Any], say: Say) -> None:
    _, request = ask_for_certificate(a_member(options["member"]), by=Actor.system("exchange"))
    say(request)


def _certify(options: dict[str, Any], say: Say) -> None:
    asked = options["file"].read_text()
    say(certify_request(options["member"], asked, by=Actor.system("exchange"), at=now()))


def _import(options: dict[str, Any], say: Say) -> None:
    pem = options["file"].read_text()
    kid = import_certificate(options["member"], pem, by=Actor.system("exchange"), at=now())
    say(f"✓ {kid}")


def _revoke(options: dict[str, Any], say: Say) -> None:
    by = Actor.system("exchange")
    revoke_key(options["kid"], options["reason"], note=options["note"], by=by, at=now())
    say(f"✓ {options['kid']}")


def _list(options: dict[str, Any], say: Say) -> None:
    at = now()
    for key in keys_of(a_member(options["member"]), by=Actor.system("exchange")):
        say(f"{key.kid}  {key.valid_from:%F}–{key.ends_at:%F}  {key.standing(at)}")


_ACTIONS: dict[str, Callable[[dict[str, Any], Say], None]] = {
    "new": _new,
    "rotate": _new,
    "request": _request,
    "certify": _certify,
    "import": _import,
    "revoke": _revoke,
    "list": _list,
}
