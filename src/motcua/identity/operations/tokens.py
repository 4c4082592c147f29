"""Let programs act as a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import TokenIssued
from motcua.identity.models import Account, Token
from motcua.identity.queries.people import NoSuchPerson
from motcua.identity.rules.codes import digest_of, new_secret
from motcua.kernel.actors import Actor

NOTED_EVERY = timedelta(hours=1)


@one_transaction
def issue_token(
    account_id: str,
    *,
    name: str,
    days: int,
    scopes: Sequence[str],
    agency: str = "",
    by: Actor,
    at: datetime,
) -> str:
    """
    Make a secret by which a program acts as the account, and return it: it is not kept.

    :param name: what the program is, for people to recognise it
    :param scopes: what it may do: ``read``, ``write``
    :param agency: the agency an official's program acts for; empty for a citizen's own
    :raises NoSuchPerson: if there is no such account
    """
    account = Account.objects.known_as(account_id).filter(is_active=True).first()
    if account is None:
        raise NoSuchPerson
    secret = new_secret()
    Token.objects.create(
        account=account,
        digest=digest_of(secret),
        name=name,
        agency=agency,
        scopes=list(scopes),
        issued_at=at,
        expires_at=at + timedelta(days=days),
    )
    announce(TokenIssued(subject=account_id, token=name), by=by, at=at)
    return secret


def note_use(secret: str, *, at: datetime) -> None:
    """Write down that a token was used, at most once an hour."""
    stale = Token.objects.filter(digest=digest_of(secret)).exclude(used_at__gt=at - NOTED_EVERY)
    stale.update(used_at=at)
