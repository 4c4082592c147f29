"""Which member's portal processes an agency's dossiers."""

from datetime import datetime

from motcua.backbone.remembered import Remembered
from motcua.exchange.queries.agreements import agreement_for, check_covers
from motcua.exchange.queries.directory import kept_elsewhere
from motcua.exchange.queries.members import MemberState, members, own_members
from motcua.forwarding.rules.codes import top_of
from motcua.kernel.errors import Refusal
from motcua.kernel.scope import for_rooms

__all__ = ["PURPOSE", "SERVICE", "forget_providers", "is_agreed", "provider_of"]

SERVICE = "forwarding.v1"
PURPOSE = "settle-dossier"

_elsewhere: "Remembered[str, dict[str, str]]" = Remembered(seconds=5)


@for_rooms
def provider_of(agency: str) -> str | None:
    """
    Return the member whose own portal processes an agency's dossiers, nothing where this one does.

    That is so for agencies of each member whose keys are not here, as it was at most five seconds
    ago, and also while such a member is suspended: nobody here could settle what it waits for.
    """
    ours, top = {top_of(each) for each in own_members()}, top_of(agency)
    if not ours or not top or top in ours:
        return None
    return (_elsewhere.get("", _read) or {}).get(top)


@for_rooms
def is_agreed(provider: str, *, at: datetime) -> bool:
    """Tell whether the provider has agreed that we hand dossiers on to it."""
    try:
        terms = agreement_for(own_members()[0], SERVICE, provider, at=at, purpose=PURPOSE)
        check_covers(terms, PURPOSE, at=at)
    except Refusal:
        return False
    return True


@for_rooms
def forget_providers() -> None:
    """Ask again who processes what: this process has changed it."""
    _elsewhere.forget()


def _read() -> dict[str, str]:
    theirs = [each.id for each in members() if not each.ours and each.state in _TAKING_PART]
    return {top_of(each): each for each in kept_elsewhere(theirs)}


_TAKING_PART = (MemberState.ACTIVE, MemberState.SUSPENDED)
