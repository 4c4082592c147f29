"""Which member a command is about."""

from django.core.management.base import CommandError

from motcua.exchange.queries.members import own_members


def a_member(given: str) -> str:
    """
    Return the member a command names, or the one that runs this portal's exchange.

    :raises CommandError: if it names none and the portal speaks for none
    """
    if member := given or "".join(own_members()[:1]):
        return member
    raise CommandError(
        "This portal speaks for no member. Name one, or set EXCHANGE_MEMBER=000.00.00.H26"
    )
