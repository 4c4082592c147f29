"""Whom a program acts for."""

from datetime import datetime

from motcua.identity.models import Token
from motcua.identity.queries.acting import acting_as
from motcua.identity.rules.codes import digest_of
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms


@for_rooms
def actor_of_token(secret: str, *, scope: str, at: datetime) -> Actor | None:
    """
    Return the person a living token acts as, ``None`` for any other secret; one statement.

    :param scope: what the program wants to do, ``read`` or ``write``: the token must allow it
    """
    tokens = Token.objects.select_related("account").filter(digest=digest_of(secret))
    alive = tokens.filter(expires_at__gt=at, account__is_active=True)
    token = alive.first()
    if token is None or scope not in token.scopes:
        return None
    account = token.account
    return acting_as(str(account.pk), account.name, agency=token.agency, at=at)
